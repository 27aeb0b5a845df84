// The part of a program's text that a compiler of device code is given. Host code.
#ifndef WARPSMITH_CXX_DEVICE_SOURCE_H_
#define WARPSMITH_CXX_DEVICE_SOURCE_H_

#include <span>
#include <string>
#include <string_view>

#include "front/compiled.h"

namespace ws::cxx {

// The text of one file of the program with host functions, host variables and includes of headers
// that are not in `kept`, but for the program's own, made blank, so that positions stay what they
// are. A header is in `kept` if its name begins with one of these.
std::string DeviceSource(const front::Program& program, uint32_t file,
                         std::span<const std::string_view> kept);

// Headers of CUDA that hold device code.
std::span<const std::string_view> HeadersOfCuda();

// Names of C headers that device code commonly uses, of which compilers of device code know
// nothing: types of fixed width as NVRTC wants them, limits and constants.
extern const char* const kDeviceTypes;
extern const char* const kDeviceConstants;

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_DEVICE_SOURCE_H_
