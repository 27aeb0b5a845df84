// A folder that `warpsmith run --dump-launches` wrote, and running it (src/driver/launch_dump.h
// describes the files).
#ifndef WARPSMITH_TOOLS_GPU_RUNNER_PROGRAM_H_
#define WARPSMITH_TOOLS_GPU_RUNNER_PROGRAM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "driver.h"

namespace gpu {

// What an output looks like beside what was expected.
struct Comparison {
  uint64_t elements = 0, different = 0;  // bit for bit
  double largest = 0;                    // difference, as a share of the largest expected magnitude
  bool close = true;                     // within the last bits of its type
};

// Loaded and ready to launch. Errors are thrown as std::runtime_error.
class Program {
 public:
  Program(const Driver& driver, const std::string& folder);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  const std::string& size() const { return size_; }
  // Brings the buffers to their first content: data, drawn numbers, poison elsewhere.
  void Prepare();
  // All launches, in order, without waiting.
  void Launch() const;
  // After one Prepare and one Launch: outputs against what is expected.
  Comparison Compare() const;

 private:
  struct Buffer {
    std::string role, dtype, data, expected, random;
    uint64_t bytes = 0;
    Pointer address = 0;
  };
  struct Step {
    FunctionHandle* function = nullptr;
    unsigned grid[3], block[3], shared = 0;
    std::vector<uint8_t> parameters;
  };

  void ReadLine(const std::string& line);
  std::string Path(const std::string& name) const { return folder_ + "/" + name; }

  const Driver& driver_;
  std::string folder_, size_;
  ModuleHandle* module_ = nullptr;
  std::vector<Buffer> buffers_;
  std::vector<Step> steps_;
};

}  // namespace gpu

#endif  // WARPSMITH_TOOLS_GPU_RUNNER_PROGRAM_H_
