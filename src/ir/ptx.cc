#include "ir/ptx.h"

#include <cstdarg>
#include <cstdio>

#include "ir/names.h"
#include "ir/verify.h"

namespace ws::ir {
namespace {

std::string Format(const char* format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  std::string text(static_cast<size_t>(vsnprintf(nullptr, 0, format, args)), 0);
  vsnprintf(text.data(), text.size() + 1, format, again);
  va_end(again);
  va_end(args);
  return text;
}

std::string Sanitized(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool known = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '$';
    out += known ? c : '_';
  }
  return out.empty() ? "_" : out;
}

std::string FunctionSymbol(const Module& module, uint32_t index) {
  const Function& f = module.functions[index];
  const std::string name = Sanitized(f.name);
  bool unique = f.kind == FunctionKind::kKernel && name == f.name;
  for (uint32_t i = 0; i < index && unique; ++i) {
    unique = Sanitized(module.functions[i].name) != name;
  }
  return unique ? name : name + "_" + std::to_string(index);
}

std::string GlobalSymbol(const Module& module, uint32_t index) {
  const Global& g = module.globals[index];
  const std::string name = Sanitized(g.name);
  bool unique = name == g.name && g.space != Space::kShared && name.size() > 5;
  for (uint32_t i = 0; i < module.globals.size() && unique; ++i) {
    unique = i == index || Sanitized(module.globals[i].name) != name;
  }
  for (uint32_t i = 0; i < module.functions.size() && unique; ++i) {
    unique = FunctionSymbol(module, i) != name;
  }
  return unique ? name : name + "_v" + std::to_string(index);
}

// The type that PTX's registers, parameters and bitwise operations have for values of `type`.
const char* BitsName(Type type) {
  switch (BytesOf(type)) {
    case 8:
      return "b64";
    case 4:
      return "b32";
    default:
      return type == Type::kPred ? "pred" : "b16";
  }
}
// Arithmetic types: 8 bits are computed in 16, untyped bits as unsigned.
const char* ArithName(Type type) {
  switch (type) {
    case Type::kB8:
    case Type::kU8:
    case Type::kB16:
      return "u16";
    case Type::kS8:
      return "s16";
    case Type::kB32:
      return "u32";
    case Type::kB64:
      return "u64";
    default:
      return NameOf(type);
  }
}
const char* SignedName(Type type) {
  switch (BytesOf(type)) {
    case 8:
      return "s64";
    case 4:
      return "s32";
    default:
      return "s16";
  }
}
// Types of cvt, ld and st: 8 bits stay.
const char* CvtName(Type type) {
  switch (type) {
    case Type::kB8:
      return "u8";
    case Type::kB16:
      return "u16";
    case Type::kB32:
      return "u32";
    case Type::kB64:
      return "u64";
    default:
      return NameOf(type);
  }
}
const char* MemoryName(Type type) {
  switch (type) {
    case Type::kF16:
    case Type::kBF16:
      return "b16";
    case Type::kF16x2:
    case Type::kBF16x2:
      return "b32";
    case Type::kPred:
      return "u8";
    default:
      return NameOf(type);
  }
}
bool IsHalf(Type t) { return t >= Type::kF16 && t <= Type::kBF16x2; }
bool IsBFloat(Type t) { return t == Type::kBF16 || t == Type::kBF16x2; }

class FunctionPrinter {
 public:
  FunctionPrinter(const Module& module, uint32_t index)
      : m_(module), f_(module.functions[index]), index_(index) {}

  static std::string ParamName(uint32_t function, uint32_t param) {
    return Format("p%u_%u", function, param);
  }

