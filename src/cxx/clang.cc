#include "cxx/clang.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/format.h"
#include "base/process.h"
#include "base/tools.h"
#include "cxx/bridge.h"
#include "cxx/device_source.h"
#include "embed/clang_device.h"
#include "embed/clang_headers.h"
#include "embed/clang_mma.h"
#include "embed/clang_types.h"
#include "embed/cooperative_groups.h"
#include "embed/cuda_pipeline.h"

namespace ws::cxx {
namespace {

namespace fs = std::filesystem;

constexpr int kOldest = 14, kNewest = 30;
constexpr std::string_view kMark = "__ws_name_";
constexpr ProcessLimits kLimits = {.seconds = 60, .memory_bytes = uint64_t{4} << 30};

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

// Where a file of the program is written, below a folder: names that lead out of it do not.
std::string PlaceOf(std::string_view name) {
  std::string place;
  for (const fs::path& part : fs::path(name)) {
    if (part.empty() || part == "/" || part == ".") continue;
    place += place.empty() ? "" : "/";
    place += part == ".." ? "__" : part.string();
  }
  return place.empty() ? "source.cu" : place;
}

bool Write(const fs::path& path, std::string_view text) {
  std::error_code code;
  fs::create_directories(path.parent_path(), code);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  return static_cast<bool>(out);
}

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// The texts name the files as the request does.
void GiveNamesBack(std::string& text, const std::string& folder, const DeviceRequest& request) {
  ReplaceAll(text, folder + "/" + PlaceOf(request.name), request.name);
  for (const Header& header : request.headers) {
    ReplaceAll(text, folder + "/" + PlaceOf(header.name), header.name);
  }
  ReplaceAll(text, folder + "/", "");
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

std::string NameTable(const std::vector<std::string>& names) {
  std::string text = "\n";
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = names[i];
    AppendFormat(text, "extern \"C\" __device__ const void* const {}{} = (const void*)&{};\n",
                 kMark, i, name.substr(name.starts_with('&') ? 1 : 0));
  }
  return text;
}

std::vector<std::string> TakeNames(std::string& ptx, size_t count) {
  std::vector<std::string> symbols(count);
  std::string rest;
  rest.reserve(ptx.size());
  for (size_t begin = 0; begin < ptx.size();) {
    const size_t end = std::min(ptx.find('\n', begin), ptx.size() - 1) + 1;
    const std::string_view line = std::string_view(ptx).substr(begin, end - begin);
    begin = end;
    const size_t mark = line.find(kMark);
    const size_t value = line.find(" = ");
    if (mark == std::string_view::npos) {
      rest += line;
      continue;
    }
    if (value == std::string_view::npos) continue;  // a comment, or a declaration
    const auto index = static_cast<size_t>(std::atoi(line.data() + mark + kMark.size()));
    std::string_view symbol = line.substr(value + 3);
    if (symbol.starts_with("generic(")) symbol.remove_prefix(8);
    symbol = symbol.substr(0, symbol.find_first_of(");\n"));
    if (index < count) symbols[index] = symbol;
  }
  ptx = std::move(rest);
  return symbols;
}

Result<DeviceCode> Clang::Compile(const DeviceRequest& request) const {
  const TemporaryFolder folder;
  if (folder.path().empty()) {
    return Error{"clang: there is no temporary folder; is TMPDIR writable?",
                 Blame::kInfrastructure};
  }
  const std::string files = folder.path() + "/files", headers = folder.path() + "/headers";
  const std::string source = files + "/" + PlaceOf(request.name), ptx = folder.path() + "/out.ptx";
  bool written = Write(source, request.source + NameTable(request.names));
  for (const Header& header : request.headers) {
    written &= Write(files + "/" + PlaceOf(header.name), header.text);
  }
  for (const Header& header : ClangHeaders()) {
    written &= Write(headers + "/" + header.name, header.text);
  }
  if (!written) {
    return Error{Format("clang: {} cannot be written", folder.path()), Blame::kInfrastructure};
  }
  std::vector<std::string> arguments = {path, "-x", "cuda", "--cuda-device-only"};
  arguments.insert(arguments.end(), request.options.begin(), request.options.end());
  for (const std::string& argument :
       {std::string("-I") + headers, std::string("-include"), headers + "/" + kClangPrelude,
        std::string("-o"), ptx, source}) {
    arguments.push_back(argument);
  }
  TRY(ProcessResult ran, RunProcess(arguments, kLimits));
  DeviceCode out;
  out.log = std::move(ran.output);
  GiveNamesBack(out.log, files, request);
  // Not what the source says of itself: another time it may be enough.
  if (ran.timed_out) return Error{Format("clang: it takes more than {} s", kLimits.seconds)};
  if (ran.status < 0) return Error{"clang: it ended by a signal"};
  if (ran.status != 0) {
    if (out.log.empty()) out.log = Format("it ended with status {} and said nothing", ran.status);
    out.log = "clang: " + out.log;
    return out;
  }
  std::error_code code;
  if (!fs::is_regular_file(fs::symlink_status(ptx, code)) || fs::file_size(ptx, code) == 0) {
    return Error{Format("clang: {} ended well and wrote no PTX", path), Blame::kInfrastructure};
  }
  std::ostringstream text;
  text << std::ifstream(ptx, std::ios::binary).rdbuf();
  out.accepted = true;
  out.ptx = text.str();
  GiveNamesBack(out.ptx, files, request);
  out.symbols = TakeNames(out.ptx, request.names.size());
  return out;
}

}  // namespace ws::cxx
