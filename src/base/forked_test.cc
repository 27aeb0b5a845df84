#include "base/forked.h"

#include <csignal>
#include <new>
#include <thread>

#include "tests/test.h"

namespace ws {
namespace {

TEST(Forked, GivesWhatTheFunctionReturns) {
  const std::string large(1 << 20, 'x');
  int seen = 0;
  const auto made = RunForked([&] {
    seen = 1;
    return large;
  });
  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_EQ(made.value(), large);
  EXPECT_EQ(seen, 0);  // it was a copy
}

TEST(Forked, ErrorsSayHowItEnded) {
  const auto crashed = RunForked([]() -> std::string {
    std::raise(SIGKILL);
    return {};
  });
  ASSERT_FALSE(crashed.ok());
  EXPECT_EQ(crashed.error().message, "it ended by signal 9");
  const auto slow = RunForked(
      []() -> std::string {
        std::this_thread::sleep_for(std::chrono::seconds(60));
        return {};
      },
      {.seconds = 1});
  ASSERT_FALSE(slow.ok());
  EXPECT_EQ(slow.error().message, "it takes more than 1 s");
  const auto full = RunForked([]() -> std::string { throw std::bad_alloc(); });
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().message, "it runs out of memory (4096 MiB)");
}

}  // namespace
}  // namespace ws
