// Kernels of random programs and the host code that launches them.
#include "tests/referee/generate.h"

#include "base/format.h"
#include "tests/referee/writer.h"

namespace ws::referee {
namespace {

struct Shape {
  const char* dim;
  uint32_t threads;
};
// Blocks of whole warps, and others.
constexpr Shape kFull[] = {{"32", 32},
                           {"64", 64},
                           {"96", 96},
                           {"128", 128},
                           {"dim3(16, 4)", 64},
                           {"dim3(8, 8, 2)", 128},
                           {"dim3(4, 8, 3)", 96},
                           {"dim3(1, 32)", 32},
                           {"dim3(2, 2, 16)", 64}};
constexpr Shape kPartial[] = {{"1", 1},
                              {"7", 7},
                              {"33", 33},
                              {"50", 50},
                              {"dim3(5, 9)", 45},
                              {"31", 31},
                              {"dim3(3, 7, 2)", 42},
                              {"100", 100}};
constexpr Shape kGrids[] = {{"1", 1}, {"2", 2}, {"3", 3}, {"dim3(1, 2)", 2}, {"dim3(1, 1, 3)", 3}};

}  // namespace

std::string HeadText(uint32_t heads) {
  std::string text;
  for (uint8_t h = 0; h < kHeads; ++h) {
    if ((heads & Bit(static_cast<Head>(h))) != 0) text += TextOf(static_cast<Head>(h));
  }
  return text;
}

void Writer::Kernel(uint32_t k) {
  full_warps_ = Chance(80);
  const Shape shape =
      full_warps_ ? kFull[Below(std::size(kFull))] : kPartial[Below(std::size(kPartial))];
  const Shape grid = kGrids[Below(std::size(kGrids))];
  scope_ = {};
  statements_ = 0;
  Piece kernel;
  out_ = &kernel;
  const uint32_t dynamic = Chance(40) ? 4 * shape.threads : 0;
  const bool bounded = Chance(20);
  AppendFormat(
      kernel.text,
      "__global__ void {}k{}(unsigned* u, unsigned long long* l, float* f, double* d, "
      "unsigned* sums, const unsigned* in, const float* fin, unsigned n, Given given) {{\n",
      bounded ? "__launch_bounds__(128) " : "", k);
  kernel.text +=
      "  __shared__ __align__(16) unsigned tile[128];\n"
      "  const unsigned size = blockDim.x * blockDim.y * blockDim.z;\n"
      "  const unsigned tid = threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * "
      "threadIdx.z);\n"
      "  const unsigned t = (blockIdx.x + gridDim.x * (blockIdx.y + gridDim.y * blockIdx.z)) * "
      "size "
      "+ tid;\n"
      "  unsigned u0 = in[t & 255u] ^ u[t];\n"
      "  unsigned long long l0 = u0 * 0x9e3779b97f4a7c15ull;\n"
      "  float f0 = fin[t & 255u];\n"
      "  double d0 = f0;\n"
      "  for (unsigned i = tid; i < 128u; i += size) tile[i] = i ^ u0;\n"
      "  __syncthreads();\n";
  if (dynamic > 0) {
    kernel.text +=
        "  extern __shared__ unsigned more[];\n"
        "  more[tid] = u0; __syncthreads();\n"
        "  l0 += more[(tid * 5u + 1u) % size]; __syncthreads();\n";
  }
  // Results of the kernel before are there, but for this block's own sums.
  if (k > 0) AppendFormat(kernel.text, "  u0 ^= carried[(t * 5u + {}u) & 511u];\n", Below(512));
  for (const auto& [kind, name] :
       {std::pair(kU32, "u0"), {kU64, "l0"}, {kF32, "f0"}, {kF64, "d0"}}) {
    Know(kind, name, true);
  }
  for (const char* name : {"tid", "n", "t", "size", "given.a"}) Know(kU32, name, false);
  Know(kS16, "given.b", false);
  Know(kF64, "given.c[1]", false);
  Know(kU8, "given.d", true);
  Know(kS64, "given.e.y", true);
  scope_.where = Where::kBlock;
  const uint32_t count = 4 + Below(10);
  for (uint32_t i = 0; i < count; ++i) Statement();
  kernel.text +=
      "  u[t] = u0;\n"
      "  l[t] ^= l0;\n"
      "  f[t] = plain(f0);\n"
      "  d[t] = plain(d0);\n";
  if (k == 0) kernel.text += "  carried[t] = u0 + (unsigned)l0;\n";
  kernel.text += "}\n";
  all_.Add(kernel);
  launches_.push_back(Format("  k{}<<<{}, {}, {}>>>(u, l, f, d, sums, in, fin, {}u, given);\n", k,
                             grid.dim, shape.dim, dynamic, Below(1000)));
}

void Writer::Launch() {
  Piece host;
  host.text =
      "void launch(unsigned* u, unsigned long long* l, float* f, double* d, unsigned* sums,\n"
      "            const unsigned* in, const float* fin) {\n"
      "  Given given = {7u, -3, {0.5, -2.0}, 200, {5, -6}};\n";
  for (const std::string& launch : launches_) {
    host.text += launch;
    if (Chance(20)) host.text += "  given.a += 3u; given.e.y *= 5;\n" + launch;
  }
  host.text += "}\n";
  all_.Add(host);
}

Program Writer::Run() {
  // Some programs have kinds whose headers the others do without.
  const Construct& bfloat = Constructs()[ConstructOf("bfloat16 arithmetic")];
  if (!IsAvoided(bfloat) && Chance(25)) heads_ |= bfloat.heads;
  all_.text =
      "__device__ unsigned carried[512];\n"
      "struct Given {\n"
      "  unsigned a;\n"
      "  short b;\n"
      "  double c[2];\n"
      "  unsigned char d;\n"
      "  longlong2 e;\n"
      "};\n";
  const uint32_t kernels = 1 + Below(2);
  for (uint32_t k = 0; k < kernels; ++k) Kernel(k);
  Launch();
  Program program;
  program.heads = heads_;
  Piece whole;
  whole.text = HeadText(heads_);
  program.head_bytes = whole.text.size();
  whole.Add(all_);
  program.text = std::move(whole.text);
  program.parts = std::move(whole.parts);
  program.constructs = std::move(constructs_);
  program.forms = std::move(forms_);
  return program;
}

Program Generate(uint64_t seed, Avoid avoid) { return Writer(seed, avoid).Run(); }

}  // namespace ws::referee
