// Loads, stores, atomic operations and mbarriers as PTX.
#include "ir/names.h"
#include "ir/ptx_printer.h"

namespace ws::ir {

void PtxPrinter::PrintMemory(const Inst& inst) {
  const bool load = inst.op == Op::kLd;
  const std::span<const Operand> elements =
      load ? m_.Dsts(inst) : m_.Srcs(inst).subspan(1, inst.vec);
  // The registers of a vector are of one width.
  uint32_t wide = 0;
  for (const Operand& o : elements) wide += IsWideReg(o) ? 1 : 0;
  const bool mixed = BytesOf(inst.type) <= 2 && wide > 0 && wide < inst.vec;
  std::string values;
  std::vector<std::string> behind;
  for (uint32_t i = 0; i < inst.vec; ++i) {
    if (i > 0) values += ", ";
    if (!mixed || !IsWideReg(elements[i])) {
      values += load ? Dst(inst, i) : InReg(elements[i], inst.type);
    } else if (load) {
      const std::string narrow = Temp(Type::kB16);
      values += narrow;
      behind.push_back((IsSigned(inst.type) ? "cvt.s32.s16 " : "cvt.u32.u16 ") + Dst(inst, i) +
                       ", " + narrow);
    } else {
      values += InWidth(elements[i], Type::kB16);
    }
  }
  if (inst.vec > 1) values = "{" + values + "}";
  std::string opcode = (load ? "ld" : "st") + MemoryModifiers(inst);
  if (inst.vec > 1) opcode += Format(".v%u", inst.vec);
  opcode += Dot(PtxMemoryName(inst.type));
  Emit(opcode + " " + (load ? values + ", " + Address(inst) : Address(inst) + ", " + values));
  for (const std::string& widened : behind) Emit(widened);
}

std::string PtxPrinter::MemoryModifiers(const Inst& inst) const {
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

void PtxPrinter::PrintAtomic(const Inst& inst) {
  const Atomic a = static_cast<Atomic>(inst.sub);
  const Type t = inst.type;
  // red has no exch and no cas
  const bool wants = inst.op == Op::kAtom || a == Atomic::kExch || a == Atomic::kCas;
  std::string opcode = wants ? "atom" : "red";
  if (inst.order != Order::kNone && inst.order != Order::kWeak && inst.order != Order::kVolatile) {
    opcode += Dot(NameOf(inst.order));
  }
  opcode += Dot(NameOf(inst.scope)) + Dot(NameOf(inst.space)) + Dot(NameOf(a));
  const bool bits = a == Atomic::kAnd || a == Atomic::kOr || a == Atomic::kXor ||
                    a == Atomic::kExch || a == Atomic::kCas;
  if (bits) {
    opcode += Dot(PtxBitsName(t));
  } else if (IsHalf(t)) {
    opcode += std::string(".noftz.") + NameOf(t);
  } else if (t == Type::kS64 && a == Atomic::kAdd) {
    opcode += ".u64";
  } else {
    opcode += Dot(PtxArithName(t));
  }
  // A register of 16 bits for what has 16 bits.
  const bool narrow = inst.num_dsts > 0 && BytesOf(t) == 2 && IsWideReg(m_.Dsts(inst)[0]);
  const std::string to = !wants                         ? std::string()
                         : narrow || inst.num_dsts == 0 ? Temp(t)
                                                        : Dst(inst);
  std::string text = wants ? to + ", " : "";
  text += Address(inst);
  for (uint32_t i = 1; i < inst.num_srcs; ++i) text += ", " + InWidth(m_.Srcs(inst)[i], t);
  Emit(opcode + " " + text);
  if (narrow) Emit("cvt.u32.u16 " + Dst(inst) + ", " + to);
}

// mbarrier.arrive.shared.b64 state, [address], count
void PtxPrinter::PrintMbarrier(const Inst& inst) {
  const auto what = static_cast<Mbarrier>(inst.sub);
  std::string order;
  const bool counts_bytes = what == Mbarrier::kExpectTx || what == Mbarrier::kCompleteTx;
  if (inst.order == Order::kRelaxed || counts_bytes) {
    order = inst.scope == Scope::kGpu ? ".relaxed.cluster" : ".relaxed.cta";
  }
  const bool copies = what == Mbarrier::kArriveCopies;
  std::string text = (copies ? "cp.async.mbarrier." : "mbarrier.") + std::string(NameOf(what)) +
                     order + Dot(NameOf(inst.space)) + ".b64 ";
  const bool arrives = what == Mbarrier::kArrive || what == Mbarrier::kArriveDrop;
  if (inst.num_dsts > 0) {
    text += Dst(inst) + ", ";
  } else if (arrives) {
    text += Temp(Type::kB64) + ", ";
  }
  text += Address(inst);
  if (inst.num_srcs > 1) text += ", " + InReg(m_.Srcs(inst)[1], SrcType(m_, inst, 1));
  Emit(text);
}

}  // namespace ws::ir
