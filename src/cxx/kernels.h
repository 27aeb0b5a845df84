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
  kNvcc,     // nvcc's PTX
  kClang,    // clang's PTX
  kAuto,     // the native front end; where it refuses device code, the first compiler that is here
};
const char* NameOf(KernelPath path);   // as --front spells it
const char* TitleOf(KernelPath path);  // for people: NVRTC, clang
KernelPath PathOf(std::string_view name);
bool IsOtherCompiler(KernelPath path);  // kNvrtc, kNvcc or kClang

struct KernelSource {
  KernelPath path = KernelPath::kNative;
  std::string arch = "sm_90";  // that other compilers compile for
  // Mathematics stays calls of our library, so that its values can be followed and its forms told
  // from approximate ones; else the compiler's own is part of the code. With clang it always does,
  // with nvcc never.
  bool keeps_math_calls = false;
};

// Takes the bodies of all kernels from `ptx`: of `links` each kernel keeps its row and loses its
// native body, each variable keeps its row and value. What the PTX needs beside lies in the arena
// of the module. Reports what is wrong with the PTX; the module is of no use then.
bool TakeKernels(ir::Module& module, std::string_view name, std::string_view ptx,
                 const std::vector<ir::PtxLink>& links, std::vector<diag::Rendered>& diagnostics);

// The module printed as PTX, and read back into it.
bool TakePrintedKernels(ir::Module& module, std::vector<diag::Rendered>& diagnostics);

// The other compilers that are here, in the order in which kAuto asks them.
std::vector<KernelPath> CompilersHere();

// Kernels that another compiler made.
struct MadeKernels {
  KernelPath path = KernelPath::kNvrtc;
  std::string ptx;
  std::vector<ir::PtxLink> links;    // rows of the module
  std::vector<std::string> symbols;  // of `links`; empty where there is none
};

// What the other compiler `source.path` makes of the device code of the program.
// Products and sums are not contracted. The error is the compiler's log, or that there is none.
Result<MadeKernels> MakeKernels(const front::Compiled& compiled, const KernelSource& source);

// Takes them behind the launchers of the same program.
bool TakeKernels(ir::Module& module, const MadeKernels& made,
                 std::vector<diag::Rendered>& diagnostics);

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_KERNELS_H_
