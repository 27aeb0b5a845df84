// Products of matrices in PTX: mma, wmma, movmatrix. Where elements lie is written here as the PTX
// ISA lists it, apart from the engine.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/format.h"
#include "ir/float_ops.h"
#include "tests/ptx_run.h"
#include "tests/test.h"

namespace ws {
namespace {

int ValueOfA(uint32_t row, uint32_t column) {
  return static_cast<int>(row * 5 + column * 3) % 7 - 3;
}
int ValueOfB(uint32_t row, uint32_t column) {
  return static_cast<int>(row * 2 + column * 11) % 5 - 2;
}
int ValueOfC(uint32_t row, uint32_t column) { return static_cast<int>(row + 2 * column); }

uint32_t BitsOfType(const std::string& type) {
  if (type == "tf32") return 32;
  if (type == "e4m3" || type == "e5m2") return 8;
  return static_cast<uint32_t>(std::stoul(type.substr(type.find_first_of("0123456789"))));
}

// What such an element can be: elements without a sign have none.
int Fit(const std::string& type, int value) {
  if (type == "b1") return value & 1;
  return type[0] == 'u' ? std::abs(value) : value;
}

uint64_t Encode(const std::string& type, int value) {
  const auto f32 = ir::BitsOf(static_cast<float>(value));
  if (type == "f64") return ir::BitsOf(static_cast<double>(value));
  if (type == "f32" || type == "tf32") return f32;
  if (type == "f16") return ir::F32ToF16(f32);
  if (type == "bf16") return f32 >> 16;
  if (type == "e4m3" || type == "e5m2") {
    constexpr uint8_t kE4m3[] = {0x00, 0x38, 0x40, 0x44}, kE5m2[] = {0x00, 0x3c, 0x40, 0x42};
    const uint32_t magnitude = static_cast<uint32_t>(std::abs(value));
    return (type == "e4m3" ? kE4m3 : kE5m2)[magnitude] | (value < 0 ? 0x80u : 0u);
  }
  const uint32_t bits = BitsOfType(type);
  return static_cast<uint64_t>(static_cast<int64_t>(value)) & ((uint64_t{1} << bits) - 1);
}

// What lanes hold: `words` words of 32 bits each, in which an element has its bits.
class Lanes {
 public:
  Lanes(std::vector<uint32_t>& words, uint32_t each, uint32_t first)
      : words_(words), each_(each), first_(first) {}
  void Put(uint32_t lane, uint32_t i, const std::string& type, int value) {
    const uint32_t bits = BitsOfType(type), at = i * bits;
    const uint64_t coded = Encode(type, value);
    words_[lane * each_ + first_ + at / 32] |= static_cast<uint32_t>(coded) << (at % 32);
    if (bits == 64)
      words_[lane * each_ + first_ + at / 32 + 1] = static_cast<uint32_t>(coded >> 32);
  }
  uint64_t Get(uint32_t lane, uint32_t i, const std::string& type) const {
    const uint32_t bits = BitsOfType(type), at = i * bits;
    const uint32_t* const from = &words_[lane * each_ + first_ + at / 32];
    if (bits == 64) return from[0] | uint64_t{from[1]} << 32;
    return from[0] >> (at % 32) & ((uint64_t{1} << bits) - 1);
  }

 private:
  std::vector<uint32_t>& words_;
  uint32_t each_, first_;
};

struct Place {
  uint32_t row, column;
};

struct MmaCase {
  std::string shape, layout, d, a, b, c;
  uint32_t m, k;
  std::string words;  // behind the layouts
  std::string after;  // behind the types
};

class MmaRun {
 public:
  explicit MmaRun(const MmaCase& c) : c_(c), quads_(c.m == 8 && c.k == 4 && c.a == "f16") {}

