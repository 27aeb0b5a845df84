// What the handles of warpsmith.h stand for.
#ifndef WARPSMITH_API_HANDLES_H_
#define WARPSMITH_API_HANDLES_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/program.h"
#include "api/warpsmith.h"
#include "exec/engine.h"
#include "exec/memory.h"
#include "target/cuda/arch.h"
#include "target/cuda/memory_model.h"
#include "target/cuda/registers.h"
#include "verify/judge.h"

namespace ws::api {

// Shared by a device and its modules. Everything but the lock is used under the lock.
struct DeviceState {
  std::mutex lock;
  std::shared_ptr<exec::Memory> memory = std::make_shared<exec::Memory>();
  exec::RunOptions options;
  cxx::KernelSource kernels;
  Purpose purpose = Purpose::kExecution;
  const target::cuda::Arch* arch = nullptr;
  target::cuda::L2State l2;  // carried from launch to launch
  uint64_t num_allocations = 0;
};

// Runs `body` and gives its status back; an exception becomes one.
template <typename F>
ws_status Guarded(F body);
// Sets the text of ws_error().
ws_status Fail(ws_status status, std::string message);

}  // namespace ws::api

struct ws_device {
  std::shared_ptr<ws::api::DeviceState> state = std::make_shared<ws::api::DeviceState>();
};

struct ws_module {
  std::shared_ptr<ws::api::DeviceState> device;
  std::unique_ptr<ws::api::Program> program;
  std::unique_ptr<ws::exec::Instance> instance;
  ws::api::Purpose purpose = ws::api::Purpose::kExecution;
  std::vector<ws::ir::FunctionId> kernels;
  std::vector<std::string> kernel_names;
  ws::target::cuda::Registers registers;  // of a module that is profiled
};

struct ws_report {
  ws_status status = WS_OK;
  std::string printed;
  uint64_t warp_instructions = 0;
  std::vector<ws::verify::RenderedFinding> findings;
  std::map<std::string, double, std::less<>> counters;
  std::string json;
};

namespace ws::api {

template <typename F>
ws_status Guarded(F body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return Fail(WS_NO_MEMORY, "this machine's memory is used up");
  } catch (const std::exception& error) {
    return Fail(WS_INTERNAL, error.what());
  }
}

}  // namespace ws::api

#endif  // WARPSMITH_API_HANDLES_H_
