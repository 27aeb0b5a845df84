// A compiler of device code as a process of its own, with bounds on time and memory, that finds the
// program and its headers as files in a temporary folder. Host code.
#ifndef WARPSMITH_CXX_COMPILER_PROCESS_H_
#define WARPSMITH_CXX_COMPILER_PROCESS_H_

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cxx/device_code.h"

namespace ws::cxx {

// Where the files lie: the program's own, the compiler's headers, what it is to write.
struct CompilerFiles {
  std::string folder, source, headers, ptx;
};

// What to start, from the path of the compiler on.
using Arguments = std::function<std::vector<std::string>(const CompilerFiles&)>;

// Compiles the program; `own` are headers for the folder `headers`. Messages and positions in PTX
// name the files as the request does; those of messages begin with `who`. An error is the
// surroundings', or that time or memory did not do.
Result<DeviceCode> CompileInProcess(std::string_view who, const DeviceRequest& request,
                                    std::span<const Header> own, const Arguments& arguments);

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_COMPILER_PROCESS_H_
