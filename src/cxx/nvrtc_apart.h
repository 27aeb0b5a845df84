// NVRTC in a process of its own: a program may be made to let it hang, or fill the memory. Host
// code.
#ifndef WARPSMITH_CXX_NVRTC_APART_H_
#define WARPSMITH_CXX_NVRTC_APART_H_

#include "cxx/nvrtc.h"

namespace ws::cxx {

// As nvrtc.CompileNamed, within 60 seconds and 4 GiB; what takes more is an error.
Result<DeviceCode> CompileApart(const Nvrtc& nvrtc, const DeviceRequest& request);

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_NVRTC_APART_H_
