// The part of a program's text that a compiler of device code is given. Host code.
#ifndef WARPSMITH_CXX_DEVICE_SOURCE_H_
#define WARPSMITH_CXX_DEVICE_SOURCE_H_

#include <string>

#include "front/compiled.h"

namespace ws::cxx {

// The text of one file of the program with host functions, host variables and includes of headers
// that hold no device code made blank, so that positions stay what they are.
std::string DeviceSource(const front::Program& program, uint32_t file);

// Names of C and C++ headers that device code commonly uses, of which NVRTC knows nothing: types of
// fixed width, limits, assert.
extern const char* const kDevicePrelude;

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_DEVICE_SOURCE_H_