  void Check() {
    SCOPED_TRACE(c_.shape + "." + c_.layout + "." + c_.d + "." + c_.a + "." + c_.b + "." + c_.c);
    const uint32_t a_words = Words(c_.a, c_.m * c_.k), b_words = Words(c_.b, 8 * c_.k);
    const uint32_t c_words = Words(c_.c, c_.m * 8), d_words = Words(c_.d, c_.m * 8);
    const uint32_t each = (a_words + b_words + c_words + d_words + 1) / 2 * 2;
    std::vector<uint32_t> words(32 * each, 0);
    Lanes a(words, each, 0), b(words, each, a_words), sum(words, each, a_words + b_words);
    for (uint32_t lane = 0; lane < 32; ++lane) {
      for (uint32_t i = 0; i < 32 * a_words / BitsOfType(c_.a); ++i) {
        const Place p = InA(lane, i);
        a.Put(lane, i, c_.a, Fit(c_.a, ValueOfA(p.row, p.column) + Product(lane)));
      }
      for (uint32_t i = 0; i < 32 * b_words / BitsOfType(c_.b); ++i) {
        const Place p = InB(lane, i);
        b.Put(lane, i, c_.b, Fit(c_.b, ValueOfB(p.row, p.column)));
      }
      for (uint32_t i = 0; i < 32 * c_words / BitsOfType(c_.c); ++i) {
        const Place p = InSum(c_.c, lane, i);
        sum.Put(lane, i, c_.c, ValueOfC(p.row, p.column));
      }
    }
    const Ran ran = RunPtx(Text(a_words, b_words, c_words, d_words, each), 32, 32 * each, words);
    ASSERT_EQ(FirstFinding(ran), "");
    std::vector<uint32_t> out = ran.out;
    const Lanes d(out, each, a_words + b_words + c_words);
    for (uint32_t lane = 0; lane < 32; ++lane) {
      for (uint32_t i = 0; i < 32 * d_words / BitsOfType(c_.d); ++i) {
        const Place p = InSum(c_.d, lane, i);
        int expected = ValueOfC(p.row, p.column);
        for (uint32_t k = 0; k < c_.k; ++k) {
          const int x = Fit(c_.a, ValueOfA(p.row, k) + Product(lane));
          const int y = Fit(c_.b, ValueOfB(k, p.column));
          const bool ands = (c_.words + c_.after).find("and") != std::string::npos;
          expected += c_.a != "b1" || ands ? x * y : x ^ y;
        }
        ASSERT_EQ(d.Get(lane, i, c_.d), Encode(c_.d, expected)) << "lane " << lane << ", d" << i;
      }
    }
  }

 private:
  // Of the four products that m8n8k4 of halves makes; 0 for others.
  int Product(uint32_t lane) const { return quads_ ? static_cast<int>(lane / 4 % 4) - 1 : 0; }
  uint32_t Words(const std::string& type, uint32_t elements) const {
    return (quads_ ? 4 * elements : elements) * BitsOfType(type) / 1024;
  }
  Place InA(uint32_t lane, uint32_t i) const {
    const uint32_t group = lane >> 2, thread = lane % 4;
    if (quads_) {
      const uint32_t upper = lane < 16 ? 0 : 4;
      return c_.layout.starts_with("row") ? Place{lane % 4 + upper, i}
                                          : Place{i % 4 + upper, lane % 4};
    }
    const uint32_t per = BitsOfType(c_.a) >= 32 ? 1 : 32 / BitsOfType(c_.a);
    const bool upper = c_.m == 16 && (i / per) % 2 == 1;
    const uint32_t block = c_.m == 16 ? i / (2 * per) : i / per;
    return {upper ? group + 8 : group, thread * per + i % per + block * 4 * per};
  }
  Place InB(uint32_t lane, uint32_t i) const {
    if (quads_) {
      const uint32_t upper = lane < 16 ? 0 : 4;
      return c_.layout.ends_with("row") ? Place{lane % 4, i + upper} : Place{i, lane % 4 + upper};
    }
    const uint32_t per = BitsOfType(c_.b) >= 32 ? 1 : 32 / BitsOfType(c_.b);
    return {lane % 4 * per + i % per + i / per * 4 * per, lane >> 2};
  }
  Place InSum(const std::string& type, uint32_t lane, uint32_t i) const {
    if (quads_) {
      const uint32_t upper = lane < 16 ? 0 : 4;
      if (type == "f16") return {lane % 4 + upper, i};
      return {(lane & 1) + (i & 2) + upper, (i & 4) + (lane & 2) + (i & 1)};
    }
    return {(lane >> 2) + (i < 2 ? 0 : 8), lane % 4 * 2 + i % 2};
  }

