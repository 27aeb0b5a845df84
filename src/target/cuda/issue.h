// What an IR instruction costs a multiprocessor to issue: machine instructions and their pipe.
#ifndef WARPSMITH_TARGET_CUDA_ISSUE_H_
#define WARPSMITH_TARGET_CUDA_ISSUE_H_

#include "ir/module.h"
#include "target/cuda/arch.h"
#include "target/cuda/model.h"

namespace ws::target::cuda {

struct IssueCost {
  double issue = 1;                    // warp instructions issued
  double xu = 0;                       // of these on the special function pipe
  Resource pipe = Resource::kInteger;  // the pipe of the others
  double lanes = 32;                   // lanes per clock of that pipe
  double latency = 4;  // cycles from issue to use of the result; memory loads: 0 (see the caller)
};

// Instructions that cost nothing after register allocation (parameter loads, moves between
// registers, address-space casts) have issue 0.
IssueCost CostOf(const Arch& arch, const ir::Module& module, const ir::Inst& inst);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_ISSUE_H_
