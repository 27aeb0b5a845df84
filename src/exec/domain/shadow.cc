#include "exec/domain/shadow.h"

#include <bit>

#include "base/independent.h"
#include "exec/domain/lane_math.h"
#include "exec/machine.h"
#include "ir/eval.h"

namespace ws::exec {

using ir::Op;
using ir::Type;
using Register = ShadowRegister;

namespace {

// One operand of all lanes: what rides along, or the exact IEEE value where nothing does.
struct Source {
  const ShadowLanes* lanes = nullptr;
  uint32_t lost = 0;
};

// Executes one instruction on shadows, all lanes at once where the operation is a common one.
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
        if (i_.d != i_.a) Assign(i_.d, i_.a, lanes_);
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
      case VmOp::kNotPred:
        SetAmbiguous(i_.d, bank_.AmbiguousLanes(i_.a));
        return;
      case VmOp::kAndPred:
      case VmOp::kOrPred:
      case VmOp::kXorPred:
        Logic();
        return;
      case VmOp::kMathEnter:
        EnterMath();
        return;
      case VmOp::kMathLeave:
        LeaveMath();
        return;
      case VmOp::kCondBra:
      case VmOp::kGuard:
        DoubtBranch(&vm_, &i_, lanes_);
        return;
      case VmOp::kLdGlobal:
      case VmOp::kStGlobal:
      case VmOp::kLdShared:
      case VmOp::kStShared:
      case VmOp::kLdLocal:
      case VmOp::kStLocal:
      case VmOp::kAccess:  // done where the access is made
      case VmOp::kBra:
      case VmOp::kCallFn:
      case VmOp::kRetFn:
      case VmOp::kEnter:
      case VmOp::kLeave:
      case VmOp::kPush:
      case VmOp::kPop:
      case VmOp::kExit:
      case VmOp::kTrap:
      case VmOp::kBarSync:
      case VmOp::kFence:
      case VmOp::kCopyGroup:
      case VmOp::kHostCall:
        return;
      case VmOp::kClock32:
      case VmOp::kClock64:
        bank_.Drop(i_.d, lanes_);
        return;
      case VmOp::kCross:
        // A shuffle moves its shadows itself.
        if (inst_.op != Op::kShfl) DropResults(vm_.program->generics[i_.c]);
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
        DropResults(info);
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
  bool IsPredicate(uint32_t offset) const { return offset < vm_.program->predicate_bytes; }
  uint64_t Bits(uint32_t offset, uint32_t part, uint32_t lane, Type type) const {
    if (ir::IsWide(type)) return Lanes64(vm_.regs, offset)[lane];
    return Lanes32(vm_.regs, offset)[lane] >> (16 * part);
  }
  ShadowValue Fetch(uint32_t offset, uint32_t part, uint32_t lane, Type type) const {
    const Register* r = bank_.Find(offset);
    if (r != nullptr && r->Has(part, lane, PartBytes(type))) return r->Get(part, lane);
    ShadowValue v = ExactShadow(ValueOf(type, Bits(offset, part, lane, type)));
    v.lost = r != nullptr && (r->tainted >> lane & 1) != 0;
    v.ambiguous = r != nullptr && (r->ambiguous >> lane & 1) != 0;
    return v;
  }
  // The IEEE values of all lanes.
  void Numbers(uint32_t offset, uint32_t part, Type type, double* out) const {
    if (type == Type::kF32) {
      const uint32_t* bits = Lanes32(vm_.regs, offset);
      WS_EACH_LANE out[k] = ir::AsF32(bits[k]);
    } else if (type == Type::kF64) {
      const uint64_t* bits = Lanes64(vm_.regs, offset);
      WS_EACH_LANE out[k] = ir::AsF64(bits[k]);
    } else if (ir::IsWide(type)) {
      const uint64_t* bits = Lanes64(vm_.regs, offset);
      for (int k = 0; k < 32; ++k) out[k] = ValueOf(type, bits[k]);
    } else {
      const uint32_t* bits = Lanes32(vm_.regs, offset);
      for (int k = 0; k < 32; ++k) out[k] = ValueOf(type, bits[k] >> (16 * part));
    }
  }
  Source Read(uint32_t offset, uint32_t part, Type type, ShadowLanes& buffer) const {
    const Register* r = bank_.Find(offset);
    const uint32_t valid = r != nullptr ? r->ValidOf(part, PartBytes(type)) : 0;
    Source source;
    if (r != nullptr) source.lost = (r->lost[part] & valid) | (r->tainted & ~valid);
    if ((lanes_ & ~valid) == 0) {
      source.lanes = &r->parts[part];
      return source;
    }
    Numbers(offset, part, type, buffer.value);
    WS_EACH_LANE buffer.magnitude[k] = std::fabs(buffer.value[k]);
    WS_EACH_LANE buffer.variance[k] = 0;
    WS_EACH_LANE buffer.roundings[k] = 0;
    if ((lanes_ & valid) != 0) buffer.Copy(r->parts[part], lanes_ & valid);
    source.lanes = &buffer;
    return source;
  }
  uint32_t AmbiguousOf(uint32_t offset) const {
    if (IsPredicate(offset)) return bank_.AmbiguousLanes(offset);
    const Register* r = bank_.Find(offset);
    return r != nullptr ? r->ambiguous : 0;
  }