  std::string Text(uint32_t a_words, uint32_t b_words, uint32_t c_words, uint32_t d_words,
                   uint32_t each) const {
    std::string text = R"(
.visible .entry k(.param .u64 out) {
  .reg .u32 %t;
  .reg .b32 %a<8>, %b<8>, %c<8>, %d<8>;
  .reg .f64 %fa<8>, %fb<8>, %fc<8>, %fd<8>;
  .reg .u64 %out, %at;
  ld.param.u64 %out, [out];
  mov.u32 %t, %laneid;
)";
    AppendFormat(text, "mul.wide.u32 %at, %t, {};\nadd.s64 %out, %out, %at;\n", 4 * each);
    const auto wide = [](const std::string& type) { return type == "f64"; };
    uint32_t at = 0;
    const auto load = [&](char kind, const std::string& type, uint32_t words) {
      std::string list;
      const uint32_t step = wide(type) ? 2 : 1;
      for (uint32_t i = 0; i < words; i += step) {
        const std::string reg = Format("%{}{}{}", wide(type) ? "f" : "", kind, i / step);
        AppendFormat(text, "ld.global.{} {}, [%out+{}];\n", wide(type) ? "f64" : "b32", reg,
                     4 * at);
        at += step;
        list += (i > 0 ? ", " : "") + reg;
      }
      return list;
    };
    const std::string a = load('a', c_.a, a_words), b = load('b', c_.b, b_words);
    const std::string c = load('c', c_.c, c_words);
    std::string d;
    const uint32_t step = wide(c_.d) ? 2 : 1;
    for (uint32_t i = 0; i < d_words; i += step) {
      AppendFormat(d, "{}%{}d{}", i > 0 ? ", " : "", wide(c_.d) ? "f" : "", i / step);
    }
    AppendFormat(text, "mma.sync.aligned.{}.{}{}.{}.{}.{}.{}{} {{{}}}, {{{}}}, {{{}}}, {{{}}};\n",
                 c_.shape, c_.layout, c_.words, c_.d, c_.a, c_.b, c_.c, c_.after, d, a, b, c);
    for (uint32_t i = 0; i < d_words; i += step) {
      AppendFormat(text, "st.global.{} [%out+{}], %{}d{};\n", wide(c_.d) ? "f64" : "b32",
                   4 * (at + i), wide(c_.d) ? "f" : "", i / step);
    }
    return text + "ret;\n}\n";
  }

