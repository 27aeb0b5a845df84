#include "base/format.h"
#include "cxx/nvcc.h"
#include "cxx/request.h"

namespace ws::cxx {
namespace {

const Nvcc* TheNvcc() {
  static const std::optional<Nvcc> nvcc = Nvcc::Find();
  return nvcc ? &*nvcc : nullptr;
}

}  // namespace

bool HasNvcc() { return TheNvcc() != nullptr; }

Result<DeviceCode> AskNvcc(Asked& asked, const front::Compiled& compiled,
                           const KernelSource& source) {
  const Nvcc* nvcc = TheNvcc();
  if (nvcc == nullptr) return NotHere("nvcc here");
  asked = AskForWhole(compiled);
  DeviceRequest& request = asked.request;
  TRY_OK(CheckIncludes(request, "nvcc"));
  request.options = {"-std=c++17",
                     Format("-arch=sm_{}", ArchNumber(source.arch)),
                     "--fmad=false",
                     "-lineinfo",
                     "--disable-warnings",
                     "--extended-lambda",
                     "--expt-relaxed-constexpr"};
  return CompileCached(nvcc->version, request,
                       [&](const DeviceRequest& one) { return nvcc->Compile(one); });
}

}  // namespace ws::cxx
