#include "exec/domain/shadow.h"

#include <bit>

#include "exec/machine.h"
#include "ir/types.h"

namespace ws::exec {
namespace {

using ir::Op;
using ir::Type;
using Register = ShadowBank::Register;

// Executes one instruction on shadows, lane by lane.
class Stepper {
 public:
  Stepper(Vm* vm, const VmInst* i, uint32_t lanes)
      : vm_(*vm),
        bank_(*vm->shadows),
        i_(*i),
        lanes_(lanes),
        inst_(vm->machine->module.insts[vm->program->origin[static_cast<size_t>(i - vm->code)]]) {}

  void Run() {
    switch (i_.op) {
      case VmOp::kMov32:
      case VmOp::kMov64:
        Copy(i_.d, i_.a);
        return;
      case VmOp::kLow16:
        CopyPart(i_.d, 0, i_.a, 0, 2);
        return;
      case VmOp::kHigh16:
        CopyPart(i_.d, 0, i_.a, 1, 2);
        return;
      case VmOp::kLow32:
        CopyPart(i_.d, 0, i_.a, 0, 4);
        return;
      case VmOp::kHigh32:
        CopyPart(i_.d, 0, i_.a, 1, 4);
        return;
      case VmOp::kPack16:
        Pack(2);
        return;
      case VmOp::kPack32:
        Pack(4);
        return;
      case VmOp::kSelp32:
      case VmOp::kSelp64:
        Select();
        return;
      case VmOp::kMovPred:
        SetAmbiguous(i_.d, bank_.AmbiguousLanes(i_.a));
        return;
      case VmOp::kAndPred:
      case VmOp::kOrPred:
      case VmOp::kXorPred:
        SetAmbiguous(i_.d, bank_.AmbiguousLanes(i_.a) | bank_.AmbiguousLanes(i_.b));
        return;
      case VmOp::kNotPred:
        SetAmbiguous(i_.d, bank_.AmbiguousLanes(i_.a));
        return;
      case VmOp::kMathEnter:
        EnterMath();
        return;
      case VmOp::kMathLeave:
        LeaveMath();
        return;
      case VmOp::kLdGlobal:
      case VmOp::kStGlobal:
      case VmOp::kLdShared:
      case VmOp::kStShared:
      case VmOp::kLdLocal:
      case VmOp::kStLocal:
      case VmOp::kAccess:  // done where the access is made
      case VmOp::kBra:
      case VmOp::kCondBra:
      case VmOp::kCallFn:
      case VmOp::kRetFn:
      case VmOp::kExit:
      case VmOp::kTrap:
      case VmOp::kBarSync:
      case VmOp::kFence:
      case VmOp::kHostCall:
        return;
      case VmOp::kClock32:
      case VmOp::kClock64:
        Drop(i_.d);
        return;
      case VmOp::kCross:
        DropResults();
        return;
      default:
        break;
    }
    uint32_t srcs[4] = {i_.a, i_.b, i_.c, 0};
    uint32_t d = i_.d;
    uint32_t num_srcs = inst_.num_srcs < 4 ? inst_.num_srcs : 4;
    if (i_.op == VmOp::kGeneric) {
      const GenericInfo& info = vm_.program->generics[i_.c];
      if (info.num_dsts != 1) {
        DropResults();
        return;
      }
      d = info.operands[0].offset;
      num_srcs = 0;
      for (uint32_t k = info.num_dsts; k < info.operands.size() && num_srcs < 4; ++k) {
        srcs[num_srcs++] = info.operands[k].offset;
      }
    }
    if (inst_.op == Op::kSetp) {
      Compare(d, srcs[0], srcs[1]);
    } else if (inst_.op == Op::kCvt) {
      Convert(d, srcs[0]);
    } else if (ir::IsFloat(inst_.type)) {
      Compute(d, srcs);
    } else {
      Integers(d, srcs, num_srcs);
    }
  }

 private:
  uint64_t Bits(uint32_t offset, uint32_t part, uint32_t lane, Type type) const {
    if (ir::IsWide(type)) return Lanes64(vm_.regs, offset)[lane];
    return Lanes32(vm_.regs, offset)[lane] >> (16 * part);
  }
  ShadowValue Fetch(uint32_t offset, uint32_t part, uint32_t lane, Type type) const {
    const Register* r = bank_.Find(offset);
    if (r != nullptr && r->Has(part, lane, PartBytes(type))) return r->values[part][lane];
    ShadowValue v = ExactShadow(ValueOf(type, Bits(offset, part, lane, type)));
    v.lost = r != nullptr && (r->tainted >> lane & 1) != 0;
    return v;
  }

