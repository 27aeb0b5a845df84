// Progress of a long job on standard error: one live line on a terminal, plain lines elsewhere.
#ifndef WARPSMITH_DRIVER_PROGRESS_H_
#define WARPSMITH_DRIVER_PROGRESS_H_

#include <chrono>
#include <string>
#include <string_view>

#include "driver/verb.h"

namespace ws::driver {

class ProgressLine {
 public:
  explicit ProgressLine(Context& context)
      : context_(context), begin_(Clock::now()), last_(begin_) {}
  ~ProgressLine() { Finish(); }

  // Shows the state of the job: replaces the live line (at most 10 times a second), or prints a
  // line every 30 seconds. `important` states are shown at once.
  void Show(std::string_view text, bool important = false);
  // Prints a line that stays.
  void Say(std::string_view text);
  // Ends the live line.
  void Finish();

  double elapsed_seconds() const {
    return std::chrono::duration<double>(Clock::now() - begin_).count();
  }

 private:
  using Clock = std::chrono::steady_clock;

  Context& context_;
  Clock::time_point begin_, last_;
  bool live_ = false;  // a live line is on the screen
};

// "7s", "2m05s".
std::string Duration(double seconds);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_PROGRESS_H_
