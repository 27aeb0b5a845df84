// Calls and returns of functions as the interpreter has them.
#include "base/format.h"
#include "exec/predecoder.h"
#include "exec/sync.h"

namespace ws::exec {

void Predecoder::EmitExit() {
  // Alone in its block, it does not count as code.
  const uint32_t block = p_.blocks.back().block;
  const bool alone = m_.blocks[block].num_insts == 1;
  VmInst& exit = Emit(VmOp::kExit, 0, alone ? WarpSync::kNoBlock : block);
  exit.imm = TakeCount();
}

void Predecoder::WriteReturn(const Inst& inst) {
  if (m_.functions[function_].kind == ir::FunctionKind::kKernel) {
    EmitExit();
    return;
  }
  if (inst.num_srcs > 0 && m_.functions[function_].result != Type::kNone) {
    const Operand value = m_.Srcs(inst)[0];
    EmitMove(layout_->result, Resolve(value, layout_->result.width));
  }
  if (layout_->cycle != 0) {
    counts_here_ = false;
    Emit(VmOp::kLeave).c = layout_->stack_frame;
    counts_here_ = true;
  }
  // The outermost function of a host call returns to nobody.
  if (function_ == p_.function.index && layout_->cycle == 0) {
    EmitExit();
    return;
  }
  Emit(VmOp::kRetFn, 0, layout_->return_slot).imm = TakeCount();
}

void Predecoder::WriteCall(const Inst& inst) {
  const uint32_t callee = m_.Srcs(inst)[0].index;
  const ir::Function& fn = m_.functions[callee];
  const FunctionLayout& layout = all_.functions[callee];
  const auto params = m_.Params(fn);
  if (inst.num_srcs - 1u != params.size()) {
    error_ = Format("a call of {} has the wrong number of arguments", fn.name);
    return;
  }
  counts_here_ = false;
  const bool comes_back = layout.cycle != 0 && layout.cycle == layout_->cycle;
  const uint32_t saved = static_cast<uint32_t>(p_.saves.size());
  if (comes_back) {
    p_.saves.push_back(SavedOver(inst));
    Emit(VmOp::kPush).c = saved;
  }
  CallInfo call;
  call.inst = inst_index_;
  call.math = fn.math;
  // A function that calls itself may pass its parameters in another order.
  const bool staged = callee == function_;
  for (uint32_t k = 0; staged && k < params.size(); ++k) {
    const SlotRef from = Resolve(m_.Srcs(inst)[k + 1], layout.staged[k].width);
    if (from.width == layout.staged[k].width) EmitMove(layout.staged[k], from);
  }
  for (uint32_t k = 0; k < params.size(); ++k) {
    const SlotRef to = layout.regs[params[k].reg.index];
    if (staged) {
      EmitMove(to, layout.staged[k]);
      call.args.push_back(to);
      continue;
    }
    const SlotRef from = Resolve(m_.Srcs(inst)[k + 1], to.width);
    if (from.width != to.width) {
      error_ = Format("a call of {} passes a value of the wrong width", fn.name);
      return;
    }
    EmitMove(to, from);
    call.args.push_back(to);
  }
  const bool has_result = inst.num_dsts > 0 && fn.result != Type::kNone;
  if (has_result) call.result = Destination(m_.Dsts(inst)[0]);
  const bool is_math = fn.math != ir::MathFn::kNone && has_result;
  if (is_math) {
    call.id = num_math_calls_++;
    p_.calls.push_back(call);
    Emit(VmOp::kMathEnter).c = static_cast<uint32_t>(p_.calls.size()) - 1;
  }
  const uint32_t math_call = static_cast<uint32_t>(p_.calls.size()) - 1;
  call_fixups_.push_back({Here(), callee});
  counts_here_ = true;
  VmInst& i = Emit(VmOp::kCallFn, 0, layout.return_slot, Here() + 1);
  i.b = Here();
  i.imm = TakeCount();
  if (comes_back) Emit(VmOp::kPop).c = saved;
  if (has_result) EmitMove(call.result, layout.result);
  if (is_math) Emit(VmOp::kMathLeave).c = math_call;
}

// What is alive behind the call and is not its result, and where the function returns to.
SavedSlots Predecoder::SavedOver(const Inst& call) {
  SavedSlots saved;
  const ir::Function& fn = m_.functions[function_];
  const uint32_t b = block_ - fn.first_block;
  std::vector<bool> alive(fn.num_regs);
  for (uint32_t r = 0; r < fn.num_regs; ++r) alive[r] = live_->LiveOut(b, ir::RegId(r));
  const std::span<const Inst> insts = m_.Insts(m_.blocks[block_]);
  for (size_t i = insts.size(); i-- > 0;) {
    const Inst& inst = insts[i];
    const bool is_call = &inst == &call;
    for (const Operand& o : m_.Dsts(inst)) {
      if (o.IsReg() && !inst.guard.valid()) alive[o.index] = false;
    }
    if (is_call) break;
    for (const Operand& o : m_.Srcs(inst)) {
      if (o.IsReg()) alive[o.index] = true;
    }
    if (inst.guard.valid()) alive[inst.guard.index] = true;
  }
  uint32_t bytes = 8;  // the return address
  for (uint32_t r = 0; r < fn.num_regs; ++r) {
    if (!alive[r]) continue;
    saved.slots.push_back(layout_->regs[r]);
    bytes += layout_->regs[r].width == Width::k64 ? 8 : 4;
  }
  saved.bytes = (bytes + 7) / 8 * 8;
  const StackFrame& frame = p_.stack_frames[layout_->stack_frame];
  saved.slots.push_back({layout_->return_slot, Width::k32});
  saved.slots.push_back(frame.base);
  saved.slots.push_back(frame.narrow_base);
  return saved;
}

// Where the program begins: the host's function calls itself, and the last one returns here.
void Predecoder::WriteOutermostCall(ir::FunctionId root) {
  const FunctionLayout& layout = all_.functions[root.index];
  const uint32_t block = m_.functions[root.index].first_block;
  p_.blocks.push_back({Here(), block});
  counts_here_ = false;
  inst_index_ = m_.blocks[block].first_inst;
  p_.entry = Here();
  Emit(VmOp::kCallFn, layout.entry, layout.return_slot, Here() + 1);
  Emit(VmOp::kExit, 0, WarpSync::kNoBlock);
}

}  // namespace ws::exec