  template <typename F>
  void EachLane(uint32_t lanes, F f) const {
    for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
      f(static_cast<uint32_t>(std::countr_zero(rest)));
    }
  }

  void DropResults(const GenericInfo& info) {
    uint32_t unsure = 0;
    for (size_t k = info.num_dsts; k < info.operands.size(); ++k) {
      unsure |= AmbiguousOf(info.operands[k].offset);
    }
    unsure &= lanes_;
    // What goes over lanes depends on every lane.
    if (i_.op == VmOp::kCross && unsure != 0) unsure = lanes_;
    for (uint32_t k = 0; k < info.num_dsts; ++k) {
      const SlotRef& d = info.operands[k];
      if (d.width == Width::kPred) {
        SetAmbiguous(d.offset, unsure);
      } else {
        bank_.Drop(d.offset, lanes_);
        if (unsure != 0) bank_.At(d.offset).ambiguous |= unsure;
      }
    }
  }
  // Lanes of a register as those of another; moves keep shadows whatever the type.
  void Assign(uint32_t d, uint32_t a, uint32_t lanes) {
    const Register* from = bank_.Find(a);
    if (from == nullptr || lanes == 0) {
      bank_.Drop(d, lanes);
      return;
    }
    Register& to = bank_.At(d);
    to.Drop(lanes);
    for (uint32_t part = 0; part < 2; ++part) {
      const uint32_t taken = from->valid[part] & lanes;
      if (taken == 0) continue;
      to.Claim(part, taken, from->bytes[part]);
      to.lost[part] |= from->lost[part] & taken;
      to.parts[part].Copy(from->parts[part], taken);
    }
    to.tainted |= from->tainted & lanes;
    to.ambiguous |= from->ambiguous & lanes;
  }

  void CopyPart(uint32_t d, uint32_t d_part, uint32_t a, uint32_t a_part, uint8_t bytes) {
    const Register* from = bank_.Find(a);
    if (from == nullptr) {
      bank_.Drop(d, lanes_);
      return;
    }
    const uint32_t valid = from->ValidOf(a_part, bytes) & lanes_;
    const uint32_t lost = from->lost[a_part] & valid, ambiguous = from->ambiguous & lanes_;
    const uint32_t tainted = ((from->Rounded() & ~valid) | from->tainted) & lanes_;
    ShadowLanes copy;
    if (valid != 0) copy.Copy(from->parts[a_part], valid);
    Register& to = bank_.At(d);
    to.Drop(lanes_);
    if (valid != 0) {
      to.Claim(d_part, valid, bytes);
      to.lost[d_part] |= lost;
      to.parts[d_part].Copy(copy, valid);
    }
    to.tainted |= tainted;
    to.ambiguous |= ambiguous;
  }

