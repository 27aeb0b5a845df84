#include "exec/select.h"

namespace ws::exec {
namespace {

using ir::Cmp;
using ir::Inst;
using ir::Op;
using ir::Round;
using ir::Type;

VmOp OfInt32(const Inst& inst) {
  const bool is_signed = inst.type == Type::kS32;
  if (inst.sat) return VmOp::kGeneric;
  switch (inst.op) {
    case Op::kMov:
      return VmOp::kMov32;
    case Op::kSelp:
      return VmOp::kSelp32;
    case Op::kAdd:
      return VmOp::kAdd32;
    case Op::kSub:
      return VmOp::kSub32;
    case Op::kMul:
      return VmOp::kMul32;
    case Op::kMad:
      return VmOp::kMad32;
    case Op::kMulHi:
      return is_signed ? VmOp::kMulHiS32 : VmOp::kMulHiU32;
    case Op::kMulWide:
      return is_signed ? VmOp::kMulWideS32 : VmOp::kMulWideU32;
    case Op::kMadWide:
      return is_signed ? VmOp::kMadWideS32 : VmOp::kMadWideU32;
    case Op::kDiv:
      return is_signed ? VmOp::kDivS32 : VmOp::kDivU32;
    case Op::kRem:
      return is_signed ? VmOp::kRemS32 : VmOp::kRemU32;
    case Op::kNeg:
      return VmOp::kNeg32;
    case Op::kAbs:
      return is_signed ? VmOp::kAbsS32 : VmOp::kMov32;
    case Op::kMin:
      return is_signed ? VmOp::kMinS32 : VmOp::kMinU32;
    case Op::kMax:
      return is_signed ? VmOp::kMaxS32 : VmOp::kMaxU32;
    case Op::kAnd:
      return VmOp::kAnd32;
    case Op::kOr:
      return VmOp::kOr32;
    case Op::kXor:
      return VmOp::kXor32;
    case Op::kNot:
      return VmOp::kNot32;
    case Op::kShl:
      return VmOp::kShl32;
    case Op::kShr:
      return is_signed ? VmOp::kShrS32 : VmOp::kShrU32;
    case Op::kPopc:
      return VmOp::kPopc32;
    case Op::kClz:
      return VmOp::kClz32;
    case Op::kBrev:
      return VmOp::kBrev32;
    case Op::kPrmt:
      return VmOp::kPrmt32;
    case Op::kShfL:
      return VmOp::kShfL;
    case Op::kShfR:
      return VmOp::kShfR;
    default:
      return VmOp::kGeneric;
  }
}

VmOp OfInt64(const Inst& inst) {
  const bool is_signed = inst.type == Type::kS64;
  switch (inst.op) {
    case Op::kMov:
      return VmOp::kMov64;
    case Op::kSelp:
      return VmOp::kSelp64;
    case Op::kAdd:
      return VmOp::kAdd64;
    case Op::kSub:
      return VmOp::kSub64;
    case Op::kMul:
      return VmOp::kMul64;
    case Op::kMad:
      return VmOp::kMad64;
    case Op::kDiv:
      return is_signed ? VmOp::kDivS64 : VmOp::kDivU64;
    case Op::kRem:
      return is_signed ? VmOp::kRemS64 : VmOp::kRemU64;
    case Op::kNeg:
      return VmOp::kNeg64;
    case Op::kMin:
      return is_signed ? VmOp::kMinS64 : VmOp::kMinU64;
    case Op::kMax:
      return is_signed ? VmOp::kMaxS64 : VmOp::kMaxU64;
    case Op::kAnd:
      return VmOp::kAnd64;
    case Op::kOr:
      return VmOp::kOr64;
    case Op::kXor:
      return VmOp::kXor64;
    case Op::kNot:
      return VmOp::kNot64;
    case Op::kShl:
      return VmOp::kShl64;
    case Op::kShr:
      return is_signed ? VmOp::kShrS64 : VmOp::kShrU64;
    default:
      return VmOp::kGeneric;
  }
}

VmOp OfF32(const Inst& inst) {
  if (inst.op == Op::kMov) return VmOp::kMov32;
  if (inst.op == Op::kSelp) return VmOp::kSelp32;
  if (inst.sat || inst.round == Round::kRz || inst.round == Round::kRm ||
      inst.round == Round::kRp) {
    return VmOp::kGeneric;
  }
  const auto flavour = [&inst](VmOp op) {
    return inst.ftz ? static_cast<VmOp>(static_cast<int>(op) + 1) : op;
  };
  switch (inst.op) {
    case Op::kAdd:
      return flavour(VmOp::kAddF32);
    case Op::kSub:
      return flavour(VmOp::kSubF32);
    case Op::kMul:
      return flavour(VmOp::kMulF32);
    case Op::kFma:
      return flavour(VmOp::kFmaF32);
    case Op::kDiv:
      return flavour(inst.round == Round::kApprox ? VmOp::kDivApproxF32 : VmOp::kDivF32);
    case Op::kNeg:
      return flavour(VmOp::kNegF32);
    case Op::kAbs:
      return flavour(VmOp::kAbsF32);
    case Op::kMin:
      return flavour(VmOp::kMinF32);
    case Op::kMax:
      return flavour(VmOp::kMaxF32);
    case Op::kRcp:
      return flavour(VmOp::kRcpF32);
    case Op::kSqrt:
      return flavour(VmOp::kSqrtF32);
    case Op::kRsqrt:
      return flavour(VmOp::kRsqrtF32);
    case Op::kEx2:
      return flavour(VmOp::kEx2F32);
    case Op::kLg2:
      return flavour(VmOp::kLg2F32);
    case Op::kSin:
      return flavour(VmOp::kSinF32);
    case Op::kCos:
      return flavour(VmOp::kCosF32);
    case Op::kTanh:
      return flavour(VmOp::kTanhF32);
    default:
      return VmOp::kGeneric;
  }
}

VmOp OfF64(const Inst& inst) {
  if (inst.op == Op::kMov) return VmOp::kMov64;
  if (inst.op == Op::kSelp) return VmOp::kSelp64;
  if (inst.sat || inst.round == Round::kRz || inst.round == Round::kRm ||
      inst.round == Round::kRp) {
    return VmOp::kGeneric;
  }
  switch (inst.op) {
    case Op::kAdd:
      return VmOp::kAddF64;
    case Op::kSub:
      return VmOp::kSubF64;
    case Op::kMul:
      return VmOp::kMulF64;
    case Op::kFma:
      return VmOp::kFmaF64;
    case Op::kDiv:
      return VmOp::kDivF64;
    case Op::kNeg:
      return VmOp::kNegF64;
    case Op::kAbs:
      return VmOp::kAbsF64;
    case Op::kMin:
      return VmOp::kMinF64;
    case Op::kMax:
      return VmOp::kMaxF64;
    case Op::kSqrt:
      return VmOp::kSqrtF64;
    default:
      return VmOp::kGeneric;
  }
}

VmOp OfHalf(const Inst& inst) {
  const bool x2 = inst.type == Type::kF16x2;
  if (inst.op == Op::kMov) return x2 ? VmOp::kMov32 : VmOp::kLow16;
  if (inst.op == Op::kSelp) return VmOp::kSelp32;
  if (inst.sat || inst.ftz) return VmOp::kGeneric;
  switch (inst.op) {
    case Op::kAdd:
      return x2 ? VmOp::kAddF16x2 : VmOp::kAddF16;
    case Op::kSub:
      return x2 ? VmOp::kSubF16x2 : VmOp::kSubF16;
    case Op::kMul:
      return x2 ? VmOp::kMulF16x2 : VmOp::kMulF16;
    case Op::kFma:
      return x2 ? VmOp::kFmaF16x2 : VmOp::kFmaF16;
    case Op::kMax:
      return x2 ? VmOp::kMaxF16x2 : VmOp::kMaxF16;
    case Op::kMin:
      return x2 ? VmOp::kGeneric : VmOp::kMinF16;
    case Op::kNeg:
      return x2 ? VmOp::kGeneric : VmOp::kNegF16;
    default:
      return VmOp::kGeneric;
  }
}

VmOp OfPred(const Inst& inst) {
  switch (inst.op) {
    case Op::kMov:
      return VmOp::kMovPred;
    case Op::kAnd:
      return VmOp::kAndPred;
    case Op::kOr:
      return VmOp::kOrPred;
    case Op::kXor:
      return VmOp::kXorPred;
    case Op::kNot:
      return VmOp::kNotPred;
    default:
      return VmOp::kGeneric;
  }
}

VmOp OfCompare(const Inst& inst, bool* swap) {
  const Cmp cmp = inst.cmp;
  const bool wide = ir::BytesOf(inst.type) == 8;
  if (inst.type == Type::kF32 && !inst.ftz) {
    *swap = cmp == Cmp::kGt || cmp == Cmp::kGe || cmp == Cmp::kGtu || cmp == Cmp::kGeu;
    switch (cmp) {
      case Cmp::kEq:
        return VmOp::kEqF32;
      case Cmp::kNe:
        return VmOp::kNeF32;
      case Cmp::kNeu:
        return VmOp::kNeuF32;
      case Cmp::kLt:
      case Cmp::kGt:
        return VmOp::kLtF32;
      case Cmp::kLe:
      case Cmp::kGe:
        return VmOp::kLeF32;
      case Cmp::kLtu:
      case Cmp::kGtu:
        return VmOp::kLtuF32;
      case Cmp::kLeu:
      case Cmp::kGeu:
        return VmOp::kLeuF32;
      default:
        *swap = false;
        return VmOp::kGeneric;
    }
  }
  if (!ir::IsInteger(inst.type) || ir::BytesOf(inst.type) < 4) return VmOp::kGeneric;
  const bool is_signed = ir::IsSigned(inst.type);
  *swap = cmp == Cmp::kGt || cmp == Cmp::kGe || cmp == Cmp::kHi || cmp == Cmp::kHs;
  switch (cmp) {
    case Cmp::kEq:
      return wide ? VmOp::kEqB64 : VmOp::kEqB32;
    case Cmp::kNe:
      return wide ? VmOp::kNeB64 : VmOp::kNeB32;
    case Cmp::kLt:
    case Cmp::kGt:
      if (is_signed) return wide ? VmOp::kLtS64 : VmOp::kLtS32;
      return wide ? VmOp::kLtU64 : VmOp::kLtU32;
    case Cmp::kLe:
    case Cmp::kGe:
      if (is_signed) return wide ? VmOp::kLeS64 : VmOp::kLeS32;
      return wide ? VmOp::kLeU64 : VmOp::kLeU32;
    case Cmp::kLo:
    case Cmp::kHi:
      return wide ? VmOp::kLtU64 : VmOp::kLtU32;
    case Cmp::kLs:
    case Cmp::kHs:
      return wide ? VmOp::kLeU64 : VmOp::kLeU32;
    default:
      *swap = false;
      return VmOp::kGeneric;
  }
}

// Integer to integer: only the low bits matter when narrowing, the source's sign when widening.
VmOp OfIntegerCvt(Type to, Type from) {
  const uint32_t to_bytes = ir::BytesOf(to), from_bytes = ir::BytesOf(from);
  if (to_bytes == 8) {
    if (from_bytes == 8) return VmOp::kMov64;
    if (from_bytes == 4) return ir::IsSigned(from) ? VmOp::kSext32 : VmOp::kZext32;
    return ir::IsSigned(from) ? VmOp::kGeneric : VmOp::kZext32;
  }
  if (from_bytes == 8) return to_bytes == 4 ? VmOp::kLow32 : VmOp::kGeneric;
  const uint32_t kept = to_bytes < from_bytes ? to_bytes : from_bytes;
  if (to_bytes == 4 && ir::IsSigned(from)) {
    return kept == 1 ? VmOp::kSext8 : (kept == 2 ? VmOp::kSext16 : VmOp::kMov32);
  }
  if (to_bytes > from_bytes && ir::IsSigned(from)) return VmOp::kGeneric;
  return kept == 1 ? VmOp::kLow8 : (kept == 2 ? VmOp::kLow16 : VmOp::kMov32);
}

VmOp OfCvt(const Inst& inst) {
  const Type to = inst.type, from = inst.src_type;
  if (inst.sat || inst.ftz) return VmOp::kGeneric;
  if (ir::IsInteger(to) && ir::IsInteger(from)) return OfIntegerCvt(to, from);
  const bool nearest = inst.round == Round::kNone || inst.round == Round::kRn;
  if (to == Type::kF32) {
    switch (from) {
      case Type::kF16:
        return VmOp::kCvtF32F16;
      case Type::kBF16:
        return VmOp::kCvtF32BF16;
      case Type::kF64:
        return nearest ? VmOp::kCvtF32F64 : VmOp::kGeneric;
      case Type::kS32:
        return nearest ? VmOp::kCvtF32S32 : VmOp::kGeneric;
      case Type::kU32:
        return nearest ? VmOp::kCvtF32U32 : VmOp::kGeneric;
      case Type::kS64:
        return nearest ? VmOp::kCvtF32S64 : VmOp::kGeneric;
      case Type::kF32:
        switch (inst.round) {
          case Round::kRni:
            return VmOp::kRniF32;
          case Round::kRzi:
            return VmOp::kRziF32;
          case Round::kRmi:
            return VmOp::kRmiF32;
          case Round::kRpi:
            return VmOp::kRpiF32;
          default:
            return VmOp::kGeneric;
        }
      default:
        return VmOp::kGeneric;
    }
  }
  if (to == Type::kF64) {
    if (from == Type::kF32) return VmOp::kCvtF64F32;
    return from == Type::kS32 ? VmOp::kCvtF64S32 : VmOp::kGeneric;
  }
  if (from == Type::kF32) {
    if (to == Type::kF16 && nearest) return VmOp::kCvtF16F32;
    if (to == Type::kBF16 && nearest) return VmOp::kCvtBF16F32;
    if (to == Type::kS32 && inst.round == Round::kRzi) return VmOp::kCvtS32F32;
    if (to == Type::kS32 && inst.round == Round::kRni) return VmOp::kCvtS32F32Rni;
    if (to == Type::kU32 && inst.round == Round::kRzi) return VmOp::kCvtU32F32;
  }
  return VmOp::kGeneric;
}

}  // namespace

VmOp SelectFast(const Inst& inst, bool* swap) {
  *swap = false;
  if (inst.sub != 0) return VmOp::kGeneric;  // forms beside the plain one
  if (inst.op == Op::kSetp) return OfCompare(inst, swap);
  if (inst.op == Op::kCvt) return OfCvt(inst);
  switch (inst.type) {
    case Type::kPred:
      return OfPred(inst);
    case Type::kB32:
    case Type::kU32:
    case Type::kS32:
      return inst.op == Op::kPack ? VmOp::kPack16 : OfInt32(inst);
    case Type::kB64:
    case Type::kU64:
    case Type::kS64:
      return inst.op == Op::kPack ? VmOp::kPack32 : OfInt64(inst);
    case Type::kF32:
      return OfF32(inst);
    case Type::kF64:
      return OfF64(inst);
    case Type::kF16:
    case Type::kF16x2:
      return OfHalf(inst);
    case Type::kBF16:
    case Type::kBF16x2:
    case Type::kB16:
    case Type::kU16:
    case Type::kS16:
      if (inst.op == Op::kSelp) return VmOp::kSelp32;
      if (inst.op == Op::kMov) {
        return inst.type == Type::kBF16x2 ? VmOp::kMov32 : VmOp::kLow16;
      }
      return VmOp::kGeneric;
    default:
      return VmOp::kGeneric;
  }
}

Width SourceWidth(const Inst& inst, uint32_t index) {
  const auto of = [](Type type) {
    if (type == Type::kPred) return Width::kPred;
    return ir::IsWide(type) ? Width::k64 : Width::k32;
  };
  switch (inst.op) {
    case Op::kLd:
    case Op::kSt:
    case Op::kAtom:
    case Op::kRed:
      return index == 0 ? Width::k64 : of(inst.type);
    case Op::kMbar: {
      const bool by_state = inst.sub == static_cast<uint8_t>(ir::Mbarrier::kTestState);
      return index == 0 || by_state ? Width::k64 : Width::k32;
    }
    case Op::kMalloc:
    case Op::kFree:
      return Width::k64;
    case Op::kShl:
    case Op::kShr:
      return index == 1 ? Width::k32 : of(inst.type);
    case Op::kIsSpace:
      return Width::k64;
    case Op::kBfe:
      return index >= 1 ? Width::k32 : of(inst.type);
    case Op::kBfi:
      return index >= 2 ? Width::k32 : of(inst.type);
    case Op::kSelp:
      return index == 2 ? Width::kPred : of(inst.type);
    case Op::kPrint:
      return Width::k64;
    case Op::kMulWide:
      return Width::k32;
    case Op::kMadWide:
      return index == 2 && ir::BytesOf(inst.type) >= 4 ? Width::k64 : Width::k32;
    case Op::kCvt:
      return of(inst.src_type);
    case Op::kCvta:
    case Op::kCvtaTo:
      return Width::k64;
    case Op::kMma:
      return index + 1 < inst.num_srcs && inst.type == Type::kF64 ? Width::k64 : Width::k32;
    case Op::kBarRed:
      return index == 1 ? Width::kPred : Width::k32;
    case Op::kPack:
    case Op::kBarSync:
    case Op::kBarArrive:
    case Op::kBarWarp:
      return Width::k32;
    case Op::kShfl:
    case Op::kMatch:
    case Op::kRedux:
      return index == 0 ? of(inst.type) : Width::k32;
    case Op::kVote:
      return index == 0 ? Width::kPred : Width::k32;
    case Op::kCondBra:
      return Width::kPred;
    case Op::kRt:
    case Op::kLaunch:
      return Width::k64;
    default:
      return of(inst.type);
  }
}

VmOp SelectAccess(const AccessInfo& info) {
  if (info.effect == ir::Effect::Atomic || info.strong || info.tolerant || info.later) {
    return VmOp::kAccess;
  }
  const bool is_load = info.effect == ir::Effect::Load;
  const bool small = info.bytes == 1 || ir::IsSigned(info.type);
  if (info.bytes < 4 && small) return VmOp::kAccess;
  // The registers must be as wide as the elements.
  for (uint32_t k = 0; k < info.vec; ++k) {
    const SlotRef& value = is_load ? info.dsts[k] : info.srcs[k];
    if (value.width != (info.bytes == 8 ? Width::k64 : Width::k32)) return VmOp::kAccess;
  }
  switch (info.space) {
    case ir::Space::kGeneric:
    case ir::Space::kGlobal:
    case ir::Space::kConst:
      if (info.address.width != Width::k64) return VmOp::kAccess;
      return is_load ? VmOp::kLdGlobal : VmOp::kStGlobal;
    case ir::Space::kShared:
      return is_load ? VmOp::kLdShared : VmOp::kStShared;
    case ir::Space::kLocal:
      return is_load ? VmOp::kLdLocal : VmOp::kStLocal;
    case ir::Space::kParam:
      return VmOp::kAccess;
  }
  return VmOp::kAccess;
}

}  // namespace ws::exec
