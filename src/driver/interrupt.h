// Ctrl-C as a question: while an object of this class lives, SIGINT and SIGTERM are noted instead
// of ending the process. A second one ends it as usual.
#ifndef WARPSMITH_DRIVER_INTERRUPT_H_
#define WARPSMITH_DRIVER_INTERRUPT_H_

#include <atomic>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>

#include "driver/verb.h"

namespace ws::driver {

// Objects in several threads share one note.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  bool requested() const { return signal() != 0; }
  // The signal that was noted; 0 if none was. 128 + signal is the exit status that shells expect.
  int signal() const;
};

// For verbs that have nothing to save: while an object of this class lives, a signal prints an
// object {"error": ...} on standard output, unless a result was printed before, and ends the
// process with 128 + signal.
class ErrorOnInterrupt {
 public:
  explicit ErrorOnInterrupt(Context& context);
  ~ErrorOnInterrupt();
  ErrorOnInterrupt(const ErrorOnInterrupt&) = delete;
  ErrorOnInterrupt& operator=(const ErrorOnInterrupt&) = delete;

 private:
  void Watch();

  const Interrupt interrupt_;
  Context& context_;
  std::function<void(std::string_view)> out_;  // as it was
  std::mutex mutex_;
  bool printed_ = false;  // under mutex_
  std::atomic<bool> done_ = false;
  std::thread watcher_;
};

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_INTERRUPT_H_
