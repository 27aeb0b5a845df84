// The order in which diverged lanes run: blocks of a function so that every block stands after the
// blocks that lead to it, back edges aside, and every loop is contiguous (Bourdoncle's weak
// topological order). Lanes at the lowest position run first; those that left a loop or a branch
// wait until the others have caught up.
#ifndef WARPSMITH_EXEC_ORDER_H_
#define WARPSMITH_EXEC_ORDER_H_

#include <cstdint>
#include <vector>

namespace ws::exec {

// successors[b] of blocks 0..n-1; the entry is block 0. Returns the reachable blocks in order.
std::vector<uint32_t> ExecutionOrder(const std::vector<std::vector<uint32_t>>& successors);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_ORDER_H_
