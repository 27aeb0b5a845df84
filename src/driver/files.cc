#include "driver/files.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/format.h"
#include "driver/verb.h"

namespace ws::driver {

Result<std::string> ReadSource(const std::string& path) {
  const uint64_t limit = uint64_t{1} << (path.ends_with(".ptx") ? 28 : 20);
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code)) {
    const bool exists = std::filesystem::exists(path, code);
    return Error{Format("cannot read `{}`: {}", path, exists ? "not a file" : "no such file")};
  }
  if (std::filesystem::file_size(path, code) > limit) {
    return Error{Format("`{}` is larger than {} KiB", path, limit / 1024)};
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return Error{Format("cannot read `{}`", path), Blame::kInfrastructure};
  return text.str();
}

Status WriteFile(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) return Error{Format("cannot write `{}`", path), Blame::kInfrastructure};
  return Ok();
}

Status ReplaceFile(const std::string& path, std::string_view text) {
  const std::string fresh = path + ".new";
  TRY_OK(WriteFile(fresh, text));
  std::error_code code;
  std::filesystem::rename(fresh, path, code);
  if (code) {
    return Error{Format("cannot write `{}`: {}", path, code.message()), Blame::kInfrastructure};
  }
  return Ok();
}

int Fail(Context& context, const Error& error) {
  if (context.options.json) OutError(context, error.message, error.hint);
  // Diagnostics already begin with `error:`, or with their place and that.
  const bool has_place =
      error.message.starts_with("error: ") || error.message.find(": error: ") != std::string::npos;
  context.Err(Format("{}{}\n", has_place ? "" : "error: ", error.message));
  if (!error.hint.empty()) context.Err(Format("  hint: {}\n", error.hint));
  return error.blame == Blame::kUser ? kExitUsage : kExitInfrastructure;
}

}  // namespace ws::driver
