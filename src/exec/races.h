// Data races, by happens-before.
//
// Each piece of memory remembers, per grain, its last write and last reads: which thread, in which
// epoch. A block begins a new epoch, numbered once and for all, at every barrier; so two accesses
// of one block are ordered if their epochs differ, or by program order, or, within a warp, by a
// bar.warp.sync between them that both lanes passed: no lockstep is promised. Accesses of
// different blocks of a launch are never ordered; launches are. Two atomic (or other strong)
// accesses do not conflict. Several threads that write the value already there are a note.
#ifndef WARPSMITH_EXEC_RACES_H_
#define WARPSMITH_EXEC_RACES_H_

#include <cstdint>

#include "exec/memory.h"
#include "exec/vm/vm.h"

namespace ws::exec {

struct RaceAccess {
  uint64_t offset = 0;
  uint32_t bytes = 4;
  uint32_t lane = 0;
  uint32_t inst = 0;  // in Module::insts
  bool is_write = false;
  bool is_strong = false;
  bool keeps_value = false;  // a write of the bytes that are there already
  bool is_shared = false;
};

// What was found: the earlier access it conflicts with.
struct RaceFound {
  bool found = false;
  bool benign = false;
  bool other_was_write = false;
  uint32_t other_inst = 0;
  uint32_t other_thread = 0;  // in its block
  bool other_block = false;
};

// Makes room for a map of `size` bytes whose grains fit accesses of `bytes` bytes.
void PrepareRaces(RaceMap& map, uint64_t size, uint32_t bytes);

// A plain access to `count` grains by the running warp's lane. True, and the access is noted, if
// it plainly conflicts with nothing; false, and nothing is noted, if NoteAccess must look.
bool NoteCommonAccess(const Vm* vm, RaceGrain* grains, uint32_t count, uint32_t lane, uint32_t inst,
                      bool is_write);

// Records the access of the running warp's lane, and tells whether it races with an earlier one.
RaceFound NoteAccess(const Vm* vm, RaceMap& map, uint64_t size, const RaceAccess& access);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_RACES_H_
