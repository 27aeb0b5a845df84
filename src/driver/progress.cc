#include "driver/progress.h"

#include "base/format.h"

namespace ws::driver {
namespace {

constexpr size_t kWidest = 110;  // of the live line
constexpr auto kLiveInterval = std::chrono::milliseconds(100);
constexpr auto kPlainInterval = std::chrono::seconds(30);

}  // namespace

void ProgressLine::Show(std::string_view text, bool important) {
  const Clock::time_point now = Clock::now();
  if (!context_.err_is_terminal) {
    if (!important && now - last_ < kPlainInterval) return;
    last_ = now;
    context_.Err(Format("{}\n", text));
    return;
  }
  if (!important && live_ && now - last_ < kLiveInterval) return;
  last_ = now;
  live_ = true;
  context_.Err(Format("\r\x1b[K{}", text.substr(0, kWidest)));
}

void ProgressLine::Say(std::string_view text) {
  Finish();
  context_.Err(Format("{}\n", text));
}

void ProgressLine::Finish() {
  if (live_) context_.Err("\r\x1b[K");
  live_ = false;
}

std::string Duration(double seconds) {
  const auto whole = static_cast<int64_t>(seconds);
  if (whole < 60) return Format("{}s", whole);
  return Format("{}m{:02}s", whole / 60, whole % 60);
}

}  // namespace ws::driver
