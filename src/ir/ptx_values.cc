// Moves, conversions, packed words and matrix products as PTX.
#include "ir/names.h"
#include "ir/ptx_printer.h"
#include "ir/tensor.h"

namespace ws::ir {

// A word of four bytes, which stand in registers of 16 bits or more: `mov` would want such of 8.
void PtxPrinter::PackBytes(const Inst& inst) {
  std::string word = InWidth(m_.Srcs(inst)[0], Type::kB32);
  for (uint32_t i = 1; i < 4; ++i) {
    const std::string next = i == 3 ? Dst(inst) : Temp(Type::kB32);
    Emit(Format("bfi.b32 %s, %s, %s, %u, 8", next.c_str(),
                InWidth(m_.Srcs(inst)[i], Type::kB32).c_str(), word.c_str(), 8 * i));
    word = next;
  }
}

void PtxPrinter::UnpackBytes(const Inst& inst) {
  const std::string word = InReg(m_.Srcs(inst)[0], Type::kB32);
  for (uint32_t i = 0; i < 4; ++i) {
    const bool wide = IsWideReg(m_.Dsts(inst)[i]);
    const std::string byte = wide ? Dst(inst, i) : Temp(Type::kB32);
    Emit(Format("bfe.u32 %s, %s, %u, 8", byte.c_str(), word.c_str(), 8 * i));
    if (!wide) Emit("cvt.u16.u32 " + Dst(inst, i) + ", " + byte);
  }
}

void PtxPrinter::PrintPack(const Inst& inst) {
  const Type t = inst.type;
  if (inst.num_srcs == 4 && BytesOf(t) == 4) return PackBytes(inst);
  std::string text = Format("mov.%s %s, {", PtxBitsName(t), Dst(inst).c_str());
  for (uint32_t i = 0; i < inst.num_srcs; ++i) {
    text += (i > 0 ? ", " : "") + InWidth(m_.Srcs(inst)[i], SrcType(m_, inst, i));
  }
  Emit(text + "}");
}

void PtxPrinter::PrintUnpack(const Inst& inst) {
  const Type t = inst.type;
  if (inst.num_dsts == 4 && BytesOf(t) == 4) return UnpackBytes(inst);
  const bool halves = BytesOf(t) == 2 * inst.num_dsts;
  std::string text = Format("mov.%s {", PtxBitsName(t)), behind[4];
  for (uint32_t i = 0; i < inst.num_dsts; ++i) {
    const bool wide = halves && IsWideReg(m_.Dsts(inst)[i]);
    behind[i] = wide ? Temp(Type::kB16) : std::string();
    text += (i > 0 ? ", " : "") + (wide ? behind[i] : Dst(inst, i));
  }
  Emit(text + "}, " + InReg(m_.Srcs(inst)[0], t));
  for (uint32_t i = 0; i < inst.num_dsts; ++i) {
    if (!behind[i].empty()) Emit("cvt.u32.u16 " + Dst(inst, i) + ", " + behind[i]);
  }
}

// A bit operation, on halves too where it is one of 32 bits.
void PtxPrinter::PrintBits(const Inst& inst, const std::string& opcode) {
  const bool narrow = BytesOf(inst.type) == 4 && !IsWideReg(m_.Dsts(inst)[0]);
  const std::string to = narrow ? Temp(Type::kB32) : Dst(inst);
  std::string text = opcode + " " + to;
  for (uint32_t i = 0; i < inst.num_srcs; ++i) {
    const Operand o = m_.Srcs(inst)[i];
    text += ", " + (o.IsReg() ? InWidth(o, inst.type) : Src(inst, i));
  }
  Emit(text);
  if (narrow) Emit("cvt.u16.u32 " + Dst(inst) + ", " + to);
}

void PtxPrinter::PrintMov(const Inst& inst) {
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
  const bool wide = BytesOf(inst.type) == 4 && IsWideReg(m_.Dsts(inst)[0]);
  if (o.IsReg() && BytesOf(inst.type) == 4 && IsWideReg(o) != wide) {
    Emit((wide ? "cvt.u32.u16 " : "cvt.u16.u32 ") + Dst(inst) + ", " + Reg(o.reg()));
  } else if (o.IsReg()) {
    const bool halves = BytesOf(inst.type) == 4 && !wide;
    Emit(Format("mov.%s ", halves ? "b16" : PtxBitsName(inst.type)) + Dst(inst) + ", " +
         Reg(o.reg()));
  } else if (o.IsImm()) {
    Emit(Format("mov.%s ", PtxBitsName(inst.type)) + Dst(inst) + ", " +
         Literal(m_.ImmBits(o), bits));
  } else {
    Emit(Format("mov.u%u ", 8 * BytesOf(inst.type)) + Dst(inst) + ", " + Symbol(o));
  }
}

void PtxPrinter::PrintCvt(const Inst& inst) {
  const Type to = inst.type, from = inst.src_type;
  const bool to_float = IsFloat(to), from_float = IsFloat(from);
  if (from == Type::kBF16 && to == Type::kF32) {  // the upper half of a float
    const std::string zero = Temp(Type::kB16);
    EmitPlain("mov.b16 " + zero + ", 0");
    Emit("mov.b32 " + Dst(inst) + ", {" + zero + ", " + InReg(m_.Srcs(inst)[0], from) + "}");
    return;
  }
  if (to == from && (!to_float || inst.round == Round::kNone) && !inst.sat && !inst.ftz &&
      inst.sub == 0) {
    Emit(Format("mov.%s ", PtxBitsName(to)) + Dst(inst) + ", " + InReg(m_.Srcs(inst)[0], from));
    return;
  }
  if (BytesOf(to) == 1 && to_float) {  // two at once: the upper one is zero
    const std::string flags = (inst.sub & kFloatRelu) != 0 ? ".relu." : ".";
    const std::string opcode = "cvt.rn.satfinite" + flags + NameOf(to) + "x2.";
    if (from == Type::kF32) {
      Emit(opcode + "f32 " + Dst(inst) + ", 0f00000000, " + InReg(m_.Srcs(inst)[0], from));
      return;
    }
    const std::string zero = Temp(Type::kB16), both = Temp(Type::kB32);
    EmitPlain("mov.b16 " + zero + ", 0");
    EmitPlain("mov.b32 " + both + ", {" + InWidth(m_.Srcs(inst)[0], from) + ", " + zero + "}");
    Emit(opcode + "f16x2 " + Dst(inst) + ", " + both);
    return;
  }
  if (BytesOf(from) == 1 && from_float) {
    const std::string both = Temp(Type::kB32), upper = Temp(Type::kB16);
    Emit(std::string("cvt.rn") + ((inst.sub & kFloatRelu) != 0 ? ".relu" : "") + ".f16x2." +
         NameOf(from) + "x2 " + both + ", " + InReg(m_.Srcs(inst)[0], from));
    Emit("mov.b32 {" + Dst(inst) + ", " + upper + "}, " + both);
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
  Emit("cvt" + Dot(NameOf(round)) + ((inst.sub & kFloatRelu) != 0 ? ".relu" : "") +
       ((inst.sub & kFloatSatfinite) != 0 ? ".satfinite" : "") + (ftz ? ".ftz" : "") +
       (inst.sat ? ".sat" : "") + "." + PtxCvtName(to) + "." + PtxCvtName(from) + " " + Dst(inst) +
       ", " + InReg(m_.Srcs(inst)[0], from));
}

void PtxPrinter::PrintCvta(const Inst& inst) {
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

// mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {d}, {a}, {b}, {c}
void PtxPrinter::PrintMma(const Inst& inst) {
  const MmaForm f = MmaFormOf(inst);
  const char* const sparse = !f.sparse ? "" : f.ordered ? ".sp::ordered_metadata" : ".sp";
  std::string text = Format("mma%s.sync.aligned.m%un8k%u.%s.%s%s%s", sparse, f.m, f.k,
                            f.a_columns ? "col" : "row", f.b_rows ? "row" : "col",
                            inst.sat ? ".satfinite" : "", Dot(NameOf(inst.round)).c_str());
  for (const Type t : {f.d, f.a, f.b, f.c}) text += Dot(NameOf(t));
  if (f.a == Type::kB1) text += f.b1_and ? ".and.popc" : ".xor.popc";
  text += " {";
  for (uint32_t i = 0; i < inst.num_dsts; ++i) text += (i > 0 ? ", " : "") + Dst(inst, i);
  uint32_t next = 0;
  for (const uint32_t count : {f.a_regs(), f.b_regs(), f.c_regs()}) {
    text += "}, {";
    for (uint32_t i = 0; i < count; ++i) {
      text += (i > 0 ? ", " : "") + InReg(m_.Srcs(inst)[next], SrcType(m_, inst, next));
      ++next;
    }
  }
  text += "}";
  if (f.sparse) text += ", " + InReg(m_.Srcs(inst)[next], Type::kB32) + Format(", %u", f.selector);
  Emit(text);
}

}  // namespace ws::ir
