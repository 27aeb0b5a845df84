#include "front/include_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace ws::front {
namespace {

namespace fs = std::filesystem;

std::string_view FolderOf(std::string_view file_name) {
  const size_t slash = file_name.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : file_name.substr(0, slash + 1);
}

// Whether `name` is a plain way down from a folder.
bool StaysBelow(std::string_view name) {
  const fs::path path(name);
  return !name.empty() && name.find('\0') == std::string_view::npos && path.is_relative() &&
         std::ranges::find(path, "..") == path.end();
}

// Everything between quotes on lines that begin with #: names in #include, __has_include, and
// macros that stand for a name. What is no file harms nothing.
std::vector<std::string> QuotedInDirectives(std::string_view text) {
  std::vector<std::string> names;
  for (size_t hash = text.find('#'); hash != std::string_view::npos; hash = text.find('#', hash)) {
    const size_t line_end = std::min(text.find('\n', hash), text.size());
    const size_t before = hash == 0 ? hash : text.find_last_not_of(" \t\r", hash - 1);
    if (hash == 0 || before == std::string_view::npos || text[before] == '\n') {
      size_t open = text.find('"', hash);
      while (open < line_end) {
        const size_t close = text.find('"', open + 1);
        if (close >= line_end) break;
        names.emplace_back(text.substr(open + 1, close - open - 1));
        open = text.find('"', close + 1);
      }
    }
    hash = line_end;
  }
  return names;
}

std::optional<std::string> ReadBelow(const fs::path& folder, const std::string& path) {
  std::error_code code;
  const fs::path real = fs::canonical(path, code);
  if (code) return std::nullopt;
  const auto [root_end, ignored] = std::ranges::mismatch(folder, real);
  if (root_end != folder.end()) return std::nullopt;
  if (!fs::is_regular_file(real, code) || fs::file_size(real, code) > kMaxIncludeBytes || code) {
    return std::nullopt;
  }
  std::ostringstream text;
  text << std::ifstream(real, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

std::vector<std::pair<std::string, std::string>> ReadIncludes(std::string_view file_name,
                                                              std::string_view text) {
  std::vector<std::pair<std::string, std::string>> files;
  const std::string top(FolderOf(file_name));
  struct Wanted {
    std::string folder;  // of the file that asks
    std::string name;
  };
  std::vector<Wanted> wanted;
  for (std::string& name : QuotedInDirectives(text)) wanted.push_back({top, std::move(name)});
  if (wanted.empty()) return files;
  std::error_code code;
  const fs::path root = fs::canonical(top.empty() ? "." : top, code);
  if (code) return files;
  for (size_t at = 0; at < wanted.size() && at < kMaxIncludeNames; ++at) {
    const Wanted want = wanted[at];
    if (!StaysBelow(want.name)) continue;
    for (const std::string& folder : {want.folder, top}) {
      const std::string path = folder + want.name;
      if (std::ranges::any_of(files, [&](const auto& file) { return file.first == path; })) break;
      std::optional<std::string> found = ReadBelow(root, path);
      if (!found) continue;
      for (std::string& name : QuotedInDirectives(*found)) {
        wanted.push_back({std::string(FolderOf(path)), std::move(name)});
      }
      files.emplace_back(path, std::move(*found));
      if (files.size() == kMaxIncludeFiles) return files;
      break;
    }
  }
  return files;
}

}  // namespace ws::front
