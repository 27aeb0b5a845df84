// What a program asks of its surroundings: the time, a clock, the environment.
#ifndef WARPSMITH_VERIFY_SURROUNDINGS_H_
#define WARPSMITH_VERIFY_SURROUNDINGS_H_

#include <string_view>
#include <vector>

#include "verify/execute.h"

namespace ws::verify {

// Notes, at most four, at the places where the program as it is written, as far as a call of `entry`
// may come, asks for something that is another thing wherever it runs: no run here shows what it
// does with that.
std::vector<RenderedFinding> SurroundingsNotes(const Candidate& candidate, std::string_view entry);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_SURROUNDINGS_H_