  static std::string Signature(const Module& m, uint32_t index) {
    const Function& f = m.functions[index];
    const bool kernel = f.kind == FunctionKind::kKernel;
    std::string out = kernel ? ".visible .entry " : ".func ";
    if (!kernel && f.result != Type::kNone) {
      out += Format("(.param .%s ret%u) ", ParamBits(f.result), index);
    }
    out += FunctionSymbol(m, index) + "(";
    for (uint32_t i = 0; i < f.num_params; ++i) {
      const Param& p = m.Params(f)[i];
      if (i > 0) out += ",";
      out += "\n\t.param ";
      const bool aggregate = kernel && (p.type == Type::kB8 || p.bytes != BytesOf(p.type));
      if (aggregate) {
        uint32_t align = 16;
        while (align > 1 && (p.offset % align != 0 || align > p.bytes)) align /= 2;
        out += Format(".align %u .b8 %s[%u]", align, ParamName(index, i).c_str(), p.bytes);
      } else {
        const char* type = kernel ? KernelParamType(p.type) : ParamBits(p.type);
        out += Format(".%s %s", type, ParamName(index, i).c_str());
      }
    }
    out += f.num_params > 0 ? "\n)" : ")";
    if (kernel && f.max_threads > 0) {
      out += Format("\n.maxntid %u, 1, 1", f.max_threads);
      if (f.min_blocks > 0) out += Format("\n.minnctapersm %u", f.min_blocks);
    }
    return out;
  }

  std::string Run() {
    for (uint32_t i = 0; i < f_.num_params && f_.kind != FunctionKind::kKernel; ++i) {
      const Param& p = m_.Params(f_)[i];
      if (!p.reg.valid()) continue;
      LoadParam(Reg(p.reg), p.type, ParamName(index_, i));
    }
    for (uint32_t b = 0; b < f_.num_blocks; ++b) {
      block_ = b;
      body_ += Label(f_.first_block + b) + ":\n";
      for (const Inst& inst : m_.Insts(m_.Blocks(f_)[b])) Print(inst);
    }
    std::string out = Signature(m_, index_) + "\n{\n";
    if (f_.frame_bytes > 0) {
      out += Format("\t.local .align 16 .b8 frame%u[%u];\n", index_, f_.frame_bytes);
    }
    uint32_t counts[4] = {};
    for (uint32_t r = 0; r < f_.num_regs; ++r) {
      const Type type = m_.reg_types[f_.first_reg + r];
      ++counts[type == Type::kPred ? 0 : (BytesOf(type) == 8 ? 3 : (BytesOf(type) == 4 ? 2 : 1))];
    }
    const char* kNames[] = {"pred %p", "b16 %h", "b32 %r", "b64 %d"};
    for (int i = 0; i < 4; ++i) {
      if (counts[i] > 0) out += Format("\t.reg .%s<%u>;\n", kNames[i], f_.num_regs);
      if (temps_[i] > 0) out += Format("\t.reg .%st<%u>;\n", kNames[i], temps_[i]);
    }
    return out + body_ + "}\n\n";
  }

 private:
  static const char* ParamBits(Type type) { return type == Type::kPred ? "b32" : BitsOrByte(type); }
  static const char* BitsOrByte(Type type) { return BytesOf(type) <= 2 ? "b32" : BitsName(type); }
  static const char* KernelParamType(Type type) {
    switch (type) {
      case Type::kPred:
        return "u8";
      case Type::kF16:
      case Type::kBF16:
        return "b16";
      case Type::kF16x2:
      case Type::kBF16x2:
        return "b32";
      default:
        return NameOf(type);
    }
  }

  std::string Label(uint32_t block) const {
    return Format("$B%u_%u", index_, block - f_.first_block);
  }
  std::string Reg(RegId r) const {
    const Type type = m_.RegType(f_, r);
    const char kind =
        type == Type::kPred ? 'p' : (BytesOf(type) == 8 ? 'd' : (BytesOf(type) == 4 ? 'r' : 'h'));
    return Format("%%%c%u", kind, r.index);
  }
  // A new register of the class of `type`.
  std::string Temp(Type type) {
    const int i = type == Type::kPred ? 0 : (BytesOf(type) == 8 ? 3 : (BytesOf(type) == 4 ? 2 : 1));
    return Format("%%%ct%u", "phrd"[i], temps_[i]++);
  }
  void Emit(const std::string& text) { body_ += "\t" + guard_ + text + ";\n"; }
  // Without the instruction's guard: preparations.
  void EmitPlain(const std::string& text) { body_ += "\t" + text + ";\n"; }

