// The part of a program's text that a compiler of device code is given. Host code.
#ifndef WARPSMITH_CXX_DEVICE_SOURCE_H_
#define WARPSMITH_CXX_DEVICE_SOURCE_H_

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "front/compiled.h"
#include "front/tree.h"

namespace ws::cxx {

// The declarations at file scope that device code does without: host functions and variables, and
// types that neither it nor `names`, the kernels that are wanted, name.
std::vector<front::NodeId> HostDeclarations(const front::Program& program,
                                            std::span<const std::string> names);

// The text of one file of the program with what is in `host` and includes of headers that are not
// in `kept`, but for the program's own, made blank, so that positions stay what they are. A header
// is in `kept` if its name begins with one of these.
std::string DeviceSource(const front::Program& program, uint32_t file,
                         std::span<const std::string_view> kept,
                         std::span<const front::NodeId> host);

// The whole text of one file of the program, host code and all, but for includes that lead to
// places outside the program and the compiler's own folders.
std::string WholeSource(const front::Program& program, uint32_t file);

// Headers of the standard library whose names device code may use: types, and constexpr functions.
std::span<const std::string_view> StandardHeaders();

// Headers of CUDA that hold device code, and others: what stays in the text for one compiler.
std::vector<std::string_view> KeptHeaders(
    std::initializer_list<std::span<const std::string_view>> others);

// Names of C headers that device code commonly uses, of which compilers of device code know
// nothing: types of fixed width as NVRTC wants them, limits and constants.
extern const char* const kDeviceTypes;
extern const char* const kDeviceConstants;

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_DEVICE_SOURCE_H_
