#include "cxx/clang.h"

#include <cstdlib>
#include <sstream>

#include "base/format.h"
#include "base/process.h"
#include "base/tools.h"
#include "cxx/bridge.h"
#include "cxx/compiler_process.h"
#include "cxx/device_source.h"
#include "embed/clang_device.h"
#include "embed/clang_headers.h"
#include "embed/clang_mma.h"
#include "embed/clang_types.h"
#include "embed/cooperative_groups.h"
#include "embed/cu_complex.h"
#include "embed/cuda_pipeline.h"
#include "embed/curand_kernel.h"

namespace ws::cxx {
namespace {

constexpr int kOldest = 16, kNewest = 30;

// "Debian clang version 19.1.7 (3)": 19.
int MajorOf(std::string_view version) {
  constexpr std::string_view kWord = "clang version ";
  const size_t at = version.find(kWord);
  return at == std::string_view::npos ? 0 : std::atoi(version.substr(at + kWord.size()).data());
}

std::string VersionOf(const std::string& path) {
  const std::string arguments[] = {path, "--version"};
  const auto ran = RunProcess(arguments, {.seconds = 10});
  if (!ran.ok() || ran.value().status != 0) return {};
  return ran.value().output.substr(0, ran.value().output.find('\n'));
}

}  // namespace

std::optional<Clang> Clang::Find() {
  if (IsHidden("clang")) return std::nullopt;
  std::vector<std::string> paths;
  if (const char* given = std::getenv("WARPSMITH_CLANG"); given != nullptr && *given != 0) {
    paths.emplace_back(given);
  } else {
    for (int major = kNewest; major >= kOldest; --major) {
      if (const auto path = FindTool(Format("clang-{}", major))) paths.push_back(*path);
    }
    if (const auto path = FindTool("clang")) paths.push_back(*path);
  }
  for (const std::string& path : paths) {
    const std::string version = VersionOf(path);
    if (MajorOf(version) >= kOldest) return Clang{path, version};
  }
  return std::nullopt;
}

std::vector<Header> ClangHeaders() {
  std::vector<Header> headers;
  std::string prelude(embed::kClangTypesCu);
  prelude += kDeviceConstants;
  prelude += BridgeText();
  prelude += embed::kClangDeviceCu;
  headers.push_back({kClangPrelude, prelude});
  headers.push_back({"cooperative_groups.h", std::string(embed::kCooperativeGroupsCu)});
  for (const char* name : {"reduce", "scan", "memcpy_async"}) {
    headers.push_back({Format("cooperative_groups/{}.h", name), ""});
  }
  headers.push_back({"mma.h", std::string(embed::kClangMmaCu)});
  headers.push_back({"curand_kernel.h", std::string(embed::kCurandKernelCu)});
  headers.push_back({"cuComplex.h", std::string(embed::kCuComplexCu)});
  headers.push_back({"cuda_pipeline.h", std::string(embed::kCudaPipelineCu)});
  headers.push_back({"cuda_pipeline_primitives.h", "#include <cuda_pipeline.h>\n"});
  // The others are parts of one text, each behind a line `// FILE: name`.
  std::istringstream lines{std::string(embed::kClangHeadersCu)};
  constexpr std::string_view kFile = "// FILE: ";
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kFile)) {
      headers.push_back({line.substr(kFile.size()), ""});
    } else if (headers.back().name != "cuda_pipeline_primitives.h") {
      headers.back().text += line + "\n";
    }
  }
  for (Header& header : headers) header.text = "#pragma once\n" + header.text;
  return headers;
}

Result<DeviceCode> Clang::Compile(const DeviceRequest& request) const {
  const std::vector<Header> own = ClangHeaders();
  return CompileInProcess("clang", request, own, [&](const CompilerFiles& files) {
    std::vector<std::string> arguments = {path, "-x", "cuda", "--cuda-device-only"};
    arguments.insert(arguments.end(), request.options.begin(), request.options.end());
    for (const std::string& argument :
         {"-I" + files.headers, std::string("-include"), files.headers + "/" + kClangPrelude,
          std::string("-o"), files.ptx, files.source}) {
      arguments.push_back(argument);
    }
    return arguments;
  });
}

}  // namespace ws::cxx