  static std::string Literal(uint64_t bits, Type type) {
    switch (type) {
      case Type::kF32:
        return Format("0f%08X", static_cast<uint32_t>(bits));
      case Type::kF64:
        return Format("0d%016llX", static_cast<unsigned long long>(bits));
      case Type::kPred:
        return bits & 1 ? "1" : "0";
      case Type::kS8:
        return std::to_string(static_cast<int8_t>(bits));
      case Type::kS16:
        return std::to_string(static_cast<int16_t>(bits));
      case Type::kS32:
        return std::to_string(static_cast<int32_t>(bits));
      case Type::kS64:
        return Format("0x%llx", static_cast<unsigned long long>(bits));
      default:
        break;
    }
    const uint32_t bytes = BytesOf(type);
    const uint64_t mask = bytes >= 8 || bytes == 0 ? ~0ull : (1ull << (8 * bytes)) - 1;
    return Format("0x%llx", static_cast<unsigned long long>(bits & mask));
  }
  // The register, or a temporary made to hold what the operand names.
  std::string InReg(Operand o, Type type) {
    if (o.IsReg()) return Reg(o.reg());
    const std::string temp = Temp(type);
    if (o.IsImm()) {
      if (type == Type::kPred) {
        EmitPlain(
            Format("setp.ne.u32 %s, %s, 0", temp.c_str(), Literal(m_.ImmBits(o), type).c_str()));
      } else {
        const Type bits =
            BytesOf(type) == 8 ? Type::kB64 : (BytesOf(type) == 4 ? Type::kB32 : Type::kB16);
        EmitPlain(Format("mov.%s %s, %s", BitsName(type), temp.c_str(),
                         Literal(m_.ImmBits(o), bits).c_str()));
      }
    } else {
      EmitPlain(Format("mov.%s %s, %s", BytesOf(type) == 8 ? "u64" : "u32", temp.c_str(),
                       Symbol(o).c_str()));
    }
    return temp;
  }
  std::string Symbol(Operand o) const {
    switch (o.kind) {
      case OperandKind::kSpecial:
        return std::string("%") + NameOf(static_cast<Special>(o.index));
      case OperandKind::kGlobal:
        return GlobalSymbol(m_, o.index);
      case OperandKind::kFrame:
        return Format("frame%u+%u", index_, o.index);
      case OperandKind::kFunction:
        return FunctionSymbol(m_, o.index);
      default:
        return "?";
    }
  }
  // A source of arithmetic: register or literal; halves have no literals.
  std::string Src(const Inst& inst, uint32_t i, Type type) {
    const Operand o = m_.Srcs(inst)[i];
    if (o.IsReg()) return Reg(o.reg());
    if (o.IsImm() && !IsHalf(type) && type != Type::kPred) return Literal(m_.ImmBits(o), type);
    return InReg(o, type);
  }
  std::string Src(const Inst& inst, uint32_t i) { return Src(inst, i, SrcType(m_, inst, i)); }
  std::string Dst(const Inst& inst, uint32_t i = 0) const { return Reg(m_.Dsts(inst)[i].reg()); }

  // "opcode d, a, b, ..." over all operands.
  void Simple(const Inst& inst, const std::string& opcode) {
    std::string text = opcode + " " + Dst(inst);
    for (uint32_t i = 0; i < inst.num_srcs; ++i) text += ", " + Src(inst, i);
    Emit(text);
  }

