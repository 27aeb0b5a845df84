#include "base/process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>
#include <vector>

#include "base/format.h"

extern char** environ;

namespace ws {
namespace {

constexpr size_t kMostOutput = 64 * 1024;
constexpr int kUnknownEnd = SIGKILL;  // as waitpid has it, where this process is told of no ends

std::string TemporaryPlace() {
  const char* folder = std::getenv("TMPDIR");
  return folder != nullptr && *folder != 0 ? folder : "/tmp";
}

// Waits for the child, whose group is killed at the end of its time or its own; waitpid's status.
int WaitFor(pid_t child, uint32_t seconds, bool& timed_out) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  auto pause = std::chrono::microseconds(500);
  const auto id = static_cast<id_t>(child);
  siginfo_t info = {};
  // It stays a zombie until its group is gone, so that nobody else gets its number before.
  while (waitid(P_PID, id, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0) {
    if (std::chrono::steady_clock::now() > end) {
      timed_out = true;
      break;
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::microseconds(10000));
  }
  kill(child, SIGKILL);
  kill(-child, SIGKILL);  // what it may have left running
  int status = 0;
  pid_t ended = 0;
  while ((ended = waitpid(child, &status, 0)) < 0 && errno == EINTR) {
  }
  return ended < 0 ? kUnknownEnd : status;
}

std::string ReadFrom(int descriptor) {
  std::string text;
  char buffer[4096];
  lseek(descriptor, 0, SEEK_SET);
  for (ssize_t n = 0;
       text.size() < kMostOutput && (n = read(descriptor, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<size_t>(n));
  }
  return text;
}

}  // namespace

Result<ProcessResult> RunProcess(std::span<const std::string> arguments,
                                 const ProcessLimits& limits) {
  std::string log_path = TemporaryPlace() + "/warpsmith-log-XXXXXX";
  const int made = mkostemp(log_path.data(), O_CLOEXEC);
  if (made >= 0) unlink(log_path.c_str());
  // Away from 0 to 2, which may be closed here.
  const int log = made < 0 ? made : fcntl(made, F_DUPFD_CLOEXEC, 3);
  if (made >= 0) close(made);
  if (log < 0) {
    return Error{Format("{} cannot be written", TemporaryPlace()), Blame::kInfrastructure};
  }
  // The shell sets the limits before there is the program.
  const std::string script =
      Format("ulimit -v {}; ulimit -t {}; ulimit -f {}; ulimit -c 0; exec \"$@\"",
             limits.memory_bytes >> 10, limits.seconds, limits.file_bytes >> 9);
  std::vector<const char*> words = {"/bin/sh", "-c", script.c_str(), "sh"};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, log, 1);
  posix_spawn_file_actions_adddup2(&actions, log, 2);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t child = 0;
  const int failed = posix_spawn(&child, words[0], &actions, &attributes,
                                 const_cast<char* const*>(words.data()), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    close(log);
    return Error{Format("{} cannot be started: {}", arguments[0], std::strerror(failed)),
                 Blame::kInfrastructure};
  }
  ProcessResult result;
  const int status = WaitFor(child, limits.seconds, result.timed_out);
  result.output = ReadFrom(log);
  close(log);
  if (WIFEXITED(status) && !result.timed_out) result.status = WEXITSTATUS(status);
  return result;
}

TemporaryFolder::TemporaryFolder() : path_(TemporaryPlace() + "/warpsmith-XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) path_.clear();
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace ws
