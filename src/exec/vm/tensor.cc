#include "exec/vm/tensor.h"

#include <algorithm>
#include <cmath>

#include "exec/domain/bank.h"
#include "ir/float_ops.h"
#include "ir/soft_float.h"
#include "ir/tensor.h"

namespace ws::exec {
namespace {

using ir::Type;

constexpr uint32_t kLanes = 32;
constexpr uint32_t kMostRows = 16, kColumns = 8, kMostDepth = 256, kMostProducts = 4;

// The value of an element, given the register and which part of it.
double FloatOf(Type type, uint64_t reg, uint32_t part) {
  switch (type) {
    case Type::kF64:
      return ir::AsF64(reg);
    case Type::kTF32:  // the low 13 bits do not count
      return ir::AsF32(static_cast<uint32_t>(reg) & 0xffffe000u);
    case Type::kF32:
      return ir::AsF32(static_cast<uint32_t>(reg));
    case Type::kBF16:
      return ir::BFloatValue(static_cast<uint32_t>(reg >> (16 * part)) & 0xffff);
    case Type::kE4M3:
    case Type::kE5M2:
      return ir::AsF64(ir::SoftConvert(ir::kFormatF64, ir::FormatOf(type), reg >> (8 * part) & 0xff,
                                       ir::Round::kRn));
    default:
      return ir::HalfValue(static_cast<uint32_t>(reg >> (16 * part)) & 0xffff);
  }
}
int64_t IntegerOf(Type type, uint64_t reg, uint32_t part) {
  const uint32_t bits = ir::BitsOf(type);
  const uint64_t value = reg >> (bits * part) & ((uint64_t{1} << bits) - 1);
  const bool is_signed = type == Type::kS8 || type == Type::kS4 || type == Type::kS32;
  const uint64_t sign = uint64_t{1} << (bits - 1);
  return is_signed ? static_cast<int64_t>(value ^ sign) - static_cast<int64_t>(sign)
                   : static_cast<int64_t>(value);
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

// The matrices of one instruction, of double or int64_t.
template <typename T>
struct Matrices {
  T a[kMostProducts][kMostRows][kMostDepth];
  T b[kMostProducts][kMostDepth][kColumns];
  T c[kMostProducts][kMostRows][kColumns];
};

class Multiplier {
 public:
  Multiplier(Vm* vm, const ir::Inst& inst, const GenericInfo& info)
      : vm_(*vm),
        inst_(inst),
        form_(ir::MmaFormOf(inst)),
        d_(info.operands.data()),
        a_(d_ + info.num_dsts),
        b_(a_ + form_.a_regs()),
        c_(b_ + form_.b_regs()) {}

  void Run() {
    if (ir::IsFloat(form_.a)) {
      Multiply<double>();
    } else {
      Multiply<int64_t>();
    }
    const uint32_t d_regs = form_.d_regs();
    if (vm_.shadows != nullptr) {
      for (uint32_t r = 0; r < d_regs; ++r) vm_.shadows->Drop(d_[r].offset, kAllLanes);
    }
    if (!vm_.checks) return;
    bool defined = true;
    for (uint32_t r = 0; r < form_.a_regs() + form_.b_regs() + form_.c_regs(); ++r) {
      defined &= *DefinedLanes(vm_.regs, vm_.defs, a_[r]) == kAllLanes;
    }
    for (uint32_t r = 0; r < d_regs; ++r) {
      *DefinedLanes(vm_.regs, vm_.defs, d_[r]) = defined ? kAllLanes : 0;
    }
  }

 private:
  template <typename T>
  static T ValueOf(Type type, uint64_t reg, uint32_t part) {
    if constexpr (std::is_same_v<T, double>) {
      return FloatOf(type, reg, part);
    } else {
      return IntegerOf(type, reg, part);
    }
  }

  // Calls take(lane, register, value of the register) for what a lane holds of a matrix.
  template <typename Take>
  void EachElement(const SlotRef* slots, uint32_t regs, Type type, Take take) const {
    const uint32_t per = ir::PerRegister(type);
    for (uint32_t lane = 0; lane < kLanes; ++lane) {
      for (uint32_t r = 0; r < regs; ++r) {
        const uint64_t reg = ReadLane(vm_.regs, slots[r], lane);
        for (uint32_t e = 0; e < per; ++e) take(lane, r, e, reg);
      }
    }
  }

  template <typename T>
  void Multiply() {
    Matrices<T> m;
    EachElement(a_, form_.a_regs(), form_.a, [&](uint32_t l, uint32_t r, uint32_t e, uint64_t reg) {
      const ir::Element at = ir::ElementOfA(form_, l, r, e);
      m.a[at.product][at.row][at.column] = ValueOf<T>(form_.a, reg, e);
    });
    EachElement(b_, form_.b_regs(), form_.b, [&](uint32_t l, uint32_t r, uint32_t e, uint64_t reg) {
      const ir::Element at = ir::ElementOfB(form_, l, r, e);
      m.b[at.product][at.row][at.column] = ValueOf<T>(form_.b, reg, e);
    });
    EachElement(c_, form_.c_regs(), form_.c, [&](uint32_t l, uint32_t r, uint32_t e, uint64_t reg) {
      const ir::Element at = ir::ElementOfSum(form_, form_.c, l, r, e);
      m.c[at.product][at.row][at.column] = ValueOf<T>(form_.c, reg, e);
    });
    const uint32_t per = ir::PerRegister(form_.d);
    for (uint32_t lane = 0; lane < kLanes; ++lane) {
      for (uint32_t r = 0; r < form_.d_regs(); ++r) {
        uint64_t bits = 0;
        for (uint32_t e = 0; e < per; ++e) {
          const ir::Element at = ir::ElementOfSum(form_, form_.d, lane, r, e);
          bits |= SumOf(m, at) << (16 * e);
        }
        WriteLane(vm_.regs, d_[r], lane, bits);
      }
    }
  }

  uint64_t SumOf(const Matrices<double>& m, const ir::Element& at) const {
    const auto& a = m.a[at.product][at.row];
    const auto& b = m.b[at.product];
    double sum = m.c[at.product][at.row][at.column];
    if (form_.d == Type::kF64) {
      uint64_t bits = ir::BitsOf(sum);
      for (uint32_t k = 0; k < form_.k; ++k) {
        const double x = a[k], y = b[k][at.column];
        const bool nearest = inst_.round == ir::Round::kNone || inst_.round == ir::Round::kRn;
        bits = nearest
                   ? ir::BitsOf(std::fma(x, y, ir::AsF64(bits)))
                   : ir::SoftFma(ir::kFormatF64, ir::BitsOf(x), ir::BitsOf(y), bits, inst_.round);
      }
      return BitsOfSum(form_.d, ir::AsF64(bits));
    }
    for (uint32_t k = 0; k < form_.k; ++k) sum += a[k] * b[k][at.column];
    return BitsOfSum(form_.d, sum);
  }
  uint64_t SumOf(const Matrices<int64_t>& m, const ir::Element& at) const {
    const auto& a = m.a[at.product][at.row];
    const auto& b = m.b[at.product];
    int64_t sum = m.c[at.product][at.row][at.column];
    for (uint32_t k = 0; k < form_.k; ++k) {
      const int64_t x = a[k], y = b[k][at.column];
      sum += form_.a != Type::kB1 || form_.b1_and ? x * y : x ^ y;
    }
    if (inst_.sat) sum = std::clamp<int64_t>(sum, INT32_MIN, INT32_MAX);
    return static_cast<uint32_t>(sum);
  }

  Vm& vm_;
  const ir::Inst& inst_;
  const ir::MmaForm form_;
  const SlotRef* d_;
  const SlotRef* a_;
  const SlotRef* b_;
  const SlotRef* c_;
};

}  // namespace

void MultiplyMatrices(Vm* vm, const ir::Inst& inst, const GenericInfo& info) {
  Multiplier(vm, inst, info).Run();
}

}  // namespace ws::exec