  std::string Address(const Inst& inst) {
    const Operand o = m_.Srcs(inst)[0];
    int64_t offset = inst.offset;
    std::string base;
    switch (o.kind) {
      case OperandKind::kReg:
        base = Reg(o.reg());
        break;
      case OperandKind::kParam: {
        for (uint32_t i = 0; i < f_.num_params; ++i) {
          const Param& p = m_.Params(f_)[i];
          if (o.index < p.offset || o.index >= p.offset + p.bytes) continue;
          base = ParamName(index_, i);
          offset += o.index - p.offset;
        }
        break;
      }
      case OperandKind::kFrame:
        base = Format("frame%u", index_);
        offset += o.index;
        break;
      case OperandKind::kImm:
        base = Literal(m_.ImmBits(o), Type::kB64);
        break;
      default:
        base = Symbol(o);
        break;
    }
    return offset == 0 ? "[" + base + "]"
                       : "[" + base + Format("+%lld]", static_cast<long long>(offset));
  }

  static std::string Dot(const char* part) { return *part != 0 ? std::string(".") + part : ""; }
  std::string MemoryModifiers(const Inst& inst) const {
    std::string out;
    if (inst.order != Order::kNone && inst.order != Order::kWeak) {
      out += Dot(NameOf(inst.order));
      if (inst.order != Order::kVolatile) {
        out += Dot(NameOf(inst.scope == Scope::kNone ? Scope::kGpu : inst.scope));
      }
    }
    if (inst.cache == Cache::kNc) return out + ".global.nc";
    out += Dot(NameOf(inst.space));
    if (inst.order == Order::kNone || inst.order == Order::kWeak) out += Dot(NameOf(inst.cache));
    return out;
  }

  void LoadParam(const std::string& reg, Type type, const std::string& from) {
    if (BytesOf(type) > 2) {
      EmitPlain(Format("ld.param.%s %s, [%s]", BitsName(type), reg.c_str(), from.c_str()));
      return;
    }
    const std::string wide = Temp(Type::kB32);
    EmitPlain(Format("ld.param.b32 %s, [%s]", wide.c_str(), from.c_str()));
    FromWide(reg, type, wide);
  }
  void FromWide(const std::string& reg, Type type, const std::string& wide) {
    EmitPlain(type == Type::kPred ? Format("setp.ne.u32 %s, %s, 0", reg.c_str(), wide.c_str())
                                  : Format("cvt.u16.u32 %s, %s", reg.c_str(), wide.c_str()));
  }
  void StoreParam(const std::string& to, Operand value, Type type) {
    std::string reg = InReg(value, type);
    if (BytesOf(type) <= 2) {
      const std::string wide = Temp(Type::kB32);
      EmitPlain(type == Type::kPred ? Format("selp.u32 %s, 1, 0, %s", wide.c_str(), reg.c_str())
                                    : Format("cvt.u32.u16 %s, %s", wide.c_str(), reg.c_str()));
      reg = wide;
    }
    EmitPlain(Format("st.param.%s [%s], %s", ParamBits(type), to.c_str(), reg.c_str()));
  }

