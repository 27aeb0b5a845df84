// wgmma: matrices in shared memory as their descriptors say. Where elements lie is written here by
// the canonical layouts of the PTX ISA ("Shared Memory Matrix Layout"), apart from the engine.
#include <cstdint>
#include <string>
#include <vector>

#include "base/format.h"
#include "ir/float_ops.h"
#include "tests/ptx_run.h"
#include "tests/test.h"

namespace ws {
namespace {

constexpr uint32_t kB = 16384;  // where B begins in shared memory

struct Layout {
  uint32_t width = 16;  // bytes that swizzling spans; 16: none
  bool transposed = false;
  uint32_t slice = 0;  // of 32 bytes along k, from the beginning of the rows
};

// Byte of element (mn, k) of `bytes` bytes; lead and stride of the descriptor.
struct Place {
  uint32_t lead, stride;
  uint32_t At(const Layout& l, uint32_t mn, uint32_t k, uint32_t bytes) const {
    uint32_t at = 0;
    if (!l.transposed) {
      const uint32_t kb = k * bytes + 32 * l.slice;
      at = mn % 8 * l.width + mn / 8 * stride;
      at += l.width == 16 ? kb / 16 * lead + kb % 16 : kb;
    } else {
      const uint32_t blocks = l.width / 16;
      const uint32_t far = l.width == 16 ? stride : lead, deep = l.width == 16 ? lead : stride;
      at = mn % 8 * bytes + mn / 8 % blocks * 16 + mn / (8 * blocks) * far;
      at += k % 8 * l.width + k / 8 * deep;
    }
    return at ^ ((at >> 7 & (l.width / 16 - 1)) << 4);
  }
};
Place PlaceOf(const Layout& l, uint32_t mn) {
  if (l.transposed) {
    return l.width == 16 ? Place{128 * (mn / 8), 128} : Place{16 * l.width, 8 * l.width};
  }
  return l.width == 16 ? Place{128, 512} : Place{16, 8 * l.width};
}
uint64_t Descriptor(const Layout& l, uint32_t mn, uint32_t start) {
  const Place p = PlaceOf(l, mn);
  const uint64_t mode = l.width == 128 ? 1 : l.width == 64 ? 2 : l.width == 32 ? 3 : 0;
  return (start + 32 * l.slice) / 16 | uint64_t{p.lead / 16} << 16 | uint64_t{p.stride / 16} << 32 |
         mode << 62;
}

struct Case {
  std::string types;  // of D, A, B
  uint32_t n, k, bytes;
  Layout a, b;
  std::string scales;  // behind the descriptors
  bool adds = true;
  int sign = 1;
  bool a_in_registers = false;
  bool sparse =
      false;  // A has k / 2 elements a row: the second and third of four, or second of two