  void Pack(uint8_t bytes) {
    const Register* a = bank_.Find(i_.a);
    const Register* b = bank_.Find(i_.b);
    if (a == nullptr && b == nullptr) {
      bank_.Drop(i_.d, lanes_);
      return;
    }
    Register packed;
    for (uint32_t part = 0; part < 2; ++part) {
      const Register* from = part == 0 ? a : b;
      if (from == nullptr) continue;
      packed.tainted |= from->tainted & lanes_;
      packed.ambiguous |= from->ambiguous & lanes_;
      const uint32_t valid = from->ValidOf(0, bytes) & lanes_;
      if (valid == 0) continue;
      packed.Claim(part, valid, bytes);
      packed.lost[part] |= from->lost[0] & valid;
      packed.parts[part].Copy(from->parts[0], valid);
    }
    Register& to = bank_.At(i_.d);
    to.Drop(lanes_);
    for (uint32_t part = 0; part < 2; ++part) {
      if (packed.valid[part] == 0) continue;
      to.Claim(part, packed.valid[part], bytes);
      to.lost[part] |= packed.lost[part];
      to.parts[part].Copy(packed.parts[part], packed.valid[part]);
    }
    to.tainted |= packed.tainted;
    to.ambiguous |= packed.ambiguous;
  }

  // Lanes in which the choice within tolerance between a and b makes a difference.
  uint32_t DoubtfulChoices(uint32_t yes, uint32_t unsure) const {
    const Type type = inst_.type;
    uint32_t doubtful = 0;
    EachLane(unsure, [&](uint32_t lane) {
      const bool taken = (yes >> lane & 1) != 0;
      const uint32_t chosen = taken ? i_.a : i_.b, other = taken ? i_.b : i_.a;
      const ShadowValue v = Fetch(chosen, 0, lane, type), w = Fetch(other, 0, lane, type);
      if (!w.ambiguous && Bits(chosen, 0, lane, type) == Bits(other, 0, lane, type)) return;
      // A choice between values that agree within tolerance is no choice.
      if (!w.ambiguous && ir::IsFloat(type) && WithinTolerance(v, w, UnitRoundoff(type))) return;
      doubtful |= 1u << lane;
    });
    return doubtful;
  }

  void Select() {
    const uint32_t p = *reinterpret_cast<const uint32_t*>(vm_.regs + i_.c);
    const uint32_t unsure = bank_.AmbiguousLanes(i_.c) & lanes_;
    const uint32_t doubtful = unsure != 0 ? DoubtfulChoices(p, unsure) : 0;
    if (i_.d == i_.b) {
      Assign(i_.d, i_.a, lanes_ & p);
    } else if (i_.d == i_.a) {
      Assign(i_.d, i_.b, lanes_ & ~p);
    } else {
      Assign(i_.d, i_.a, lanes_ & p);
      Assign(i_.d, i_.b, lanes_ & ~p);
    }
    if (doubtful != 0) bank_.At(i_.d).ambiguous |= doubtful;
  }

  void SetAmbiguous(uint32_t predicate, uint32_t lanes) {
    bank_.SetAmbiguous(predicate, lanes_, lanes);
  }
  // What a sure operand decides alone is sure.
  void Logic() {
    const uint32_t a = *reinterpret_cast<const uint32_t*>(vm_.regs + i_.a);
    const uint32_t b = *reinterpret_cast<const uint32_t*>(vm_.regs + i_.b);
    const uint32_t of_a = bank_.AmbiguousLanes(i_.a), of_b = bank_.AmbiguousLanes(i_.b);
    uint32_t decided = 0;
    if (i_.op == VmOp::kAndPred) decided = (~a & ~of_a) | (~b & ~of_b);
    if (i_.op == VmOp::kOrPred) decided = (a & ~of_a) | (b & ~of_b);
    SetAmbiguous(i_.d, (of_a | of_b) & ~decided);
  }

