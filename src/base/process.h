// A program run to its end with bounds. Host code.
#ifndef WARPSMITH_BASE_PROCESS_H_
#define WARPSMITH_BASE_PROCESS_H_

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"

namespace ws {

struct ProcessLimits {
  uint32_t seconds = 60;                      // by the clock, and of processor time
  uint64_t memory_bytes = uint64_t{4} << 30;  // addresses
  uint64_t file_bytes = uint64_t{256} << 20;  // of each file that it writes
};

struct ProcessResult {
  int status = -1;  // -1: it was ended by a signal, or by its limit of time
  bool timed_out = false;
  std::string output;  // standard output and error together, the first 64 KiB
};

// Runs the program at arguments[0], with nothing on standard input. An error says that it could not
// be started. It and what it starts are killed when its time is over.
Result<ProcessResult> RunProcess(std::span<const std::string> arguments,
                                 const ProcessLimits& limits = {});

// A new empty folder in the temporary folder, removed with what is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }  // empty: there is none

 private:
  std::string path_;
};

}  // namespace ws

#endif  // WARPSMITH_BASE_PROCESS_H_
