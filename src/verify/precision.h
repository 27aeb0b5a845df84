// The narrowest arithmetic and the approximate forms on paths to outputs, decided from types.
//
// A path is followed backwards through registers from what kernels store. Arithmetic counts in its
// type; loads and stores do not, so that narrow inputs and outputs are fine; functions of the math
// library count as their type. A value that is rounded to a narrower format and computed with again
// counts as that format, through registers, calls and memory (verify/narrowing.h). Approximate
// forms of constants count as they are written, though the compiler folds them.
#ifndef WARPSMITH_VERIFY_PRECISION_H_
#define WARPSMITH_VERIFY_PRECISION_H_

#include <string>
#include <string_view>
#include <vector>

#include "verify/execute.h"
#include "verify/judge.h"

namespace ws::verify {

// "f64", "f32", "tf32", "bf16", "f16"; empty if there is no floating-point arithmetic.
std::string NarrowestArithmetic(const Candidate& candidate, const task::Task& task);

// Checks a candidate against the narrowest precision allowed (empty: any) and, unless `approx`, for
// approximate forms. Returns a reason to reject, with findings at the places, or an empty text.
std::string PrecisionProblem(const Candidate& candidate, const task::Task& task,
                             std::string_view precision, bool approx,
                             std::vector<RenderedFinding>& findings);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_PRECISION_H_