  void Print(const Inst& inst) {
    guard_.clear();
    if (inst.guard.valid()) guard_ = (inst.guard_negated ? "@!" : "@") + Reg(inst.guard) + " ";
    const Type t = inst.type;
    const std::string base = InfoOf(inst.op).ptx;
    const std::string flags = (inst.ftz && t != Type::kF64 ? std::string(".ftz") : std::string()) +
                              (inst.sat ? ".sat" : "");
    const std::string round = Dot(NameOf(inst.round == Round::kNone ? Round::kRn : inst.round));
    switch (inst.op) {
      case Op::kMov:
        PrintMov(inst);
        return;
      case Op::kPack: {
        std::string text = Format("mov.%s %s, {", BitsName(t), Dst(inst).c_str());
        for (uint32_t i = 0; i < inst.num_srcs; ++i) {
          text += (i > 0 ? ", " : "") + InReg(m_.Srcs(inst)[i], SrcType(m_, inst, i));
        }
        Emit(text + "}");
        return;
      }
      case Op::kUnpack: {
        std::string text = Format("mov.%s {", BitsName(t));
        for (uint32_t i = 0; i < inst.num_dsts; ++i) text += (i > 0 ? ", " : "") + Dst(inst, i);
        Emit(text + "}, " + InReg(m_.Srcs(inst)[0], t));
        return;
      }
      case Op::kCvt:
        PrintCvt(inst);
        return;
      case Op::kCvta:
      case Op::kCvtaTo:
        PrintCvta(inst);
        return;
      case Op::kSelp:
        Simple(inst, std::string("selp.") + BitsName(t));
        return;
      case Op::kSetp: {
        const bool untyped = t >= Type::kB8 && t <= Type::kB64;
        const bool equality = inst.cmp == Cmp::kEq || inst.cmp == Cmp::kNe;
        Simple(inst, "setp." + std::string(NameOf(inst.cmp)) + (inst.ftz ? ".ftz." : ".") +
                         (untyped && equality ? BitsName(t) : ArithName(t)));
        return;
      }
      case Op::kAdd:
      case Op::kSub:
        Simple(inst, base + (IsFloat(t) ? round + flags : std::string(inst.sat ? ".sat" : "")) +
                         "." + ArithName(t));
        return;
      case Op::kMul:
        Simple(inst, IsFloat(t) ? "mul" + round + flags + "." + ArithName(t)
                                : std::string("mul.lo.") + ArithName(t));
        return;
      case Op::kMulHi:
      case Op::kMulWide:
      case Op::kMad:
      case Op::kMadWide:
      case Op::kRem:
        Simple(inst, base + "." + ArithName(t));
        return;
      case Op::kFma:
        Simple(inst, "fma" + round + flags + "." + ArithName(t));
        return;
      case Op::kDiv:
        Simple(inst, IsFloat(t) ? "div" + round + flags + "." + ArithName(t)
                                : std::string("div.") + ArithName(t));
        return;
      case Op::kNeg:
      case Op::kAbs:
        Simple(inst, base + (inst.ftz ? ".ftz." : ".") + (IsFloat(t) ? NameOf(t) : SignedName(t)));
        return;
      case Op::kMin:
      case Op::kMax:
        Simple(inst, base + (inst.ftz ? ".ftz." : ".") + ArithName(t));
        return;
      case Op::kRcp:
      case Op::kSqrt:
        Simple(inst, base + round + flags + "." + NameOf(t));
        return;
      case Op::kEx2:
        // PTX has ex2 for bf16 only with .ftz
        Simple(inst, base + ".approx" + (inst.ftz || IsBFloat(t) ? ".ftz" : "") + "." + NameOf(t));
        return;
      case Op::kRsqrt:
      case Op::kLg2:
      case Op::kSin:
      case Op::kCos:
        Simple(inst, base + ".approx" + (inst.ftz ? ".ftz" : "") + "." + NameOf(t));
        return;
      case Op::kTanh:
        Simple(inst, base + ".approx." + NameOf(t));
        return;
      case Op::kAnd:
      case Op::kOr:
      case Op::kXor:
      case Op::kNot:
      case Op::kShl:
      case Op::kPopc:
      case Op::kClz:
      case Op::kBrev:
      case Op::kBfi:
      case Op::kShfL:
      case Op::kShfR:
      case Op::kPrmt:
        Simple(inst, base + "." + BitsName(t));
        return;
      case Op::kShr:
      case Op::kBfind:
      case Op::kBfe:
        Simple(inst, base + "." + ArithName(t));
        return;
      case Op::kLd:
      case Op::kSt:
        PrintMemory(inst);
        return;
      case Op::kAtom:
      case Op::kRed:
        PrintAtomic(inst);
        return;
      case Op::kFence:
        Emit(inst.scope == Scope::kNone ? "fence.acq_rel.gpu"
                                        : "fence.acq_rel" + Dot(NameOf(inst.scope)));
        return;
      case Op::kBarSync: {
        std::string text = "bar.sync " + Src(inst, 0);
        if (inst.num_srcs > 1) text += ", " + Src(inst, 1);
        Emit(text);
        return;
      }
      case Op::kBarWarp:
        Emit("bar.warp.sync " + Src(inst, 0));
        return;
      case Op::kShfl: {
        std::string text =
            Format("shfl.sync.%s.b32 ", NameOf(static_cast<Shuffle>(inst.sub))) + Dst(inst);
        if (inst.num_dsts > 1) text += "|" + Dst(inst, 1);
        text += ", " + InReg(m_.Srcs(inst)[0], Type::kB32);
        for (uint32_t i = 1; i < 4; ++i) text += ", " + Src(inst, i);
        Emit(text);
        return;
      }
      case Op::kVote: {
        const Vote vote = static_cast<Vote>(inst.sub);
        Simple(inst,
               Format("vote.sync.%s.%s", NameOf(vote), vote == Vote::kBallot ? "b32" : "pred"));
        return;
      }
      case Op::kMatch:
        Simple(inst, base + "." + BitsName(t));
        return;
      case Op::kRedux: {
        const Atomic a = static_cast<Atomic>(inst.sub);
        const bool bits = a == Atomic::kAnd || a == Atomic::kOr || a == Atomic::kXor;
        Simple(inst, Format("redux.sync.%s.%s", NameOf(a), bits ? "b32" : ArithName(t)));
        return;
      }
      case Op::kActivemask:
        Emit("activemask.b32 " + Dst(inst));
        return;
      case Op::kBra:
      case Op::kCondBra:
        PrintBranch(inst);
        return;
      case Op::kRet:
        if (inst.num_srcs > 0 && f_.result != Type::kNone) {
          StoreParam(Format("ret%u", index_), m_.Srcs(inst)[0], f_.result);
        }
        Emit("ret");
        return;
      case Op::kExit:
        Emit("exit");
        return;
      case Op::kTrap:
        Emit("trap");
        return;
      case Op::kCall:
        PrintCall(inst);
        return;
      case Op::kRt:
      case Op::kLaunch:
      case Op::kCount:
        break;
    }
    EmitPlain("// host operation " + base);
  }

