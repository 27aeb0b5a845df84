#include "exec/vm/tensor.h"

#include <algorithm>
#include <cmath>

#include "exec/domain/bank.h"
#include "ir/float_ops.h"
#include "ir/tensor.h"

namespace ws::exec {
namespace {

using ir::Type;

constexpr uint32_t kLanes = 32;
constexpr uint32_t kMostRows = 16, kColumns = 8, kMostDepth = 32;

bool IsByte(Type type) { return type == Type::kS8 || type == Type::kU8; }

// The value of an element, given the register and which part of it.
double FloatOf(Type type, uint64_t reg, uint32_t part) {
  switch (type) {
    case Type::kF64:
      return ir::AsF64(reg);
    case Type::kB32:  // tf32: the low 13 bits do not count
      return ir::AsF32(static_cast<uint32_t>(reg) & 0xffffe000u);
    case Type::kF32:
      return ir::AsF32(static_cast<uint32_t>(reg));
    case Type::kBF16:
      return ir::BFloatValue(static_cast<uint32_t>(reg >> (16 * part)) & 0xffff);
    default:
      return ir::HalfValue(static_cast<uint32_t>(reg >> (16 * part)) & 0xffff);
  }
}
int64_t IntegerOf(Type type, uint64_t reg, uint32_t part) {
  const auto byte = static_cast<uint8_t>(reg >> (8 * part));
  return type == Type::kS8 ? static_cast<int8_t>(byte) : byte;
}

uint64_t BitsOfSum(Type type, double value) {
  switch (type) {
    case Type::kF64:
      return ir::Canon(value);
    case Type::kF32:
      return ir::Canon(static_cast<float>(value));
    default:
      return ir::F64ToF16(ir::Canon(value));
  }
}

}  // namespace

void MultiplyMatrices(Vm* vm, const ir::Inst& inst, const GenericInfo& info) {
  const ir::MmaShape s = ir::MmaShapeOf(inst);
  const SlotRef* a_regs = info.operands.data() + info.num_dsts;
  const SlotRef* b_regs = a_regs + s.a_regs;
  const SlotRef* c_regs = b_regs + s.b_regs;
  const uint32_t per = s.bits >= 32 ? 1 : 32 / s.bits;
  const uint32_t per_sum = s.sum_bits >= 32 ? 1 : 32 / s.sum_bits;
  const bool integers = IsByte(inst.src_type);
  double a[kMostRows][kMostDepth] = {}, b[kMostDepth][kColumns] = {};
  int64_t ia[kMostRows][kMostDepth] = {}, ib[kMostDepth][kColumns] = {};
  for (uint32_t lane = 0; lane < kLanes; ++lane) {
    for (uint32_t r = 0; r < s.a_regs; ++r) {
      const uint64_t reg = ReadLane(vm->regs, a_regs[r], lane);
      for (uint32_t e = 0; e < per; ++e) {
        const ir::Element at = ir::ElementOfA(s, lane, r, e);
        if (integers) {
          ia[at.row][at.column] = IntegerOf(inst.src_type, reg, e);
        } else {
          a[at.row][at.column] = FloatOf(inst.src_type, reg, e);
        }
      }
    }
    for (uint32_t r = 0; r < s.b_regs; ++r) {
      const uint64_t reg = ReadLane(vm->regs, b_regs[r], lane);
      for (uint32_t e = 0; e < per; ++e) {
        const ir::Element at = ir::ElementOfB(s, lane, r, e);
        if (integers) {
          ib[at.row][at.column] = IntegerOf(inst.src_type, reg, e);
        } else {
          b[at.row][at.column] = FloatOf(inst.src_type, reg, e);
        }
      }
    }
  }
  for (uint32_t lane = 0; lane < kLanes; ++lane) {
    for (uint32_t r = 0; r < s.c_regs; ++r) {
      const uint64_t c = ReadLane(vm->regs, c_regs[r], lane);
      uint64_t d = 0;
      for (uint32_t e = 0; e < per_sum; ++e) {
        const ir::Element at = ir::ElementOfSum(s, lane, r, e);
        if (integers) {
          int64_t sum = static_cast<int32_t>(static_cast<uint32_t>(c));
          for (uint32_t k = 0; k < s.k; ++k) sum += ia[at.row][k] * ib[k][at.column];
          if (inst.sat) sum = std::clamp<int64_t>(sum, INT32_MIN, INT32_MAX);
          d = static_cast<uint32_t>(sum);
          continue;
        }
        double sum = FloatOf(inst.type, c, e);
        for (uint32_t k = 0; k < s.k; ++k) {
          sum = inst.type == Type::kF64 ? std::fma(a[at.row][k], b[k][at.column], sum)
                                        : sum + a[at.row][k] * b[k][at.column];
        }
        d |= BitsOfSum(inst.type, sum) << (16 * e);
      }
      WriteLane(vm->regs, info.operands[r], lane, d);
    }
  }
  if (vm->shadows != nullptr) {
    for (uint32_t r = 0; r < s.c_regs; ++r) vm->shadows->Drop(info.operands[r].offset, kAllLanes);
  }
  if (!vm->checks) return;
  bool defined = true;
  for (uint32_t r = 0; r < s.a_regs + s.b_regs + s.c_regs; ++r) {
    defined &= *DefinedLanes(vm->regs, vm->defs, a_regs[r]) == kAllLanes;
  }
  for (uint32_t r = 0; r < s.c_regs; ++r) {
    *DefinedLanes(vm->regs, vm->defs, info.operands[r]) = defined ? kAllLanes : 0;
  }
}

}  // namespace ws::exec
