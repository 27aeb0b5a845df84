#include "cxx/compiler_process.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/format.h"
#include "base/process.h"
#include "cxx/name_table.h"

namespace ws::cxx {
namespace {

namespace fs = std::filesystem;

constexpr ProcessLimits kLimits = {.seconds = 60, .memory_bytes = uint64_t{4} << 30};

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

Result<DeviceCode> CompileInProcess(std::string_view who, const DeviceRequest& request,
                                    std::span<const Header> own, const Arguments& arguments) {
  const TemporaryFolder folder;
  if (folder.path().empty()) {
    return Error{Format("{}: there is no temporary folder; is TMPDIR writable?", who),
                 Blame::kInfrastructure};
  }
  CompilerFiles files;
  files.folder = folder.path() + "/files";
  files.source = files.folder + "/" + PlaceOf(request.name);
  files.headers = folder.path() + "/headers";
  files.ptx = folder.path() + "/out.ptx";
  bool written = Write(files.source, request.source + NameTable(request.names));
  for (const Header& header : request.headers) {
    written &= Write(files.folder + "/" + PlaceOf(header.name), header.text);
  }
  for (const Header& header : own) {
    written &= Write(files.headers + "/" + header.name, header.text);
  }
  if (!written) {
    return Error{Format("{}: {} cannot be written", who, folder.path()), Blame::kInfrastructure};
  }
  TRY(ProcessResult ran, RunProcess(arguments(files), kLimits));
  DeviceCode out;
  out.log = std::move(ran.output);
  GiveNamesBack(out.log, files.folder, request);
  // Not what the source says of itself: another time it may be enough.
  if (ran.timed_out) return Error{Format("{}: it takes more than {} s", who, kLimits.seconds)};
  if (ran.status < 0) return Error{Format("{}: it ended by a signal", who)};
  if (ran.status != 0) {
    if (out.log.empty()) out.log = Format("it ended with status {} and said nothing", ran.status);
    out.log = Format("{}: {}", who, out.log);
    return out;
  }
  std::error_code code;
  if (!fs::is_regular_file(fs::symlink_status(files.ptx, code)) ||
      fs::file_size(files.ptx, code) == 0) {
    return Error{Format("{} ended well and wrote no PTX", who), Blame::kInfrastructure};
  }
  std::ostringstream text;
  text << std::ifstream(files.ptx, std::ios::binary).rdbuf();
  out.accepted = true;
  out.ptx = text.str();
  GiveNamesBack(out.ptx, files.folder, request);
  out.symbols = TakeNames(out.ptx, request.names.size());
  return out;
}

}  // namespace ws::cxx
