#include "base/tools.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace ws {
namespace {

namespace fs = std::filesystem;

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::vector<std::string> CudaRoots() {
  std::vector<std::string> roots;
  for (const char* name : {"CUDA_HOME", "CUDA_PATH"}) {
    if (const std::string_view value = Environment(name); !value.empty()) roots.emplace_back(value);
  }
  roots.emplace_back("/usr/local/cuda");
  return roots;
}

// The highest name in `dir` that is `stem`.so or begins with `stem`.so. and a version.
std::optional<std::string> SharedLibraryIn(const fs::path& dir, const std::string& stem) {
  std::error_code ignored;
  std::string best;
  for (fs::directory_iterator it(dir, ignored), end; it != end; it.increment(ignored)) {
    const std::string file = it->path().filename().string();
    if (file == stem + ".so" || file.starts_with(stem + ".so.")) best = std::max(best, file);
  }
  if (best.empty()) return std::nullopt;
  return (dir / best).string();
}

}  // namespace

bool IsHidden(std::string_view name) {
  for (const std::string& hidden : Split(Environment("WARPSMITH_HIDE"), ',')) {
    if (hidden == name) return true;
  }
  return false;
}

std::optional<std::string> FindTool(std::string_view name) {
  if (IsHidden(name)) return std::nullopt;
  std::vector<std::string> dirs = Split(Environment("PATH"), ':');
  for (const std::string& root : CudaRoots()) dirs.push_back(root + "/bin");
  for (const std::string& dir : dirs) {
    const fs::path path = fs::path(dir) / name;
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0) return path.string();
  }
  return std::nullopt;
}

std::optional<std::string> FindLibrary(std::string_view name) {
  if (IsHidden(name)) return std::nullopt;
  std::vector<std::string> dirs = Split(Environment("LD_LIBRARY_PATH"), ':');
  for (const std::string& root : CudaRoots()) {
    dirs.push_back(root + "/lib64");
    dirs.push_back(root + "/targets/x86_64-linux/lib");
  }
  for (const char* dir : {"/usr/local/nvidia/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib64",
                          "/usr/lib/aarch64-linux-gnu", "/usr/local/lib", "/usr/lib"}) {
    dirs.emplace_back(dir);
  }
  const std::string stem = "lib" + std::string(name);
  for (const std::string& dir : dirs) {
    if (auto path = SharedLibraryIn(dir, stem)) return path;
  }
  return std::nullopt;
}

}  // namespace ws
