// One-lane semantics against the machine's own arithmetic, against integer arithmetic, and against
// the rows of the PTX ISA that are easy to get wrong.
#include "ir/eval.h"

#include <cmath>

#include "base/rng.h"
#include "tests/test.h"

namespace ws::ir {
namespace {

uint64_t Ev(Op op, Type type, std::initializer_list<uint64_t> srcs, Round round = Round::kNone,
            Type src_type = Type::kNone, Cmp cmp = Cmp::kNone, bool sat = false) {
  Inst inst;
  inst.op = op;
  inst.type = type;
  inst.src_type = src_type;
  inst.round = round;
  inst.cmp = cmp;
  inst.sat = sat;
  uint64_t dst = 0xdead;
  EXPECT_TRUE(Eval(inst, {srcs.begin(), srcs.size()}, dst));
  return dst;
}

// Random bits with exponents that make operands meet, and the edges of the format.
uint64_t RandomBits(Rng& rng, int width, int precision) {
  const uint64_t mask = width == 64 ? ~0ull : (1ull << width) - 1;
  uint64_t bits = rng.Next() & mask;
  const uint64_t exponent_ones = (1ull << (width - precision)) - 1;
  switch (rng.Below(6)) {
    case 0:
      bits &= ~(exponent_ones << (precision - 1));
      break;  // subnormal
    case 1:
      bits |= exponent_ones << (precision - 1);
      break;  // inf, NaN
    case 2:
      bits &= ~0ull << (precision - 1);
      break;  // powers of two
    case 3:   // near one
      bits = (bits & ~(exponent_ones << (precision - 1))) |
             ((exponent_ones / 2 + rng.Below(5) - 2) & exponent_ones) << (precision - 1);
      break;
    default:
      break;
  }
  return bits & mask;
}

TEST(SoftFloat, AgreesWithTheMachineOnF64) {
  Rng rng(1);
  for (int i = 0; i < 200000; ++i) {
    const uint64_t a = RandomBits(rng, 64, 53), b = RandomBits(rng, 64, 53);
    const uint64_t c = RandomBits(rng, 64, 53);
    ASSERT_EQ(SoftAdd(kFormatF64, a, b, Round::kRn), AddF64(a, b)) << std::hex << a << " " << b;
    ASSERT_EQ(SoftMul(kFormatF64, a, b, Round::kRn), MulF64(a, b)) << std::hex << a << " " << b;
    ASSERT_EQ(SoftDiv(kFormatF64, a, b, Round::kRn), DivF64(a, b)) << std::hex << a << " " << b;
    ASSERT_EQ(SoftSqrt(kFormatF64, a, Round::kRn), SqrtF64(a)) << std::hex << a;
    const uint64_t fma = Canon(std::fma(AsF64(a), AsF64(b), AsF64(c)));
    ASSERT_EQ(SoftFma(kFormatF64, a, b, c, Round::kRn), fma)
        << std::hex << a << " " << b << " " << c;
    ASSERT_EQ(FmaF64(a, b, c), fma);
    ASSERT_EQ(SoftConvert(kFormatF32, kFormatF64, a, Round::kRn), F64ToF32(a)) << std::hex << a;
  }
}

TEST(SoftFloat, AgreesWithTheMachineOnF32) {
  Rng rng(2);
  for (int i = 0; i < 200000; ++i) {
    const uint32_t a = static_cast<uint32_t>(RandomBits(rng, 32, 24));
    const uint32_t b = static_cast<uint32_t>(RandomBits(rng, 32, 24));
    const uint32_t c = static_cast<uint32_t>(RandomBits(rng, 32, 24));
    ASSERT_EQ(SoftAdd(kFormatF32, a, b, Round::kRn), AddF32(a, b)) << std::hex << a << " " << b;
    ASSERT_EQ(SoftMul(kFormatF32, a, b, Round::kRn), MulF32(a, b)) << std::hex << a << " " << b;
    ASSERT_EQ(SoftDiv(kFormatF32, a, b, Round::kRn), DivF32(a, b)) << std::hex << a << " " << b;
    ASSERT_EQ(SoftSqrt(kFormatF32, a, Round::kRn), SqrtF32(a)) << std::hex << a;
    const uint32_t fma = Canon(std::fma(AsF32(a), AsF32(b), AsF32(c)));
    ASSERT_EQ(SoftFma(kFormatF32, a, b, c, Round::kRn), fma)
        << std::hex << a << " " << b << " " << c;
    ASSERT_EQ(FmaF32(a, b, c), fma) << std::hex << a << " " << b << " " << c;
    ASSERT_EQ(Canon(static_cast<float>(
                  AddOdd(static_cast<double>(AsF32(a)) * AsF32(b), static_cast<double>(AsF32(c))))),
              fma)
        << std::hex << a << " " << b << " " << c;
    ASSERT_EQ(SoftIntegral(kFormatF32, a, Round::kRni), RniF32(a)) << std::hex << a;
    ASSERT_EQ(SoftIntegral(kFormatF32, a, Round::kRmi), RmiF32(a)) << std::hex << a;
    ASSERT_EQ(SoftIntegral(kFormatF32, a, Round::kRpi), RpiF32(a)) << std::hex << a;
    ASSERT_EQ(SoftIntegral(kFormatF32, a, Round::kRzi), RziF32(a)) << std::hex << a;
    ASSERT_EQ(SoftToInt(kFormatF32, a, 32, true, Round::kRzi), F32ToS32(a)) << std::hex << a;
    ASSERT_EQ(SoftToInt(kFormatF32, a, 32, false, Round::kRzi), F32ToU32(a)) << std::hex << a;
    ASSERT_EQ(SoftConvert(kFormatF16, kFormatF32, a, Round::kRn), F32ToF16(a)) << std::hex << a;
    ASSERT_EQ(SoftConvert(kFormatBF16, kFormatF32, a, Round::kRn), F32ToBF16(a)) << std::hex << a;
    ASSERT_EQ(SoftConvert(kFormatF64, kFormatF32, a, Round::kRn), F32ToF64(a)) << std::hex << a;
  }
}

TEST(SoftFloat, HalfArithmeticRoundsOnce) {
  Rng rng(3);
  for (uint32_t h = 0; h < 0x10000; ++h) {
    ASSERT_EQ(SoftConvert(kFormatF32, kFormatF16, h, Round::kRn), F16ToF32(h)) << std::hex << h;
    ASSERT_EQ(F32ToF16(F16ToF32(h)), IsNanF16(h) ? kNanF16 : h);
  }
  for (int i = 0; i < 300000; ++i) {
    uint32_t a = static_cast<uint32_t>(RandomBits(rng, 16, 11));
    uint32_t b = static_cast<uint32_t>(RandomBits(rng, 16, 11));
    uint32_t c = static_cast<uint32_t>(RandomBits(rng, 16, 11));
    ASSERT_EQ(SoftAdd(kFormatF16, a, b, Round::kRn), AddF16(a, b)) << std::hex << a << " " << b;
    ASSERT_EQ(SoftMul(kFormatF16, a, b, Round::kRn), MulF16(a, b)) << std::hex << a << " " << b;
    ASSERT_EQ(SoftFma(kFormatF16, a, b, c, Round::kRn), FmaF16(a, b, c))
        << std::hex << a << " " << b << " " << c;
    a = static_cast<uint32_t>(RandomBits(rng, 16, 8));
    b = static_cast<uint32_t>(RandomBits(rng, 16, 8));
    c = static_cast<uint32_t>(RandomBits(rng, 16, 8));
    ASSERT_EQ(SoftAdd(kFormatBF16, a, b, Round::kRn), AddBF16(a, b)) << std::hex << a << " " << b;
    ASSERT_EQ(SoftMul(kFormatBF16, a, b, Round::kRn), MulBF16(a, b)) << std::hex << a << " " << b;
    ASSERT_EQ(SoftFma(kFormatBF16, a, b, c, Round::kRn), FmaBF16(a, b, c))
        << std::hex << a << " " << b << " " << c;
    const uint64_t d = RandomBits(rng, 64, 53);
    ASSERT_EQ(SoftConvert(kFormatF16, kFormatF64, d, Round::kRn), F64ToF16(d)) << std::hex << d;
    ASSERT_EQ(SoftConvert(kFormatBF16, kFormatF64, d, Round::kRn), F64ToBF16(d)) << std::hex << d;
  }
}

TEST(SoftFloat, DirectedRoundingEnclosesTheExactResult) {
  const uint32_t third_down =
      static_cast<uint32_t>(Ev(Op::kDiv, Type::kF32, {BitsOf(1.0f), BitsOf(3.0f)}, Round::kRm));
  const uint32_t third_up =
      static_cast<uint32_t>(Ev(Op::kDiv, Type::kF32, {BitsOf(1.0f), BitsOf(3.0f)}, Round::kRp));
  EXPECT_EQ(third_down + 1, third_up);
  EXPECT_EQ(Ev(Op::kAdd, Type::kF32, {0x7f7fffff, 0x7f7fffff}, Round::kRz), 0x7f7fffffu);
  EXPECT_EQ(Ev(Op::kAdd, Type::kF32, {BitsOf(1.0f), BitsOf(-1.0f)}, Round::kRm), 0x80000000u);
  EXPECT_EQ(Ev(Op::kMul, Type::kF32, {0x00000001, BitsOf(0.5f)}, Round::kRp), 1u);
  EXPECT_EQ(Ev(Op::kMul, Type::kF32, {0x00000001, BitsOf(0.5f)}, Round::kRm), 0u);
}

TEST(Eval, MinAndMaxPreferNumbersAndOrderZeros) {
  EXPECT_EQ(MinF32(0x80000000, 0), 0x80000000u);
  EXPECT_EQ(MinF32(0, 0x80000000), 0x80000000u);
  EXPECT_EQ(MaxF32(0x80000000, 0), 0u);
  EXPECT_EQ(MaxF32(0x7fc00001, BitsOf(2.0f)), BitsOf(2.0f));
  EXPECT_EQ(MinF32(BitsOf(2.0f), 0xffc00001), BitsOf(2.0f));
  EXPECT_EQ(MinF32(0x7fc00001, 0xffc00001), kNanF32);
  EXPECT_EQ(MaxF16(0x7e00, 0x3c00), 0x3c00u);
}

TEST(Eval, NanIsCanonical) {
  EXPECT_EQ(Ev(Op::kAdd, Type::kF32, {0x7f800000, 0xff800000}), 0x7fffffffu);
  EXPECT_EQ(Ev(Op::kMul, Type::kF16, {0x7c00, 0}), 0x7fffu);
  EXPECT_EQ(Ev(Op::kSqrt, Type::kF32, {BitsOf(-1.0f)}), 0x7fffffffu);
  EXPECT_EQ(Ev(Op::kAdd, Type::kF32, {0x7fc00000, 0}, Round::kRn, Type::kNone, Cmp::kNone, true),
            0u);
}

TEST(Eval, ConversionsSaturateAndSendNanToZero) {
  const auto cvt = [](Type to, Type from, uint64_t bits, Round round) {
    return Ev(Op::kCvt, to, {bits}, round, from);
  };
  EXPECT_EQ(cvt(Type::kS32, Type::kF32, BitsOf(3e9f), Round::kRzi), 0x7fffffffu);
  EXPECT_EQ(cvt(Type::kS32, Type::kF32, BitsOf(-3e9f), Round::kRzi), 0x80000000u);
  EXPECT_EQ(cvt(Type::kU32, Type::kF32, BitsOf(-1.0f), Round::kRzi), 0u);
  EXPECT_EQ(cvt(Type::kS32, Type::kF32, 0x7fc00000, Round::kRzi), 0u);
  EXPECT_EQ(cvt(Type::kS64, Type::kF32, 0x7fc00000, Round::kRzi), 1ull << 63);
  EXPECT_EQ(cvt(Type::kS32, Type::kF64, kNanF64, Round::kRzi), 0x80000000u);
  EXPECT_EQ(cvt(Type::kS32, Type::kF32, BitsOf(2.5f), Round::kRni), 2u);
  EXPECT_EQ(cvt(Type::kS32, Type::kF32, BitsOf(-2.5f), Round::kRmi), static_cast<uint32_t>(-3));
  EXPECT_EQ(cvt(Type::kS32, Type::kF32, BitsOf(2.1f), Round::kRpi), 3u);
  EXPECT_EQ(cvt(Type::kS8, Type::kF32, BitsOf(300.0f), Round::kRzi), 127u);
  EXPECT_EQ(cvt(Type::kF32, Type::kU64, ~0ull, Round::kRz), 0x5f7fffffu);
  EXPECT_EQ(cvt(Type::kF32, Type::kS32, 0xffffffff, Round::kRn), BitsOf(-1.0f));
  EXPECT_EQ(cvt(Type::kF32, Type::kF64, BitsOf(1.0 + 0x1p-30), Round::kRp), BitsOf(1.0f) + 1);
  EXPECT_EQ(cvt(Type::kS64, Type::kS32, 0x80000000, Round::kNone), 0xffffffff80000000ull);
  EXPECT_EQ(cvt(Type::kU64, Type::kU32, 0x80000000, Round::kNone), 0x80000000ull);
  EXPECT_EQ(cvt(Type::kS8, Type::kS32, 0x1ff, Round::kNone), 0xffu);
  EXPECT_EQ(cvt(Type::kF16, Type::kF32, BitsOf(65520.0f), Round::kRn), 0x7c00u);
  EXPECT_EQ(cvt(Type::kF16, Type::kF32, BitsOf(65520.0f), Round::kRz), 0x7bffu);
}

TEST(Eval, IntegerEdges) {
  EXPECT_EQ(Ev(Op::kDiv, Type::kU32, {5, 0}), 0xffffffffu);
  EXPECT_EQ(Ev(Op::kDiv, Type::kS32, {0x80000000, 0xffffffff}), 0x80000000u);
  EXPECT_EQ(Ev(Op::kRem, Type::kS32, {0x80000000, 0xffffffff}), 0u);
  EXPECT_EQ(Ev(Op::kRem, Type::kS32, {static_cast<uint32_t>(-7), 3}), static_cast<uint32_t>(-1));
  EXPECT_EQ(Ev(Op::kShl, Type::kB32, {1, 32}), 0u);
  EXPECT_EQ(Ev(Op::kShr, Type::kS32, {0x80000000, 99}), 0xffffffffu);
  EXPECT_EQ(Ev(Op::kShr, Type::kU32, {0x80000000, 31}), 1u);
  EXPECT_EQ(Ev(Op::kMulHi, Type::kS32, {0xffffffff, 2}), 0xffffffffu);
  EXPECT_EQ(Ev(Op::kMulWide, Type::kS32, {0xffffffff, 3}), static_cast<uint64_t>(-3));
  EXPECT_EQ(Ev(Op::kMadWide, Type::kU32, {0xffffffff, 2, 5}), 0x200000003ull);
  EXPECT_EQ(Ev(Op::kMulHi, Type::kU64, {~0ull, ~0ull}), ~0ull - 1);
  EXPECT_EQ(Ev(Op::kBfe, Type::kS32, {0xf0, 4, 4}), 0xffffffffu);
  EXPECT_EQ(Ev(Op::kBfe, Type::kU32, {0xf0, 4, 4}), 0xfu);
  EXPECT_EQ(Ev(Op::kBfe, Type::kS32, {0x80000000, 28, 40}), 0xfffffff8u);
  EXPECT_EQ(Ev(Op::kBfi, Type::kB32, {0xff, 0, 4, 4}), 0xf0u);
  EXPECT_EQ(Ev(Op::kBfi, Type::kB32, {0xff, 0x12345678, 0, 32}), 0xffu);
  EXPECT_EQ(Ev(Op::kPrmt, Type::kB32, {0x33221100, 0x77665544, 0x7362}), 0x77336622u);
  EXPECT_EQ(Ev(Op::kPrmt, Type::kB32, {0x80, 0, 0x8888}), 0xffffffffu);
  EXPECT_EQ(Ev(Op::kShfL, Type::kB32, {0x80000000, 1, 1}), 3u);
  EXPECT_EQ(Ev(Op::kShfR, Type::kB32, {0x2, 1, 1}), 0x80000001u);
  EXPECT_EQ(Ev(Op::kClz, Type::kB32, {1}), 31u);
  EXPECT_EQ(Ev(Op::kClz, Type::kB64, {0}), 64u);
  EXPECT_EQ(Ev(Op::kBfind, Type::kS32, {0xffffffff}), 0xffffffffu);
  EXPECT_EQ(Ev(Op::kBfind, Type::kU32, {0x80000000}), 31u);
  EXPECT_EQ(Ev(Op::kPopc, Type::kB64, {~0ull}), 64u);
  EXPECT_EQ(Ev(Op::kBrev, Type::kB32, {1}), 0x80000000u);
  EXPECT_EQ(Ev(Op::kPack, Type::kB32, {0x1234, 0x5678}), 0x56781234u);
  EXPECT_EQ(Ev(Op::kAdd, Type::kS32, {0x7fffffff, 1}, Round::kNone, Type::kNone, Cmp::kNone, true),
            0x7fffffffu);
}

TEST(Eval, ComparisonsWithNan) {
  const auto setp = [](Cmp cmp) {
    return Ev(Op::kSetp, Type::kF32, {kNanF32, BitsOf(1.0f)}, Round::kNone, Type::kNone, cmp);
  };
  for (const Cmp cmp : {Cmp::kEq, Cmp::kNe, Cmp::kLt, Cmp::kLe, Cmp::kGt, Cmp::kGe, Cmp::kNum}) {
    EXPECT_EQ(setp(cmp), 0u);
  }
  for (const Cmp cmp :
       {Cmp::kEqu, Cmp::kNeu, Cmp::kLtu, Cmp::kLeu, Cmp::kGtu, Cmp::kGeu, Cmp::kNan}) {
    EXPECT_EQ(setp(cmp), 1u);
  }
  EXPECT_EQ(Ev(Op::kSetp, Type::kS32, {0xffffffff, 1}, Round::kNone, Type::kNone, Cmp::kHi), 1u);
}

}  // namespace
}  // namespace ws::ir
