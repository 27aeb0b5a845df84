#include "tests/referee/generate.h"

#include <array>
#include <string_view>

#include "base/format.h"
#include "base/rng.h"

namespace ws::referee {
namespace {

// The types that values have; kBool is never stored.
enum Kind { kU32, kS32, kU64, kS64, kF32, kF64, kHalf, kBool, kKinds };
constexpr const char* kTypes[] = {
    "unsigned", "int", "unsigned long long", "long long", "float", "double", "__half", "bool"};

// Of zeros of both signs fmin and fmax may give either: adding zero leaves one.
// Forms of an expression: {a}, {b}, {c} are of the kinds named, `{i}` is a small number.
struct Form {
  Kind result;
  const char* text;
  Kind a = kKinds, b = kKinds, c = kKinds;
};
constexpr Form kForms[] = {
    // --- unsigned int
    {kU32, "({a} + {b})", kU32, kU32},
    {kU32, "({a} - {b})", kU32, kU32},
    {kU32, "({a} * {b})", kU32, kU32},
    {kU32, "({a} / ({b} | 1u))", kU32, kU32},
    {kU32, "({a} % ({b} | 1u))", kU32, kU32},
    {kU32, "({a} & {b})", kU32, kU32},
    {kU32, "({a} | {b})", kU32, kU32},
    {kU32, "({a} ^ {b})", kU32, kU32},
    {kU32, "(~{a})", kU32},
    {kU32, "(0u - {a})", kU32},
    {kU32, "({a} << ({b} & 31u))", kU32, kU32},
    {kU32, "({a} >> ({b} & 31u))", kU32, kU32},
    {kU32, "min({a}, {b})", kU32, kU32},
    {kU32, "max({a}, {b})", kU32, kU32},
    {kU32, "((unsigned)({a}))", kS32},
    {kU32, "((unsigned)({a}))", kU64},
    {kU32, "((unsigned)({a} >> 32))", kU64},
    {kU32, "(unsigned)(unsigned char)({a})", kU32},
    {kU32, "(unsigned)(unsigned short)({a})", kU32},
    {kU32, "((unsigned)(__popc({a})))", kU32},
    {kU32, "((unsigned)(__popcll({a})))", kU64},
    {kU32, "((unsigned)(__clz((int)({a}))))", kU32},
    {kU32, "((unsigned)(__clzll((long long)({a}))))", kU64},
    {kU32, "((unsigned)(__ffs((int)({a}))))", kU32},
    {kU32, "((unsigned)(__ffsll((long long)({a}))))", kU64},
    {kU32, "__brev({a})", kU32},
    {kU32, "__umulhi({a}, {b})", kU32, kU32},
    {kU32, "__umul24({a}, {b})", kU32, kU32},
    {kU32, "__usad({a}, {b}, {c})", kU32, kU32, kU32},
    {kU32, "__byte_perm({a}, {b}, {c} & 0x7777u)", kU32, kU32, kU32},
    {kU32, "__funnelshift_l({a}, {b}, {c})", kU32, kU32, kU32},
    {kU32, "__funnelshift_r({a}, {b}, {c})", kU32, kU32, kU32},
    {kU32, "__uhadd({a}, {b})", kU32, kU32},
    {kU32, "__urhadd({a}, {b})", kU32, kU32},
    {kU32, "({a} ? {b} : {c})", kBool, kU32, kU32},
    {kU32, "((unsigned)({a}))", kBool},
    {kU32, "__float2uint_rz({a})", kF32},
    {kU32, "__float2uint_rn({a})", kF32},
    {kU32, "__double2uint_rz({a})", kF64},
    {kU32, "__float_as_uint(plain({a}))", kF32},
    {kU32, "((unsigned)(__half_as_ushort(plain({a}))))", kHalf},
    {kU32, "rotate<{i}>({a})", kU32},
    {kU32, "mix({a}, {b})", kU32, kU32},
    {kU32, "Pair({a}, {b}).fold({c})", kU32, kU32, kU32},
    // --- int
    {kS32, "((int)({a}))", kU32},
    {kS32, "((int)({a} & 0xffffu))", kU32},
    {kS32, "((int)({a}))", kS64},
    {kS32, "(int)(signed char)({a})", kS32},
    {kS32, "(int)(short)({a})", kS32},
    {kS32, "({a} >> ({b} & 31u))", kS32, kU32},
    {kS32, "(({a} >> 1) + ({b} >> 1))", kS32, kS32},
    {kS32, "(({a} >> 1) - ({b} >> 1))", kS32, kS32},
    {kS32, "(({a} >> 16) * ({b} >> 17))", kS32, kS32},
    {kS32, "(({a} >> 1) / (({b} & 0x7fff) + 1))", kS32, kS32},
    {kS32, "(({a} >> 1) % (({b} & 0x7fff) + 1))", kS32, kS32},
    {kS32, "abs({a} >> 1)", kS32},
    {kS32, "(-({a} >> 1))", kS32},
    {kS32, "min({a}, {b})", kS32, kS32},
    {kS32, "max({a}, {b})", kS32, kS32},
    {kS32, "__mulhi({a}, {b})", kS32, kS32},
    {kS32, "__mul24({a} >> 17, {b} >> 17)", kS32, kS32},
    {kS32, "__hadd({a}, {b})", kS32, kS32},
    {kS32, "__rhadd({a}, {b})", kS32, kS32},
    {kS32, "({a} ? {b} : {c})", kBool, kS32, kS32},
    {kS32, "__float2int_rz({a})", kF32},
    {kS32, "__float2int_rn({a})", kF32},
    {kS32, "__float2int_ru({a})", kF32},
    {kS32, "__float2int_rd({a})", kF32},
    {kS32, "__double2int_rz({a})", kF64},
    {kS32, "__double2int_rn({a})", kF64},
    {kS32, "__half2int_rz({a})", kHalf},
    {kS32, "__dp4a({a}, {b}, {c})", kS32, kS32, kS32},
    // --- unsigned long long
    {kU64, "({a} + {b})", kU64, kU64},
    {kU64, "({a} - {b})", kU64, kU64},
    {kU64, "({a} * {b})", kU64, kU64},
    {kU64, "({a} / ({b} | 1ull))", kU64, kU64},
    {kU64, "({a} % ({b} | 1ull))", kU64, kU64},
    {kU64, "({a} & {b})", kU64, kU64},
    {kU64, "({a} | {b})", kU64, kU64},
    {kU64, "({a} ^ {b})", kU64, kU64},
    {kU64, "(~{a})", kU64},
    {kU64, "({a} << ({b} & 63u))", kU64, kU32},
    {kU64, "({a} >> ({b} & 63u))", kU64, kU32},
    {kU64, "((unsigned long long)({a}))", kU32},
    {kU64, "((unsigned long long)({a}) * {b})", kU32, kU32},
    {kU64, "((unsigned long long)({a}))", kS64},
    {kU64, "min({a}, {b})", kU64, kU64},
    {kU64, "max({a}, {b})", kU64, kU64},
    {kU64, "__umul64hi({a}, {b})", kU64, kU64},
    {kU64, "__brevll({a})", kU64},
    {kU64, "({a} ? {b} : {c})", kBool, kU64, kU64},
    {kU64, "__float2ull_rz({a})", kF32},
    {kU64, "__double2ull_rz({a})", kF64},
    {kU64, "(unsigned long long)(__double_as_longlong(plain({a})))", kF64},
    // --- long long
    {kS64, "((long long)({a}))", kS32},
    {kS64, "((long long)({a}) * {b})", kS32, kS32},
    {kS64, "((long long)({a}))", kU64},
    {kS64, "({a} >> ({b} & 63u))", kS64, kU32},
    {kS64, "(({a} >> 1) + ({b} >> 1))", kS64, kS64},
    {kS64, "(({a} >> 1) - ({b} >> 1))", kS64, kS64},
    {kS64, "(({a} >> 1) / (({b} & 0x7fffffff) + 1))", kS64, kS64},
    {kS64, "(({a} >> 1) % (({b} & 0x7fffffff) + 1))", kS64, kS64},
    {kS64, "min({a}, {b})", kS64, kS64},
    {kS64, "max({a}, {b})", kS64, kS64},
    {kS64, "__mul64hi({a}, {b})", kS64, kS64},
    {kS64, "({a} ? {b} : {c})", kBool, kS64, kS64},
    {kS64, "__float2ll_rn({a})", kF32},
    {kS64, "__double2ll_rz({a})", kF64},
    // --- float
    {kF32, "({a} + {b})", kF32, kF32},
    {kF32, "({a} - {b})", kF32, kF32},
    {kF32, "({a} * {b})", kF32, kF32},
    {kF32, "({a} / {b})", kF32, kF32},
    {kF32, "(-({a}))", kF32},
    {kF32, "fabsf({a})", kF32},
    {kF32, "sqrtf({a})", kF32},
    {kF32, "fmaf({a}, {b}, {c})", kF32, kF32, kF32},
    {kF32, "fminf(plain({a}) + 0.0f, plain({b}) + 0.0f)", kF32, kF32},
    {kF32, "fmaxf(plain({a}) + 0.0f, plain({b}) + 0.0f)", kF32, kF32},
    {kF32, "__fadd_rz({a}, {b})", kF32, kF32},
    {kF32, "__fadd_ru({a}, {b})", kF32, kF32},
    {kF32, "__fsub_rd({a}, {b})", kF32, kF32},
    {kF32, "__fmul_rz({a}, {b})", kF32, kF32},
    {kF32, "__fmul_ru({a}, {b})", kF32, kF32},
    {kF32, "__fmaf_rd({a}, {b}, {c})", kF32, kF32, kF32},
    {kF32, "__fdiv_rz({a}, {b})", kF32, kF32},
    {kF32, "__frcp_ru({a})", kF32},
    {kF32, "__fsqrt_rd({a})", kF32},
    {kF32, "__saturatef({a})", kF32},
    {kF32, "floorf({a})", kF32},
    {kF32, "ceilf({a})", kF32},
    {kF32, "truncf({a})", kF32},
    {kF32, "rintf({a})", kF32},
    {kF32, "copysignf({a}, plain({b}))", kF32, kF32},
    {kF32, "((float)({a}))", kS32},
    {kF32, "((float)({a}))", kU32},
    {kF32, "((float)({a}))", kU64},
    {kF32, "((float)({a}))", kF64},
    {kF32, "__int2float_rz({a})", kS32},
    {kF32, "__uint2float_ru({a})", kU32},
    {kF32, "__double2float_rz({a})", kF64},
    {kF32, "__half2float({a})", kHalf},
    {kF32, "__uint_as_float({a} & 0xbf7fffffu)", kU32},
    {kF32, "({a} ? {b} : {c})", kBool, kF32, kF32},
    // --- double
    {kF64, "({a} + {b})", kF64, kF64},
    {kF64, "({a} - {b})", kF64, kF64},
    {kF64, "({a} * {b})", kF64, kF64},
    {kF64, "({a} / {b})", kF64, kF64},
    {kF64, "(-({a}))", kF64},
    {kF64, "fabs({a})", kF64},
    {kF64, "sqrt({a})", kF64},
    {kF64, "fma({a}, {b}, {c})", kF64, kF64, kF64},
    {kF64, "fmin(plain({a}) + 0.0, plain({b}) + 0.0)", kF64, kF64},
    {kF64, "fmax(plain({a}) + 0.0, plain({b}) + 0.0)", kF64, kF64},
    {kF64, "__dadd_ru({a}, {b})", kF64, kF64},
    {kF64, "__dmul_rz({a}, {b})", kF64, kF64},
    {kF64, "floor({a})", kF64},
    {kF64, "trunc({a})", kF64},
    {kF64, "((double)({a}))", kF32},
    {kF64, "((double)({a}))", kS32},
    {kF64, "((double)({a}))", kU64},
    {kF64, "((double)({a}))", kS64},
    {kF64, "({a} ? {b} : {c})", kBool, kF64, kF64},
    // --- half
    {kHalf, "__float2half_rn({a})", kF32},
    {kHalf, "__float2half_rz({a})", kF32},
    {kHalf, "__hadd({a}, {b})", kHalf, kHalf},
    {kHalf, "__hsub({a}, {b})", kHalf, kHalf},
    {kHalf, "__hmul({a}, {b})", kHalf, kHalf},
    {kHalf, "__hfma({a}, {b}, {c})", kHalf, kHalf, kHalf},
    {kHalf, "__hneg({a})", kHalf},
    {kHalf, "__habs({a})", kHalf},
    {kHalf, "__hadd_sat({a}, {b})", kHalf, kHalf},
    {kHalf, "__low2half(__hmul2(__halves2half2({a}, {b}), __half2half2({c})))", kHalf, kHalf,
     kHalf},
    {kHalf, "__high2half(__hfma2(__half2half2({a}), __halves2half2({b}, {c}), __half2half2({c})))",
     kHalf, kHalf, kHalf},
    {kHalf, "({a} ? {b} : {c})", kBool, kHalf, kHalf},
    // --- bool
    {kBool, "({a} < {b})", kU32, kU32},
    {kBool, "({a} <= {b})", kS32, kS32},
    {kBool, "({a} == {b})", kU32, kU32},
    {kBool, "({a} > {b})", kS64, kS64},
    {kBool, "({a} >= {b})", kU64, kU64},
    {kBool, "({a} != {b})", kU64, kU64},
    {kBool, "({a} < {b})", kF32, kF32},
    {kBool, "({a} >= {b})", kF32, kF32},
    {kBool, "({a} != {b})", kF32, kF32},
    {kBool, "!({a} > {b})", kF32, kF32},
    {kBool, "({a} <= {b})", kF64, kF64},
    {kBool, "isnan({a})", kF32},
    {kBool, "__hlt({a}, {b})", kHalf, kHalf},
    {kBool, "({a} && {b})", kBool, kBool},
    {kBool, "({a} || {b})", kBool, kBool},
    {kBool, "(!{a})", kBool},
    {kBool, "(({a} & {b}) != 0)", kU32, kU32},
};

// What all programs begin with. `plain` gives every NaN the same bits.
constexpr std::string_view kBegin = R"(#include <cuda_fp16.h>
__device__ __forceinline__ float plain(float x) { return x == x ? x : 1.0f; }
__device__ __forceinline__ double plain(double x) { return x == x ? x : 1.0; }
__device__ __forceinline__ __half plain(__half x) {
  return __hisnan(x) ? __float2half_rn(1.0f) : x;
}
template <int N> __device__ unsigned rotate(unsigned x) { return x << N | x >> (32 - N); }
__device__ __noinline__ unsigned mix(unsigned a, unsigned b) {
  for (int i = 0; i < 3; ++i) {
    if (a & 1u) a ^= b + i;
    b = rotate<5>(b) + a;
  }
  return a ^ b;
}
struct Pair {
  unsigned first;
  unsigned short second;
  __device__ Pair(unsigned a, unsigned b) : first(a), second(b) {}
  __device__ unsigned fold(unsigned c) const { return first * 31u + second + c; }
};
struct Box {
  unsigned key;
  double weight;
  float at[3];
};
__device__ Box boxed(Box b, unsigned k) {
  b.key += k;
  b.at[k % 3u] += b.at[(k + 1u) % 3u];
  return b;
}
__constant__ unsigned table[8] = {1u, 3u, 0xffffffffu, 0x80000000u, 7u, 65537u, 0u, 12345u};
)";

class Generator {
 public:
  explicit Generator(uint64_t seed) : rng_(seed) {}