  void Compare(uint32_t d, uint32_t a, uint32_t b) {
    const Register* ra = IsPredicate(a) ? nullptr : bank_.Find(a);
    const Register* rb = IsPredicate(b) ? nullptr : bank_.Find(b);
    uint32_t unsure = AmbiguousOf(a) | AmbiguousOf(b);
    const Type type = inst_.type;
    if ((ra != nullptr || rb != nullptr) && ir::IsFloat(type) && !IsPacked(type)) {
      ShadowLanes of_a, of_b;
      const ShadowLanes& x = *Read(a, 0, type, of_a).lanes;
      const ShadowLanes& y = *Read(b, 0, type, of_b).lanes;
      const double u = UnitRoundoff(type);
      uint32_t near[32];
      WS_EACH_LANE {
        const double tolerance = u * (std::sqrt(x.roundings[k]) * x.magnitude[k] +
                                      std::sqrt(y.roundings[k]) * y.magnitude[k]);
        near[k] = tolerance > 0 && std::fabs(x.value[k] - y.value[k]) <= tolerance ? 1 : 0;
      }
      for (uint32_t k = 0; k < 32; ++k) unsure |= near[k] << k;
    }
    if (vm_.machine->options.special_inputs && ir::IsFloat(type) && !IsPacked(type) && a != b) {
      double x[32], y[32];
      Numbers(a, 0, type, x);
      Numbers(b, 0, type, y);
      unsure |= NanLanes(x) | NanLanes(y);
    }
    SetAmbiguous(d, unsure);
  }

  // The whole number that a conversion gives.
  static double Whole(ir::Round round, double v) {
    switch (round) {
      case ir::Round::kRz:
      case ir::Round::kRzi:
        return std::trunc(v);
      case ir::Round::kRm:
      case ir::Round::kRmi:
        return std::floor(v);
      case ir::Round::kRp:
      case ir::Round::kRpi:
        return std::ceil(v);
      default:
        return std::nearbyint(v);
    }
  }
  // Lanes whose values, within tolerance, round to different whole numbers.
  uint32_t DoubtfulWhole(uint32_t a, Type type) const {
    const Register* r = bank_.Find(a);
    if (r == nullptr) return 0;
    uint32_t doubtful = r->ambiguous & lanes_;
    const double u = UnitRoundoff(type);
    EachLane(r->ValidOf(0, PartBytes(type)) & lanes_, [&](uint32_t lane) {
      const ShadowValue v = r->Get(0, lane);
      const double off = u * std::sqrt(v.roundings) * v.magnitude;
      if (off > 0 && Whole(inst_.round, v.value - off) != Whole(inst_.round, v.value + off)) {
        doubtful |= 1u << lane;
      }
    });
    return doubtful;
  }

  void Convert(uint32_t d, uint32_t a) {
    const Type to = inst_.type, from = inst_.src_type;
    const bool integral = inst_.round >= ir::Round::kRni && inst_.round <= ir::Round::kRpi;
    uint32_t unsure = AmbiguousOf(a) & lanes_;
    if (!ir::IsFloat(from) || !ir::IsFloat(to) || integral) {
      // A new value, exact (from an integer that does not fit: one rounding).
      if (ir::IsFloat(from)) unsure |= DoubtfulWhole(a, from);
      bank_.Drop(d, lanes_);
      if (unsure != 0) bank_.At(d).ambiguous |= unsure;
      return;
    }
    const bool narrows =
        ir::BytesOf(to) < ir::BytesOf(from) || (to != from && ir::BytesOf(to) == ir::BytesOf(from));
    // Widening an exact value leaves it exact.
    if (bank_.Find(a) == nullptr && (inst_.sat || !narrows)) {
      bank_.Drop(d, lanes_);
      return;
    }
    ShadowLanes buffer, result;
    const Source source = Read(a, 0, from, buffer);
    const float more = narrows ? 1 : 0;
    WS_EACH_LANE {
      result.value[k] = source.lanes->value[k];
      const double v = source.lanes->value[k];
      result.magnitude[k] = source.lanes->magnitude[k];
      result.variance[k] = source.lanes->variance[k] + more * v * v;
      result.roundings[k] = source.lanes->roundings[k] + more;
    }
    if (inst_.sat) SaturateLanes(result);
    Store(d, 0, to, result, source.lost, unsure, true);
  }

