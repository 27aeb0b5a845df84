// Where everything a program needs lies, before its code is written: functions in call order,
// registers, frames, shared variables.
#ifndef WARPSMITH_EXEC_PROGRAM_LAYOUT_H_
#define WARPSMITH_EXEC_PROGRAM_LAYOUT_H_

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "exec/program.h"

namespace ws::exec {

inline constexpr uint32_t kSlotBytes = 128;               // 32 bits of each lane
inline constexpr uint32_t kMaxRegisterBytes = 32u << 20;  // of one warp
inline constexpr uint32_t kMaxFrameBytes = 1u << 30;      // of one thread, all functions together

// Where the registers of one function lie.
struct FunctionLayout {
  std::vector<SlotRef> regs;
  SlotRef result;            // value handed back
  uint32_t return_slot = 0;  // per lane: position to go on at
  // Objects of the frame: where they are in the function's frame and in local memory.
  struct Moved {
    uint32_t from = 0, to = 0;
  };
  std::vector<Moved> frame;  // ascending
  uint32_t entry = 0;
  // Functions of one number call each other, and this one itself; 0: it does not.
  uint32_t cycle = 0;
  uint32_t stack_frame = 0;     // of those: the row of Program::stack_frames
  std::vector<SlotRef> staged;  // where arguments wait that a function passes to itself

  // Where in local memory the byte at `offset` of the frame is.
  uint32_t LocalOffset(uint32_t offset) const;
};

struct ProgramLayout {
  std::vector<uint32_t> order;  // functions, callees first
  std::unordered_map<uint32_t, FunctionLayout> functions;
  uint32_t next_slot = 0;  // the first free register slot
  std::string error;       // a function without a body; empty: none
};

// Lays out `root` and all it calls, and fills in the sizes and offsets of `program`.
ProgramLayout LayOut(const ir::Module& module, ir::FunctionId root, Program& program);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_PROGRAM_LAYOUT_H_
