#include "base/format.h"
#include "cxx/bridge.h"
#include "cxx/device_source.h"
#include "cxx/nvrtc.h"
#include "cxx/nvrtc_apart.h"
#include "cxx/request.h"

namespace ws::cxx {
namespace {

// The standard library for NVRTC: that of libcu++, where it is, under its own name.
void AddStandardHeaders(std::vector<Header>& headers) {
  for (const std::string_view name : StandardHeaders()) {
    if (name == "algorithm") continue;  // libcu++ has none
    headers.push_back({std::string(name),
                       Format("#include <cuda/std/{}>\nnamespace std {{ using namespace cuda::std; "
                              "}}\n",
                              name)});
  }
  headers.push_back({"algorithm", R"(#include <cuda/std/utility>
namespace std {
using namespace cuda::std;
template <class T>
__host__ __device__ constexpr const T& min(const T& a, const T& b) { return b < a ? b : a; }
template <class T>
__host__ __device__ constexpr const T& max(const T& a, const T& b) { return a < b ? b : a; }
}
)"});
}

// CUB of blocks and warps, where it is: of its parts for whole devices NVRTC takes none.
constexpr std::string_view kCubParts[] = {"block/block_adjacent_difference",
                                          "block/block_discontinuity",
                                          "block/block_exchange",
                                          "block/block_histogram",
                                          "block/block_load",
                                          "block/block_merge_sort",
                                          "block/block_radix_rank",
                                          "block/block_radix_sort",
                                          "block/block_reduce",
                                          "block/block_run_length_decode",
                                          "block/block_scan",
                                          "block/block_shuffle",
                                          "block/block_store",
                                          "warp/warp_exchange",
                                          "warp/warp_load",
                                          "warp/warp_merge_sort",
                                          "warp/warp_reduce",
                                          "warp/warp_scan",
                                          "warp/warp_store"};
Header CubHeader() {
  std::string text;
  for (const std::string_view part : kCubParts) {
    AppendFormat(text, "#if __has_include(<cub/{0}.cuh>)\n#include <cub/{0}.cuh>\n#endif\n", part);
  }
  return {"cub/cub.cuh", std::move(text)};
}

const Nvrtc* TheNvrtc() {
  static const std::unique_ptr<Nvrtc> nvrtc = Nvrtc::Open();
  return nvrtc.get();
}

}  // namespace

bool HasNvrtc() { return TheNvrtc() != nullptr; }

Result<DeviceCode> AskNvrtc(Asked& asked, const front::Compiled& compiled,
                            const KernelSource& source) {
  const Nvrtc* nvrtc = TheNvrtc();
  if (nvrtc == nullptr) return NotHere("NVRTC here");
  const bool has_libcu = !nvrtc->include_options().empty();
  asked = AskForDevice(compiled, has_libcu ? KeptHeaders({StandardHeaders()}) : KeptHeaders({}));
  DeviceRequest& request = asked.request;
  TRY_OK(CheckIncludes(request, "NVRTC"));
  if (has_libcu) {
    AddStandardHeaders(request.headers);
    request.headers.push_back(CubHeader());
  }
  std::string prelude = std::string(kDeviceTypes) + kDeviceConstants;
  if (source.keeps_math_calls) prelude += MathText();
  request.headers.push_back({"warpsmith_prelude.h", std::move(prelude)});
  request.options = {
      "--std=c++17",  Format("--gpu-architecture=compute_{}", ArchNumber(source.arch)),
      "--fmad=false", "--pre-include=warpsmith_prelude.h",
      "-lineinfo",    "--disable-warnings"};
  // What is declared and not defined stays a call.
  if (source.keeps_math_calls) request.options.emplace_back("--relocatable-device-code=true");
  for (const std::string& option : nvrtc->include_options()) request.options.push_back(option);
  if (request.source.find("int128") != std::string::npos) {
    request.options.emplace_back("--device-int128");
  }
  const auto compile = [&](const DeviceRequest& one) { return CompileApart(*nvrtc, one); };
  TRY(DeviceCode made, CompileCached(nvrtc->identity(), request, compile));
  if (made.accepted) return made;
  // Host functions that could not be left out (members, constexpr) may pass for device functions.
  request.options.emplace_back("--device-as-default-execution-space");
  TRY(DeviceCode again, CompileCached(nvrtc->identity(), request, compile));
  return again.accepted ? again : made;
}

}  // namespace ws::cxx
