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
      : module_(&module), function_(function), block_of_(*module.arena), regs_(*module.arena),
        blocks_(*module.arena), first_inst_(module.insts.size()) {
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
  // Whether a block is being written (no terminator yet).
  WS_HD bool open() const { return open_; }
  // Instructions in the block being written.
  WS_HD uint32_t open_insts() const { return open_ ? blocks_.back().num_insts : 0; }

  // Appends `inst` with these operands; its operand fields are set here. Ends the block if `inst`
  // is a terminator. Block operands are labels of this builder.
  WS_HD Inst& Emit(Inst inst, std::span<const Operand> dsts, std::span<const Operand> srcs) {
    inst.operands = module_->operands.size();
    inst.num_dsts = static_cast<uint8_t>(dsts.size());
    inst.num_srcs = static_cast<uint8_t>(srcs.size());
    for (size_t i = 0; i < dsts.size(); ++i) module_->operands.push_back(dsts[i]);
    for (size_t i = 0; i < srcs.size(); ++i) module_->operands.push_back(srcs[i]);
    if (!blocks_.empty()) ++blocks_.back().num_insts;
    if (IsTerminator(inst.op)) open_ = false;
    return module_->insts.push_back(inst);
  }
  WS_HD Inst& Emit(Inst inst, std::initializer_list<Operand> dsts,
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

  // Writes registers and blocks into the module, resolves labels, moves the function's ranges.
  WS_HD void Finish() {
    Function& f = module_->functions[function_.index];
    const uint32_t first_block = module_->blocks.size();
    for (const Block& b : blocks_) module_->blocks.push_back(b);
    for (uint32_t i = first_inst_; i < module_->insts.size(); ++i) {
      const Inst& inst = module_->insts[i];
      for (uint32_t k = 0; k < uint32_t{inst.num_dsts} + inst.num_srcs; ++k) {
        Operand& o = module_->operands[inst.operands + k];
        if (o.kind != OperandKind::kBlock || o.index >= block_of_.size()) continue;
        o.index = first_block + block_of_[o.index];
      }
    }
    f.first_block = first_block;
    f.num_blocks = blocks_.size();
    f.first_reg = module_->reg_types.size();
    f.num_regs = regs_.size();
    for (const Type t : regs_) module_->reg_types.push_back(t);
  }

 private:
  enum : uint32_t { kUnplaced = 0xffffffffu };  // a label whose block was not started

  Module* module_;
  FunctionId function_;
  Vec<uint32_t> block_of_;  // label -> position among blocks_
  Vec<Type> regs_;
  Vec<Block> blocks_;
  uint32_t first_inst_;
  bool open_ = false;
};

}  // namespace ws::ir

#endif  // WARPSMITH_IR_BUILDER_H_
