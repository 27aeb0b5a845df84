// A CUDA driver without a GPU: the functions of libcuda.so.1 that tools/gpu_runner calls, on our
// engine. With it the runner itself is tested on machines that have no GPU; what it says then is
// about the engine, and the device's name says so.
//
// Device memory is the process's own. WARPSMITH_FAKE_CUDA=wrong turns a bit of everything that is
// copied from the device, which the runner has to notice.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "diag/render.h"
#include "exec/engine.h"
#include "exec/memory.h"
#include "ir/ptx_program.h"
#include "ir/verify.h"
#include "pass/pipeline.h"

namespace {

// Numbers of the Driver API.
constexpr int kSuccess = 0, kInvalidValue = 1, kInvalidPtx = 218, kNotFound = 500,
              kLaunchFailed = 719;
constexpr int kMajor = 75, kMinor = 76;
constexpr int kJitErrorLog = 5, kJitErrorLogBytes = 6;

struct Module {
  explicit Module(const char* text) : program("module.ptx", text) {}

  ws::ir::PtxProgram program;
  std::unique_ptr<ws::exec::Instance> instance;
};

struct Function {
  Module* module;
  ws::ir::FunctionId id;
};

struct Event {
  std::chrono::steady_clock::time_point when;
};

template <typename T, typename Value>
int Give(T* to, Value value) {
  *to = value;
  return kSuccess;
}

// The text of a module that cannot be read goes where the caller asked for it.
void WriteLog(const std::string& text, unsigned count, const int* options, void* const* values) {
  char* log = nullptr;
  size_t bytes = 0;
  for (unsigned i = 0; i < count; ++i) {
    if (options[i] == kJitErrorLog) log = static_cast<char*>(values[i]);
    if (options[i] == kJitErrorLogBytes) bytes = reinterpret_cast<uintptr_t>(values[i]);
  }
  if (log != nullptr && bytes > 0) std::snprintf(log, bytes, "%s", text.c_str());
}

}  // namespace

#pragma GCC visibility push(default)
extern "C" {

int cuInit(unsigned) { return kSuccess; }
int cuDriverGetVersion(int* version) { return Give(version, 12080); }
int cuDeviceGetCount(int* count) { return Give(count, 1); }
int cuDeviceGet(int* device, int) { return Give(device, 0); }
int cuDeviceGetName(char* name, int bytes, int) {
  std::snprintf(name, static_cast<size_t>(bytes), "Warpsmith's engine, no GPU");
  return kSuccess;
}
int cuDeviceGetAttribute(int* value, int attribute, int) {
  *value = attribute == kMajor ? 9 : attribute == kMinor ? 0 : 1;
  return kSuccess;
}
int cuDevicePrimaryCtxRetain(void** context, int) {
  return Give(context, static_cast<void*>(nullptr));
}
int cuCtxSetCurrent(void*) { return kSuccess; }
int cuCtxSynchronize() { return kSuccess; }

int cuModuleLoadDataEx(Module** module, const void* text, unsigned count, int* options,
                       void** values) {
  auto made = std::make_unique<Module>(static_cast<const char*>(text));
  if (!made->program.ok()) {
    WriteLog(ws::diag::ToText(made->program.diagnostics()), count, options, values);
    return kInvalidPtx;
  }
  ws::pass::ForExecution(made->program.module());
  made->instance = std::make_unique<ws::exec::Instance>(
      made->program.module(), std::make_shared<ws::exec::Memory>(/*host_addresses=*/true));
  *module = made.release();
  return kSuccess;
}
int cuModuleUnload(Module* module) {
  delete module;
  return kSuccess;
}
// Functions live as long as the process, as the runner never gives them back.
int cuModuleGetFunction(Function** function, Module* module, const char* name) {
  const ws::ir::FunctionId id = module->program.module().Find(name);
  if (!id.valid()) return kNotFound;
  static auto& made = *new std::vector<std::unique_ptr<Function>>;
  made.push_back(std::make_unique<Function>(Function{module, id}));
  *function = made.back().get();
  return kSuccess;
}
int cuFuncSetAttribute(Function*, int, int) { return kSuccess; }

int cuMemAlloc_v2(unsigned long long* address, size_t bytes) {
  *address = reinterpret_cast<uintptr_t>(std::aligned_alloc(256, (bytes + 255) / 256 * 256));
  return *address != 0 ? kSuccess : kInvalidValue;
}
int cuMemFree_v2(unsigned long long address) {
  std::free(reinterpret_cast<void*>(address));
  return kSuccess;
}
int cuMemcpyHtoD_v2(unsigned long long to, const void* from, size_t bytes) {
  std::memcpy(reinterpret_cast<void*>(to), from, bytes);
  return kSuccess;
}
int cuMemcpyDtoH_v2(void* to, unsigned long long from, size_t bytes) {
  std::memcpy(to, reinterpret_cast<const void*>(from), bytes);
  const char* how = std::getenv("WARPSMITH_FAKE_CUDA");
  if (how != nullptr && std::strcmp(how, "wrong") == 0 && bytes > 0) {
    static_cast<uint8_t*>(to)[bytes / 2] ^= 1;
  }
  return kSuccess;
}
int cuMemsetD8_v2(unsigned long long to, unsigned char value, size_t bytes) {
  std::memset(reinterpret_cast<void*>(to), value, bytes);
  return kSuccess;
}
// Only what L2 holds is flushed with it, of which there is none.
int cuMemsetD8Async(unsigned long long, unsigned char, size_t, void*) { return kSuccess; }

int cuLaunchKernel(Function* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx,
                   unsigned by, unsigned bz, unsigned shared, void*, void**, void** extra) {
  ws::exec::Launch launch;
  launch.kernel = function->id;
  launch.grid = {gx, gy, gz};
  launch.block = {bx, by, bz};
  launch.dynamic_shared_bytes = shared;
  // CU_LAUNCH_PARAM_BUFFER_POINTER, _SIZE, _END
  const auto* bytes = static_cast<const uint8_t*>(extra[1]);
  launch.params.assign(bytes, bytes + *static_cast<const size_t*>(extra[3]));
  ws::exec::RunOptions options;
  options.checks = false;
  options.limits.max_shared_bytes = options.limits.max_shared_bytes_opt_in;
  const ws::exec::RunReport report = function->module->instance->LaunchKernel(launch, options);
  for (const ws::exec::Finding& finding : report.findings) {
    std::fprintf(stderr, "%s: %s\n", finding.kernel.c_str(), finding.message.c_str());
  }
  return report.status == ws::exec::RunStatus::kOk ? kSuccess : kLaunchFailed;
}

int cuEventCreate(Event** event, unsigned) { return Give(event, new Event); }
int cuEventRecord(Event* event, void*) {
  event->when = std::chrono::steady_clock::now();
  return kSuccess;
}
int cuEventSynchronize(Event*) { return kSuccess; }
int cuEventElapsedTime(float* milliseconds, Event* begin, Event* end) {
  *milliseconds = std::chrono::duration<float, std::milli>(end->when - begin->when).count();
  return kSuccess;
}
int cuGetErrorString(int status, const char** text) {
  switch (status) {
    case kInvalidValue:
      return Give(text, "invalid argument");
    case kInvalidPtx:
      return Give(text, "a PTX JIT compilation failed");
    case kNotFound:
      return Give(text, "named symbol not found");
    case kLaunchFailed:
      return Give(text, "unspecified launch failure");
  }
  return Give(text, "no error");
}

}  // extern "C"
#pragma GCC visibility pop
