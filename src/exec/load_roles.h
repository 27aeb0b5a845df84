// Loads whose part in a program decides what may race with them (exec/races.h).
#ifndef WARPSMITH_EXEC_LOAD_ROLES_H_
#define WARPSMITH_EXEC_LOAD_ROLES_H_

#include <cstdint>
#include <unordered_set>

#include "ir/module.h"

namespace ws::exec {

// Indices into Module::insts.
struct LoadRoles {
  // The loaded value is compared by an atomic compare-and-swap (through copies alone).
  std::unordered_set<uint32_t> feeds_swap;
  // Volatile or stronger, in a loop, and the value decides whether the loop is left.
  std::unordered_set<uint32_t> polls;
  // Volatile or stronger, and the value decides a branch.
  std::unordered_set<uint32_t> decides;
  // The value is wanted only to go back, with a constant part of it replaced: a member of some bits
  // is written. What is left of an uninitialised word is not what the program asked for.
  std::unordered_set<uint32_t> inserts;
};

LoadRoles FindLoadRoles(const ir::Module& module, ir::FunctionId function);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_LOAD_ROLES_H_
