// Makes functions ready for the interpreter; what program.h declares does it with this.
#ifndef WARPSMITH_EXEC_PREDECODER_H_
#define WARPSMITH_EXEC_PREDECODER_H_

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "exec/load_roles.h"
#include "exec/program.h"
#include "exec/program_layout.h"
#include "ir/cfg.h"

namespace ws::exec {

class Predecoder {
 public:
  Predecoder(const ir::Module& module, const std::vector<uint64_t>& addresses, Program& program)
      : m_(module), addresses_(addresses), p_(program) {}

  // The reason why it cannot be run; empty: none.
  std::string Run(ir::FunctionId root);

 private:
  using Inst = ir::Inst;
  using Op = ir::Op;
  using Operand = ir::Operand;
  using OperandKind = ir::OperandKind;
  using Type = ir::Type;

  // --- program.cc
  void SplitExits(ir::FunctionId root);
  void WriteFunction(uint32_t f);
  void WriteInst(const Inst& inst);
  void WritePlain(const Inst& inst);
  void WritePure(const Inst& inst);
  void WriteUnpack(const Inst& inst);
  void WriteCvta(const Inst& inst);
  uint32_t Generic(const Inst& inst);
  int32_t TakeCount() {
    const int32_t n = static_cast<int32_t>(count_);
    count_ = 0;
    return n;
  }
  VmInst& Emit(VmOp op, uint32_t d = 0, uint32_t a = 0, uint32_t b = 0, uint32_t c = 0);
  void EmitMove(SlotRef to, SlotRef from);
  uint32_t Here() const { return static_cast<uint32_t>(p_.code.size()); }

  // --- program_operands.cc
  SlotRef Constant(uint64_t bits, Width width);
  SlotRef NewSlot(Width width);
  SlotRef Source(const Inst& inst, uint32_t index);
  SlotRef Resolve(const Operand& o, Width width);
  SlotRef FrameAddress(uint32_t offset, Width width);
  SlotRef HostFrameAddress(uint32_t offset);
  SlotRef ParamAt(uint32_t offset, Type type, Width width);
  SlotRef Destination(const Operand& o);

  // --- program_accesses.cc
  void WriteOrdered(const Inst& inst);
  void WriteAccess(const Inst& inst);

  // --- program_calls.cc
  void EmitExit();
  void WriteReturn(const Inst& inst);
  void WriteCall(const Inst& inst);
  SavedSlots SavedOver(const Inst& call);
  void WriteOutermostCall(ir::FunctionId root);

  const ir::Module& m_;
  const std::vector<uint64_t>& addresses_;
  Program& p_;
  std::string error_;
  ProgramLayout all_;
  std::unordered_map<std::string, SlotRef> constant_slots_;
  std::unordered_map<uint32_t, uint32_t> block_position_;
  std::vector<std::pair<std::pair<uint32_t, int>, uint32_t>> block_fixups_, exits_;
  std::vector<std::pair<uint32_t, uint32_t>> call_fixups_;
  FunctionLayout* layout_ = nullptr;
  LoadRoles roles_;                     // of the function being written
  std::unique_ptr<ir::Liveness> live_;  // of one that calls itself
  uint32_t block_ = 0;
  uint32_t function_ = 0;
  uint32_t inst_index_ = 0;
  bool counts_here_ = false;  // the next position counts for the IR instruction being written
  uint32_t count_ = 0;        // IR instructions since the last branch
  uint32_t num_math_calls_ = 0;
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_PREDECODER_H_
