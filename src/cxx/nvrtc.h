// NVIDIA's run-time compiler, opened where it is installed. Host code.
#ifndef WARPSMITH_CXX_NVRTC_H_
#define WARPSMITH_CXX_NVRTC_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "cxx/device_code.h"

namespace ws::cxx {

// One process opens the library once. Compile may be called from several threads.
class Nvrtc {
 public:
  // Null where there is no library (or it is hidden by WARPSMITH_HIDE), or it lacks a function.
  static std::unique_ptr<Nvrtc> Open();
  ~Nvrtc();
  Nvrtc(const Nvrtc&) = delete;
  Nvrtc& operator=(const Nvrtc&) = delete;

  // PTX of device code, or an error with the compiler's log. `options` are NVRTC's.
  Result<std::string> Compile(const std::string& source, const std::string& name,
                              std::span<const std::string> options) const;

  // The same with headers that are no files, and names. An error is NVRTC's own: it did not come to
  // a verdict about the source.
  Result<DeviceCode> CompileNamed(const DeviceRequest& request) const;
  // Where NVRTC's own headers may lie, as options.
  const std::vector<std::string>& include_options() const { return include_options_; }
  const std::string& version() const { return version_; }  // "13.0"
  // The version and the size of the library, which tells builds apart: "NVRTC 13.0 (119...)".
  std::string identity() const;

 private:
  struct Functions;
  Nvrtc();

  void* library_ = nullptr;
  std::unique_ptr<Functions> functions_;
  std::string version_;
  uint64_t library_bytes_ = 0;
  std::vector<std::string> include_options_;
};

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_NVRTC_H_
