// What is installed on this machine, looked up at run time. WARPSMITH_HIDE, a comma-separated list
// of names (nvcc, nvrtc, ptxas, cuda, clang, ...), hides what is there: everything must work
// without.
#ifndef WARPSMITH_BASE_TOOLS_H_
#define WARPSMITH_BASE_TOOLS_H_

#include <optional>
#include <string>
#include <string_view>

namespace ws {

// Whether `name` is an element of the list in WARPSMITH_HIDE.
bool IsHidden(std::string_view name);

// Path of the executable `name`: $PATH, then bin/ of $CUDA_HOME, $CUDA_PATH and /usr/local/cuda.
std::optional<std::string> FindTool(std::string_view name);

// Path, fit for dlopen, of the shared library with the short name `name`: nvrtc (libnvrtc.so*) or
// cuda (libcuda.so.1, the driver). Looks in $LD_LIBRARY_PATH, the CUDA folders and the system's.
std::optional<std::string> FindLibrary(std::string_view name);

}  // namespace ws

#endif  // WARPSMITH_BASE_TOOLS_H_
