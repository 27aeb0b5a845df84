#include "pass/rotate.h"

#include <algorithm>

#include "ir/cfg.h"
#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;

constexpr size_t kMaxTest = 8;  // instructions in the header

bool IsPlain(const Inst& inst) {
  const ir::Effect effect = ir::InfoOf(inst.op).effect;
  return effect == ir::Effect::None || effect == ir::Effect::Load || effect == ir::Effect::Control;
}

}  // namespace

bool RotateLoops(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  const ir::Cfg cfg(module, function);
  if (cfg.loops().empty()) return false;
  Body body(module, function);
  bool changed = false;
  for (const ir::Loop& loop : cfg.loops()) {
    const std::vector<Inst> test = body.blocks[loop.header].insts;
    if (test.empty() || test.back().op != Op::kCondBra || test.size() > kMaxTest) continue;
    if (!std::all_of(test.begin(), test.end(), IsPlain)) continue;
    const bool to_itself =
        std::find(loop.latches.begin(), loop.latches.end(), loop.header) != loop.latches.end();
    if (to_itself) continue;
    for (const uint32_t latch : loop.latches) {
      std::vector<Inst>& insts = body.blocks[latch].insts;
      if (insts.back().op != Op::kBra) continue;
      insts.pop_back();
      // Operands are the copy's own: targets are numbered anew when the body is written.
      for (const Inst& inst : test) {
        const std::vector<Operand> dsts(module.Dsts(inst).begin(), module.Dsts(inst).end());
        const std::vector<Operand> srcs(module.Srcs(inst).begin(), module.Srcs(inst).end());
        insts.push_back(body.WithOperands(inst, dsts, srcs));
      }
      body.blocks[loop.header].unroll = 0;  // it heads no loop any more
      changed = true;
    }
  }
  if (changed) body.Write();
  return changed;
}

}  // namespace ws::pass
