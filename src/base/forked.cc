#include "base/forked.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "base/format.h"

namespace ws {
namespace {

constexpr char kWhole = '\0';  // behind the text: all of it was written

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

// Signals do what they do to a new program, whatever this one handles, blocks or ignores.
void ResetSignals() {
  for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Closes what other threads have open, so that nobody waits for a pipe's end that is held here.
void CloseAllBut(int kept) {
  const auto last = static_cast<int>(std::min<long>(sysconf(_SC_OPEN_MAX), 1 << 16));
  if ((kept == 3 || close_range(3, static_cast<unsigned>(kept - 1), 0) == 0) &&
      close_range(static_cast<unsigned>(kept + 1), ~0u, 0) == 0) {
    return;
  }
  for (int i = 3; i < last; ++i) {
    if (i != kept) close(i);
  }
}

[[noreturn]] void BeChild(int pipe_end, pid_t parent, const std::function<std::string()>& make,
                          const ProcessLimits& limits, uint64_t addresses) {
  setpgid(0, 0);
  ResetSignals();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);  // it died before that
  CloseAllBut(pipe_end);
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
    text += kWhole;
  } catch (...) {
    _exit(1);
  }
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = write(pipe_end, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
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

// Away from 0 to 2, which may be closed here and are opened in the copy.
bool MakePipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  for (int i = 0; i < 2; ++i) {
    const int low = ends[i];
    if (low > 2) continue;
    ends[i] = fcntl(low, F_DUPFD_CLOEXEC, 3);
    close(low);
    if (ends[i] >= 0) continue;
    close(ends[1 - i]);
    return false;
  }
  return true;
}

}  // namespace

Result<std::string> RunForked(const std::function<std::string()>& make, const ProcessLimits& limits,
                              std::mutex* lock) {
  int ends[2];
  if (!MakePipe(ends)) {
    return Error{"no pipe can be made: too many open files", Blame::kInfrastructure};
  }
  const uint64_t addresses = AddressBytes();
  const pid_t parent = getpid();
  if (lock != nullptr) lock->lock();
  const pid_t child = fork();
  if (child != 0 && lock != nullptr) lock->unlock();
  if (child < 0) {
    close(ends[0]);
    close(ends[1]);
    return Error{"no process can be made", Blame::kInfrastructure};
  }
  if (child == 0) BeChild(ends[1], parent, make, limits, addresses);
  close(ends[1]);
  std::string text;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(limits.seconds);
  const bool in_time = ReadAll(ends[0], end, limits.file_bytes, text);
  close(ends[0]);
  if (!in_time) kill(child, SIGKILL);
  int status = 0;
  pid_t ended = 0;
  while ((ended = waitpid(child, &status, 0)) < 0 && errno == EINTR) {
  }
  // Where nobody is told of children's ends (SIGCHLD is ignored, say), what it wrote must do.
  const bool is_whole = text.ends_with(kWhole);
  if (is_whole) text.pop_back();
  if (!in_time && text.size() > limits.file_bytes) {
    return Error{Format("it gives more than {} MiB", limits.file_bytes >> 20)};
  }
  if (!in_time) return Error{Format("it takes more than {} s", limits.seconds)};
  if (ended >= 0 && WIFSIGNALED(status)) {
    return Error{WTERMSIG(status) == SIGXCPU ? Format("it takes more than {} s", limits.seconds)
                                             : Format("it ended by signal {}", WTERMSIG(status))};
  }
  if (ended >= 0 && WEXITSTATUS(status) != 0) {
    return Error{Format("it runs out of memory ({} MiB)", limits.memory_bytes >> 20)};
  }
  if (!is_whole) return Error{"it ended in the middle"};
  return text;
}

}  // namespace ws