  Program Run() {
    out_ = kBegin;
    const uint32_t kernels = 1 + Below(2);
    for (uint32_t k = 0; k < kernels; ++k) Kernel(k);
    out_ +=
        "void launch(unsigned* u, unsigned long long* l, float* f, double* d, unsigned* sums,\n"
        "            const unsigned* in, const float* fin) {\n";
    for (uint32_t k = 0; k < kernels; ++k) {
      AppendFormat(out_, "  k{}<<<{}, {}>>>(u, l, f, d, sums, in, fin, {}u);\n", k, blocks_[k],
                   threads_[k], Below(1000));
    }
    out_ += "}\n";
    return {std::move(out_), std::move(parts_)};
  }

 private:
  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(rng_.Below(n)); }
  bool Chance(uint32_t percent) { return Below(100) < percent; }

  std::string Literal(Kind kind) {
    constexpr const char* kU[] = {
        "0u",          "1u",          "2u",     "31u",         "0x7fffffffu",
        "0x80000000u", "0xffffffffu", "12345u", "0xdeadbeefu", "threadIdx.x",
        "blockIdx.x",  "blockDim.x",  "n"};
    constexpr const char* kS[] = {
        "0", "1", "-1", "7", "-8", "2147483647", "(-2147483647 - 1)", "1000", "((int)threadIdx.x)"};
    constexpr const char* kL[] = {"0ull", "1ull", "0xffffffffffffffffull", "0x8000000000000000ull",
                                  "0x123456789abcdefull"};
    constexpr const char* kLL[] = {"0ll", "1ll", "-1ll", "0x7fffffffffffffffll", "-65537ll"};
    constexpr const char* kF[] = {"0.0f",  "1.0f",   "-1.0f",   "0.5f",        "1.5f", "3.0f",
                                  "-0.0f", "1e-40f", "3.4e38f", "16777218.0f", "0.1f", "1e10f"};
    constexpr const char* kD[] = {"0.0", "1.0", "-2.5", "0.1", "1e300", "1e-310", "4294967296.5"};
    const auto pick = [&](const auto& list) { return std::string(list[Below(std::size(list))]); };
    switch (kind) {
      case kU32:
        return pick(kU);
      case kS32:
        return pick(kS);
      case kU64:
        return pick(kL);
      case kS64:
        return pick(kLL);
      case kF32:
        return pick(kF);
      case kF64:
        return pick(kD);
      case kHalf:
        return "__float2half_rn(" + pick(kF) + ")";
      default:
        return Chance(50) ? "(threadIdx.x & 1u)" : "(n > 500u)";
    }
  }