  const MmaCase& c_;
  bool quads_;
};

void CheckMma(const MmaCase& c) { MmaRun(c).Check(); }
void CheckMma(const std::string& shape, const std::string& d, const std::string& a,
              const std::string& b, const std::string& words = "", const std::string& after = "") {
  const uint32_t m = static_cast<uint32_t>(std::stoul(shape.substr(1)));
  const uint32_t k = static_cast<uint32_t>(std::stoul(shape.substr(shape.find('k') + 1)));
  CheckMma(MmaCase{shape, "row.col", d, a, b, d, m, k, words, after});
}

TEST(PtxMatrices, OfFloats) {
  CheckMma("m16n8k16", "f32", "f16", "f16");
  CheckMma("m16n8k16", "f16", "f16", "f16");
  CheckMma("m16n8k8", "f32", "f16", "f16");
  CheckMma("m16n8k16", "f32", "bf16", "bf16");
  CheckMma("m16n8k8", "f32", "bf16", "bf16");
  CheckMma("m16n8k8", "f32", "tf32", "tf32");
  CheckMma("m16n8k4", "f32", "tf32", "tf32");
  CheckMma("m8n8k4", "f64", "f64", "f64");
  CheckMma("m16n8k4", "f64", "f64", "f64", ".rz");
  CheckMma("m16n8k8", "f64", "f64", "f64", "", ".rp");
  CheckMma("m16n8k16", "f64", "f64", "f64", ".rn");
}

TEST(PtxMatrices, OfFloatsOfEightBits) {
  for (const char* a : {"e4m3", "e5m2"}) {
    for (const char* b : {"e4m3", "e5m2"}) {
      for (const char* d : {"f32", "f16"}) {
        CheckMma("m16n8k32", d, a, b);
        CheckMma("m16n8k16", d, a, b);
      }
    }
  }
}

TEST(PtxMatrices, OfIntegersAndBits) {
  for (const char* a : {"s8", "u8"}) {
    for (const char* b : {"s8", "u8"}) {
      CheckMma("m8n8k16", "s32", a, b);
      CheckMma("m16n8k16", "s32", a, b, ".satfinite");
      CheckMma("m16n8k32", "s32", a, b);
    }
  }
  for (const char* a : {"s4", "u4"}) {
    for (const char* b : {"s4", "u4"}) {
      CheckMma("m8n8k32", "s32", a, b);
      CheckMma("m16n8k32", "s32", a, b);
      CheckMma("m16n8k64", "s32", a, b, ".satfinite");
    }
  }
  for (const char* op : {".xor.popc", ".and.popc"}) {
    CheckMma("m8n8k128", "s32", "b1", "b1", "", op);
    CheckMma("m16n8k128", "s32", "b1", "b1", op);
    CheckMma("m16n8k256", "s32", "b1", "b1", "", op);
  }
}

// m8n8k4: four products at once, of eight lanes each.
TEST(PtxMatrices, OfQuadPairs) {
  for (const char* layout : {"row.row", "row.col", "col.row", "col.col"}) {
    CheckMma({"m8n8k4", layout, "f32", "f16", "f16", "f32", 8, 4, "", ""});
    CheckMma({"m8n8k4", layout, "f32", "f16", "f16", "f16", 8, 4, "", ""});
    CheckMma({"m8n8k4", layout, "f16", "f16", "f16", "f16", 8, 4, "", ""});
  }
}

TEST(PtxMatrices, SumsSaturate) {
  const Ran ran = RunPtx(Kernel(R"(
  mov.u32 %r0, 0x7f7f7f7f;
  mov.u32 %r1, 0x7ffffff0;
  mma.sync.aligned.m8n8k16.row.col.satfinite.s32.u8.u8.s32 {%r2, %r3}, {%r0}, {%r0}, {%r1, %r1};
  mma.sync.aligned.m8n8k16.row.col.s32.u8.u8.s32 {%r4, %r5}, {%r0}, {%r0}, {%r1, %r1};
  xor.b32 %r2, %r2, %r4;
  st.global.u32 [%out], %r2;
  ret;
)"),
                         32, 32);
  EXPECT_EQ(FirstFinding(ran), "");
  for (const uint32_t v : ran.out) EXPECT_EQ(v, 0x7fffffffu ^ (0x7ffffff0u + 16 * 127 * 127));
}

// --- wmma

struct WmmaCase {
  uint32_t m, n, k;
  std::string element, sum, into;  // of A and B, of C, of D
  bool a_columns, b_columns, c_columns;
  std::string op;          // of bits
  uint32_t pad = 0;        // of every line, in elements
  const char* space = "";  // .shared: A and B go there first
};

// A matrix in memory, in lines of `stride` elements.
void PutMatrix(std::vector<uint32_t>& words, uint32_t at, const std::string& type, uint32_t rows,
               uint32_t columns, uint32_t stride, bool by_columns,
               const std::function<int(uint32_t, uint32_t)>& value) {
  const uint32_t bits = BitsOfType(type);
  for (uint32_t r = 0; r < rows; ++r) {
    for (uint32_t c = 0; c < columns; ++c) {
      const uint64_t element = by_columns ? uint64_t{c} * stride + r : uint64_t{r} * stride + c;
      const uint64_t bit = 32ull * at + element * bits;
      const uint64_t coded = Encode(type, value(r, c));
      words[bit / 32] |= static_cast<uint32_t>(coded) << (bit % 32);
      if (bits == 64) words[bit / 32 + 1] = static_cast<uint32_t>(coded >> 32);
    }
  }
}

void CheckWmma(const WmmaCase& c) {
  const std::string shape = Format("m{}n{}k{}", c.m, c.n, c.k);
  SCOPED_TRACE(Format("{} {} {} {} {} {} {} {}", shape, c.element, c.sum, c.into, c.a_columns,
                      c.b_columns, c.c_columns, c.space));
  const auto words_of = [](uint32_t lines, uint32_t stride, const std::string& type) {
    return (lines * stride * BitsOfType(type) / 32 + 7) / 8 * 8;
  };
  const uint32_t a_stride = (c.a_columns ? c.m : c.k) + c.pad;
  const uint32_t b_stride = (c.b_columns ? c.k : c.n) + c.pad;
  const uint32_t c_stride = (c.c_columns ? c.m : c.n) + 8;
  const uint32_t a_words = words_of(c.a_columns ? c.k : c.m, a_stride, c.element);
  const uint32_t b_words = words_of(c.b_columns ? c.n : c.k, b_stride, c.element);
  const uint32_t c_lines = c.c_columns ? c.n : c.m;
  const uint32_t c_words = words_of(c_lines, c_stride, c.sum);
  const uint32_t d_words = words_of(c_lines, c_stride, c.into);
  std::vector<uint32_t> words(a_words + b_words + c_words + d_words, 0);
  const auto in_a = [&](uint32_t row, uint32_t column) {
    return Fit(c.element, ValueOfA(row, column));
  };
  const auto in_b = [&](uint32_t row, uint32_t column) {
    return Fit(c.element, ValueOfB(row, column));
  };
  PutMatrix(words, 0, c.element, c.m, c.k, a_stride, c.a_columns, in_a);
  PutMatrix(words, a_words, c.element, c.k, c.n, b_stride, c.b_columns, in_b);
  PutMatrix(words, a_words + b_words, c.sum, c.m, c.n, c_stride, c.c_columns, ValueOfC);
  // How many registers PTX has for the fragments.
  const auto regs = [&](const std::string& type, uint32_t elements, bool is_sum) {
    if (type == "f16" && !is_sum) return 8u;
    return elements * BitsOfType(type) / (type == "f64" ? 2048 : 1024);
  };
  const auto list = [](const char* name, uint32_t count) {
    std::string text = "{";
    for (uint32_t i = 0; i < count; ++i) AppendFormat(text, "{}%{}{}", i > 0 ? ", " : "", name, i);
    return text + "}";
  };
  const auto class_of = [](const std::string& type, const char* name) {
    return Format("{}{}", type == "f64" ? "d" : "r", name);
  };
  const std::string a = list(class_of(c.element, "a").c_str(), regs(c.element, c.m * c.k, false));
  const std::string b = list(class_of(c.element, "b").c_str(), regs(c.element, c.k * c.n, false));
  const std::string sum = list(class_of(c.sum, "c").c_str(), regs(c.sum, c.m * c.n, true));
  const std::string into = list(class_of(c.into, "e").c_str(), regs(c.into, c.m * c.n, true));
  const auto layout = [](bool columns) { return columns ? "col" : "row"; };
  std::string text = R"(
.visible .entry k(.param .u64 out) {
  .reg .u32 %t, %w, %at32, %stride;
  .reg .b32 %ra<8>, %rb<8>, %rc<8>, %re<8>;
  .reg .f64 %da<8>, %db<8>, %dc<8>, %de<8>;
  .reg .pred %p;
  .reg .u64 %out, %at, %copy;
  .shared .align 32 .b8 box[16384];
  ld.param.u64 %out, [out];
  mov.u32 %t, %tid.x;
)";
  const bool shared = std::string(c.space) == ".shared";
  std::string place_a = "[%out]", place_b = Format("[%out+{}]", 4 * a_words);
  if (shared) {
    AppendFormat(text, R"(
  mov.u32 %at32, box;
COPY:
  mul.wide.u32 %at, %t, 4;
  add.s64 %at, %out, %at;
  ld.global.u32 %w, [%at];
  mad.lo.u32 %at32, %t, 4, 0;
  mov.u32 %stride, box;
  add.u32 %at32, %at32, %stride;
  st.shared.u32 [%at32], %w;
  add.u32 %t, %t, 32;
  setp.lt.u32 %p, %t, {};
  @%p bra COPY;
  bar.sync 0;
  mov.u64 %copy, box;
)",
                 a_words + b_words);
    place_a = "[box]";
    place_b = Format("[%copy+{}]", 4 * a_words);
  }
  const std::string space = shared ? ".shared" : c.space;
  AppendFormat(text, "wmma.load.a.sync.aligned.{}.{}{}.{} {}, {}{};\n", layout(c.a_columns), shape,
               space, c.element, a, place_a, c.pad > 0 ? Format(", {}", a_stride) : "");
  AppendFormat(text, "mov.u32 %stride, {};\n", b_stride);
  AppendFormat(text, "wmma.load.b.sync.aligned.{}.{}{}.{} {}, {}, %stride;\n", layout(c.b_columns),
               shape, space, c.element, b, place_b);
  AppendFormat(text, "wmma.load.c.sync.aligned.{}.{}.global.{} {}, [%out+{}], {};\n",
               layout(c.c_columns), shape, c.sum, sum, 4 * (a_words + b_words), c_stride);
  std::string types = c.element == "f16" ? c.into + "." + c.sum
                                         : c.into + "." + c.element + "." + c.element + "." + c.sum;
  AppendFormat(text, "wmma.mma{}.sync.aligned.{}.{}.{}.{} {}, {}, {}, {};\n", c.op,
               layout(c.a_columns), layout(c.b_columns), shape, types, into, a, b, sum);
  AppendFormat(text, "wmma.store.d.sync.aligned.{}.{}.global.{} [%out+{}], {}, {};\nret;\n}}\n",
               layout(c.c_columns), shape, c.into, 4 * (a_words + b_words + c_words), into,
               c_stride);
  const uint32_t total = static_cast<uint32_t>(words.size());
  const Ran ran = RunPtx(text, 32, total, words);
  ASSERT_EQ(FirstFinding(ran), "");
  std::vector<uint32_t> expected(d_words, 0);
  PutMatrix(expected, 0, c.into, c.m, c.n, c_stride, c.c_columns,
            [&](uint32_t row, uint32_t column) {
              int value = ValueOfC(row, column);
              for (uint32_t k = 0; k < c.k; ++k) {
                const int x = in_a(row, k), y = in_b(k, column);
                value += c.op == ".xor.popc" ? x ^ y : x * y;
              }
              return value;
            });
  for (uint32_t i = 0; i < d_words; ++i) {
    ASSERT_EQ(ran.out[total - d_words + i], expected[i]) << "word " << i;
  }
}

TEST(PtxMatrices, FragmentsOfHalves) {
  const uint32_t shapes[][2] = {{16, 16}, {32, 8}, {8, 32}};
  for (const auto& [m, n] : shapes) {
    for (uint32_t layouts = 0; layouts < 8; ++layouts) {
      const bool a = (layouts & 1) != 0, b = (layouts & 2) != 0, c = (layouts & 4) != 0;
      CheckWmma({m, n, 16, "f16", "f32", "f32", a, b, c, "", 8, ".global"});
      CheckWmma({m, n, 16, "f16", "f16", "f16", a, b, c, "", 0, ""});
      CheckWmma({m, n, 16, "f16", "f16", "f32", a, b, c, "", 16, ".shared"});
      CheckWmma({m, n, 16, "f16", "f32", "f16", a, b, c, "", 0, ".shared"});
      CheckWmma({m, n, 16, "bf16", "f32", "f32", a, b, c, "", 8, ".shared"});
    }
  }
}

TEST(PtxMatrices, FragmentsOfOtherTypes) {
  const uint32_t shapes[][2] = {{16, 16}, {32, 8}, {8, 32}};
  for (uint32_t layouts = 0; layouts < 8; ++layouts) {
    const bool a = (layouts & 1) != 0, b = (layouts & 2) != 0, c = (layouts & 4) != 0;
    for (const auto& [m, n] : shapes) {
      CheckWmma({m, n, 16, "s8", "s32", "s32", a, b, c, "", 16, ".global"});
      CheckWmma({m, n, 16, "u8", "s32", "s32", a, b, c, "", 0, ".shared"});
    }
    CheckWmma({16, 16, 8, "tf32", "f32", "f32", a, b, c, "", 4, ".shared"});
    CheckWmma({8, 8, 4, "f64", "f64", "f64", a, b, c, "", 2, ""});
  }
  for (const bool c : {false, true}) {
    CheckWmma({8, 8, 32, "s4", "s32", "s32", false, true, c, "", 32, ".global"});
    CheckWmma({8, 8, 32, "u4", "s32", "s32", false, true, c, "", 0, ".shared"});
    CheckWmma({8, 8, 128, "b1", "s32", "s32", false, true, c, ".xor.popc", 128, ".global"});
    CheckWmma({8, 8, 128, "b1", "s32", "s32", false, true, c, ".and.popc", 0, ".shared"});
  }
}

TEST(PtxMatrices, FragmentsAreChecked) {
  const std::string load = R"(
  .reg .b32 %f<8>;
  wmma.load.a.sync.aligned.row.m16n16k16.global.f16 {%f0, %f1, %f2, %f3, %f4, %f5, %f6, %f7}, [%rd1], 16;
  st.global.u32 [%out], %f0;
  ret;
)";
  const Ran beyond =
      RunPtx(".global .align 32 .b8 m[400];\n" + Kernel("mov.u64 %rd1, m;\n" + load), 32, 32);
  EXPECT_NE(FirstFinding(beyond).find("of m (400 bytes)"), std::string::npos)
      << FirstFinding(beyond);
  const Ran half = RunPtx(".global .align 32 .b8 m[512];\n" +
                              Kernel("mov.u64 %rd1, m;\nsetp.lt.u32 %p1, %t, 16;\n@%p1 bra L;\n"
                                     "bar.warp.sync 0xffffffff;\nret;\nL:\n" +
                                     load),
                          32, 32);
  EXPECT_NE(FirstFinding(half).find("which do not come here"), std::string::npos)
      << FirstFinding(half);
}

TEST(PtxMatrices, ColumnsBecomeRows) {
  const Ran ran = RunPtx(Kernel(R"(
  // element (row, column) is 8 row + column
  mul.lo.u32 %r0, %t, 2;
  add.u32 %r1, %r0, 1;
  shl.b32 %r1, %r1, 16;
  or.b32 %r0, %r0, %r1;
  movmatrix.sync.aligned.m8n8.trans.b16 %r2, %r0;
  st.global.u32 [%out], %r2;
  ret;
)"),
                         32, 32);
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t t = 0; t < 32; ++t) {
    const uint32_t row = t / 4, column = t % 4 * 2;  // of the result
    EXPECT_EQ(ran.out[t], (8 * column + row) | (8 * (column + 1) + row) << 16) << t;
  }
}

}  // namespace
}  // namespace ws
