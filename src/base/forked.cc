#include "base/forked.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "base/format.h"

namespace ws {
namespace {

// Addresses that this process has.
uint64_t AddressBytes() {
  uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

void Limit(int resource, uint64_t most) {
  rlimit limit = {};
  getrlimit(static_cast<__rlimit_resource>(resource), &limit);
  if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < most) most = limit.rlim_max;
  limit.rlim_cur = most;
  setrlimit(static_cast<__rlimit_resource>(resource), &limit);
}

[[noreturn]] void BeChild(int pipe_end, const std::function<std::string()>& make,
                          const ProcessLimits& limits, uint64_t addresses) {
  setpgid(0, 0);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) {
    signal(number, SIG_DFL);
  }
  Limit(RLIMIT_CPU, limits.seconds);
#ifndef WS_ASAN
  Limit(RLIMIT_AS, addresses + limits.memory_bytes);
#else
  (void)addresses;  // the sanitizer's own memory has no bound
#endif
  Limit(RLIMIT_CORE, 0);
  // What libraries print is nobody's.
  const int null = open("/dev/null", O_RDWR);
  for (int i = 0; i < 3; ++i) dup2(null, i);
  std::string text;
  try {
    text = make();
  } catch (...) {
    _exit(1);
  }
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = write(pipe_end, rest.data(), rest.size());
    if (written <= 0) _exit(1);
    rest.remove_prefix(static_cast<size_t>(written));
  }
  _exit(0);
}

// Everything until the other end is closed; false if that is not before `end`.
bool ReadAll(int pipe_end, std::chrono::steady_clock::time_point end, uint64_t most,
             std::string& text) {
  char buffer[1 << 16];
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0 || text.size() > most) return false;
    pollfd one = {pipe_end, POLLIN, 0};
    const int ready = poll(&one, 1, static_cast<int>(left.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    const ssize_t n = read(pipe_end, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return true;
    text.append(buffer, static_cast<size_t>(n));
  }
}

}  // namespace

Result<std::string> RunForked(const std::function<std::string()>& make, const ProcessLimits& limits,
                              std::mutex* lock) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return Error{"no pipe can be made: too many open files", Blame::kInfrastructure};
  }
  const uint64_t addresses = AddressBytes();
  if (lock != nullptr) lock->lock();
  const pid_t child = fork();
  if (child != 0 && lock != nullptr) lock->unlock();
  if (child < 0) {
    close(ends[0]);
    close(ends[1]);
    return Error{"no process can be made", Blame::kInfrastructure};
  }
  if (child == 0) BeChild(ends[1], make, limits, addresses);
  close(ends[1]);
  std::string text;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(limits.seconds);
  const bool in_time = ReadAll(ends[0], end, limits.file_bytes, text);
  close(ends[0]);
  if (!in_time) kill(child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!in_time && text.size() > limits.file_bytes) {
    return Error{Format("it gives more than {} MiB", limits.file_bytes >> 20)};
  }
  if (!in_time) return Error{Format("it takes more than {} s", limits.seconds)};
  if (WIFSIGNALED(status)) {
    return Error{WTERMSIG(status) == SIGXCPU ? Format("it takes more than {} s", limits.seconds)
                                             : Format("it ended by signal {}", WTERMSIG(status))};
  }
  if (WEXITSTATUS(status) != 0) {
    return Error{Format("it runs out of memory ({} MiB)", limits.memory_bytes >> 20)};
  }
  return text;
}

}  // namespace ws