  std::string Leaf(Kind kind) {
    std::vector<const std::string*> fitting;
    for (const auto& [type, name] : variables_) {
      if (type == kind) fitting.push_back(&name);
    }
    if (!fitting.empty() && Chance(75)) return *fitting[Below(fitting.size())];
    if (kind == kU32 && Chance(30)) return Format("in[{} & 255u]", "(threadIdx.x * 7u + 3u)");
    if (kind == kF32 && Chance(30)) return Format("fin[(threadIdx.x + {}u) & 255u]", Below(256));
    if (kind == kU32 && Chance(10)) return "table[threadIdx.x & 7u]";
    return Literal(kind);
  }

  std::string Expression(Kind kind, uint32_t depth) {
    if (depth == 0 || Chance(15)) return Leaf(kind);
    uint32_t count = 0;
    for (const Form& form : kForms) count += form.result == kind ? 1 : 0;
    uint32_t which = Below(count);
    for (const Form& form : kForms) {
      if (form.result != kind || which-- > 0) continue;
      std::string text = form.text;
      const std::array<std::pair<const char*, Kind>, 3> holes = {
          {{"{a}", form.a}, {"{b}", form.b}, {"{c}", form.c}}};
      for (const auto& [hole, type] : holes) {
        if (type == kKinds) continue;
        const std::string inner = Expression(type, depth - 1);
        for (size_t at = text.find(hole); at != std::string::npos;
             at = text.find(hole, at + inner.size())) {
          text.replace(at, 3, inner);
        }
      }
      const size_t number = text.find("{i}");
      if (number != std::string::npos) text.replace(number, 3, std::to_string(1 + Below(31)));
      return text;
    }
    return Leaf(kind);
  }