  void PrintMov(const Inst& inst) {
    const Operand o = m_.Srcs(inst)[0];
    if (inst.type == Type::kPred) {
      if (o.IsReg()) {
        Emit("mov.pred " + Dst(inst) + ", " + Reg(o.reg()));
      } else {
        Emit("setp.ne.u32 " + Dst(inst) + ", " + Literal(m_.ImmBits(o), Type::kPred) + ", 0");
      }
      return;
    }
    const Type bits =
        BytesOf(inst.type) == 8 ? Type::kB64 : (BytesOf(inst.type) == 4 ? Type::kB32 : Type::kB16);
    if (o.IsReg()) {
      Emit(Format("mov.%s ", BitsName(inst.type)) + Dst(inst) + ", " + Reg(o.reg()));
    } else if (o.IsImm()) {
      Emit(Format("mov.%s ", BitsName(inst.type)) + Dst(inst) + ", " +
           Literal(m_.ImmBits(o), bits));
    } else {
      Emit((BytesOf(inst.type) == 8 ? "mov.u64 " : "mov.u32 ") + Dst(inst) + ", " + Symbol(o));
    }
  }

  void PrintCvt(const Inst& inst) {
    const Type to = inst.type, from = inst.src_type;
    const bool to_float = IsFloat(to), from_float = IsFloat(from);
    if (from == Type::kBF16 && to == Type::kF32) {  // the upper half of a float
      const std::string zero = Temp(Type::kB16);
      EmitPlain("mov.b16 " + zero + ", 0");
      Emit("mov.b32 " + Dst(inst) + ", {" + zero + ", " + InReg(m_.Srcs(inst)[0], from) + "}");
      return;
    }
    if (to == from && (!to_float || inst.round == Round::kNone) && !inst.sat && !inst.ftz) {
      Emit(Format("mov.%s ", BitsName(to)) + Dst(inst) + ", " + InReg(m_.Srcs(inst)[0], from));
      return;
    }
    Round round = inst.round;
    if (round == Round::kNone) {
      if (from_float && !to_float) round = Round::kRzi;
      if (!from_float && to_float) round = Round::kRn;
      if (from_float && to_float && BytesOf(to) < BytesOf(from)) round = Round::kRn;
    }
    const bool widens = from_float && to_float && BytesOf(to) > BytesOf(from);
    const bool integral = round >= Round::kRni && round <= Round::kRpi;
    if (widens && !integral) round = Round::kNone;
    const bool ftz = inst.ftz && (to == Type::kF32 || from == Type::kF32);
    // From and to integers of 8 bits the register is wider than the type, which cvt allows.
    Emit("cvt" + Dot(NameOf(round)) + (ftz ? ".ftz" : "") + (inst.sat ? ".sat" : "") + "." +
         CvtName(to) + "." + CvtName(from) + " " + Dst(inst) + ", " +
         InReg(m_.Srcs(inst)[0], from));
  }

