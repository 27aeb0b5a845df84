#include "cxx/nvcc.h"

#include "base/process.h"
#include "base/tools.h"
#include "cxx/compiler_process.h"

namespace ws::cxx {

std::optional<Nvcc> Nvcc::Find() {
  const std::optional<std::string> path = FindTool("nvcc");
  if (!path) return std::nullopt;
  const std::string arguments[] = {*path, "--version"};
  const auto ran = RunProcess(arguments, {.seconds = 10});
  if (!ran.ok() || ran.value().status != 0) return std::nullopt;
  const std::string& output = ran.value().output;
  const size_t begin = output.find("Cuda compilation tools");
  if (begin == std::string::npos) return std::nullopt;
  return Nvcc{*path, output.substr(begin, output.find('\n', begin) - begin)};
}

Result<DeviceCode> Nvcc::Compile(const DeviceRequest& request) const {
  return CompileInProcess("nvcc", request, {}, [&](const CompilerFiles& files) {
    std::vector<std::string> arguments = {path, "-ptx", "-x", "cu"};
    arguments.insert(arguments.end(), request.options.begin(), request.options.end());
    for (const std::string& argument :
         {"-I" + files.folder, std::string("-o"), files.ptx, files.source}) {
      arguments.push_back(argument);
    }
    return arguments;
  });
}

}  // namespace ws::cxx