  std::string Fresh(Kind kind) {
    std::string name = "v" + std::to_string(next_name_++);
    variables_.emplace_back(kind, name);
    return name;
  }
  Kind AnyKind() { return static_cast<Kind>(Below(kBool)); }

  void Indent() { out_.append(2 * indent_, ' '); }

  template <typename F>
  void Part(F write) {
    const size_t begin = out_.size();
    write();
    parts_.emplace_back(begin, out_.size());
  }
  void Block(uint32_t statements, bool uniform) {
    const size_t known = variables_.size();
    ++indent_;
    for (uint32_t i = 0; i < statements; ++i) Statement(uniform);
    --indent_;
    variables_.resize(known);
  }

  // An assignment to a variable that is there; a declaration if there is none.
  void Assign() {
    std::vector<size_t> fitting;
    for (size_t i = 0; i < variables_.size(); ++i) fitting.push_back(i);
    if (fitting.empty()) return Declare();
    const auto [kind, name] = variables_[fitting[Below(fitting.size())]];
    if (name.starts_with("i")) return;  // loop counters stay
    Indent();
    const char* op = "=";
    if (kind == kU32 || kind == kU64) {
      constexpr const char* kOps[] = {"=", "+=", "-=", "*=", "^=", "|=", "&="};
      op = kOps[Below(std::size(kOps))];
    }
    if (kind == kF32 || kind == kF64) {
      constexpr const char* kOps[] = {"=", "+=", "*="};
      op = kOps[Below(std::size(kOps))];
    }
    AppendFormat(out_, "{} {} {};\n", name, op, Expression(kind, 3));
  }
  void Declare() {
    const Kind kind = AnyKind();
    const std::string value = Expression(kind, 3);
    Indent();
    AppendFormat(out_, "{} {} = {};\n", kTypes[kind], Fresh(kind), value);
  }