  template <typename F>
  void EachLane(F f) const {
    for (uint32_t rest = lanes_; rest != 0; rest &= rest - 1) {
      f(static_cast<uint32_t>(std::countr_zero(rest)));
    }
  }

  void Drop(uint32_t offset) {
    if (bank_.Find(offset) != nullptr) bank_.At(offset).Drop(lanes_);
  }
  void DropResults() {
    const GenericInfo& info = vm_.program->generics[i_.c];
    // A shuffle moves its shadows itself.
    if (inst_.op == Op::kShfl) return;
    for (uint32_t k = 0; k < info.num_dsts; ++k) {
      if (info.operands[k].width != Width::kPred) Drop(info.operands[k].offset);
    }
  }

  // Moves keep shadows whatever the type: the bits are the same.
  void Copy(uint32_t d, uint32_t a) {
    if (d == a) return;
    const Register* from = bank_.Find(a);
    if (from == nullptr) {
      Drop(d);
      return;
    }
    Register& to = bank_.At(d);
    to.Drop(lanes_);
    EachLane([&](uint32_t lane) {
      for (uint32_t part = 0; part < 2; ++part) {
        if (from->Has(part, lane, from->bytes[part])) {
          to.Set(part, lane, from->values[part][lane], from->bytes[part]);
        }
      }
    });
    to.tainted |= from->tainted & lanes_;
  }

  void CopyPart(uint32_t d, uint32_t d_part, uint32_t a, uint32_t a_part, uint8_t bytes) {
    const Register* from = bank_.Find(a);
    if (from == nullptr) {
      Drop(d);
      return;
    }
    const Register copy = *from;
    Register& to = bank_.At(d);
    to.Drop(lanes_);
    EachLane([&](uint32_t lane) {
      if (copy.Has(a_part, lane, bytes)) {
        to.Set(d_part, lane, copy.values[a_part][lane], bytes);
      } else if (Rounded(copy, lane)) {
        to.tainted |= 1u << lane;
      }
    });
    to.tainted |= copy.tainted & lanes_;
  }

  void Pack(uint8_t bytes) {
    const Register* a = bank_.Find(i_.a);
    const Register* b = bank_.Find(i_.b);
    if (a == nullptr && b == nullptr) {
      Drop(i_.d);
      return;
    }
    const Register low = a != nullptr ? *a : Register{}, high = b != nullptr ? *b : Register{};
    Register& to = bank_.At(i_.d);
    to.Drop(lanes_);
    EachLane([&](uint32_t lane) {
      if (low.Has(0, lane, bytes)) to.Set(0, lane, low.values[0][lane], bytes);
      if (high.Has(0, lane, bytes)) to.Set(1, lane, high.values[0][lane], bytes);
    });
    to.tainted |= (low.tainted | high.tainted) & lanes_;
  }

  void Select() {
    const uint32_t p = *reinterpret_cast<const uint32_t*>(vm_.regs + i_.c);
    const uint32_t unsure = bank_.AmbiguousLanes(i_.c) & lanes_;
    const Register* a = bank_.Find(i_.a);
    const Register* b = bank_.Find(i_.b);
    if (a == nullptr && b == nullptr && unsure == 0) {
      Drop(i_.d);
      return;
    }
    const Register yes = a != nullptr ? *a : Register{}, no = b != nullptr ? *b : Register{};
    Register& to = bank_.At(i_.d);
    to.Drop(lanes_);
    EachLane([&](uint32_t lane) {
      const bool taken = (p >> lane & 1) != 0;
      const Register& from = taken ? yes : no;
      for (uint32_t part = 0; part < 2; ++part) {
        if (from.Has(part, lane, from.bytes[part])) {
          to.Set(part, lane, from.values[part][lane], from.bytes[part]);
        }
      }
      to.tainted |= from.tainted & 1u << lane;
      if ((unsure >> lane & 1) == 0) return;
      const uint32_t chosen = taken ? i_.a : i_.b, other = taken ? i_.b : i_.a;
      const Type type = inst_.type;
      if (Bits(chosen, 0, lane, type) == Bits(other, 0, lane, type)) return;
      ShadowValue v = Fetch(chosen, 0, lane, type);
      // A choice between values that agree within tolerance is no choice.
      if (ir::IsFloat(type) &&
          WithinTolerance(v, Fetch(other, 0, lane, type), UnitRoundoff(type))) {
        return;
      }
      v.ambiguous = true;
      to.Set(0, lane, v, PartBytes(type));
    });
  }

