// Data races, by happens-before (exec/sync.h says what comes before what).
//
// Each piece of memory remembers, per grain, its last write and its last read. An access races
// with one that does not come before it if one of the two writes, except that
//   - atomics do not race with atomics and volatile accesses, nor these with each other; but a
//     volatile load races with a volatile store if it reads data, not a flag: in shared memory if
//     no loop waits for it, in global memory if it decides no branch. Such a load is not undefined
//     (PTX ISA, memory consistency model), but it gets the old value or the new one;
//   - atomics of scope cta are none for other blocks;
//   - in shared memory two volatile stores of one warp race: volatile orders nothing between lanes;
//   - the plain first read of a compare-and-swap loop does not race with atomics: a wrong guess is
//     put right by the compare-and-swap.
// Several threads that write the value already there are a note.
#ifndef WARPSMITH_EXEC_RACES_H_
#define WARPSMITH_EXEC_RACES_H_

#include <cstdint>

#include "exec/race_map.h"
#include "exec/vm/vm.h"

namespace ws::exec {

struct RaceAccess {
  uint64_t offset = 0;
  uint32_t bytes = 4;
  uint32_t lane = 0;
  uint32_t inst = 0;  // in Module::insts
  RaceClass kind = RaceClass::kPlain;
  bool is_write = false;
  bool keeps_value = false;  // a write of the bytes that are there already
  bool is_shared = false;
  bool block_scope = false;  // an atomic that is one for its own block only
};

// What was found: the earlier access it conflicts with.
struct RaceFound {
  bool found = false;
  bool benign = false;
  bool other_was_write = false;
  uint32_t other_inst = 0;
  uint32_t other_thread = 0;  // in its block
  uint32_t other_block = 0;   // linear
};

// Host code accesses bytes of memory that launches have accessed from epoch `unsynced` on, which
// may still run for the host: the access that it conflicts with.
RaceFound FindHostRace(const RaceMap& map, uint64_t offset, uint32_t bytes, bool is_write,
                       uint32_t unsynced);

// Records the access of the running warp's lane, and tells whether it races with an earlier one.
RaceFound NoteAccess(const Vm* vm, RaceMap& map, uint64_t size, const RaceAccess& access);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_RACES_H_
