// clang as a compiler of device code, without a CUDA SDK: a process of its own, with bounds on time
// and memory, that is given our own small headers. Host code.
#ifndef WARPSMITH_CXX_CLANG_H_
#define WARPSMITH_CXX_CLANG_H_

#include <optional>
#include <string>

#include "base/result.h"
#include "cxx/device_code.h"

namespace ws::cxx {

struct Clang {
  std::string path;
  std::string version;  // the first line of --version

  // $WARPSMITH_CLANG, else the newest clang-16 and later on the PATH, else `clang` if it is one.
  // Nothing where there is none, or WARPSMITH_HIDE hides it.
  static std::optional<Clang> Find();

  // Compiles device code alone; clang's own options go before those of the request. Includes of
  // what a macro names are refused, as only clang would know which files these are.
  Result<DeviceCode> Compile(const DeviceRequest& request) const;
};

// Headers that device code may include, and what stands before every program: names and texts.
std::vector<Header> ClangHeaders();
inline constexpr const char* kClangPrelude = "warpsmith_device.h";

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_CLANG_H_
