#include "ir/ptx_operands.h"

#include "ir/names.h"

namespace ws::ir {

std::string PtxOperands::ParamName(uint32_t function, uint32_t param) {
  return Format("p%u_%u", function, param);
}

const char* PtxOperands::ParamBits(Type type) {
  return type == Type::kPred || BytesOf(type) <= 2 ? "b32" : PtxBitsName(type);
}

std::string PtxOperands::Label(uint32_t block) const {
  return Format("$B%u_%u", index_, block - f_.first_block);
}

std::string PtxOperands::Reg(RegId r) const {
  const Type type = m_.RegType(f_, r);
  const char kind =
      type == Type::kPred ? 'p' : (BytesOf(type) == 8 ? 'd' : (BytesOf(type) == 4 ? 'r' : 'h'));
  return Format("%%%c%u", kind, r.index);
}

std::string PtxOperands::Temp(Type type) {
  const int i = type == Type::kPred ? 0 : (BytesOf(type) == 8 ? 3 : (BytesOf(type) == 4 ? 2 : 1));
  return Format("%%%ct%u", "phrd"[i], temps_[i]++);
}

std::string PtxOperands::Literal(uint64_t bits, Type type) {
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

std::string PtxOperands::InReg(Operand o, Type type) {
  if (o.IsReg()) return Reg(o.reg());
  const std::string temp = Temp(type);
  if (o.IsImm()) {
    if (type == Type::kPred) {
      EmitPlain(
          Format("setp.ne.u32 %s, %s, 0", temp.c_str(), Literal(m_.ImmBits(o), type).c_str()));
    } else {
      const Type bits =
          BytesOf(type) == 8 ? Type::kB64 : (BytesOf(type) == 4 ? Type::kB32 : Type::kB16);
      EmitPlain(Format("mov.%s %s, %s", PtxBitsName(type), temp.c_str(),
                       Literal(m_.ImmBits(o), bits).c_str()));
    }
  } else {
    EmitPlain(Format("mov.%s %s, %s", BytesOf(type) == 8 ? "u64" : "u32", temp.c_str(),
                     Symbol(o).c_str()));
  }
  return temp;
}

bool PtxOperands::IsWideReg(Operand o) const {
  return o.IsReg() && BytesOf(m_.RegType(f_, o.reg())) > 2;
}

std::string PtxOperands::InWidth(Operand o, Type type) {
  const uint32_t bytes = BytesOf(type);
  if (!o.IsReg() || bytes > 4 || type == Type::kPred) return InReg(o, type);
  const bool wide = bytes == 4;
  if (IsWideReg(o) == wide) return Reg(o.reg());
  const std::string temp = Temp(type);
  EmitPlain((wide ? "cvt.u32.u16 " : "cvt.u16.u32 ") + temp + ", " + Reg(o.reg()));
  return temp;
}

std::string PtxOperands::Symbol(Operand o) const {
  switch (o.kind) {
    case OperandKind::kSpecial:
      return std::string("%") + NameOf(static_cast<Special>(o.index));
    case OperandKind::kGlobal:
      return symbols_.global(o.index);
    case OperandKind::kFrame:
      return Format("frame%u+%u", index_, o.index);
    case OperandKind::kParam:
      return ParamName(index_, 0);
    case OperandKind::kFunction:
      return symbols_.function(o.index);
    default:
      return "?";
  }
}

std::string PtxOperands::Src(const Inst& inst, uint32_t i, Type type) {
  const Operand o = m_.Srcs(inst)[i];
  if (o.IsReg()) return Reg(o.reg());
  if (o.IsImm() && !IsHalf(type) && type != Type::kPred) return Literal(m_.ImmBits(o), type);
  return InReg(o, type);
}

std::string PtxOperands::Address(const Inst& inst) {
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

void PtxOperands::LoadParam(const std::string& reg, Type type, const std::string& from) {
  if (BytesOf(type) > 2) {
    EmitPlain(Format("ld.param.%s %s, [%s]", PtxBitsName(type), reg.c_str(), from.c_str()));
    return;
  }
  const std::string wide = Temp(Type::kB32);
  EmitPlain(Format("ld.param.b32 %s, [%s]", wide.c_str(), from.c_str()));
  FromWide(reg, type, wide);
}

void PtxOperands::FromWide(const std::string& reg, Type type, const std::string& wide) {
  EmitPlain(type == Type::kPred ? Format("setp.ne.u32 %s, %s, 0", reg.c_str(), wide.c_str())
                                : Format("cvt.u16.u32 %s, %s", reg.c_str(), wide.c_str()));
}

void PtxOperands::StoreParam(const std::string& to, Operand value, Type type) {
  std::string reg = InReg(value, type);
  if (BytesOf(type) <= 2) {
    const std::string wide = Temp(Type::kB32);
    EmitPlain(type == Type::kPred ? Format("selp.u32 %s, 1, 0, %s", wide.c_str(), reg.c_str())
                                  : Format("cvt.u32.u16 %s, %s", wide.c_str(), reg.c_str()));
    reg = wide;
  }
  EmitPlain(Format("st.param.%s [%s], %s", ParamBits(type), to.c_str(), reg.c_str()));
}

}  // namespace ws::ir
