// Which stores feed which loads of a program, seen in runs: how values go through memory, from one
// kernel to the next as well.
#ifndef WARPSMITH_VERIFY_MEMORY_FLOW_H_
#define WARPSMITH_VERIFY_MEMORY_FLOW_H_

#include <cstdint>
#include <set>
#include <utility>

#include "verify/execute.h"

namespace ws::verify {

// Pairs of indices into Module::insts: a store (or atomic) and a load (or atomic) that read what it
// wrote.
using MemoryFlow = std::set<std::pair<uint32_t, uint32_t>>;

// Runs the program at its task's test sizes, smallest first, as far as a small budget goes, without
// checks. What a failing run showed until then counts.
MemoryFlow TraceMemoryFlow(const Candidate& candidate, const task::Task& task);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_MEMORY_FLOW_H_
