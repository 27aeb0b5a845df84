// The files of one call that launches kernels, as launch_dump.h describes a folder of them.
#ifndef WARPSMITH_DRIVER_LAUNCH_FILES_H_
#define WARPSMITH_DRIVER_LAUNCH_FILES_H_

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "exec/engine.h"
#include "ir/module.h"

namespace ws::driver {

// An allocation of the instance that kernels get.
struct LaunchBuffer {
  exec::DevicePtr base = 0;
  uint64_t bytes = 0;
  std::string role, dtype, name;  // input, output, inout, temporary; f32, ... u8
  bool has_data = false;          // its content now is written down
  bool is_random = false;         // the runner draws numbers of its type
};

struct LaunchCall {
  const ir::Module& module;
  exec::Instance& instance;
  std::string name;  // of what runs, for messages
  std::string size;
  std::vector<LaunchBuffer> buffers = {};
  bool execute = true;  // all blocks, and outputs are written down as what must come out
  // The call itself, with these options.
  std::function<exec::RunReport(const exec::RunOptions&)> run = {};
};

// Makes the call and writes `launches.txt` and the data beside it; `ptx` becomes `kernels.ptx`.
// Errors: the run does not end well, or what it launches cannot be said by such a list.
Status WriteLaunches(const LaunchCall& call, const std::string& ptx, const std::string& folder);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_LAUNCH_FILES_H_
