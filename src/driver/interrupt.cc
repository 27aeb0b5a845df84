#include "driver/interrupt.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "base/format.h"
#include "base/json.h"

namespace ws::driver {
namespace {

volatile std::sig_atomic_t noted = 0;

std::mutex& Mutex() {
  static std::mutex mutex;
  return mutex;
}
int users = 0;  // under Mutex()
struct sigaction old_int, old_term;

void Note(int signal) { noted = signal; }

}  // namespace

Interrupt::Interrupt() {
  const std::lock_guard lock(Mutex());
  if (users++ > 0) return;
  noted = 0;
  struct sigaction action = {};
  action.sa_handler = Note;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, &old_int);
  sigaction(SIGTERM, &action, &old_term);
}

Interrupt::~Interrupt() {
  const std::lock_guard lock(Mutex());
  if (--users > 0) return;
  sigaction(SIGINT, &old_int, nullptr);
  sigaction(SIGTERM, &old_term, nullptr);
}

int Interrupt::signal() const { return noted; }

ErrorOnInterrupt::ErrorOnInterrupt(Context& context) : context_(context), out_(context.Out) {
  context.Out = [this](std::string_view text) {
    const std::lock_guard lock(mutex_);
    printed_ = true;
    out_(text);
  };
  watcher_ = std::thread([this] { Watch(); });
}

ErrorOnInterrupt::~ErrorOnInterrupt() {
  done_ = true;
  watcher_.join();
  context_.Out = std::move(out_);
}

void ErrorOnInterrupt::Watch() {
  constexpr auto kPause = std::chrono::milliseconds(20);
  while (!done_) {
    if (interrupt_.requested()) {
      const std::lock_guard lock(mutex_);
      const int signal = interrupt_.signal();
      if (!printed_) {
        const char* name = signal == SIGINT ? "SIGINT" : "SIGTERM";
        out_(DumpJson({{"error", Format("interrupted by {}", name)}}) + "\n");
      }
      std::_Exit(kExitSignal + signal);  // other threads are still at work
    }
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace ws::driver
