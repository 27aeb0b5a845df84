#include "target/cuda/ptxas.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "base/format.h"
#include "base/tools.h"

extern char** environ;

namespace ws::target::cuda {
namespace {

constexpr auto kTimeout = std::chrono::seconds(20);

// A file of our own in the temporary folder, removed at the end.
class TemporaryFile {
 public:
  TemporaryFile() {
    const char* folder = std::getenv("TMPDIR");
    path_ = std::string(folder != nullptr ? folder : "/tmp") + "/warpsmith-XXXXXX";
    descriptor_ = mkstemp(path_.data());
  }
  ~TemporaryFile() {
    if (descriptor_ < 0) return;
    close(descriptor_);
    unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool ok() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  const std::string& path() const { return path_; }

  bool Write(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t written = write(descriptor_, text.data(), text.size());
      if (written <= 0) return false;
      text.remove_prefix(static_cast<size_t>(written));
    }
    return true;
  }
  std::string Read() const {
    std::string text;
    char buffer[4096];
    lseek(descriptor_, 0, SEEK_SET);
    for (ssize_t n = 0; (n = read(descriptor_, buffer, sizeof buffer)) > 0;) {
      text.append(buffer, static_cast<size_t>(n));
    }
    return text;
  }

 private:
  std::string path_;
  int descriptor_ = -1;
};

// Waits for the child, killing it after kTimeout; its exit status, or -1.
int WaitFor(pid_t child) {
  const auto end = std::chrono::steady_clock::now() + kTimeout;
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > end) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      return -1;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

std::map<std::string, uint32_t> ParsePtxasOutput(std::string_view text) {
  // "ptxas info    : Compiling entry function 'k' for 'sm_90'" ... "ptxas info    : Used 14
  // registers, ..."
  std::map<std::string, uint32_t> out;
  constexpr std::string_view kEntry = "Compiling entry function '";
  constexpr std::string_view kUsed = "Used ";
  std::string entry;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (const size_t at = line.find(kEntry); at != std::string_view::npos) {
      const size_t begin = at + kEntry.size();
      entry = line.substr(begin, line.find('\'', begin) - begin);
    } else if (const size_t used = line.find(kUsed);
               used != std::string_view::npos && !entry.empty()) {
      out[entry] = static_cast<uint32_t>(std::atoi(line.substr(used + kUsed.size()).data()));
    }
  }
  return out;
}

Result<std::map<std::string, uint32_t>> PtxasRegisters(const std::string& ptx,
                                                       std::string_view arch) {
  const std::optional<std::string> ptxas = FindTool("ptxas");
  if (!ptxas) return Error{"ptxas was not found", Blame::kInfrastructure};
  const TemporaryFile input, log;
  if (!input.ok() || !log.ok() || !input.Write(ptx)) {
    return Error{"cannot write temporary files; is TMPDIR writable?", Blame::kInfrastructure};
  }
  const std::string arch_option = "-arch=" + std::string(arch);
  const char* arguments[] = {ptxas->c_str(),       "-v",   arch_option.c_str(), "-o", "/dev/null",
                             input.path().c_str(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, log.descriptor(), 1);
  posix_spawn_file_actions_adddup2(&actions, log.descriptor(), 2);
  pid_t child = 0;
  const int failed = posix_spawn(&child, ptxas->c_str(), &actions, nullptr,
                                 const_cast<char* const*>(arguments), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return Error{"cannot start " + *ptxas, Blame::kInfrastructure};
  const int status = WaitFor(child);
  const std::string text = log.Read();
  if (status == 0) return ParsePtxasOutput(text);
  return Error{Format("ptxas does not accept our PTX (status {}): {}", status,
                      std::string_view(text).substr(0, 300)),
               Blame::kInfrastructure};
}

}  // namespace ws::target::cuda