  void SetAmbiguous(uint32_t predicate, uint32_t lanes) {
    bank_.SetAmbiguous(predicate, lanes_, lanes);
  }
  void Compare(uint32_t d, uint32_t a, uint32_t b) {
    uint32_t unsure = 0;
    const Register* ra = bank_.Find(a);
    const Register* rb = bank_.Find(b);
    if (ra != nullptr || rb != nullptr) {
      const bool floats = ir::IsFloat(inst_.type) && !IsPacked(inst_.type);
      EachLane([&](uint32_t lane) {
        if (floats) {
          const ShadowValue x = Fetch(a, 0, lane, inst_.type), y = Fetch(b, 0, lane, inst_.type);
          if (x.ambiguous || y.ambiguous || WithinTolerance(x, y, UnitRoundoff(inst_.type))) {
            unsure |= 1u << lane;
          }
        } else {
          const bool of_a =
              ra != nullptr && (ra->valid[0] >> lane & 1) != 0 && ra->values[0][lane].ambiguous;
          const bool of_b =
              rb != nullptr && (rb->valid[0] >> lane & 1) != 0 && rb->values[0][lane].ambiguous;
          if (of_a || of_b) unsure |= 1u << lane;
        }
      });
    }
    SetAmbiguous(d, unsure);
  }

  void Convert(uint32_t d, uint32_t a) {
    const Type to = inst_.type, from = inst_.src_type;
    if (!ir::IsFloat(from)) {
      // From an integer: a new value, exact unless it does not fit, which is one rounding.
      Drop(d);
      return;
    }
    if (!ir::IsFloat(to)) {
      Drop(d);
      return;
    }
    const bool integral = inst_.round >= ir::Round::kRni && inst_.round <= ir::Round::kRpi;
    if (integral || (inst_.sat && bank_.Find(a) == nullptr)) {
      Drop(d);
      return;
    }
    const bool narrows =
        ir::BytesOf(to) < ir::BytesOf(from) || (to != from && ir::BytesOf(to) == ir::BytesOf(from));
    Register result;
    EachLane([&](uint32_t lane) {
      ShadowValue v = Fetch(a, 0, lane, from);
      if (narrows) v = RoundShadow(v);
      if (inst_.sat) v = Saturated(v);
      result.Set(0, lane, v, PartBytes(to));
    });
    Store(d, result);
  }

  static ShadowValue Saturated(ShadowValue v) {
    if (v.value <= 0 || v.value >= 1) {
      const double clamped = v.value >= 1 ? 1 : 0;
      v.value = clamped;
    }
    return v;
  }

  void Store(uint32_t d, const Register& result) {
    Register& to = bank_.At(d);
    to.Drop(lanes_);
    EachLane([&](uint32_t lane) {
      for (uint32_t part = 0; part < 2; ++part) {
        if (result.Has(part, lane, result.bytes[part])) {
          to.Set(part, lane, result.values[part][lane], result.bytes[part]);
        }
      }
    });
  }

  void Compute(uint32_t d, const uint32_t* srcs) {
    const Type type = inst_.type;
    Register result;
    const uint32_t parts = IsPacked(type) ? 2 : 1;
    EachLane([&](uint32_t lane) {
      for (uint32_t part = 0; part < parts; ++part) {
        ShadowValue s[3];
        for (uint32_t k = 0; k < inst_.num_srcs && k < 3; ++k) {
          s[k] = Fetch(srcs[k], part, lane, type);
        }
        ShadowValue v = Operate(s, [&](uint32_t k) { return Bits(srcs[k], part, lane, type); });
        if (inst_.sat) v = Saturated(v);
        result.Set(part, lane, v, PartBytes(type));
      }
    });
    Store(d, result);
  }

