// Pointers to local variables that outlive them.
#ifndef WARPSMITH_VERIFY_DANGLING_H_
#define WARPSMITH_VERIFY_DANGLING_H_

#include <string>
#include <vector>

#include "verify/execute.h"

namespace ws::verify {

// Functions that return the address of a variable of their own: whatever reads through it reads
// what the next call left there. Decided from the program as it is written, as inlining hides it
// from runs. Returns a reason to reject, with findings at the places, or an empty text.
std::string DanglingProblem(const Candidate& candidate, std::vector<RenderedFinding>& findings);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_DANGLING_H_
