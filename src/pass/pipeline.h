// Which passes run, in which order. Host only.
//
// Every instruction keeps its position in the source. Functions without a body are left alone.
#ifndef WARPSMITH_PASS_PIPELINE_H_
#define WARPSMITH_PASS_PIPELINE_H_

#include <span>

#include "ir/module.h"

namespace ws::pass {

struct Pass {
  const char* name;
  bool (*run)(ir::Module& module, ir::FunctionId function);
};

// Bit-exact, keeping every memory operation, shuffle, barrier and check: before execution.
std::span<const Pass> ExecutionPasses();
// What ptxas would do anyway, so that nobody is paid for it: before counting and modelling. Results
// may differ in the last bit (contraction); never execute the outcome for verification.
std::span<const Pass> TimingPasses();

// Runs the list over every device function, then every kernel (and host functions for execution).
void ForExecution(ir::Module& module);
void ForTiming(ir::Module& module);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_PIPELINE_H_
