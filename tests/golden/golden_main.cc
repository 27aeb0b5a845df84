// Runs every golden test below tests/golden in this process, over threads (golden_file.h says what
// a test looks like). ws_golden_tests [--update] [--json FILE] [SUBSTRING...]; --update rewrites
// the expected output of tests whose exit status is right.
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/cpu.h"
#include "base/format.h"
#include "base/json.h"
#include "tests/golden/golden_file.h"

namespace ws::golden {
namespace {

namespace fs = std::filesystem;

struct Options {
  bool update = false;
  std::string json;
  std::vector<std::string> filters;
};

std::string ReadFile(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<GoldenFile> Collect(const fs::path& root, const std::vector<std::string>& filters) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    // What lies in root itself is this runner.
    if (entry.is_regular_file() && entry.path().parent_path() != root) {
      paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  std::vector<GoldenFile> goldens;
  for (const fs::path& path : paths) {
    bool wanted = filters.empty();
    for (const std::string& filter : filters) {
      wanted = wanted || path.string().find(filter) != std::string::npos;
    }
    if (!wanted) continue;
    if (auto golden = ParseGolden(path, ReadFile(path))) goldens.push_back(std::move(*golden));
  }
  return goldens;
}

int Main(const Options& options) {
  const fs::path root = fs::path(WS_SOURCE_DIR) / "tests/golden";
  const std::vector<GoldenFile> goldens = Collect(root, options.filters);
  char scratch_template[] = "/tmp/warpsmith-golden-XXXXXX";
  if (mkdtemp(scratch_template) == nullptr) {
    std::fputs("golden: cannot make a scratch folder in /tmp\n", stderr);
    return 3;
  }
  const fs::path scratch = scratch_template;

  std::vector<Outcome> outcomes(goldens.size());
  std::atomic<size_t> next = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < CoreCount(); ++t) {
      threads.emplace_back([&] {
        for (size_t i; (i = next++) < goldens.size();) {
          outcomes[i] = RunGolden(goldens[i], scratch / std::to_string(i));
        }
      });
    }
  }
  fs::remove_all(scratch);

  int passed = 0, failed = 0, skipped = 0, updated = 0;
  for (size_t i = 0; i < goldens.size(); ++i) {
    const std::string name = fs::relative(goldens[i].path, root).string();
    if (!outcomes[i].skipped.empty()) {
      ++skipped;
      std::fputs(Format("skipped {}: {}\n", name, outcomes[i].skipped).c_str(), stdout);
    } else if (outcomes[i].passed) {
      ++passed;
    } else if (options.update && outcomes[i].exit_as_expected) {
      ++updated;
      std::ofstream(goldens[i].path, std::ios::binary)
          << Rewrite(goldens[i], outcomes[i].out, outcomes[i].err);
      std::fputs(Format("updated {}\n", name).c_str(), stdout);
    } else {
      ++failed;
      std::fputs(Format("FAILED {}\n{}", name, outcomes[i].message).c_str(), stdout);
    }
  }
  if (!options.json.empty()) {
    std::ofstream(options.json) << DumpJson(
        Json{{"passed", passed}, {"failed", failed}, {"skipped", skipped}});
  }
  std::string summary = Format("golden: {} passed, {} failed, {} skipped", passed, failed, skipped);
  if (updated > 0) AppendFormat(summary, ", {} rewritten", updated);
  std::puts(summary.c_str());
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace ws::golden

int main(int argc, char** argv) {
  ws::golden::Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    if (arg == "--update") {
      options.update = true;
    } else if (arg == "--json" && i + 1 < argc) {
      options.json = argv[++i];
    } else if (arg.starts_with("--")) {
      std::fputs("usage: ws_golden_tests [--update] [--json FILE] [SUBSTRING...]\n", stderr);
      return 2;
    } else {
      options.filters.emplace_back(arg);
    }
  }
  return ws::golden::Main(options);
}
