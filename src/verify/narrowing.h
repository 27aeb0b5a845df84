// Values that lose precision on their way: rounded to a narrower format and computed with again.
//
// A value is *wide* if it was rounded in f32 or f64 arithmetic or read from an f32 or f64 array. A
// wide value that is converted to a 16-bit format, or whose low bits are masked away, is
// *narrowed*; moves, selections, shuffles, packing, integer operations, calls and memory
// (verify/memory_flow.h) keep it so. Storing it is no loss: outputs are narrow. Widening it again,
// or computing with it in f32, is one. Splitting a value into a high part and the rest (x - high)
// loses nothing.
#ifndef WARPSMITH_VERIFY_NARROWING_H_
#define WARPSMITH_VERIFY_NARROWING_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "ir/module.h"
#include "verify/memory_flow.h"

namespace ws::verify {

// Whether an operation on registers rounds its result.
bool Rounds(ir::Op op);

// An instruction that goes on computing with a narrowed value.
struct NarrowedUse {
  ir::FunctionId function;
  uint32_t inst = 0;        // in Module::insts
  uint32_t rounded_by = 0;  // the instruction that narrowed it
  std::string_view format;  // "f16", "bf16", "tf32"
};

// False if nothing narrows a value, or nothing could go on with one: then there are no uses.
bool MayNarrow(const ir::Module& module, std::span<const ir::FunctionId> functions);

std::vector<NarrowedUse> FindNarrowedUses(const ir::Module& module,
                                          std::span<const ir::FunctionId> functions,
                                          const MemoryFlow& flow);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_NARROWING_H_
