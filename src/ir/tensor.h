// Matrix fragments of mma: how many registers of a warp's lanes hold a matrix, and which element
// lies where (PTX ISA, "Matrix Fragments for mma"). D = A * B + C, A is m x k, B is k x 8.
// Device-clean.
#ifndef WARPSMITH_IR_TENSOR_H_
#define WARPSMITH_IR_TENSOR_H_

#include "ir/module.h"

namespace ws::ir {

// What an instruction of Op::kMma multiplies.
struct MmaForm {
  Type d = Type::kNone, a = Type::kNone, b = Type::kNone, c = Type::kNone;
  uint32_t m = 0, k = 0;
  // m8n8k4 of halves: A by columns, B by rows. Other shapes: A by rows, B by columns.
  bool a_columns = false, b_rows = false;
  bool b1_and = false;  // bits: the population of a & b is added, else that of a ^ b

  // m8n8k4 of halves is four products at once, each of eight lanes.
  WS_HD constexpr bool IsQuads() const { return m == 8 && k == 4 && a == Type::kF16; }
  // Registers of a lane.
  WS_HD constexpr uint32_t a_regs() const { return IsQuads() ? 2 : RegsOf(a, m * k); }
  WS_HD constexpr uint32_t b_regs() const { return IsQuads() ? 2 : RegsOf(b, 8 * k); }
  WS_HD constexpr uint32_t c_regs() const { return SumRegs(c); }
  WS_HD constexpr uint32_t d_regs() const { return SumRegs(d); }

