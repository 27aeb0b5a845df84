#include "ir/ptx_opcode.h"

#include "ir/names.h"
#include "ir/ptx_names.h"

namespace ws::ir {

std::string PtxOpcode(const Inst& inst) {
  const Type t = inst.type;
  const std::string base = InfoOf(inst.op).ptx;
  const bool modes = IsFloat(t);
  const bool coarse = inst.op == Op::kRcp && inst.round == Round::kApprox;
  const bool ftz = inst.ftz && (t != Type::kF64 || coarse);
  const std::string flags = std::string(ftz ? ".ftz" : "") +
                            (modes && (inst.sub & kFloatRelu) != 0 ? ".relu" : "") +
                            (inst.sat ? ".sat" : "");
  const std::string round = Dot(NameOf(inst.round == Round::kNone ? Round::kRn : inst.round));
  switch (inst.op) {
    case Op::kSelp:
      return std::string("selp.") + PtxBitsName(t);
    case Op::kSetp: {
      const bool untyped = t >= Type::kB8 && t <= Type::kB64;
      const bool equality = inst.cmp == Cmp::kEq || inst.cmp == Cmp::kNe;
      return "setp." + std::string(NameOf(inst.cmp)) + (inst.ftz ? ".ftz." : ".") +
             (untyped && equality ? PtxBitsName(t) : PtxArithName(t));
    }
    case Op::kAdd:
    case Op::kSub:
      return base + (IsFloat(t) ? round + flags : std::string(inst.sat ? ".sat" : "")) + "." +
             PtxArithName(t);
    case Op::kMul:
      return IsFloat(t) ? "mul" + round + flags + "." + PtxArithName(t)
                        : std::string("mul.lo.") + PtxArithName(t);
    case Op::kMulHi:
    case Op::kMulWide:
    case Op::kMad:
    case Op::kMadWide:
    case Op::kRem:
      return base + "." + PtxArithName(t);
    case Op::kFma:
      return "fma" + round + flags + "." + PtxArithName(t);
    case Op::kDiv:
      return IsFloat(t) ? "div" + round + flags + "." + PtxArithName(t)
                        : std::string("div.") + PtxArithName(t);
    case Op::kNeg:
    case Op::kAbs:
      return base + (inst.ftz ? ".ftz." : ".") + (IsFloat(t) ? NameOf(t) : PtxSignedName(t));
    case Op::kMin:
    case Op::kMax:
      return base + (inst.ftz ? ".ftz" : "") +
             (modes && (inst.sub & kFloatNaN) != 0 ? ".NaN" : "") +
             (modes && (inst.sub & kFloatXorsign) != 0 ? ".xorsign.abs" : "") + "." +
             PtxArithName(t);
    case Op::kRcp:
    case Op::kSqrt:
      return base + round + flags + "." + NameOf(t);
    case Op::kEx2:
      // PTX has ex2 for bf16 only with .ftz
      return base + ".approx" + (inst.ftz || IsBFloat(t) ? ".ftz" : "") + "." + NameOf(t);
    case Op::kRsqrt:
    case Op::kLg2:
    case Op::kSin:
    case Op::kCos:
      return base + ".approx" + (inst.ftz ? ".ftz" : "") + "." + NameOf(t);
    case Op::kTanh:
      return base + ".approx." + NameOf(t);
    case Op::kShl:
    case Op::kPopc:
    case Op::kClz:
    case Op::kBrev:
    case Op::kBfi:
    case Op::kFns:
      return base + "." + PtxBitsName(t);
    case Op::kShfL:
      return inst.sub != 0 ? "shf.l.clamp.b32" : "shf.l.wrap.b32";
    case Op::kShfR:
      return inst.sub != 0 ? "shf.r.clamp.b32" : "shf.r.wrap.b32";
    case Op::kPrmt:
      return "prmt.b32" + Dot(NameOf(static_cast<PermuteMode>(inst.sub)));
    case Op::kBmsk:
      return inst.sub != 0 ? "bmsk.clamp.b32" : "bmsk.wrap.b32";
    case Op::kSzext:
      return base + (inst.sub != 0 ? ".clamp." : ".wrap.") + PtxArithName(t);
    case Op::kDp4a:
    case Op::kDp2a:
      return base +
             (inst.op == Op::kDp4a         ? ""
              : (inst.sub & kDotHigh) != 0 ? ".hi"
                                           : ".lo") +
             ((inst.sub & kDotSignedA) != 0 ? ".s32" : ".u32") +
             ((inst.sub & kDotSignedB) != 0 ? ".s32" : ".u32");
    case Op::kIsSpace:
      return base + Dot(NameOf(inst.space));
    case Op::kShr:
    case Op::kBfind:
    case Op::kBfe:
      return base + "." + PtxArithName(t);
    case Op::kAnd:
    case Op::kOr:
    case Op::kXor:
    case Op::kNot:
      return base + "." + PtxBitsName(t);
    // Their operands are printed in ways of their own.
    case Op::kMov:
    case Op::kPack:
    case Op::kUnpack:
    case Op::kCvt:
    case Op::kCvta:
    case Op::kCvtaTo:
    case Op::kLop3:
    case Op::kLd:
    case Op::kSt:
    case Op::kAtom:
    case Op::kRed:
    case Op::kMbar:
    case Op::kMalloc:
    case Op::kFree:
    case Op::kFence:
    case Op::kCopyGroup:
    case Op::kBarSync:
    case Op::kBarArrive:
    case Op::kBarRed:
    case Op::kBarWarp:
    case Op::kShfl:
    case Op::kVote:
    case Op::kMatch:
    case Op::kRedux:
    case Op::kMma:
    case Op::kActivemask:
    case Op::kPrint:
    case Op::kBra:
    case Op::kCondBra:
    case Op::kRet:
    case Op::kExit:
    case Op::kTrap:
    case Op::kCall:
    case Op::kRt:
    case Op::kLaunch:
    case Op::kCount:
      break;
  }
  return "";
}

}  // namespace ws::ir
