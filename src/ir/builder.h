// Writes one function at the end of a module. Device-clean.
//
// Registers and blocks may be named before they are used; a block is written in one go between
// StartBlock and the terminator that ends it, and blocks lie in the order they were started.
// Blocks named but never started are a bug of the caller. While a FunctionBuilder is open no other
// function may be written into the module.
#ifndef WARPSMITH_IR_BUILDER_H_
#define WARPSMITH_IR_BUILDER_H_

#include <initializer_list>

#include "ir/module.h"

namespace ws::ir {

class FunctionBuilder {
 public:
  // Starts (re)writing `function`, a row of module.functions made by the caller. Its old ranges
  // stay readable until Finish. `num_regs_kept` registers are copied from the old register table
  // (pass function.num_regs when rewriting, 0 when new).
  WS_HD FunctionBuilder(Module& module, FunctionId function, uint32_t num_regs_kept = 0)
      : module_(&module),
        function_(function),
        block_of_(*module.arena),
        regs_(*module.arena),
        blocks_(*module.arena) {
    const Function& f = module.functions[function.index];
    for (uint32_t i = 0; i < num_regs_kept; ++i) {
      regs_.push_back(module.reg_types[f.first_reg + i]);
    }
  }

  WS_HD Module& module() { return *module_; }
  WS_HD RegId NewReg(Type type) {
    regs_.push_back(type);
    return RegId(regs_.size() - 1);
  }
  WS_HD Type RegType(RegId r) const { return regs_[r.index]; }
  WS_HD uint32_t num_regs() const { return regs_.size(); }

  // A label for a block of this function; becomes a BlockId of the module in Finish.
  WS_HD BlockId NewBlock() {
    block_of_.push_back(kUnplaced);
    return BlockId(block_of_.size() - 1);
  }
  WS_HD void StartBlock(BlockId label, diag::Loc loc = {}, uint16_t unroll = 0) {
    WS_CHECK(!open_ || module_->arena->failed());
    if (label.index < block_of_.size()) block_of_[label.index] = blocks_.size();
    blocks_.push_back({module_->insts.size(), 0, loc, unroll});
    open_ = true;
  }
  // Labels made so far.
  WS_HD uint32_t num_labels() const { return block_of_.size(); }
  // The pragma of the block being written (Block::unroll).
  WS_HD void SetUnroll(uint16_t unroll) {
    if (open_) blocks_.back().unroll = unroll;
  }
  // Whether a block is being written (no terminator yet).
  WS_HD bool open() const { return open_; }
  // Instructions in the block being written.
  WS_HD uint32_t open_insts() const { return open_ ? blocks_.back().num_insts : 0; }

  // Appends an instruction of this operation with these operands; the caller fills in the rest.
  // Ends the block if it is a terminator. Block operands are labels of this builder.
  WS_HD Inst& Append(Op op, std::span<const Operand> dsts, std::span<const Operand> srcs) {
    const uint32_t first = module_->operands.size();
    const uint32_t count = static_cast<uint32_t>(dsts.size() + srcs.size());
    Operand* out = count == 0 ? nullptr : module_->operands.extend(count);
    Inst* inst = out == nullptr && count > 0 ? nullptr : module_->insts.extend(1);
    if (inst == nullptr) return module_->insts.back();
    for (const Operand& dst : dsts) *out++ = dst;
    for (const Operand& src : srcs) *out++ = src;
    *inst = Inst();
    inst->op = op;
    inst->operands = first;
    inst->num_dsts = static_cast<uint8_t>(dsts.size());
    inst->num_srcs = static_cast<uint8_t>(srcs.size());
    if (!blocks_.empty()) ++blocks_.back().num_insts;
    if (IsTerminator(op)) open_ = false;
    return *inst;
  }
  // Appends `inst` with these operands; its operand fields are set here.
  WS_HD Inst& Emit(const Inst& inst, std::span<const Operand> dsts, std::span<const Operand> srcs) {
    Inst& appended = Append(inst.op, dsts, srcs);
    const uint32_t first = appended.operands;
    appended = inst;
    appended.operands = first;
    appended.num_dsts = static_cast<uint8_t>(dsts.size());
    appended.num_srcs = static_cast<uint8_t>(srcs.size());
    return appended;
  }
  WS_HD Inst& Emit(const Inst& inst, std::initializer_list<Operand> dsts,
                   std::initializer_list<Operand> srcs) {
    return Emit(inst, std::span<const Operand>(dsts.begin(), dsts.size()),
                std::span<const Operand>(srcs.begin(), srcs.size()));
  }
  // Shorthand for the common one-destination case: returns a new register of `dst_type`.
  WS_HD RegId Value(Op op, Type type, std::initializer_list<Operand> srcs, Type dst_type,
                    diag::Loc loc) {
    const RegId dst = NewReg(dst_type);
    Inst inst;
    inst.op = op;
    inst.type = type;
    inst.loc = loc;
    Emit(inst, {Operand::Reg(dst)}, srcs);
    return dst;
  }

  // Writes registers and blocks into the module, resolves labels, moves the function's ranges. On a
  // full arena the function stays what it was.
  WS_HD void Finish() {
    if (module_->arena->failed()) return;
    Function& f = module_->functions[function_.index];
    const uint32_t first_block = module_->blocks.size();
    for (const Block& b : blocks_) {
      module_->blocks.push_back(b);
      if (b.num_insts == 0) continue;
      const Inst& last = module_->insts[b.first_inst + b.num_insts - 1];
      // Only terminators name blocks.
      for (uint32_t k = 0; k < last.num_srcs; ++k) {
        Operand& o = module_->operands[last.operands + last.num_dsts + k];
        if (o.kind != OperandKind::kBlock || o.index >= block_of_.size()) continue;
        o.index = first_block + block_of_[o.index];
      }
    }
    f.first_block = first_block;
    f.num_blocks = blocks_.size();
    f.first_reg = module_->reg_types.size();
    f.num_regs = regs_.size();
    Type* types = module_->reg_types.extend(regs_.size());
    for (uint32_t i = 0; types != nullptr && i < regs_.size(); ++i) types[i] = regs_[i];
  }

 private:
  enum : uint32_t { kUnplaced = 0xffffffffu };  // a label whose block was not started

  Module* module_;
  FunctionId function_;
  Vec<uint32_t> block_of_;  // label -> position among blocks_
  Vec<Type> regs_;
  Vec<Block> blocks_;
  bool open_ = false;
};

}  // namespace ws::ir

#endif  // WARPSMITH_IR_BUILDER_H_
