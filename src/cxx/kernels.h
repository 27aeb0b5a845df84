// Kernels whose bodies come from PTX, behind launchers that the native front end compiled. Host
// code.
#ifndef WARPSMITH_CXX_KERNELS_H_
#define WARPSMITH_CXX_KERNELS_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "diag/render.h"
#include "front/compiled.h"
#include "ir/reader/read.h"

namespace ws::cxx {

// Which way the kernels of a program come to their IR.
enum class KernelPath : uint8_t {
  kNative,   // the native front end
  kPrinted,  // the native front end, printed as PTX and read back
  kNvrtc,    // NVRTC's PTX
  kAuto,     // the native front end; where it refuses device code, NVRTC if there is one
};
struct KernelSource {
  KernelPath path = KernelPath::kNative;
  std::string arch = "sm_90";  // that NVRTC compiles for
};

// Takes the bodies of all kernels from `ptx`: of `links` each kernel keeps its row and loses its
// native body, each variable keeps its row and value. What the PTX needs beside lies in the arena
// of the module. Reports what is wrong with the PTX; the module is of no use then.
bool TakeKernels(ir::Module& module, std::string_view name, std::string_view ptx,
                 const std::vector<ir::PtxLink>& links, std::vector<diag::Rendered>& diagnostics);

// The module printed as PTX, and read back into it.
bool TakePrintedKernels(ir::Module& module, std::vector<diag::Rendered>& diagnostics);

// Whether there is an NVRTC to compile kernels with.
bool HasNvrtc();

// What NVRTC makes of the device code of the program, which keeps its launchers. Products and sums
// are not contracted. The error is NVRTC's log, or that there is no NVRTC.
Result<bool> TakeNvrtcKernels(front::Compiled& compiled, std::string_view arch,
                              std::vector<diag::Rendered>& diagnostics);

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_KERNELS_H_
