// Places in shared memory and races, in words.
#ifndef WARPSMITH_EXEC_VM_RACE_TEXT_H_
#define WARPSMITH_EXEC_VM_RACE_TEXT_H_

#include <cstdint>
#include <string>

#include "exec/races.h"
#include "exec/vm/vm.h"

namespace ws::exec {

// `byte 12 of shared tile (1024 bytes)`: the variable at or before the offset.
std::string DescribeShared(const Vm& vm, uint64_t offset);

// Whether the access on record is by the thread itself (`thread` in its block): of many readers
// only one is kept, and that may be it.
bool IsOwnRecord(const Vm& vm, uint32_t thread, const RaceFound& found);

// What the running thread did at `where`, and what another one did there.
std::string RaceText(const Vm& vm, uint32_t thread, const std::string& where, bool is_write,
                     const RaceFound& found);

// What host code did at `where`, and a kernel there that may not be over.
std::string HostRaceText(const std::string& where, bool is_write, const RaceFound& found);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_VM_RACE_TEXT_H_
