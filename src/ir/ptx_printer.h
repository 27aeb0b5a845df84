// Writes a function as PTX; what ptx_function.h declares does it with this.
#ifndef WARPSMITH_IR_PTX_PRINTER_H_
#define WARPSMITH_IR_PTX_PRINTER_H_

#include <string>
#include <vector>

#include "ir/ptx_operands.h"

namespace ws::ir {

class PtxPrinter : private PtxOperands {
 public:
  PtxPrinter(const Module& module, const PtxSymbols& symbols, uint32_t index)
      : PtxOperands(module, symbols, index) {}

  std::string Signature() const;
  std::string Run();

 private:
  // --- ptx_function.cc
  std::vector<bool> BranchTargets() const;
  void Print(const Inst& inst);
  void Simple(const Inst& inst, const std::string& opcode);
  void PrintBranch(const Inst& inst);

  // --- ptx_values.cc
  void PackBytes(const Inst& inst);
  void UnpackBytes(const Inst& inst);
  void PrintPack(const Inst& inst);
  void PrintUnpack(const Inst& inst);
  void PrintBits(const Inst& inst, const std::string& opcode);
  void PrintMov(const Inst& inst);
  void PrintCvt(const Inst& inst);
  void PrintCvta(const Inst& inst);
  void PrintMma(const Inst& inst);

  // --- ptx_accesses.cc
  void PrintMemory(const Inst& inst);
  std::string MemoryModifiers(const Inst& inst) const;
  void PrintAtomic(const Inst& inst);
  void PrintMbarrier(const Inst& inst);

  // --- ptx_calls.cc
  void PrintCall(const Inst& inst);
  void PrintHeap(const Inst& inst);
  void PrintVprintf(const Inst& inst);

  uint32_t block_ = 0;
  uint32_t printed_bytes_ = 0;  // most values of one vprintf
};

}  // namespace ws::ir

#endif  // WARPSMITH_IR_PTX_PRINTER_H_
