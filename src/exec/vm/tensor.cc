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
constexpr uint32_t kMostStored = 64;  // of a row of a sparse matrix
constexpr uint8_t kNoColumn = 0xff;

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
  uint8_t column[kMostRows][kMostStored];  // sparse: of A, that of each stored element
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
    const uint32_t whole = form_.a_regs() + form_.b_regs() + form_.c_regs();
    for (uint32_t r = 0; r < whole; ++r) {
      defined &= *DefinedLanes(vm_.regs, vm_.defs, a_[r]) == kAllLanes;
    }
    if (form_.sparse) {
      const uint32_t lanes = LanesOfMetadata();
      defined &= (*DefinedLanes(vm_.regs, vm_.defs, a_[whole]) & lanes) == lanes;
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

  // Those whose metadata count.
  uint32_t LanesOfMetadata() const {
    const uint32_t each = 4 / ir::SelectorsOf(form_);
    return 0x11111111u * (((1u << each) - 1) << (form_.selector * each));
  }

  // The columns of the elements of A that are stored.
  template <typename T>
  void PlaceStored(Matrices<T>& m) const {
    const SlotRef& metadata = c_[form_.c_regs()];
    const uint32_t stored = ir::StoredOfRun(form_.a), columns = ir::ColumnsOfRun(form_.a);
    for (uint32_t row = 0; row < form_.m; ++row) {
      for (uint32_t run = 0; run < form_.k / columns; ++run) {
        const ir::Metadata at = ir::MetadataOf(form_, row, run);
        const uint64_t word = ReadLane(vm_.regs, metadata, 4 * (row & 7) + at.lane);
        const uint32_t bits = static_cast<uint32_t>(word >> at.bit) & 15;
        for (uint32_t e = 0; e < stored; ++e) {
          const uint32_t column = ir::ColumnInRun(form_.a, bits, e);
          m.column[row][run * stored + e] =
              column == kNoColumn ? kNoColumn : static_cast<uint8_t>(run * columns + column);
        }
      }
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
    if (form_.sparse) PlaceStored(m);
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

  // The stored elements of A's row with those of B that they meet.
  template <typename T, typename Take>
  void EachStored(const Matrices<T>& m, const ir::Element& at, Take take) const {
    for (uint32_t j = 0; j < form_.k / 2; ++j) {
      const uint8_t k = m.column[at.row][j];
      if (k != kNoColumn) take(m.a[0][at.row][j], m.b[0][k][at.column]);
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
    if (form_.sparse) {
      EachStored(m, at, [&](double x, double y) { sum += x * y; });
      return BitsOfSum(form_.d, sum);
    }
    for (uint32_t k = 0; k < form_.k; ++k) sum += a[k] * b[k][at.column];
    return BitsOfSum(form_.d, sum);
  }
  uint64_t SumOf(const Matrices<int64_t>& m, const ir::Element& at) const {
    const auto& a = m.a[at.product][at.row];
    const auto& b = m.b[at.product];
    int64_t sum = m.c[at.product][at.row][at.column];
    if (form_.sparse) EachStored(m, at, [&](int64_t x, int64_t y) { sum += x * y; });
    for (uint32_t k = 0; !form_.sparse && k < form_.k; ++k) {
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
