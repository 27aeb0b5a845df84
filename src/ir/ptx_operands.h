// Registers, literals, addresses and parameters as a function's PTX spells them.
#ifndef WARPSMITH_IR_PTX_OPERANDS_H_
#define WARPSMITH_IR_PTX_OPERANDS_H_

#include <string>

#include "ir/ptx_names.h"
#include "ir/verify.h"

namespace ws::ir {

// The text of one function under way. What PTX cannot write in place (a half literal, an address as
// a value) goes to a temporary register in a line before.
class PtxOperands {
 protected:
  PtxOperands(const Module& module, const PtxSymbols& symbols, uint32_t index)
      : m_(module), symbols_(symbols), f_(module.functions[index]), index_(index) {}

  // The name of a parameter in PTX.
  static std::string ParamName(uint32_t function, uint32_t param);
  // The type of a parameter of a device function: nothing narrower than 32 bits.
  static const char* ParamBits(Type type);
  std::string Label(uint32_t block) const;
  std::string Reg(RegId r) const;
  // A new register of the class of `type`.
  std::string Temp(Type type);
  // A line of the body, under the instruction's guard.
  void Emit(const std::string& text) { body_ += "\t" + guard_ + text + ";\n"; }
  // Without the instruction's guard: preparations.
  void EmitPlain(const std::string& text) { body_ += "\t" + text + ";\n"; }
  static std::string Literal(uint64_t bits, Type type);
  // The register, or a temporary made to hold what the operand names.
  std::string InReg(Operand o, Type type);
  // Whether it is a register of 32 bits or more: in the IR halves stand in such as well.
  bool IsWideReg(Operand o) const;
  // The same as InReg in a register of the type's own width, of 16 or 32 bits.
  std::string InWidth(Operand o, Type type);
  // What an operand names that is no register and no literal.
  std::string Symbol(Operand o) const;
  // A source of arithmetic: register or literal; halves have no literals.
  std::string Src(const Inst& inst, uint32_t i, Type type);
  std::string Src(const Inst& inst, uint32_t i) { return Src(inst, i, SrcType(m_, inst, i)); }
  std::string Dst(const Inst& inst, uint32_t i = 0) const { return Reg(m_.Dsts(inst)[i].reg()); }
  // The bracketed address of a memory operation.
  std::string Address(const Inst& inst);
  // Between a register and a parameter, or what a call gives back.
  void LoadParam(const std::string& reg, Type type, const std::string& from);
  void FromWide(const std::string& reg, Type type, const std::string& wide);
  void StoreParam(const std::string& to, Operand value, Type type);

  const Module& m_;
  const PtxSymbols& symbols_;
  const Function& f_;
  const uint32_t index_;
  uint32_t temps_[4] = {};  // by class of register: predicates, 16, 32, 64 bits
  std::string guard_;       // of the instruction under way: "@%p1 " or empty
  std::string body_;
};

}  // namespace ws::ir

#endif  // WARPSMITH_IR_PTX_OPERANDS_H_
