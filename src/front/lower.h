// Typed trees to IR. Device-clean.
//
// Kernels, host functions and the device functions they use become functions of the module; a
// template's instances are named f<4, float>. Scalars live in registers unless their address is
// taken; arrays live in the frame (local memory), which passes may break up again. Floating
// operations are not contracted. Every instruction carries the position of its source.
#ifndef WARPSMITH_FRONT_LOWER_H_
#define WARPSMITH_FRONT_LOWER_H_

#include "base/arena.h"
#include "diag/diag.h"
#include "front/sema.h"
#include "ir/module.h"

namespace ws::front {

// Appends the program to `module`; false if an error was reported. `library` gives the bodies of
// math functions; where it is null, or lacks one, calls name a function without body.
WS_HD bool Lower(Arena& arena, Sema& sema, const ir::Module* library, diag::Sink& sink,
                 ir::Module& module);

// Of a kernel, as CUDA has it.
inline constexpr uint32_t kMaxParamBytes = 4096;
inline constexpr uint32_t kMaxFrameBytes = 512 * 1024;  // local memory of a thread

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_LOWER_H_
