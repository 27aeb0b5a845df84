#include "pass/contract.h"

#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;

// Per block: the last unguarded multiplication into each register, while its sources keep their
// values.
struct Product {
  uint32_t block = 0xffffffffu;
  uint32_t inst = 0;
  uint32_t versions[2] = {0, 0};
};

}  // namespace

bool Contract(ir::Module& module, ir::FunctionId function) {
  const ir::Function& f = module.functions[function.index];
  std::vector<uint32_t> uses(f.num_regs, 0), version(f.num_regs, 0), defs(f.num_regs, 0);
  for (const ir::Block& block : module.Blocks(f)) {
    for (const Inst& inst : module.Insts(block)) {
      for (const Operand o : module.Srcs(inst)) {
        if (o.IsReg()) ++uses[o.index];
      }
      for (const Operand o : module.Dsts(inst)) ++defs[o.index];
    }
  }
  std::vector<Product> products(f.num_regs);
  bool changed = false;
  for (uint32_t b = 0; b < f.num_blocks; ++b) {
    const ir::Block block = module.Blocks(f)[b];
    for (uint32_t i = block.first_inst; i < block.first_inst + block.num_insts; ++i) {
      Inst& inst = module.insts[i];
      if (inst.op == Op::kAdd && ir::IsFloat(inst.type) && inst.round == ir::Round::kNone) {
        for (const uint32_t s : {0u, 1u}) {
          const Operand o = module.Srcs(inst)[s];
          if (!o.IsReg() || uses[o.index] != 1 || defs[o.index] != 1) continue;
          const Product& p = products[o.index];
          if (p.block != b) continue;
          const Inst& mul = module.insts[p.inst];
          if (mul.type != inst.type || mul.ftz != inst.ftz) continue;
          const Operand x = module.Srcs(mul)[0], y = module.Srcs(mul)[1];
          if (x.IsReg() && version[x.index] != p.versions[0]) continue;
          if (y.IsReg() && version[y.index] != p.versions[1]) continue;
          const Operand dst = module.Dsts(inst)[0], addend = module.Srcs(inst)[1 - s];
          inst.operands = module.operands.size();
          inst.num_srcs = 3;
          inst.op = Op::kFma;
          for (const Operand operand : {dst, x, y, addend}) module.operands.push_back(operand);
          changed = true;
          break;
        }
      }
      for (const Operand o : module.Dsts(inst)) ++version[o.index];
      if (inst.op == Op::kMul && ir::IsFloat(inst.type) && inst.round == ir::Round::kNone &&
          !inst.sat && !inst.guard.valid()) {
        Product& p = products[module.Dsts(inst)[0].index];
        p.block = b;
        p.inst = i;
        for (const uint32_t s : {0u, 1u}) {
          const Operand o = module.Srcs(inst)[s];
          p.versions[s] = o.IsReg() ? version[o.index] : 0;
        }
      }
    }
  }
  return changed;  // the multiplications are dead now
}

}  // namespace ws::pass