  // Writes one part; the first of an instruction makes room.
  void Store(uint32_t d, uint32_t part, Type type, const ShadowLanes& result, uint32_t lost,
             uint32_t ambiguous, bool first) {
    Register& to = bank_.At(d);
    if (first) to.Drop(lanes_);
    to.Claim(part, lanes_, PartBytes(type));
    to.lost[part] |= lost & lanes_;
    to.ambiguous |= ambiguous & lanes_;
    to.parts[part].Copy(result, lanes_);
  }

  void Compute(uint32_t d, const uint32_t* srcs) {
    const Type type = inst_.type;
    const uint32_t parts = IsPacked(type) ? 2 : 1;
    const uint32_t num_srcs = inst_.num_srcs < 3 ? inst_.num_srcs : 3;
    ShadowLanes results[2], buffers[3];
    uint32_t lost[2] = {0, 0}, ambiguous = 0;
    for (uint32_t part = 0; part < parts; ++part) {
      const ShadowLanes* s[3] = {};
      for (uint32_t k = 0; k < num_srcs; ++k) {
        const Source source = Read(srcs[k], part, type, buffers[k]);
        s[k] = source.lanes;
        lost[part] |= source.lost;
        ambiguous |= AmbiguousOf(srcs[k]);
      }
      if (inst_.op == Op::kMin || inst_.op == Op::kMax) {
        Extremum(s, srcs, part, results[part], lost[part], ambiguous);
      } else {
        lost[part] |= LaneOperation(inst_, s, lanes_, results[part]);
      }
      if (vm_.machine->options.special_inputs) {
        ambiguous |= Indeterminate(s, num_srcs, results[part]);
      }
      if (inst_.sat) SaturateLanes(results[part]);
    }
    for (uint32_t part = 0; part < parts; ++part) {
      Store(d, part, type, results[part], lost[part], ambiguous, part == 0);
    }
  }

  // Lanes in which an operation on infinities gives NaN where no source is one.
  uint32_t Indeterminate(const ShadowLanes* const* s, uint32_t num_srcs,
                         const ShadowLanes& r) const {
    uint32_t found = 0;
    EachLane(lanes_, [&](uint32_t lane) {
      bool is_nan = false, is_infinite = false;
      for (uint32_t k = 0; k < num_srcs; ++k) {
        is_nan |= std::isnan(s[k]->value[lane]);
        is_infinite |= std::isinf(s[k]->value[lane]);
      }
      if (std::isnan(r.value[lane]) && is_infinite && !is_nan) found |= 1u << lane;
    });
    return found;
  }

  // As the operand that the IEEE bits choose. `lost` and `ambiguous` hold those of both operands,
  // and become those of the chosen one.
  void Extremum(const ShadowLanes* const* s, const uint32_t* srcs, uint32_t part, ShadowLanes& r,
                uint32_t& lost, uint32_t& ambiguous) const {
    double a[32], b[32];
    Numbers(srcs[0], part, inst_.type, a);
    Numbers(srcs[1], part, inst_.type, b);
    const bool is_min = inst_.op == Op::kMin;
    uint32_t chosen[32];
    WS_EACH_LANE {
      const bool equal = a[k] == b[k];
      const bool larger = s[0]->magnitude[k] >= s[1]->magnitude[k];
      const bool first = equal ? larger : is_min ? a[k] < b[k] : a[k] > b[k];
      const bool only_a = b[k] != b[k], only_b = a[k] != a[k];
      chosen[k] = (only_b ? false : only_a ? true : first) ? 1 : 0;
    }
    uint32_t first = 0;
    for (uint32_t k = 0; k < 32; ++k) first |= chosen[k] << k;
    r = *s[1];
    r.Copy(*s[0], first);
    uint32_t unordered = 0;
    if (vm_.machine->options.special_inputs) unordered = NanLanes(a) | NanLanes(b);
    if ((lost | ambiguous) == 0) {
      ambiguous = unordered;
      return;
    }
    const auto of = [&](auto flags) { return (flags(0) & first) | (flags(1) & ~first); };
    ShadowLanes unused;
    lost = of([&](int k) { return Read(srcs[k], part, inst_.type, unused).lost; });
    if (part == 0) ambiguous = of([&](int k) { return AmbiguousOf(srcs[k]); });
    ambiguous |= unordered;
  }
  static uint32_t NanLanes(const double* values) {
    uint32_t found = 0;
    for (uint32_t k = 0; k < 32; ++k) found |= std::isnan(values[k]) ? 1u << k : 0;
    return found;
  }

