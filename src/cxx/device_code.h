// Device code on its way through a compiler that is not ours, and what came of it. Host code.
#ifndef WARPSMITH_CXX_DEVICE_CODE_H_
#define WARPSMITH_CXX_DEVICE_CODE_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ws::cxx {

struct Header {
  std::string name;  // as #include names it
  std::string text;
};

// What a compiler is given: all there is to know for its answer, but for its version and its own
// headers.
struct DeviceRequest {
  std::string source;
  std::string name;  // of the source, for messages and positions
  std::vector<std::string> options = {};
  std::vector<Header> headers = {};
  // Kernels and variables as C++ names them (`ns::kernel<float, 4>`, `&ns::variable`), which are
  // instantiated and kept.
  std::vector<std::string> names = {};
};

struct DeviceCode {
  bool accepted = false;
  std::string ptx;
  std::vector<std::string> symbols;  // of `names`, in their order; empty where it is none
  std::string log;                   // what the compiler says of a source that it refuses
};

// One text of it, and back; nothing where `text` was not made so, or of other than `names` names.
std::string Packed(const DeviceCode& code);
std::optional<DeviceCode> Unpacked(std::string_view text, size_t names);

// Compiles, or takes the answer of an earlier time from the cache. `compiler` names it with its
// version. An error is the surroundings', and not kept.
Result<DeviceCode> CompileCached(
    std::string_view compiler, const DeviceRequest& request,
    const std::function<Result<DeviceCode>(const DeviceRequest&)>& compile);

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_DEVICE_CODE_H_
