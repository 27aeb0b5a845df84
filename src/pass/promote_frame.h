// Local arrays into registers. Host only.
#ifndef WARPSMITH_PASS_PROMOTE_FRAME_H_
#define WARPSMITH_PASS_PROMOTE_FRAME_H_

#include "ir/module.h"

namespace ws::pass {

// Parts of the local frame whose every access has a constant offset become registers, one per
// element (of the smallest size used; wider accesses pack and unpack), undefined until written.
// Every frame operand names the start of one object of the source. An object whose address escapes,
// or is dereferenced with an offset that is not known, stays in memory, alone; so do accesses that
// are volatile, misaligned or outside the object, and what they touch. Exact, findings of
// uninitialised use included. What stays in memory moves together. True if anything changed.
bool PromoteFrame(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_PROMOTE_FRAME_H_
