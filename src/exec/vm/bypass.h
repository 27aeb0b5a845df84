// Threads that have ended where others wait for them. Barriers and warp-level instructions wait for
// threads that have not exited (PTX ISA, barrier and bar.warp.sync): an early return is no fault.
// One that went round the instruction and did something behind it is.
#ifndef WARPSMITH_EXEC_VM_BYPASS_H_
#define WARPSMITH_EXEC_VM_BYPASS_H_

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "ir/module.h"

namespace ws::exec {

struct Warp;
struct Vm;

// Per block of a module: which blocks of its function control can come to from it, without it
// itself unless it is in a loop.
class BlockReach {
 public:
  explicit BlockReach(const ir::Module& module) : m_(module) {}
  bool Reaches(uint32_t from, uint32_t to);

 private:
  const ir::Module& m_;
  std::unordered_map<uint32_t, std::vector<uint32_t>> reached_;  // ascending
};

// Lanes of `warp` that have ended, their last code behind Module::insts[inst] and never before it.
// Needs checks.
uint32_t BypassedBy(Vm* vm, const Warp& warp, uint32_t inst);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_VM_BYPASS_H_
