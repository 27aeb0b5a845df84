// How a run of the engine went, in words.
#ifndef WARPSMITH_DRIVER_RUN_TEXT_H_
#define WARPSMITH_DRIVER_RUN_TEXT_H_

#include <cstddef>
#include <string>

#include "exec/engine.h"

namespace ws::driver {

// What was found besides notes, and notes.
struct FindingCounts {
  size_t findings = 0;
  size_t notes = 0;
};

// `ok`, `findings` where it came to its end with some; else what ended it: `stopped`, `no-fuel`,
// `no-memory`.
const char* StatusWord(exec::RunStatus status, const FindingCounts& counts);

// `2 findings, 1 note, stopped`: what is wrong comes before what was done.
std::string Headline(exec::RunStatus status, const FindingCounts& counts);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_RUN_TEXT_H_
