// What a compiler of device code is asked for a program. Host code.
#ifndef WARPSMITH_CXX_REQUEST_H_
#define WARPSMITH_CXX_REQUEST_H_

#include <string>
#include <string_view>
#include <vector>

#include "cxx/device_code.h"
#include "cxx/kernels.h"
#include "front/compiled.h"
#include "ir/reader/read.h"

namespace ws::cxx {

// A managed variable, whose address is no constant to a compiler: `a::b`, to be found in the PTX.
struct Managed {
  ir::PtxLink link;
  std::string name;
};

// The program's own texts without its host code, and the names of its kernels and variables, with
// the rows of the module that wait for their symbols, in the same order.
struct Asked {
  DeviceRequest request;
  std::vector<ir::PtxLink> links;
  std::vector<Managed> managed;
};
// The whole program (WholeSource).
Asked AskForWhole(const front::Compiled& compiled);
// The device code alone, with the includes of headers that are in `kept` (DeviceSource).
Asked AskForDevice(const front::Compiled& compiled, const std::vector<std::string_view>& kept);

// The request for one compiler, and its answer: the second of two requests where the first was
// refused and another way may be taken.
Result<DeviceCode> AskNvrtc(Asked& asked, const front::Compiled& compiled,
                            const KernelSource& source);
Result<DeviceCode> AskClang(Asked& asked, const front::Compiled& compiled,
                            const KernelSource& source);
Result<DeviceCode> AskNvcc(Asked& asked, const front::Compiled& compiled,
                           const KernelSource& source);
bool HasNvrtc();
bool HasClang();
bool HasNvcc();

// Errors that all of them have: there is no `who`; the program reads files of which only the
// compiler would know what they are. Programs are given their own files, and the compiler's.
Error NotHere(std::string_view who);
Status CheckIncludes(const DeviceRequest& request, std::string_view who);

// "sm_90a": "90a".
std::string ArchNumber(std::string_view arch);

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_REQUEST_H_
