// device-clean
// Builtin functions: the handlers that builtins.def names in its column `how`.
#include <bit>

#include "front/lowerer.h"
#include "front/signature.h"

namespace ws::front {

// The type of an argument by the row's signature.
WS_HD TypeId Lowerer::CodeType(const BuiltinRow& row, uint32_t argument) const {
  uint32_t at = 0;
  for (const char* c = row.signature + 2; *c != 0 && *c != ')'; ++c) {
    if (*c == '?') continue;
    if (at == argument) return *c == '*' || *c == '@' ? TypeId() : PlainSignatureType(*c);
    if (*c == '*' || *c == '@') ++c;
    ++at;
  }
  return {};
}

WS_HD void Lowerer::CallBuiltin(NodeId n, std::span<const NodeId> args) {
  const BuiltinRow& row = RowOf(info(n).builtin);
  const bool done = CallWarpBuiltin(n, row, args) || CallMathBuiltin(n, row, args) ||
                    CallHalfBuiltin(n, row, args) || CallHostBuiltin(n, row, args);
  if (!done) Error(Kind::kUnsupported, n, row.spelling);
}

// --- barriers, shuffles, votes, atomics, hinted memory access

WS_HD ir::Operand Lowerer::ShuffleWord(const BuiltinRow& row, Operand word, Operand lane,
                                       Operand clamp, Operand mask) {
  const Operand result = Operand::Reg(NewReg(Type::kB32));
  ir::Inst inst;
  inst.op = Op::kShfl;
  inst.type = Type::kB32;
  inst.sub = static_cast<uint8_t>(row.extra);
  Emit(inst, {result}, {word, lane, clamp, mask});
  return result;
}

// 64-bit values travel as two words, halves in the low bits of one.
WS_HD ir::Operand Lowerer::Shuffle(const BuiltinRow& row, TypeId type, Operand from, Operand lane,
                                   Operand clamp, Operand mask) {
  const Type t = RegType(type);
  if (ir::IsWide(t)) {
    const Operand low = Operand::Reg(NewReg(Type::kB32));
    const Operand high = Operand::Reg(NewReg(Type::kB32));
    ir::Inst unpack;
    unpack.op = Op::kUnpack;
    unpack.type = Type::kB64;
    Emit(unpack, {low, high}, {from});
    const Operand a = ShuffleWord(row, low, lane, clamp, mask);
    const Operand b = ShuffleWord(row, high, lane, clamp, mask);
    return Compute(Op::kPack, Type::kB64, {a, b}, t);
  }
  if (t == Type::kF16 || t == Type::kBF16) {
    const Operand bits = Compute(Op::kMov, Type::kB16, {from}, Type::kB16);
    const Operand word = CvtInst(Type::kU32, Type::kU16, ir::Round::kNone, bits, Type::kU32);
    const Operand moved = ShuffleWord(row, word, lane, clamp, mask);
    const Operand half = CvtInst(Type::kU16, Type::kU32, ir::Round::kNone, moved, Type::kB16);
    return Compute(Op::kMov, Type::kB16, {half}, t);
  }
  const Operand result = Operand::Reg(NewReg(t));
  ir::Inst inst;
  inst.op = Op::kShfl;
  inst.type = Type::kB32;
  inst.sub = static_cast<uint8_t>(row.extra);
  Emit(inst, {result}, {from, lane, clamp, mask});
  return result;
}

WS_HD bool Lowerer::CallWarpBuiltin(NodeId n, const BuiltinRow& row, std::span<const NodeId> args) {
  const TypeId word(TypeKind::kUInt);
  const TypeId result = info(n).type;
  ir::Inst inst;
  inst.op = row.op;
  inst.type = row.type;
  switch (row.how) {
    case BuiltinHow::kBarrier:
      inst.type = Type::kNone;
      Emit(inst, {}, {Imm(0)});
      return true;
    case BuiltinHow::kBarWarp:
      inst.type = Type::kNone;
      Emit(inst, {}, {args.empty() ? Imm(0xffffffff) : Scalar(args[0], word)});
      return true;
    case BuiltinHow::kFence:
      inst.type = Type::kNone;
      inst.scope = static_cast<ir::Scope>(row.extra);
      Emit(inst, {}, {});
      return true;
    case BuiltinHow::kShfl: {
      const Operand mask = Scalar(args[0], word);
      const Operand from = Scalar(args[1], result);
      const Operand lane = Scalar(args[2], word);
      // The third operand: 32 - width above the lane that stops the shuffle.
      const bool up = static_cast<ir::Shuffle>(row.extra) == ir::Shuffle::kUp;
      Operand clamp = Imm(up ? 0 : 0x1f);
      if (args.size() > 3) {
        uint64_t width = 0;
        const NodeInfo& written = info(args[3]);
        if (written.constant &&
            ConvertConstant(kind(written.type), TypeKind::kUInt, written.bits, &width)) {
          clamp = Imm(((32 - width) << 8 & 0x1f00) | (up ? 0 : 0x1f));
        } else {
          const Operand w = Scalar(args[3], word);
          const Operand segment = Compute(Op::kSub, Type::kU32, {Imm(32), w}, Type::kU32);
          const Operand shifted = Compute(Op::kShl, Type::kB32, {segment, Imm(8)}, Type::kU32);
          clamp = up ? shifted : Compute(Op::kOr, Type::kB32, {shifted, Imm(0x1f)}, Type::kU32);
        }
      }
      value(n) = ScalarValue(Shuffle(row, result, from, lane, clamp, mask));
      return true;
    }
    case BuiltinHow::kVote: {
      const Operand mask = Scalar(args[0], word);
      const Operand p = Condition(args[1]);
      const bool ballot = static_cast<ir::Vote>(row.extra) == ir::Vote::kBallot;
      const Operand dst = Operand::Reg(NewReg(ballot ? Type::kU32 : Type::kPred));
      inst.sub = static_cast<uint8_t>(row.extra);
      Emit(inst, {dst}, {p, mask});
      value(n) =
          ScalarValue(ballot ? dst : Convert(dst, TypeId(TypeKind::kBool), TypeId(TypeKind::kInt)));
      return true;
    }
    case BuiltinHow::kMatch: {
      TypeId type = types().Decay(info(args[1]).type);
      if (IsIntegerKind(kind(type)) && kind(type) < TypeKind::kInt) type = TypeId(TypeKind::kInt);
      const Operand mask = Scalar(args[0], word);
      inst.type = types().Bytes(type) == 8 ? Type::kB64 : Type::kB32;
      const Operand dst = Operand::Reg(NewReg(Type::kU32));
      Emit(inst, {dst}, {Scalar(args[1], type), mask});
      value(n) = ScalarValue(dst);
      if (row.extra == 0) return true;
      // __match_all_sync: all named lanes or none, and whether.
      const Operand all = Binary(BinaryOp::kEq, word, dst, mask);
      Value to;
      to.kind = Value::Kind::kMemory;
      to.operand = Scalar(args[2]);
      const TypeId integer(TypeKind::kInt);
      StoreScalar(to, integer, Convert(all, TypeId(TypeKind::kBool), integer));
      value(n) = ScalarValue(Compute(Op::kSelp, Type::kU32, {dst, Imm(0), all}, Type::kU32));
      return true;
    }
    case BuiltinHow::kPause:
      Scalar(args[0], word);  // it takes no time here
      return true;
    case BuiltinHow::kRedux: {
      const Operand mask = Scalar(args[0], word);
      const Operand dst = Operand::Reg(NewReg(RegType(result)));
      inst.sub = static_cast<uint8_t>(row.extra);
      Emit(inst, {dst}, {Scalar(args[1], result), mask});
      value(n) = ScalarValue(dst);
      return true;
    }
    case BuiltinHow::kAtomic:
    case BuiltinHow::kAtomicSub: {
      const ir::Atomic what = static_cast<ir::Atomic>(row.extra & 0xff);
      Operand srcs[3];
      srcs[0] = Scalar(args[0]);
      srcs[1] = Scalar(args[1], result);
      if (row.how == BuiltinHow::kAtomicSub) {
        srcs[1] = Compute(Op::kNeg, Type::kS32, {srcs[1]}, RegType(result));
      }
      if (what == ir::Atomic::kCas) srcs[2] = Scalar(args[2], result);
      inst.sub = static_cast<uint8_t>(what);
      inst.scope = static_cast<ir::Scope>(row.extra >> 8);
      const size_t count = what == ir::Atomic::kCas ? 3 : 2;
      const bool has_red = what <= ir::Atomic::kXor;
      if (has_red && ResultUnused(n)) {
        inst.op = Op::kRed;
        Emit(inst, std::span<const Operand>(), std::span<const Operand>(srcs, count));
        return true;
      }
      const Operand dst = Operand::Reg(NewReg(RegType(result)));
      Emit(inst, std::span<const Operand>(&dst, 1), std::span<const Operand>(srcs, count));
      value(n) = ScalarValue(dst);
      return true;
    }
    case BuiltinHow::kLd: {
      Value at;
      at.kind = Value::Kind::kMemory;
      at.operand = Scalar(args[0]);
      const ir::Cache cache = static_cast<ir::Cache>(row.extra);
      if (types().IsAggregate(result)) {
        Operand parts[4];
        LoadParts(at, result, parts, cache);
        value(n) = PartsValue(std::span<const Operand>(parts, types().Components(result)));
        return true;
      }
      const Operand dst = Operand::Reg(NewReg(RegType(result)));
      inst.type = MemoryType(result);
      inst.cache = cache;
      Emit(inst, {dst}, {at.operand});
      value(n) = ScalarValue(dst);
      return true;
    }
    case BuiltinHow::kSt: {
      const TypeId object = types().Element(types().Decay(info(args[0]).type)).Unqualified();
      Value to;
      to.kind = Value::Kind::kMemory;
      to.operand = Scalar(args[0]);
      const ir::Cache cache = static_cast<ir::Cache>(row.extra);
      if (types().IsAggregate(object)) {
        Operand parts[4];
        Parts(args[1], object, parts);
        StoreParts(to, object, parts, cache);
        return true;
      }
      inst.type = MemoryType(object);
      inst.cache = cache;
      Emit(inst, {}, {to.operand, Scalar(args[1], object)});
      return true;
    }
    case BuiltinHow::kClock: {
      if (on_host()) {  // clock() of C counts microseconds
        const Operand now = Ask(ir::RtFn::kTime, {}, Type::kS64);
        value(n) = ScalarValue(Compute(Op::kDiv, Type::kS64, {now, Imm(1000)}, Type::kS64));
        return true;
      }
      const Operand now = ReadSpecial(static_cast<ir::Special>(row.extra), row.type);
      value(n) = ScalarValue(row.type == Type::kU32 ? CvtInst(Type::kU64, Type::kU32,
                                                              ir::Round::kNone, now, Type::kU64)
                                                    : now);
      return true;
    }
    case BuiltinHow::kTrap:
      inst.type = Type::kNone;
      Emit(inst, {}, {});
      return true;
    default:
      return false;
  }
}

// --- arithmetic

WS_HD bool Lowerer::CallMathBuiltin(NodeId n, const BuiltinRow& row, std::span<const NodeId> args) {
  const TypeId result = info(n).type;
  Operand a[4];
  const auto evaluate = [&] {
    for (uint32_t i = 0; i < args.size() && i < 4; ++i) a[i] = Scalar(args[i], CodeType(row, i));
  };
  const Type f = row.type;
  const auto set = [&](Operand o) {
    value(n) = ScalarValue(o);
    return true;
  };
  const auto setp = [&](ir::Cmp cmp, Type type, Operand x, Operand y) {
    const Operand p = Operand::Reg(NewReg(Type::kPred));
    ir::Inst inst;
    inst.op = Op::kSetp;
    inst.type = type;
    inst.cmp = cmp;
    Emit(inst, {p}, {x, y});
    return p;
  };
  switch (row.how) {
    case BuiltinHow::kOp: {
      evaluate();
      const Operand dst = Operand::Reg(NewReg(RegType(result)));
      ir::Inst inst;
      inst.op = row.op;
      inst.type = row.type;
      inst.round = static_cast<ir::Round>(row.extra);
      Emit(inst, std::span<const Operand>(&dst, 1), std::span<const Operand>(a, args.size()));
      return set(dst);
    }
    case BuiltinHow::kMinMax: {
      const TypeId type = PlainSignatureType(row.signature[0]);
      const Vec<NodeId> values = ChildList(args.size() == 1 ? args[0] : n);  // std::max({a, b})
      const uint32_t first = args.size() == 1 ? 0 : 1;
      const bool once = on_host() && IsFloatKind(kind(type)) && tree().data(ChildList(n)[0]) != 0;
      Operand best = Scalar(values[first], type);
      for (uint32_t i = first + 1; i < values.size(); ++i) {
        const Operand next = Scalar(values[i], type);
        if (!once) {
          best = Compute(row.op, row.type, {best, next}, RegType(type));
          continue;
        }
        // std::min and std::max compare once: with NaN and equal zeros the first stays.
        const bool least = row.op == Op::kMin;
        const Operand second =
            Binary(BinaryOp::kLt, type, least ? next : best, least ? best : next);
        best = Compute(Op::kSelp, RegType(type), {next, best, second}, RegType(type));
      }
      return set(Convert(best, type, result));
    }
    case BuiltinHow::kMath:
      // pow(x, 2) passes the exponent as what the library's function takes.
      for (uint32_t i = 0; i < args.size() && i < 4; ++i) a[i] = Scalar(args[i], result);
      return set(CallMath(static_cast<ir::MathFn>(row.extra),
                          std::span<const Operand>(a, args.size()), f));
    case BuiltinHow::kLib:
    case BuiltinHow::kLibDevice:
    case BuiltinHow::kLibHost:
      CallForm(n, row, args);
      return true;
    case BuiltinHow::kNan:
      return set(FloatImm(f, std::bit_cast<double>(uint64_t{0x7ff8000000000000})));
    case BuiltinHow::kCvt: {
      evaluate();
      const Type from = RegType(CodeType(row, 0));
      if (IsHalfKind(kind(CodeType(row, 0))) && IsIntegerKind(kind(result))) {
        return set(HalfToInteger(a[0], from, result, static_cast<ir::Round>(row.extra)));
      }
      return set(
          CvtInst(RegType(result), from, static_cast<ir::Round>(row.extra), a[0], RegType(result)));
    }
    case BuiltinHow::kBits: {
      evaluate();
      const Type to = RegType(result);
      const TypeKind from = kind(CodeType(row, 0));
      if (IsHalfKind(from)) {
        const Operand bits = Compute(Op::kMov, Type::kB16, {a[0]}, Type::kB16);
        const bool sign = IsSignedKind(kind(result));
        return set(CvtInst(to, sign ? Type::kS16 : Type::kU16, ir::Round::kNone, bits, to));
      }
      if (IsHalfKind(kind(result))) {
        const Operand bits = CvtInst(Type::kU16, Type::kU32, ir::Round::kNone, a[0], Type::kB16);
        return set(Compute(Op::kMov, Type::kB16, {bits}, to));
      }
      return set(Compute(Op::kMov, ir::IsWide(to) ? Type::kB64 : Type::kB32, {a[0]}, to));
    }
    case BuiltinHow::kRoundTo:
      evaluate();
      return set(CvtInst(f, f, static_cast<ir::Round>(row.extra), a[0], f));
    case BuiltinHow::kRoundAway: {
      // trunc(x), and one further out where that is at least a half away.
      evaluate();
      const Operand whole = CvtInst(f, f, ir::Round::kRzi, a[0], f);
      const Operand rest = Compute(Op::kSub, f, {a[0], whole}, f, ir::Round::kRn);
      const Operand size = Compute(Op::kAbs, f, {rest}, f);
      const Operand far = setp(ir::Cmp::kGe, f, size, FloatImm(f, 0.5));
      const Operand negative = setp(ir::Cmp::kLt, f, a[0], FloatImm(f, 0));
      const Operand one = Compute(Op::kSelp, f, {FloatImm(f, -1.0), FloatImm(f, 1.0), negative}, f);
      const Operand out = Compute(Op::kAdd, f, {whole, one}, f, ir::Round::kRn);
      return set(Compute(Op::kSelp, f, {out, whole, far}, f));
    }
    case BuiltinHow::kCopysign: {
      evaluate();
      const Type bits = ir::IsWide(f) ? Type::kB64 : Type::kB32;
      const uint64_t sign = ir::IsWide(f) ? uint64_t{1} << 63 : uint64_t{1} << 31;
      const uint64_t rest = ir::IsWide(f) ? sign - 1 : 0x7fffffff;
      const Operand x = Compute(Op::kAnd, bits, {a[0], Imm(rest)}, bits);
      const Operand s = Compute(Op::kAnd, bits, {a[1], Imm(sign)}, bits);
      return set(Compute(Op::kOr, bits, {x, s}, f));
    }
    case BuiltinHow::kFdim: {
      evaluate();
      const Operand d = Compute(Op::kSub, f, {a[0], a[1]}, f, ir::Round::kRn);
      const Operand below = setp(ir::Cmp::kLe, f, a[0], a[1]);
      return set(Compute(Op::kSelp, f, {FloatImm(f, 0), d, below}, f));
    }
    case BuiltinHow::kSaturate: {
      evaluate();
      // NaN becomes 0, as max with 0 does.
      const Operand low = Compute(Op::kMax, f, {a[0], FloatImm(f, 0)}, f);
      return set(Compute(Op::kMin, f, {low, FloatImm(f, 1.0)}, f));
    }
    case BuiltinHow::kIsNan: {
      evaluate();
      const Operand p = setp(ir::Cmp::kNan, f, a[0], a[0]);
      return set(Convert(p, TypeId(TypeKind::kBool), result));
    }
    case BuiltinHow::kIsInf:
    case BuiltinHow::kIsFinite: {
      evaluate();
      const Operand size = Compute(Op::kAbs, f, {a[0]}, f);
      const bool inf = row.how == BuiltinHow::kIsInf;
      const Operand p = setp(inf ? ir::Cmp::kEq : ir::Cmp::kLt, f, size,
                             FloatImm(f, std::bit_cast<double>(uint64_t{0x7ff0000000000000})));
      return set(Convert(p, TypeId(TypeKind::kBool), result));
    }
    case BuiltinHow::kSignbit: {
      evaluate();
      const bool wide = ir::IsWide(f);
      return set(setp(ir::Cmp::kLt, wide ? Type::kS64 : Type::kS32, a[0], Imm(0)));
    }
    case BuiltinHow::kRsqrt64: {
      evaluate();
      const Operand root = Compute(Op::kSqrt, f, {a[0]}, f, ir::Round::kRn);
      return set(Compute(Op::kDiv, f, {FloatImm(f, 1.0), root}, f, ir::Round::kRn));
    }
    case BuiltinHow::kFastExp:
    case BuiltinHow::kFastExp10: {
      evaluate();
      const double base = row.how == BuiltinHow::kFastExp ? 0x1.715476p+0 : 0x1.a934f0p+1;
      const Operand scaled = Compute(Op::kMul, f, {a[0], FloatImm(f, base)}, f, ir::Round::kRn);
      return set(Compute(Op::kEx2, f, {scaled}, f, ir::Round::kApprox, true));
    }
    case BuiltinHow::kFastLog: {
      evaluate();
      const Operand log2 = Compute(Op::kLg2, f, {a[0]}, f, ir::Round::kApprox);
      return set(Compute(Op::kMul, f, {log2, FloatImm(f, std::bit_cast<double>(row.extra))}, f,
                         ir::Round::kRn));
    }
    case BuiltinHow::kFastPow: {
      evaluate();
      const Operand log2 = Compute(Op::kLg2, f, {a[0]}, f, ir::Round::kApprox);
      const Operand scaled = Compute(Op::kMul, f, {a[1], log2}, f, ir::Round::kRn);
      return set(Compute(Op::kEx2, f, {scaled}, f, ir::Round::kApprox, true));
    }
    case BuiltinHow::kFastTan: {
      evaluate();
      const Operand s = Compute(Op::kSin, f, {a[0]}, f, ir::Round::kApprox);
      const Operand c = Compute(Op::kCos, f, {a[0]}, f, ir::Round::kApprox);
      return set(Compute(Op::kDiv, f, {s, c}, f, ir::Round::kApprox));
    }
    case BuiltinHow::kFfs: {
      // The position of the lowest bit from 1; of 0, which has none, 0.
      evaluate();
      const bool wide = types().Bytes(CodeType(row, 0)) == 8;
      const Type s = wide ? Type::kS64 : Type::kS32;
      const Operand negated = Compute(Op::kNeg, s, {a[0]}, s);
      const Operand lowest = Compute(Op::kAnd, row.type, {a[0], negated}, row.type);
      const Operand zeros = Compute(Op::kClz, row.type, {lowest}, Type::kU32);
      return set(Compute(Op::kSub, Type::kS32, {Imm(wide ? 64 : 32), zeros}, Type::kS32));
    }
    case BuiltinHow::kBytePerm:
      // Selectors have three bits; the fourth one of prmt spreads signs.
      evaluate();
      a[2] = Compute(Op::kAnd, Type::kB32, {a[2], Imm(0x7777)}, f);
      return set(Compute(row.op, row.type, {a[0], a[1], a[2]}, f));
    case BuiltinHow::kMul24: {
      // The product of the low 24 bits.
      evaluate();
      for (uint32_t i = 0; i < 2; ++i) {
        a[i] = Compute(Op::kShl, Type::kB32, {a[i], Imm(8)}, f);
        a[i] = Compute(Op::kShr, f, {a[i], Imm(8)}, f);
      }
      return set(Compute(Op::kMul, f, {a[0], a[1]}, f));
    }
    case BuiltinHow::kHiLo:
      evaluate();
      return set(Compute(Op::kPack, Type::kB64, {a[1], a[0]}, Type::kF64));
    case BuiltinHow::kHiInt:
    case BuiltinHow::kLoInt: {
      evaluate();
      const Operand low = Operand::Reg(NewReg(Type::kS32));
      const Operand high = Operand::Reg(NewReg(Type::kS32));
      ir::Inst inst;
      inst.op = Op::kUnpack;
      inst.type = Type::kB64;
      Emit(inst, {low, high}, {a[0]});
      return set(row.how == BuiltinHow::kHiInt ? high : low);
    }
    case BuiltinHow::kMake: {
      const TypeId element = types().ComponentType(result);
      Operand parts[4];
      for (uint32_t i = 0; i < args.size() && i < 4; ++i) parts[i] = Scalar(args[i], element);
      value(n) = PartsValue(std::span<const Operand>(parts, types().Components(result)));
      return true;
    }
    case BuiltinHow::kFirst:
      return set(Scalar(args[0], result));
    case BuiltinHow::kIgnore:
      return true;
    default:
      return false;
  }
}

// --- half and bfloat16, and two of them

namespace {

// Whether result or arguments are of bfloat16, not of half.
WS_HD bool RowNamesBFloat16(const BuiltinRow& row) {
  for (const char* c = row.signature; *c != 0; ++c) {
    if (*c == 'g' || *c == 'G') return true;
  }
  return false;
}

}  // namespace

WS_HD bool Lowerer::CallHalfBuiltin(NodeId n, const BuiltinRow& row, std::span<const NodeId> args) {
  const TypeId result = info(n).type;
  const bool is_bfloat16 = RowNamesBFloat16(row);
  const TypeId half(is_bfloat16 ? TypeKind::kBFloat16 : TypeKind::kHalf);
  const TypeId half2(is_bfloat16 ? TypeKind::kBFloat162 : TypeKind::kHalf2);
  const TypeId wide(TypeKind::kFloat);
  const auto set = [&](Operand o) {
    value(n) = ScalarValue(o);
    return true;
  };
  const auto argument = [&](uint32_t i) { return Scalar(args[i], CodeType(row, i)); };
  switch (row.how) {
    case BuiltinHow::kHalfDiv: {
      const Operand a = argument(0);
      return set(HalfDivide(result, a, argument(1)));
    }
    case BuiltinHow::kHalfCmp: {
      const Operand a = argument(0);
      const Operand b = argument(1);
      const Operand p = Operand::Reg(NewReg(Type::kPred));
      ir::Inst inst;
      inst.op = Op::kSetp;
      inst.type = row.type;
      inst.cmp = static_cast<ir::Cmp>(row.extra);
      Emit(inst, {p}, {a, b});
      return set(p);
    }
    case BuiltinHow::kHalfMath:
    case BuiltinHow::kHalfOp: {
      // In float, rounded at the end.
      const auto apply = [&](Operand x) {
        const Operand f = Convert(x, half, wide);
        Operand y;
        if (row.how == BuiltinHow::kHalfMath) {
          y = CallMath(static_cast<ir::MathFn>(row.extra), std::span<const Operand>(&f, 1),
                       Type::kF32);
        } else if (row.op == Op::kCvt) {
          y = CvtInst(Type::kF32, Type::kF32, static_cast<ir::Round>(row.extra), f, Type::kF32);
        } else {
          y = Compute(row.op, Type::kF32, {f}, Type::kF32, static_cast<ir::Round>(row.extra));
        }
        return Convert(y, wide, half);
      };
      const Operand a = argument(0);
      if (IsHalfKind(kind(result))) return set(apply(a));
      const Operand low = apply(UnpackHalf(a, 0, half));
      return set(PackHalves(low, apply(UnpackHalf(a, 1, half)), half2));
    }
    case BuiltinHow::kHalf2ToFloat2: {
      const Operand a = argument(0);
      const Operand parts[2] = {Convert(UnpackHalf(a, 0, half), half, wide),
                                Convert(UnpackHalf(a, 1, half), half, wide)};
      value(n) = PartsValue(parts);
      return true;
    }
    case BuiltinHow::kFloat2ToHalf2: {
      Operand parts[4];
      Parts(args[0], VectorType(TypeKind::kFloat, 2), parts);
      const Operand low = Convert(parts[0], wide, half);
      return set(PackHalves(low, Convert(parts[1], wide, half), half2));
    }
    case BuiltinHow::kFloatsToHalf2: {
      const Operand low = Convert(argument(0), wide, half);
      return set(PackHalves(low, Convert(argument(1), wide, half), half2));
    }
    case BuiltinHow::kFloatToHalf2: {
      const Operand x = Convert(argument(0), wide, half);
      return set(PackHalves(x, x, half2));
    }
    case BuiltinHow::kPackHalf2: {
      const Operand low = argument(0);
      return set(PackHalves(low, argument(1), half2));
    }
    case BuiltinHow::kDupHalf2: {
      const Operand x = argument(0);
      return set(PackHalves(x, x, half2));
    }
    case BuiltinHow::kLowHalf:
      return set(UnpackHalf(argument(0), 0, half));
    case BuiltinHow::kHighHalf:
      return set(UnpackHalf(argument(0), 1, half));
    case BuiltinHow::kLowFloat:
      return set(Convert(UnpackHalf(argument(0), 0, half), half, wide));
    case BuiltinHow::kHighFloat:
      return set(Convert(UnpackHalf(argument(0), 1, half), half, wide));
    case BuiltinHow::kLowLow:
    case BuiltinHow::kHighHigh: {
      const Operand x = UnpackHalf(argument(0), row.how == BuiltinHow::kHighHigh ? 1 : 0, half);
      return set(PackHalves(x, x, half2));
    }
    case BuiltinHow::kLowsHalf2:
    case BuiltinHow::kHighsHalf2: {
      const uint32_t which = row.how == BuiltinHow::kHighsHalf2 ? 1 : 0;
      const Operand low = UnpackHalf(argument(0), which, half);
      return set(PackHalves(low, UnpackHalf(argument(1), which, half), half2));
    }
    case BuiltinHow::kSwapHalf2: {
      const Operand a = argument(0);
      const Operand high = UnpackHalf(a, 1, half);
      return set(PackHalves(high, UnpackHalf(a, 0, half), half2));
    }
    default:
      return false;
  }
}

}  // namespace ws::front