  // Integer operations on the bits of rounded values lose them.
  void Integers(uint32_t d, const uint32_t* srcs, uint32_t num_srcs) {
    uint32_t tainted = 0, ambiguous = 0;
    for (uint32_t k = 0; k < num_srcs; ++k) {
      ambiguous |= AmbiguousOf(srcs[k]);
      if (IsPredicate(srcs[k])) continue;
      const Register* r = bank_.Find(srcs[k]);
      if (r != nullptr) tainted |= r->Rounded();
    }
    if (IsPredicate(d)) {
      SetAmbiguous(d, ambiguous);
      return;
    }
    bank_.Drop(d, lanes_);
    tainted &= lanes_;
    ambiguous &= lanes_;
    if ((tainted | ambiguous) == 0) return;
    Register& to = bank_.At(d);
    to.tainted |= tainted;
    to.ambiguous |= ambiguous;
  }

  // The outermost call of a math function gives its own shadows; its body has none.
  void EnterMath() {
    const uint32_t first = static_cast<uint32_t>(std::countr_zero(lanes_));
    const bool is_outermost = bank_.math_depth[first] == 0;
    EachLane(lanes_, [&](uint32_t lane) { ++bank_.math_depth[lane]; });
    if (!is_outermost) return;
    bank_.in_math |= lanes_;
    const CallInfo& call = vm_.program->calls[i_.c];
    if (bank_.pending.size() <= call.id) bank_.pending.resize(call.id + 1);
    if (bank_.pending[call.id] == nullptr) bank_.pending[call.id] = std::make_unique<Register>();
    Register& result = *bank_.pending[call.id];
    result.Drop(lanes_);
    const Type type = ir::InfoOf(call.math).type;
    EachLane(lanes_, [&](uint32_t lane) {
      ShadowValue args[4];
      bool ambiguous = false;
      for (size_t i = 0; i < call.args.size() && i < 4; ++i) {
        args[i] = Fetch(call.args[i].offset, 0, lane, type);
        ambiguous = ambiguous || args[i].ambiguous;
      }
      ShadowValue v = MathShadow(call.math, args);
      v.ambiguous = v.ambiguous || ambiguous;
      result.Set(0, lane, v, PartBytes(type));
    });
  }
  void LeaveMath() {
    EachLane(lanes_, [&](uint32_t lane) { --bank_.math_depth[lane]; });
    if (bank_.math_depth[std::countr_zero(lanes_)] != 0) return;
    bank_.in_math &= ~lanes_;
    const CallInfo& call = vm_.program->calls[i_.c];
    const Register& result = *bank_.pending[call.id];
    const uint32_t lanes = result.valid[0] & lanes_;
    Register& to = bank_.At(call.result.offset);
    to.Drop(lanes_);
    to.Claim(0, lanes, result.bytes[0]);
    to.lost[0] |= result.lost[0] & lanes;
    to.ambiguous |= result.ambiguous & lanes;
    to.parts[0].Copy(result.parts[0], lanes);
  }

  Vm& vm_;
  ShadowBank& bank_;
  const VmInst& i_;
  uint32_t lanes_;
  const ir::Inst& inst_;
};

#undef WS_EACH_LANE

}  // namespace

void ShadowStep(Vm* vm, const VmInst* i, uint32_t lanes) {
  ShadowBank& bank = *vm->shadows;
  if ((lanes & ~bank.in_math) == 0 && i->op != VmOp::kMathEnter && i->op != VmOp::kMathLeave) {
    return;
  }
  if (bank.in_doubt != 0) DoubtJoin(vm, static_cast<uint32_t>(i - vm->code), lanes);
  Stepper(vm, i, lanes).Run();
}

}  // namespace ws::exec
