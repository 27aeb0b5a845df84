#include "pass/body.h"

namespace ws::pass {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::OperandKind;

Defs::Defs(const ir::Module& module, ir::FunctionId function) {
  const ir::Function& f = module.functions[function.index];
  regs.resize(f.num_regs);
  if (f.kind != ir::FunctionKind::kKernel) {
    for (const ir::Param& p : module.Params(f)) {
      if (p.reg.valid()) regs[p.reg.index].count = 1;
    }
  }
  for (uint32_t b = 0; b < f.num_blocks; ++b) {
    uint32_t position = 0;
    for (const Inst& inst : module.Insts(module.Blocks(f)[b])) {
      ++position;
      for (const Operand o : module.Dsts(inst)) {
        Place& p = regs[o.index];
        p.count += inst.guard.valid() ? 2 : 1;
        p.block = b;
        p.position = position;
      }
    }
  }
}

bool HasRoom(const ir::Module& module) {
  // Tables that are full move to twice the room.
  return module.arena->used() <= module.arena->capacity() / 2;
}

Body::Body(ir::Module& module, ir::FunctionId function) : m_(module), function_(function) {
  const ir::Function f = module.functions[function.index];
  blocks.resize(f.num_blocks);
  for (uint32_t b = 0; b < f.num_blocks; ++b) {
    const ir::Block& block = module.blocks[f.first_block + b];
    blocks[b].loc = block.loc;
    blocks[b].unroll = block.unroll;
    const std::span<const Inst> insts = module.Insts(block);
    blocks[b].insts.assign(insts.begin(), insts.end());
    if (insts.empty()) continue;
    Inst& last = blocks[b].insts.back();
    if (last.op != Op::kBra && last.op != Op::kCondBra) continue;
    Operand copy[3];
    const std::span<const Operand> srcs = module.Srcs(last);
    for (size_t i = 0; i < srcs.size() && i < 3; ++i) {
      copy[i] = srcs[i];
      if (copy[i].kind == OperandKind::kBlock) copy[i].index -= f.first_block;
    }
    last = WithOperands(last, {}, {copy, srcs.size()});
  }
}

ir::RegId Body::NewReg(ir::Type type) {
  new_regs_.push_back(type);
  const ir::Function& f = m_.functions[function_.index];
  return ir::RegId(f.num_regs + static_cast<uint32_t>(new_regs_.size()) - 1);
}

Inst Body::WithOperands(Inst inst, std::span<const Operand> dsts, std::span<const Operand> srcs) {
  inst.operands = m_.operands.size();
  inst.num_dsts = static_cast<uint8_t>(dsts.size());
  inst.num_srcs = static_cast<uint8_t>(srcs.size());
  for (const Operand o : dsts) m_.operands.push_back(o);
  for (const Operand o : srcs) m_.operands.push_back(o);
  return inst;
}

Inst Body::WithOperands(Inst inst, std::initializer_list<Operand> dsts,
                        std::initializer_list<Operand> srcs) {
  return WithOperands(inst, std::span<const Operand>(dsts.begin(), dsts.size()),
                      std::span<const Operand>(srcs.begin(), srcs.size()));
}

Inst Body::Branch(uint32_t block, diag::Loc loc) {
  Inst inst;
  inst.op = Op::kBra;
  inst.loc = loc;
  return WithOperands(inst, {}, {Operand::Block(ir::BlockId(block))});
}

std::span<Operand> Body::Srcs(const Inst& inst) {
  return {m_.operands.data() + inst.operands + inst.num_dsts, inst.num_srcs};
}

void Body::Targets(const BlockBody& block, Operand* targets[2]) {
  targets[0] = targets[1] = nullptr;
  if (block.insts.empty()) return;
  const Inst& last = block.insts.back();
  if (last.op == Op::kBra) targets[0] = &Srcs(last)[0];
  if (last.op == Op::kCondBra) {
    targets[0] = &Srcs(last)[1];
    targets[1] = &Srcs(last)[2];
  }
}

void Body::Write() {
  ir::Function& f = m_.functions[function_.index];
  if (!new_regs_.empty()) {
    const uint32_t first_reg = m_.reg_types.size();
    for (uint32_t r = 0; r < f.num_regs; ++r) {
      const ir::Type t = m_.reg_types[f.first_reg + r];
      m_.reg_types.push_back(t);
    }
    for (const ir::Type t : new_regs_) m_.reg_types.push_back(t);
    f.first_reg = first_reg;
    f.num_regs += static_cast<uint32_t>(new_regs_.size());
    new_regs_.clear();
  }
  const uint32_t first_block = m_.blocks.size();
  for (const BlockBody& b : blocks) {
    Operand* targets[2];
    Targets(b, targets);
    for (Operand* t : targets) {
      if (t != nullptr) t->index += first_block;
    }
    m_.blocks.push_back({m_.insts.size(), static_cast<uint32_t>(b.insts.size()), b.loc, b.unroll});
    for (const Inst& inst : b.insts) m_.insts.push_back(inst);
  }
  f.first_block = first_block;
  f.num_blocks = static_cast<uint32_t>(blocks.size());
}

namespace {

template <typename T>
void CopyTable(const Vec<T>& from, Vec<T>& to) {
  to.reserve(from.size());
  for (const T& row : from) to.push_back(row);
}

}  // namespace

void CloneModule(const ir::Module& from, ir::Module& to) {
  CopyTable(from.functions, to.functions);
  CopyTable(from.globals, to.globals);
  CopyTable(from.params, to.params);
  CopyTable(from.blocks, to.blocks);
  CopyTable(from.insts, to.insts);
  CopyTable(from.operands, to.operands);
  CopyTable(from.constants, to.constants);
  CopyTable(from.reg_types, to.reg_types);
  for (uint32_t i = 0; i < from.sources.size(); ++i) {
    to.sources.Add(from.sources.file(i).name, from.sources.file(i).text);
  }
}

}  // namespace ws::pass