  template <typename BitsOfSource>
  ShadowValue Operate(const ShadowValue* s, BitsOfSource bits) const {
    switch (inst_.op) {
      case Op::kMov:
        return s[0];
      case Op::kAdd:
        return AddShadow(s[0], s[1], 1);
      case Op::kSub:
        return AddShadow(s[0], s[1], -1);
      case Op::kMul:
        return MulShadow(s[0], s[1]);
      case Op::kFma:
        return FmaShadow(s[0], s[1], s[2]);
      case Op::kDiv:
        return DivShadow(s[0], s[1], CostOf(Op::kDiv, inst_.round));
      case Op::kNeg: {
        ShadowValue v = s[0];
        v.value = -v.value;
        return v;
      }
      case Op::kAbs: {
        ShadowValue v = s[0];
        v.value = std::fabs(v.value);
        return v;
      }
      case Op::kMin:
      case Op::kMax: {
        const double a = ValueOf(inst_.type, bits(0)), b = ValueOf(inst_.type, bits(1));
        if (std::isnan(a)) return s[1];
        if (std::isnan(b)) return s[0];
        const bool first = inst_.op == Op::kMin ? a < b : a > b;
        if (a == b) return s[0].magnitude >= s[1].magnitude ? s[0] : s[1];
        return first ? s[0] : s[1];
      }
      default:
        break;
    }
    bool known = false;
    ShadowValue v = UnaryShadow(inst_.op, inst_.round, s[0], &known);
    v.lost = v.lost || !known;
    return v;
  }

  static bool Rounded(const Register& r, uint32_t lane) {
    for (uint32_t part = 0; part < 2; ++part) {
      if ((r.valid[part] >> lane & 1) != 0 && r.values[part][lane].roundings > 0) return true;
    }
    return (r.tainted >> lane & 1) != 0;
  }
  // Integer operations on the bits of rounded values lose them.
  void Integers(uint32_t d, const uint32_t* srcs, uint32_t num_srcs) {
    uint32_t tainted = 0;
    for (uint32_t k = 0; k < num_srcs; ++k) {
      if (srcs[k] < vm_.program->predicate_bytes) continue;
      const Register* r = bank_.Find(srcs[k]);
      if (r == nullptr) continue;
      EachLane([&](uint32_t lane) {
        if (Rounded(*r, lane)) tainted |= 1u << lane;
      });
    }
    if (d < vm_.program->predicate_bytes) return;
    Drop(d);
    if (tainted != 0) bank_.At(d).tainted |= tainted;
  }

  void EnterMath() {
    const CallInfo& call = vm_.program->calls[i_.c];
    if (bank_.pending.size() <= call.id) bank_.pending.resize(call.id + 1);
    if (bank_.pending[call.id] == nullptr) bank_.pending[call.id] = std::make_unique<Register>();
    Register& result = *bank_.pending[call.id];
    const Type type = ir::InfoOf(call.math).type;
    EachLane([&](uint32_t lane) {
      ShadowValue args[4];
      for (size_t i = 0; i < call.args.size() && i < 4; ++i) {
        args[i] = Fetch(call.args[i].offset, 0, lane, type);
      }
      result.Set(0, lane, MathShadow(call.math, args), PartBytes(type));
    });
  }
  void LeaveMath() {
    const CallInfo& call = vm_.program->calls[i_.c];
    if (call.id < bank_.pending.size() && bank_.pending[call.id] != nullptr) {
      Store(call.result.offset, *bank_.pending[call.id]);
    }
  }

  Vm& vm_;
  ShadowBank& bank_;
  const VmInst& i_;
  uint32_t lanes_;
  const ir::Inst& inst_;
};

}  // namespace

void ShadowStep(Vm* vm, const VmInst* i, uint32_t lanes) { Stepper(vm, i, lanes).Run(); }

void ShadowShuffle(Vm* vm, const SlotRef& d, const SlotRef& a, uint32_t who,
                   const uint32_t* sources) {
  const Register* from = vm->shadows->Find(a.offset);
  const Register copy = from != nullptr ? *from : Register{};
  if (from == nullptr && vm->shadows->Find(d.offset) == nullptr) return;
  Register& to = vm->shadows->At(d.offset);
  to.Drop(who);
  for (uint32_t rest = who; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    const uint32_t source = sources[lane];
    for (uint32_t part = 0; part < 2; ++part) {
      if (copy.Has(part, source, copy.bytes[part])) {
        to.Set(part, lane, copy.values[part][source], copy.bytes[part]);
      }
    }
    if ((copy.tainted >> source & 1) != 0) to.tainted |= 1u << lane;
  }
}

}  // namespace ws::exec
