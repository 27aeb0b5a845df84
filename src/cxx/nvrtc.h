// NVIDIA's run-time compiler, opened where it is installed. Host code.
#ifndef WARPSMITH_CXX_NVRTC_H_
#define WARPSMITH_CXX_NVRTC_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

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

  struct Header {
    std::string name;  // as #include names it
    std::string text;
  };
  struct Named {
    std::string ptx;
    std::vector<std::string> symbols;  // of `names`, in their order
  };
  // The same with headers that are no files; kernels and variables that `names` names, as C++ does
  // (`ns::kernel<float, 4>`, `&ns::variable`), are instantiated and kept, and their symbols told.
  Result<Named> CompileNamed(const std::string& source, const std::string& name,
                             std::span<const std::string> options, std::span<const Header> headers,
                             std::span<const std::string> names) const;
  // Where NVRTC's own headers may lie, as options.
  const std::vector<std::string>& include_options() const { return include_options_; }
  const std::string& version() const { return version_; }  // "13.0"

 private:
  struct Functions;
  Nvrtc();

  void* library_ = nullptr;
  std::unique_ptr<Functions> functions_;
  std::string version_;
  std::vector<std::string> include_options_;
};

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_NVRTC_H_
