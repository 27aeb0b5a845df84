// The narrowest arithmetic on a path to an output, decided from types.
//
// A path is followed backwards through registers from what kernels store. Arithmetic counts in its
// type; loads and stores do not, so that narrow inputs and outputs are fine. A value that is
// rounded to 16 bits and widened again, or kept so in shared memory or in an array whose type no
// output has, counts as 16-bit arithmetic. Not followed: global memory between kernels. Functions
// of the math library count as their type.
#ifndef WARPSMITH_VERIFY_PRECISION_H_
#define WARPSMITH_VERIFY_PRECISION_H_

#include <string>
#include <string_view>
#include <vector>

#include "ir/module.h"
#include "verify/judge.h"

namespace ws::verify {

// "f64", "f32", "bf16", "f16"; empty if there is no floating-point arithmetic.
std::string NarrowestArithmetic(const ir::Module& module, ir::FunctionId entry,
                                const task::Task& task);

// Checks a candidate against the narrowest precision allowed (empty: any) and, unless `approx`, for
// approximate forms. Returns a reason to reject, with findings at the places, or an empty text.
std::string PrecisionProblem(const ir::Module& module, ir::FunctionId entry, const task::Task& task,
                             std::string_view precision, bool approx,
                             std::vector<RenderedFinding>& findings);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_PRECISION_H_