  void PrintCvta(const Inst& inst) {
    const Operand o = m_.Srcs(inst)[0];
    const Type have = o.IsReg() ? m_.RegType(f_, o.reg()) : Type::kU64;
    std::string src = InReg(o, Type::kU64);
    if (BytesOf(have) == 4) {
      const std::string wide = Temp(Type::kU64);
      EmitPlain("cvt.u64.u32 " + wide + ", " + src);
      src = wide;
    }
    const Type dst_type = m_.RegType(f_, m_.Dsts(inst)[0].reg());
    const std::string opcode =
        (inst.op == Op::kCvta ? "cvta" : "cvta.to") + Dot(NameOf(inst.space)) + ".u64 ";
    if (BytesOf(dst_type) == 8) {
      Emit(inst.space == Space::kGeneric ? "mov.b64 " + Dst(inst) + ", " + src
                                         : opcode + Dst(inst) + ", " + src);
      return;
    }
    const std::string wide = Temp(Type::kU64);
    EmitPlain(opcode + wide + ", " + src);
    Emit("cvt.u32.u64 " + Dst(inst) + ", " + wide);
  }

  void PrintMemory(const Inst& inst) {
    const bool load = inst.op == Op::kLd;
    std::string values;
    for (uint32_t i = 0; i < inst.vec; ++i) {
      if (i > 0) values += ", ";
      values += load ? Dst(inst, i) : InReg(m_.Srcs(inst)[i + 1], inst.type);
    }
    if (inst.vec > 1) values = "{" + values + "}";
    std::string opcode = (load ? "ld" : "st") + MemoryModifiers(inst);
    if (inst.vec > 1) opcode += Format(".v%u", inst.vec);
    opcode += Dot(MemoryName(inst.type));
    Emit(opcode + " " + (load ? values + ", " + Address(inst) : Address(inst) + ", " + values));
  }

  void PrintAtomic(const Inst& inst) {
    const Atomic a = static_cast<Atomic>(inst.sub);
    const Type t = inst.type;
    std::string opcode = inst.op == Op::kAtom ? "atom" : "red";
    if (inst.order != Order::kNone && inst.order != Order::kWeak &&
        inst.order != Order::kVolatile) {
      opcode += Dot(NameOf(inst.order));
    }
    opcode += Dot(NameOf(inst.scope)) + Dot(NameOf(inst.space)) + Dot(NameOf(a));
    const bool bits = a == Atomic::kAnd || a == Atomic::kOr || a == Atomic::kXor ||
                      a == Atomic::kExch || a == Atomic::kCas;
    if (bits) {
      opcode += Dot(BitsName(t));
    } else if (IsHalf(t)) {
      opcode += std::string(".noftz.") + NameOf(t);
    } else if (t == Type::kS64 && a == Atomic::kAdd) {
      opcode += ".u64";
    } else {
      opcode += Dot(ArithName(t));
    }
    std::string text = inst.op == Op::kAtom ? Dst(inst) + ", " : "";
    text += Address(inst);
    for (uint32_t i = 1; i < inst.num_srcs; ++i) text += ", " + InReg(m_.Srcs(inst)[i], t);
    Emit(opcode + " " + text);
  }

