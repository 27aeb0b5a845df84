// Matrix fragments of mma: how many registers of a warp's lanes hold a matrix, and which element
// lies where (PTX ISA, "Matrix Fragments for mma"). D = A * B + C, A is m x k, B is k x 8.
// Device-clean.
#ifndef WARPSMITH_IR_TENSOR_H_
#define WARPSMITH_IR_TENSOR_H_

#include "ir/module.h"

namespace ws::ir {

struct MmaShape {
  uint32_t m, k;
  uint32_t bits;      // of an element of A and B
  uint32_t sum_bits;  // of C and D
  uint32_t a_regs, b_regs, c_regs;
};

// An instruction of Op::kMma: m in `vec`, k in `sub`; B32 as src_type is tf32.
WS_HD constexpr MmaShape MmaShapeOf(const Inst& inst) {
  MmaShape s{};
  s.m = inst.vec;
  s.k = inst.sub;
  s.bits = 8 * BytesOf(inst.src_type);
  s.sum_bits = 8 * BytesOf(inst.type);
  const uint32_t lanes = 32;
  const uint32_t in = s.bits == 64 ? 64 : 32, out = s.sum_bits == 64 ? 64 : 32;
  s.a_regs = s.m * s.k * s.bits / (lanes * in);
  s.b_regs = 8 * s.k * s.bits / (lanes * in);
  s.c_regs = s.m * 8 * s.sum_bits / (lanes * out);
  return s;
}

struct Element {
  uint32_t row, column;
};

// Element `e` of register `r` of a lane; `per` elements lie in a register.
WS_HD constexpr Element ElementOfA(const MmaShape& s, uint32_t lane, uint32_t r, uint32_t e) {
  const uint32_t per = s.bits >= 32 ? 1 : 32 / s.bits;
  const uint32_t group = lane >> 2, within = lane & 3;
  if (s.m == 8) return {group, r * 4 * per + within * per + e};
  return {group + 8 * (r & 1), (r >> 1) * 4 * per + within * per + e};
}
WS_HD constexpr Element ElementOfB(const MmaShape& s, uint32_t lane, uint32_t r, uint32_t e) {
  const uint32_t per = s.bits >= 32 ? 1 : 32 / s.bits;
  return {r * 4 * per + (lane & 3) * per + e, lane >> 2};
}
// Of C and D.
WS_HD constexpr Element ElementOfSum(const MmaShape& s, uint32_t lane, uint32_t r, uint32_t e) {
  const uint32_t per = s.sum_bits >= 32 ? 1 : 32 / s.sum_bits;
  const uint32_t i = r * per + e;
  return {(lane >> 2) + 8 * (i >> 1), (lane & 3) * 2 + (i & 1)};
}

}  // namespace ws::ir

#endif  // WARPSMITH_IR_TENSOR_H_