  void Statement(bool uniform) {
    if (indent_ > 4 || statements_ > 60) return Part([&] { Assign(); });
    ++statements_;
    const uint32_t what = Below(uniform ? 100 : 72);
    if (what < 22) return Part([&] { Assign(); });
    if (what < 34) return Declare();  // its name may be used below
    if (what < 44) {
      return Part([&] {
        Indent();
        AppendFormat(out_, "if ({}) {{\n", Expression(kBool, 2));
        Block(1 + Below(3), false);
        Indent();
        if (Chance(50)) {
          out_ += "} else {\n";
          Block(1 + Below(2), false);
          Indent();
        }
        out_ += "}\n";
      });
    }
    if (what < 52) {
      return Part([&] {
        const std::string i = "i" + std::to_string(next_name_++);
        Indent();
        const bool divergent = Chance(50);
        AppendFormat(out_, "for (unsigned {0} = {1}; {0} < {2}; ++{0}) {{\n", i,
                     divergent ? "threadIdx.x & 3u" : "0u", std::to_string(2 + Below(7)) + "u");
        variables_.emplace_back(kU32, i);
        if (Chance(25)) {
          out_.append(2 * indent_ + 2, ' ');
          AppendFormat(out_, "if ({}) {};\n", Expression(kBool, 1),
                       Chance(50) ? "break" : "continue");
        }
        Block(1 + Below(3), false);
        variables_.pop_back();
        Indent();
        out_ += "}\n";
      });
    }
    if (what < 56) {
      return Part([&] {
        Indent();
        AppendFormat(out_, "switch ({} & 3u) {{\n", Expression(kU32, 2));
        for (uint32_t c = 0; c < 3; ++c) {
          Indent();
          AppendFormat(out_, "  case {}: {{\n", c);
          Block(1, false);
          Indent();
          out_ += Chance(80) ? "  } break;\n" : "  }\n";
        }
        Indent();
        out_ += "  default: break;\n";
        Indent();
        out_ += "}\n";
      });
    }
    if (what < 61) {
      return Part([&] {
        const std::string a = "a" + std::to_string(next_name_++);
        Indent();
        AppendFormat(out_, "{{ unsigned {0}[5] = {{{1}, {2}, 3u}}; {0}[{3} % 5u] += {4};", a,
                     Expression(kU32, 1), Expression(kU32, 1), Expression(kU32, 1),
                     Expression(kU32, 1));
        AppendFormat(out_, " u0 ^= {0}[{1} % 5u] + {0}[1]; }}\n", a, Expression(kU32, 1));
      });
    }
    if (what < 66) {
      return Part([&] {
        Indent();
        AppendFormat(out_,
                     "{{ Box b = {{{}, {}, {{{}, 2.0f, {}}}}}; b = boxed(b, {}); u0 += b.key; "
                     "f0 += plain(b.at[1]); d0 += b.weight; }}\n",
                     Expression(kU32, 1), Expression(kF64, 1), Expression(kF32, 1),
                     Expression(kF32, 1), Expression(kU32, 1));
      });
    }
    if (what < 72) {
      return Part([&] {
        constexpr const char* kAtomics[] = {"Add", "Min", "Max", "And", "Or", "Xor"};
        const uint32_t which = Below(std::size(kAtomics));
        Indent();
        // One operation for each place: different ones do not commute.
        AppendFormat(out_, "atomic{}(&sums[{}], {});\n", kAtomics[which],
                     which + (Chance(50) ? 8 : 0), Expression(kU32, 2));
      });
    }
    if (what < 82) {
      return Part([&] {
        Indent();
        AppendFormat(out_,
                     "{{ tile[threadIdx.x] = {}; __syncthreads(); u0 ^= tile[(threadIdx.x + {}u) % "
                     "blockDim.x]; __syncthreads(); }}\n",
                     Expression(kU32, 2), Below(64));
      });
    }
    if (what < 86) {
      return Part([&] {
        Indent();
        AppendFormat(out_,
                     "{{ float4* q = reinterpret_cast<float4*>(tile); __syncthreads(); if "
                     "(threadIdx.x < 8u) q[threadIdx.x] = make_float4({}, {}, 1.0f, 2.0f); "
                     "__syncthreads(); f0 += plain(q[threadIdx.x & 7u].y); __syncthreads(); }}\n",
                     Expression(kF32, 1), Expression(kF32, 1));
      });
    }
    return Part([&] { WarpStatement(); });
  }

