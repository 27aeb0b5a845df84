// What a compiler of device code is asked for a program. Host code.
#ifndef WARPSMITH_CXX_REQUEST_H_
#define WARPSMITH_CXX_REQUEST_H_

#include <vector>

#include "cxx/device_code.h"
#include "cxx/kernels.h"
#include "front/compiled.h"
#include "ir/reader/read.h"

namespace ws::cxx {

// The program's own texts without its host code, and the names of its kernels and variables, with
// the rows of the module that wait for their symbols, in the same order.
struct Asked {
  DeviceRequest request;
  std::vector<ir::PtxLink> links;
};
Asked AskFor(const front::Compiled& compiled, std::span<const std::string_view> kept_headers);

// The request for one compiler, and its answer: the second of two requests where the first was
// refused and another way may be taken.
Result<DeviceCode> AskNvrtc(Asked& asked, const front::Compiled& compiled,
                            const KernelSource& source);
Result<DeviceCode> AskClang(Asked& asked, const front::Compiled& compiled,
                            const KernelSource& source);
bool HasNvrtc();
bool HasClang();

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_REQUEST_H_
