// The CUDA driver, opened at run time: no CUDA SDK is needed to build this.
#ifndef WARPSMITH_TOOLS_GPU_RUNNER_DRIVER_H_
#define WARPSMITH_TOOLS_GPU_RUNNER_DRIVER_H_

#include <dlfcn.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

namespace gpu {

using Device = int;
using Pointer = unsigned long long;
struct ContextHandle;
struct ModuleHandle;
struct FunctionHandle;
struct StreamHandle;
struct EventHandle;

// Functions of libcuda.so.1 under the names it exports, as the CUDA Driver API describes them.
struct Driver {
#define GPU_FUNCTIONS(F)                                                                     \
  F(Init, "cuInit", (unsigned))                                                              \
  F(DriverVersion, "cuDriverGetVersion", (int*))                                             \
  F(DeviceCount, "cuDeviceGetCount", (int*))                                                 \
  F(DeviceGet, "cuDeviceGet", (Device*, int))                                                \
  F(DeviceName, "cuDeviceGetName", (char*, int, Device))                                     \
  F(DeviceAttribute, "cuDeviceGetAttribute", (int*, int, Device))                            \
  F(RetainContext, "cuDevicePrimaryCtxRetain", (ContextHandle**, Device))                    \
  F(SetContext, "cuCtxSetCurrent", (ContextHandle*))                                         \
  F(Synchronize, "cuCtxSynchronize", ())                                                     \
  F(LoadModule, "cuModuleLoadDataEx", (ModuleHandle**, const void*, unsigned, int*, void**)) \
  F(UnloadModule, "cuModuleUnload", (ModuleHandle*))                                         \
  F(GetFunction, "cuModuleGetFunction", (FunctionHandle**, ModuleHandle*, const char*))      \
  F(SetFunctionAttribute, "cuFuncSetAttribute", (FunctionHandle*, int, int))                 \
  F(Alloc, "cuMemAlloc_v2", (Pointer*, size_t))                                              \
  F(Free, "cuMemFree_v2", (Pointer))                                                         \
  F(CopyIn, "cuMemcpyHtoD_v2", (Pointer, const void*, size_t))                               \
  F(CopyOut, "cuMemcpyDtoH_v2", (void*, Pointer, size_t))                                    \
  F(Set, "cuMemsetD8_v2", (Pointer, unsigned char, size_t))                                  \
  F(SetAsync, "cuMemsetD8Async", (Pointer, unsigned char, size_t, StreamHandle*))            \
  F(Launch, "cuLaunchKernel",                                                                \
    (FunctionHandle*, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned,  \
     StreamHandle*, void**, void**))                                                         \
  F(CreateEvent, "cuEventCreate", (EventHandle**, unsigned))                                 \
  F(RecordEvent, "cuEventRecord", (EventHandle*, StreamHandle*))                             \
  F(WaitForEvent, "cuEventSynchronize", (EventHandle*))                                      \
  F(ElapsedTime, "cuEventElapsedTime", (float*, EventHandle*, EventHandle*))                 \
  F(ErrorText, "cuGetErrorString", (int, const char**))

#define GPU_MEMBER(name, symbol, parameters) int(*name) parameters = nullptr;
  GPU_FUNCTIONS(GPU_MEMBER)
#undef GPU_MEMBER

  // Empty, or why there is nothing to run on.
  std::string Open() {
    const char* hidden = std::getenv("WARPSMITH_HIDE");
    if (hidden != nullptr && std::strstr(hidden, "cuda") != nullptr) {
      return "WARPSMITH_HIDE hides the driver";
    }
    void* library = dlopen("libcuda.so.1", RTLD_NOW);
    if (library == nullptr) return "libcuda.so.1 was not found";
#define GPU_FIND(name, symbol, parameters)                         \
  name = reinterpret_cast<decltype(name)>(dlsym(library, symbol)); \
  if (name == nullptr) return std::string("libcuda.so.1 has no ") + (symbol);
    GPU_FUNCTIONS(GPU_FIND)
#undef GPU_FIND
    if (const int status = Init(0); status != 0) return "cuInit: " + Text(status);
    int count = 0;
    if (DeviceCount(&count) != 0 || count == 0) return "the driver sees no GPU";
    return "";
  }

  std::string Text(int status) const {
    const char* text = nullptr;
    if (ErrorText(status, &text) != 0 || text == nullptr) return "error " + std::to_string(status);
    return text;
  }
  void Check(int status, const std::string& doing) const {
    if (status != 0) throw std::runtime_error(doing + ": " + Text(status));
  }
};

// Numbers of the Driver API.
inline constexpr int kAttributeClockKhz = 13;
inline constexpr int kAttributeMultiprocessors = 16;
inline constexpr int kAttributeL2Bytes = 38;
inline constexpr int kAttributeMajor = 75, kAttributeMinor = 76;
inline constexpr int kFunctionDynamicShared = 8;
inline constexpr int kJitErrorLog = 5, kJitErrorLogBytes = 6;

}  // namespace gpu

#endif  // WARPSMITH_TOOLS_GPU_RUNNER_DRIVER_H_
