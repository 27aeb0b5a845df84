#include "pass/pipeline.h"

#include "pass/address.h"
#include "pass/affine.h"
#include "pass/body.h"
#include "pass/contract.h"
#include "pass/copy.h"
#include "pass/cse.h"
#include "pass/dce.h"
#include "pass/div_rem.h"
#include "pass/fold.h"
#include "pass/infer_space.h"
#include "pass/inline.h"
#include "pass/licm.h"
#include "pass/predicate.h"
#include "pass/promote_frame.h"
#include "pass/reuse_loads.h"
#include "pass/rotate.h"
#include "pass/running_pointers.h"
#include "pass/schedule.h"
#include "pass/simplify_cfg.h"
#include "pass/unroll.h"

namespace ws::pass {

std::span<const Pass> ExecutionPasses() {
  static constexpr Pass kPasses[] = {
      {"inline", Inline},
      {"simplify-cfg", SimplifyCfg},
      {"copy", PropagateCopies},
      {"cse", Cse},
      {"copy", PropagateCopies},
      {"address", FoldAddresses},
      {"dce", Dce},
      {"simplify-cfg", SimplifyCfg},
      {"unroll-frame", UnrollForFrame},
      {"simplify-cfg", SimplifyCfg},
      {"copy", PropagateCopies},
      {"promote-frame", PromoteFrame},
      {"copy", PropagateCopies},
      {"address", FoldAddresses},
      {"dce", Dce},
  };
  return kPasses;
}

std::span<const Pass> TimingPasses() {
  static constexpr Pass kPasses[] = {
      {"inline", Inline},
      {"simplify-cfg", SimplifyCfg},
      {"copy", PropagateCopies},
      {"cse", Cse},
      {"copy", PropagateCopies},
      {"dce", DceWithLoads},
      {"unroll", Unroll},
      {"simplify-cfg", SimplifyCfg},
      {"copy", PropagateCopies},
      {"promote-frame", PromoteFrame},
      {"copy", PropagateCopies},
      {"dce", DceWithLoads},
      {"unroll", Unroll},
      {"simplify-cfg", SimplifyCfg},
      {"copy", PropagateCopies},
      {"infer-space", InferSpace},
      {"predicate", Predicate},
      {"simplify-cfg", SimplifyCfg},
      {"licm", Licm},
      {"cse", Cse},
      {"copy", PropagateCopies},
      {"reuse-loads", ReuseLoads},
      {"copy", PropagateCopies},
      {"running-pointers", RunPointers},
      {"dce", DceWithLoads},
      {"licm", Licm},
      {"unroll-partially", UnrollPartially},
      {"simplify-cfg", SimplifyCfg},
      {"copy", PropagateCopies},
      {"split-addresses", SplitAddresses},
      {"dce", DceWithLoads},
      {"cse", Cse},
      {"copy", PropagateCopies},
      {"reuse-loads", ReuseLoads},
      {"copy", PropagateCopies},
      {"unroll-again", UnrollAgain},
      {"simplify-cfg", SimplifyCfg},
      {"copy", PropagateCopies},
      {"split-addresses", SplitAddresses},
      {"dce", DceWithLoads},
      {"cse", Cse},
      {"copy", PropagateCopies},
      {"licm", Licm},
      {"cse", Cse},
      {"copy", PropagateCopies},
      {"div-rem", PairDivisions},
      {"copy", PropagateCopies},
      {"address", FoldAddresses},
      {"contract", Contract},
      {"dce", DceWithLoads},
      {"rotate", RotateLoops},
      {"simplify-cfg", SimplifyCfg},
      {"schedule", Schedule},
  };
  return kPasses;
}

namespace {

void RunOver(ir::Module& module, std::span<const Pass> passes, ir::FunctionKind kind) {
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    if (module.functions[i].kind != kind || module.functions[i].num_blocks == 0) continue;
    for (const Pass& pass : passes) {
      if (!HasRoom(module)) return;
      pass.run(module, ir::FunctionId(i));
    }
  }
}

}  // namespace

void ForExecution(ir::Module& module) {
  RunOver(module, ExecutionPasses(), ir::FunctionKind::kDevice);
  RunOver(module, ExecutionPasses(), ir::FunctionKind::kKernel);
  RunOver(module, ExecutionPasses(), ir::FunctionKind::kHost);
}

void ForTiming(ir::Module& module) {
  RunOver(module, TimingPasses(), ir::FunctionKind::kDevice);
  RunOver(module, TimingPasses(), ir::FunctionKind::kKernel);
}

}  // namespace ws::pass
