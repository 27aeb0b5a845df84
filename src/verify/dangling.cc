#include "verify/dangling.h"

#include <algorithm>

namespace ws::verify {
namespace {

using ir::Op;
using ir::Operand;

// Operations that give an address on, or one beside it.
bool Passes(Op op) {
  return op == Op::kMov || op == Op::kCvta || op == Op::kCvtaTo || op == Op::kCvt ||
         op == Op::kAdd || op == Op::kSub || op == Op::kSelp || op == Op::kMadWide;
}

// Registers that surely or possibly hold an address of the function's own frame.
std::vector<bool> FrameAddresses(const ir::Module& module, const ir::Function& function) {
  std::vector<bool> holds(function.num_regs);
  const auto is_frame = [&](const Operand& o) {
    return o.kind == ir::OperandKind::kFrame || (o.IsReg() && holds[o.index]);
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (const ir::Block& block : module.Blocks(function)) {
      for (const ir::Inst& inst : module.Insts(block)) {
        if (!Passes(inst.op) || inst.num_dsts != 1) continue;
        const Operand dst = module.Dsts(inst)[0];
        if (!dst.IsReg() || holds[dst.index]) continue;
        const auto srcs = module.Srcs(inst);
        if (!std::ranges::any_of(srcs, is_frame)) continue;
        if (inst.op == Op::kSub && is_frame(srcs[1])) continue;  // a distance
        holds[dst.index] = changed = true;
      }
    }
  }
  return holds;
}

}  // namespace

std::string DanglingProblem(const Candidate& candidate, std::vector<RenderedFinding>& findings) {
  const ir::Module& module = candidate.program->written();
  std::string reason;
  for (const ir::Function& function : module.functions) {
    if (function.kind == ir::FunctionKind::kKernel || function.frame_bytes == 0 ||
        function.math != ir::MathFn::kNone) {
      continue;
    }
    const std::vector<bool> holds = FrameAddresses(module, function);
    for (const ir::Block& block : module.Blocks(function)) {
      for (const ir::Inst& inst : module.Insts(block)) {
        if (inst.op != Op::kRet) continue;
        const bool dangles = std::ranges::any_of(module.Srcs(inst), [&](const Operand& o) {
          return o.kind == ir::OperandKind::kFrame || (o.IsReg() && holds[o.index]);
        });
        if (!dangles) continue;
        const exec::Finding finding = {
            .kind = exec::FindingKind::kUseAfterFree,
            .message = "a function returns the address of its own local variable",
            .loc = inst.loc,
            .other_loc = {},
            .kernel = {}};
        findings.push_back(Render(finding, module));
        reason = finding.message;
      }
    }
  }
  return reason;
}

}  // namespace ws::verify
