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
  bool b1_and = false;    // bits: the population of a & b is added, else that of a ^ b
  bool sparse = false;    // A has k / 2 elements a row, and metadata say which they are
  bool ordered = false;   // .sp::ordered_metadata
  uint32_t selector = 0;  // whose metadata count

  // m8n8k4 of halves is four products at once, each of eight lanes.
  WS_HD constexpr bool IsQuads() const { return m == 8 && k == 4 && a == Type::kF16; }
  // Registers of a lane.
  WS_HD constexpr uint32_t a_regs() const {
    return IsQuads() ? 2 : RegsOf(a, m * (sparse ? k / 2 : k));
  }
  WS_HD constexpr uint32_t b_regs() const { return IsQuads() ? 2 : RegsOf(b, 8 * k); }
  WS_HD constexpr uint32_t c_regs() const { return SumRegs(c); }
  WS_HD constexpr uint32_t d_regs() const { return SumRegs(d); }
  // The whole of A, B, C and the metadata.
  WS_HD constexpr uint32_t num_regs() const { return a_regs() + b_regs() + c_regs() + sparse; }

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
  f.sparse = (rest >> 13 & 1) != 0;
  f.ordered = (rest >> 14 & 1) != 0;
  f.selector = rest >> 15 & 3;
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
                                      (f.b1_and ? 1u << 12 : 0) | (f.sparse ? 1u << 13 : 0) |
                                      (f.ordered ? 1u << 14 : 0) | f.selector << 15);
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

// How many selectors the row of mma.def that has the form takes: 1 of one that is not sparse; 0 if
// no row has it.
WS_HD constexpr uint32_t SelectorsOf(const MmaForm& f) {
  uint32_t found = 0;
  const auto row = [&](uint32_t m, uint32_t k, MmaElements elements, MmaSums sums, bool sparse,
                       uint32_t selectors) {
    if (f.m == m && f.k == k && IsOf(f.a, elements) && IsOf(f.b, elements) &&
        AreSums(f.c, f.d, sums) && f.sparse == sparse) {
      found = selectors;
    }
  };
#define MMA(rows, depth, elements, sums) \
  row(rows, depth, MmaElements::k##elements, MmaSums::k##sums, false, 1);
#define SPARSE(depth, elements, sums, selectors) \
  row(16, depth, MmaElements::k##elements, MmaSums::k##sums, true, selectors);
#include "ir/mma.def"
#undef SPARSE
#undef MMA
  return found;
}
WS_HD constexpr bool IsMma(const MmaForm& f) {
  return f.selector < SelectorsOf(f) && (f.IsQuads() || (!f.a_columns && !f.b_rows));
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
// Where metadata say which columns of a sparse A the stored elements of a run have. A run is two
// elements, of tf32 one, of nibbles four (two pairs); it has half of twice as many columns. Its
// four bits are two numbers, the columns of the first and the second element (of nibbles: the pairs
// of columns); of tf32 0b0100 is the first column and 0b1110 the second.
struct Metadata {
  uint32_t lane;  // of the group of four
  uint32_t bit;   // of its word
};
WS_HD constexpr uint32_t StoredOfRun(Type a) {
  return a == Type::kTF32 ? 1 : BitsOf(a) == 4 ? 4 : 2;
}
WS_HD constexpr uint32_t ColumnsOfRun(Type a) { return 2 * StoredOfRun(a); }
// The run has that number in its row. Of elements of 16 and 32 bits a lane has four runs of row g
// and four of row g + 8; of smaller ones eight of one row.
WS_HD constexpr Metadata MetadataOf(const MmaForm& f, uint32_t row, uint32_t run) {
  const uint32_t first = f.selector * (4 / SelectorsOf(f)), lower = row >> 3;
  if (BitsOf(f.a) >= 16) return {first + (run >> 2), 16 * lower + 4 * (run & 3)};
  return {first + lower + 2 * (run >> 3), 4 * (run & 7)};
}
// Of the four bits: the column, from the run's first one, of its stored element `e`; 0xff: it is
// nowhere.
WS_HD constexpr uint32_t ColumnInRun(Type a, uint32_t bits, uint32_t e) {
  if (a == Type::kTF32) return bits == 0b1110 ? 1 : bits == 0b0100 ? 0 : 0xff;
  if (BitsOf(a) == 4) return 2 * (bits >> (e & 2) & 3) + (e & 1);
  return bits >> (2 * e) & 3;
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
