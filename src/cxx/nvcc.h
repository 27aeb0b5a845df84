// NVIDIA's nvcc as a compiler of whole programs to PTX, where it is installed: a process of its
// own, with bounds on time and memory. Its host code is read and never run. Host code.
#ifndef WARPSMITH_CXX_NVCC_H_
#define WARPSMITH_CXX_NVCC_H_

#include <optional>
#include <string>

#include "base/result.h"
#include "cxx/device_code.h"

namespace ws::cxx {

struct Nvcc {
  std::string path;
  std::string version;  // "Cuda compilation tools, release 13.0, V13.0.88"

  // Nothing where there is none, or WARPSMITH_HIDE hides it.
  static std::optional<Nvcc> Find();

  // nvcc's own options go before those of the request.
  Result<DeviceCode> Compile(const DeviceRequest& request) const;
};

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_NVCC_H_