  void WarpStatement() {
    Indent();
    switch (Below(9)) {
      case 0:
        AppendFormat(out_, "u0 += __shfl_sync(0xffffffffu, {}, (int)({} & 31u));\n",
                     Expression(kU32, 2), Expression(kU32, 1));
        return;
      case 1:
        AppendFormat(out_, "f0 += plain(__shfl_xor_sync(0xffffffffu, {}, {}));\n",
                     Expression(kF32, 2), 1 + Below(31));
        return;
      case 2:
        AppendFormat(out_, "l0 ^= __shfl_down_sync(0xffffffffu, {}, {}, {});\n",
                     Expression(kU64, 2), Below(8), 8u << Below(3));
        return;
      case 3:
        AppendFormat(out_, "u0 ^= __shfl_up_sync(0xffffffffu, {}, {});\n", Expression(kU32, 2),
                     Below(32));
        return;
      case 4:
        AppendFormat(out_, "u0 ^= __ballot_sync(0xffffffffu, {});\n", Expression(kBool, 2));
        return;
      case 5:
        AppendFormat(out_, "if (__any_sync(0xffffffffu, {})) u0 += 3u;\n", Expression(kBool, 2));
        return;
      case 6:
        AppendFormat(out_, "u0 += __all_sync(0xffffffffu, {}) ? 5u : 1u;\n", Expression(kBool, 2));
        return;
      case 7:
        AppendFormat(out_, "u0 ^= __match_any_sync(0xffffffffu, {} & 3u);\n", Expression(kU32, 2));
        return;
      default:
        AppendFormat(out_, "u0 += __reduce_{}_sync(0xffffffffu, {});\n", Chance(50) ? "add" : "max",
                     Expression(kU32, 2));
    }
  }

