#include "driver/interrupt.h"

#include <csignal>
#include <mutex>

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

}  // namespace ws::driver