 private:
  WS_HD static constexpr uint32_t RegsOf(Type type, uint32_t elements) {
    return elements * BitsOf(type) / (type == Type::kF64 ? 32 * 64 : 32 * 32);
  }
  WS_HD constexpr uint32_t SumRegs(Type type) const {
    return RegsOf(type, IsQuads() ? 4 * 64 : m * 8);
  }
};

// Elements of A, B, C or D that lie in one register.
WS_HD constexpr uint32_t PerRegister(Type type) {
  return BitsOf(type) >= 32 ? 1 : 32 / BitsOf(type);
}

// Inst::type is that of D and src_type that of A; vec: m; sub: k / 4; offset: the rest.
WS_HD constexpr MmaForm MmaFormOf(const Inst& inst) {
  const uint32_t rest = static_cast<uint32_t>(inst.offset);
  MmaForm f;
  f.d = inst.type;
  f.a = inst.src_type;
  f.b = static_cast<Type>(rest & 31);
  f.c = static_cast<Type>(rest >> 5 & 31);
  f.m = inst.vec;
  f.k = 4u * inst.sub;
  f.a_columns = (rest >> 10 & 1) != 0;
  f.b_rows = (rest >> 11 & 1) != 0;
  f.b1_and = (rest >> 12 & 1) != 0;
  return f;
}
WS_HD constexpr void SetMmaForm(const MmaForm& f, Inst* inst) {
  static_assert(static_cast<uint32_t>(Type::kCount) <= 32);
  inst->type = f.d;
  inst->src_type = f.a;
  inst->vec = static_cast<uint8_t>(f.m);
  inst->sub = static_cast<uint8_t>(f.k / 4);
  inst->offset = static_cast<int32_t>(static_cast<uint32_t>(f.b) | static_cast<uint32_t>(f.c) << 5 |
                                      (f.a_columns ? 1u << 10 : 0) | (f.b_rows ? 1u << 11 : 0) |
                                      (f.b1_and ? 1u << 12 : 0));
}

// Kinds of elements and of sums, as mma.def names them.
enum class MmaElements : uint8_t { kHalf, kBFloat, kTf32, kFloat64, kByte, kNibble, kBit, kFloat8 };
enum class MmaSums : uint8_t { kS32, kF32, kF64, kHalves, kMixed };
WS_HD constexpr bool IsOf(Type t, MmaElements kind) {
  switch (kind) {
    case MmaElements::kHalf:
      return t == Type::kF16;
    case MmaElements::kBFloat:
      return t == Type::kBF16;
    case MmaElements::kTf32:
      return t == Type::kTF32;
    case MmaElements::kFloat64:
      return t == Type::kF64;
    case MmaElements::kByte:
      return t == Type::kS8 || t == Type::kU8;
    case MmaElements::kNibble:
      return t == Type::kS4 || t == Type::kU4;
    case MmaElements::kBit:
      return t == Type::kB1;
    case MmaElements::kFloat8:
      return t == Type::kE4M3 || t == Type::kE5M2;
  }
  return false;
}
WS_HD constexpr bool AreSums(Type c, Type d, MmaSums kind) {
  const bool narrow = c == Type::kF16 || c == Type::kF32;
  switch (kind) {
    case MmaSums::kS32:
      return c == Type::kS32 && d == c;
    case MmaSums::kF32:
      return c == Type::kF32 && d == c;
    case MmaSums::kF64:
      return c == Type::kF64 && d == c;
    case MmaSums::kHalves:
      return narrow && d == c;
    case MmaSums::kMixed:
      return narrow && (d == Type::kF32 || (d == Type::kF16 && c == d));
  }
  return false;
}

// Whether a row of mma.def has it.
WS_HD constexpr bool IsMma(const MmaForm& f) {
  bool found = false;
  const auto row = [&](uint32_t m, uint32_t k, MmaElements elements, MmaSums sums) {
    found = found || (f.m == m && f.k == k && IsOf(f.a, elements) && IsOf(f.b, elements) &&
                      AreSums(f.c, f.d, sums));
  };
#define MMA(rows, depth, elements, sums) \
  row(rows, depth, MmaElements::k##elements, MmaSums::k##sums);
#include "ir/mma.def"
#undef MMA
  return found && (f.IsQuads() || (!f.a_columns && !f.b_rows));
}

struct Element {
  uint32_t row, column;
  uint32_t product = 0;  // of those that are made at once
};

// Element `e` of register `r` of a lane.
WS_HD constexpr Element ElementOfA(const MmaForm& f, uint32_t lane, uint32_t r, uint32_t e) {
  const uint32_t per = PerRegister(f.a);
  const uint32_t group = lane >> 2, within = lane & 3;
  if (f.IsQuads()) {
    const uint32_t i = 2 * r + e, upper = lane < 16 ? 0 : 4;
    if (f.a_columns) return {i + upper, within, group & 3};
    return {within + upper, i, group & 3};
  }
  if (f.m == 8) return {group, r * 4 * per + within * per + e};
  return {group + 8 * (r & 1), (r >> 1) * 4 * per + within * per + e};
}
WS_HD constexpr Element ElementOfB(const MmaForm& f, uint32_t lane, uint32_t r, uint32_t e) {
  const uint32_t per = PerRegister(f.b);
  const uint32_t group = lane >> 2, within = lane & 3;
  if (f.IsQuads()) {
    const uint32_t i = 2 * r + e, upper = lane < 16 ? 0 : 4;
    if (f.b_rows) return {within, i + upper, group & 3};
    return {i, within + upper, group & 3};
  }
  return {r * 4 * per + within * per + e, group};
}
// Of C or D, of that type.
WS_HD constexpr Element ElementOfSum(const MmaForm& f, Type type, uint32_t lane, uint32_t r,
                                     uint32_t e) {
  const uint32_t i = r * PerRegister(type) + e;
  const uint32_t group = lane >> 2, within = lane & 3;
  if (f.IsQuads()) {
    const uint32_t upper = lane < 16 ? 0 : 4;
    if (type == Type::kF16) return {within + upper, i, group & 3};
    return {(lane & 1) + (i & 2) + upper, (i & 4) + (lane & 2) + (i & 1), group & 3};
  }
  return {group + 8 * (i >> 1), within * 2 + (i & 1)};
}

}  // namespace ws::ir

#endif  // WARPSMITH_IR_TENSOR_H_