  uint32_t stored() const { return sparse ? k / 2 : k; }
  uint32_t ColumnOf(uint32_t j) const {
    if (!sparse) return j;
    return bytes == 4 ? 2 * j + 1 : j / 2 * 4 + j % 2 + 1;
  }
};

int ValueOfA(uint32_t row, uint32_t k) { return static_cast<int>(row * 5 + k * 3) % 7 - 3; }
int ValueOfB(uint32_t k, uint32_t column) { return static_cast<int>(k * 2 + column * 11) % 5 - 2; }
int ValueOfD(uint32_t row, uint32_t column) {
  return static_cast<int>(row) - 2 * static_cast<int>(column);
}

uint32_t Encode(const Case& c, int value) {
  const uint32_t f32 = ir::BitsOf(static_cast<float>(value));
  if (c.types.find("bf16") != std::string::npos) return f32 >> 16;
  if (c.bytes == 4) return f32;
  if (c.bytes == 2) return ir::F32ToF16(f32);
  if (c.types.find("e4m3") != std::string::npos) {
    constexpr uint8_t kE4m3[] = {0x00, 0x38, 0x40, 0x44};
    return kE4m3[std::abs(value)] | (value < 0 ? 0x80u : 0u);
  }
  return static_cast<uint32_t>(value) & 0xff;
}

void Check(const Case& c) {
  SCOPED_TRACE(Format("{} n{} k{} a {} {} {} b {} {} {}", c.types, c.n, c.k, c.a.width,
                      c.a.transposed, c.a.slice, c.b.width, c.b.transposed, c.b.slice));
  const bool halves = c.types.starts_with("f16"), integers = c.types.starts_with("s32");
  const uint32_t regs = c.n / (halves ? 4 : 2);  // of D
  std::vector<uint32_t> words(8192 + 128 * regs, 0);
  auto* const bytes = reinterpret_cast<uint8_t*>(words.data());
  const auto put = [&](uint32_t at, int value) {
    const uint32_t coded = Encode(c, value);
    memcpy(bytes + at, &coded, c.bytes);
  };
  const Place a = PlaceOf(c.a, 64), b = PlaceOf(c.b, c.n);
  for (uint32_t k = 0; k < c.k; ++k) {
    for (uint32_t row = 0; row < 64 && k < c.stored(); ++row) {
      const uint32_t lane = row % 8 * 4 + k * c.bytes / 4 % 4,
                     word = k * c.bytes / 16 * 2 + row / 8 % 2;
      const uint32_t held = 16 * (row / 16 * 32 + lane) + 4 * word + k * c.bytes % 4;
      put(c.a_in_registers ? held : a.At(c.a, row, k, c.bytes), ValueOfA(row, k));
    }
    for (uint32_t column = 0; column < c.n; ++column) {
      put(kB + b.At(c.b, column, k, c.bytes), ValueOfB(k, column));
    }
  }
  const auto encoded = [&](int value) {
    const uint32_t f32 = ir::BitsOf(static_cast<float>(value));
    return halves ? ir::F32ToF16(f32) : integers ? static_cast<uint32_t>(value) : f32;
  };
  // d_i of a thread: PTX ISA, "Register Fragments for wgmma".
  const auto each_sum = [&](auto take) {
    for (uint32_t thread = 0; thread < 128; ++thread) {
      const uint32_t lane = thread % 32;
      for (uint32_t i = 0; i < c.n / 2; ++i) {
        const uint32_t row = thread / 32 * 16 + lane / 4 + (i % 4 >= 2 ? 8 : 0);
        const uint32_t column = i / 4 * 8 + lane % 4 * 2 + i % 2;
        const uint32_t word = 8192 + thread * regs + (halves ? i / 2 : i);
        take(word, halves && i % 2 == 1 ? 16 : 0, row, column);
      }
    }
  };
  each_sum([&](uint32_t word, uint32_t shift, uint32_t row, uint32_t column) {
    words[word] |= encoded(ValueOfD(row, column)) << shift;
  });
  std::string text = R"(
.visible .entry k(.param .u64 out) {
  .reg .u32 %t, %w, %at, %i, %base;
  .reg .b32 %a<4>, %d<128>;
  .reg .pred %p, %adds;
  .reg .u64 %out, %from, %da, %db, %start;
  .shared .align 1024 .b8 box[32768];
  ld.param.u64 %out, [out];
  mov.u32 %t, %tid.x;
  mov.u32 %i, %t;
  mov.u32 %base, box;
COPY:
  mul.wide.u32 %from, %i, 4;
  add.u64 %from, %out, %from;
  ld.global.u32 %w, [%from];
  mad.lo.u32 %at, %i, 4, %base;
  st.shared.u32 [%at], %w;
  add.u32 %i, %i, 128;
  setp.lt.u32 %p, %i, 8192;
  @%p bra COPY;
  bar.sync 0;
  mad.lo.u32 %at, %t, 16, %base;
  ld.shared.v4.u32 {%a0, %a1, %a2, %a3}, [%at];
  fence.proxy.async;
  shr.u32 %base, %base, 4;
  cvt.u64.u32 %start, %base;
)";
  AppendFormat(text, "add.u64 %da, %start, {};\nadd.u64 %db, %start, {};\n", Descriptor(c.a, 64, 0),
               Descriptor(c.b, c.n, kB));
  AppendFormat(text,
               "mov.pred %adds, {};\nmul.wide.u32 %from, %t, {};\nadd.u64 %out, %out, %from;\n",
               c.adds ? 1 : 0, 4 * regs);
  std::string list;
  for (uint32_t i = 0; i < regs; ++i) {
    AppendFormat(text, "ld.global.u32 %d{}, [%out+{}];\n", i, 32768 + 4 * i);
    AppendFormat(list, "{}%d{}", i > 0 ? ", " : "", i);
  }
  AppendFormat(text,
               "mov.b32 %w, {};\nwgmma.fence.sync.aligned;\n"
               "wgmma.mma_async{}.sync.aligned.m64n{}k{}.{} {{{}}}, {}, %db{}, %adds{};\n"
               "wgmma.commit_group.sync.aligned;\nwgmma.wait_group.sync.aligned 0;\n",
               c.bytes == 4 ? "0xeeeeeeee" : "0x99999999", c.sparse ? ".sp" : "", c.n, c.k, c.types,
               list, c.a_in_registers ? "{%a0, %a1, %a2, %a3}" : "%da", c.sparse ? ", %w, 0" : "",
               c.scales);
  for (uint32_t i = 0; i < regs; ++i) {
    AppendFormat(text, "st.global.u32 [%out+{}], %d{};\n", 32768 + 4 * i, i);
  }
  const Ran ran = RunPtx(text + "ret;\n}\n", 128, static_cast<uint32_t>(words.size()), words);
  ASSERT_EQ(FirstFinding(ran), "");
  bool same = true;
  each_sum([&](uint32_t word, uint32_t shift, uint32_t row, uint32_t column) {
    int expected = c.adds ? ValueOfD(row, column) : 0;
    for (uint32_t k = 0; k < c.stored(); ++k) {
      // Bytes without a sign do not occur in these types.
      expected += c.sign * ValueOfA(row, k) * ValueOfB(c.ColumnOf(k), column);
    }
    const uint32_t got = ran.out[word] >> shift & (halves ? 0xffffu : 0xffffffffu);
    if (same && got != encoded(expected)) {
      same = false;
      ADD_FAILURE() << "row " << row << ", column " << column << ": " << got << ", not "
                    << encoded(expected);
    }
  });
}

TEST(PtxWarpgroups, MultiplyInEveryLayout) {
  for (const uint32_t width : {16u, 32u, 64u, 128u}) {
    const Layout rows{width, false, 0}, columns{width, true, 0};
    for (const Layout& a : {rows, columns}) {
      for (const Layout& b : {rows, columns}) {
        const std::string scales =
            Format(", 1, 1, {}, {}", a.transposed ? 1 : 0, b.transposed ? 1 : 0);
        Check({"f32.f16.f16", 32, 16, 2, a, b, scales});
        Check({"f16.f16.f16", 128, 16, 2, a, b, scales, false});
      }
    }
    Check({"f32.bf16.bf16", 64, 16, 2, rows, columns, ", -1, 1, 0, 1", true, -1});
    Check({"f32.tf32.tf32", 24, 8, 4, rows, rows, ", 1, -1", true, -1});
    Check({"f32.e4m3.e4m3", 16, 32, 1, rows, rows, ", -1, -1"});
    Check({"s32.s8.s8", 48, 32, 1, rows, rows, ""});
  }
}

// k goes on within the lines that are swizzled; and A may be in registers.
TEST(PtxWarpgroups, MultiplySlicesAndRegisters) {
  for (uint32_t slice = 0; slice < 4; ++slice) {
    const Layout part{128, false, slice};
    Check({"f32.f16.f16", 16, 16, 2, part, part, ", 1, 1, 0, 0"});
  }
  Case in_registers{"f32.f16.f16", 256, 16, 2, {}, {64, true, 0}, ", 1, 1, 1"};
  in_registers.a_in_registers = true;
  Check(in_registers);
}

// The metadata themselves are in the tables (mma.sp).
TEST(PtxWarpgroups, MultiplySparseMatrices) {
  for (const uint32_t width : {16u, 64u, 128u}) {
    const Layout rows{width, false, 0}, columns{width, true, 0};
    const auto check = [](Case c) {
      c.sparse = true;
      Check(c);
    };
    check({"f32.f16.f16", 32, 32, 2, rows, rows, ", 1, 1, 0, 0"});
    check({"f16.f16.f16", 64, 32, 2, rows, columns, ", 1, 1, 0, 1", false});
    check({"f32.bf16.bf16", 16, 32, 2, columns, rows, ", -1, 1, 1, 0", true, -1});
    check({"f32.tf32.tf32", 24, 16, 4, rows, rows, ", 1, -1", true, -1});
    check({"f32.e4m3.e4m3", 16, 64, 1, rows, rows, ", 1, 1"});
    check({"s32.s8.s8", 48, 64, 1, rows, rows, ""});
    Case in_registers{"f32.f16.f16", 16, 32, 2, {}, rows, ", 1, 1, 0"};
    in_registers.a_in_registers = true;
    check(in_registers);
  }
}

TEST(PtxWarpgroups, WhatLiesOutsideOfSharedMemoryIsFound) {
  const Ran ran = RunPtx(Kernel(R"(
  .reg .f32 %d<4>;
  .shared .align 128 .b8 box[1024];
  mov.b64 %rd1, 0x0000002000080000;
  wgmma.mma_async.sync.aligned.m64n8k16.f32.f16.f16 {%d0, %d1, %d2, %d3}, %rd1, %rd1, 0, 1, 1, 0, 0;
  st.global.f32 [%out], %d0;
  ret;
)"),
                         128, 128);
  EXPECT_EQ(ran.report.findings.empty() ? exec::FindingKind::kCount : ran.report.findings[0].kind,
            exec::FindingKind::kOutOfBounds)
      << FirstFinding(ran);
}

}  // namespace
}  // namespace ws