  void Kernel(uint32_t k) {
    const uint32_t blocks = 1 + Below(3);
    const uint32_t threads = 32 * (1 + Below(4));
    blocks_.push_back(blocks);
    threads_.push_back(threads);
    variables_.clear();
    statements_ = 0;
    AppendFormat(out_,
                 "__global__ void k{}(unsigned* u, unsigned long long* l, float* f, double* d, "
                 "unsigned* sums, const unsigned* in, const float* fin, unsigned n) {{\n",
                 k);
    out_ +=
        "  __shared__ __align__(16) unsigned tile[128];\n"
        "  const unsigned t = blockIdx.x * blockDim.x + threadIdx.x;\n"
        "  unsigned u0 = in[t & 255u];\n"
        "  unsigned long long l0 = u0 * 0x9e3779b97f4a7c15ull;\n"
        "  float f0 = fin[t & 255u];\n"
        "  double d0 = f0;\n"
        "  tile[threadIdx.x] = u0;\n"
        "  if (threadIdx.x < 32u) for (unsigned i = blockDim.x + threadIdx.x; i < 128u; i += 32u) "
        "tile[i] = i;\n"
        "  __syncthreads();\n";
    variables_ = {{kU32, "u0"}, {kU64, "l0"}, {kF32, "f0"}, {kF64, "d0"}};
    indent_ = 1;
    const uint32_t count = 4 + Below(12);
    for (uint32_t i = 0; i < count; ++i) Statement(true);
    out_ +=
        "  u[t] = u0;\n"
        "  l[t] = l0;\n"
        "  f[t] = plain(f0);\n"
        "  d[t] = plain(d0);\n"
        "}\n";
  }

  Rng rng_;
  std::string out_;
  std::vector<std::pair<size_t, size_t>> parts_;
  std::vector<std::pair<Kind, std::string>> variables_;
  std::vector<uint32_t> blocks_, threads_;
  uint32_t next_name_ = 0;
  uint32_t statements_ = 0;
  uint32_t indent_ = 1;
};

}  // namespace

Program Generate(uint64_t seed) { return Generator(seed).Run(); }

}  // namespace ws::referee