  void PrintBranch(const Inst& inst) {
    const std::span<const Operand> srcs = m_.Srcs(inst);
    const uint32_t next = f_.first_block + block_ + 1;
    if (inst.op == Op::kBra) {
      if (srcs[0].index != next) Emit("bra " + Label(srcs[0].index));
      return;
    }
    const std::string p = InReg(srcs[0], Type::kPred);
    if (srcs[1].index == next) {
      Emit("@!" + p + " bra " + Label(srcs[2].index));
      return;
    }
    Emit("@" + p + " bra " + Label(srcs[1].index));
    if (srcs[2].index != next) Emit("bra " + Label(srcs[2].index));
  }

  void PrintCall(const Inst& inst) {
    const std::span<const Operand> srcs = m_.Srcs(inst);
    const Function& callee = m_.functions[srcs[0].index];
    EmitPlain("{");
    body_.erase(body_.size() - 2, 1);  // no semicolon after the brace
    std::string args;
    for (uint32_t i = 1; i < srcs.size(); ++i) {
      const Type type = m_.Params(callee)[i - 1].type;
      EmitPlain(Format(".param .%s a%u", ParamBits(type), i));
      StoreParam(Format("a%u", i), srcs[i], type);
      args += (i > 1 ? ", " : "") + Format("a%u", i);
    }
    std::string call = "call ";
    if (callee.result != Type::kNone) {
      EmitPlain(Format(".param .%s r", ParamBits(callee.result)));
      call += "(r), ";
    }
    call += FunctionSymbol(m_, srcs[0].index);
    Emit(args.empty() ? call : call + ", (" + args + ")");
    if (inst.num_dsts > 0) LoadParam(Dst(inst), callee.result, "r");
    body_ += "\t}\n";
  }

  const Module& m_;
  const Function& f_;
  const uint32_t index_;
  uint32_t block_ = 0;
  uint32_t temps_[4] = {};
  std::string guard_;
  std::string body_;
};

std::string Variable(const Module& module, uint32_t index) {
  const Global& g = module.globals[index];
  const std::string name = GlobalSymbol(module, index);
  const uint32_t align = g.align == 0 ? 1 : g.align;
  if (g.is_dynamic_shared) {
    return Format(".extern .shared .align %u .b8 %s[];\n", align < 16 ? 16 : align, name.c_str());
  }
  const char* visible = g.space == Space::kShared ? "" : ".visible ";
  std::string out =
      Format("%s.%s .align %u .b8 %s[%llu]", visible, NameOf(g.space), align, name.c_str(),
             static_cast<unsigned long long>(g.bytes == 0 ? 1 : g.bytes));
  if (!g.init.empty()) {
    out += " = {";
    for (size_t i = 0; i < g.init.size(); ++i)
      out += (i > 0 ? "," : "") + std::to_string(g.init[i]);
    out += "}";
  }
  return out + ";\n";
}

}  // namespace

std::string PtxSymbol(const Module& module, FunctionId function) {
  return FunctionSymbol(module, function.index);
}

std::string ToPtx(const Module& module, const PtxOptions& options) {
  std::string out = Format(".version %d.%d\n.target sm_%d\n.address_size 64\n\n",
                           options.version / 10, options.version % 10, options.sm);
  for (uint32_t i = 0; i < module.globals.size(); ++i) out += Variable(module, i);
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const Function& f = module.functions[i];
    if (f.kind == FunctionKind::kDevice && f.num_blocks > 0) {
      out += FunctionPrinter::Signature(module, i) + ";\n";
    }
  }
  out += "\n";
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const Function& f = module.functions[i];
    if (f.kind == FunctionKind::kHost || f.num_blocks == 0) continue;
    out += FunctionPrinter(module, i).Run();
  }
  return out;
}

}  // namespace ws::ir
