#include "base/forked.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <new>
#include <thread>
#include <vector>

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

TEST(Forked, NoCopyHoldsThePipeOfAnother) {
  // A slow one is made while a fast one is on its way.
  std::thread slow([&] {
    (void)RunForked(
        [&]() -> std::string {
          std::this_thread::sleep_for(std::chrono::seconds(60));
          return {};
        },
        {.seconds = 10});
  });
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::thread> fast;
  for (int t = 0; t < 4; ++t) {
    fast.emplace_back([] {
      for (int i = 0; i < 25; ++i) {
        const auto made = RunForked([] { return std::string("yes"); });
        EXPECT_TRUE(made.ok() && made.value() == "yes");
      }
    });
  }
  for (std::thread& t : fast) t.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(8));
  slow.join();
}

TEST(Forked, WorksWithoutOpenFilesAndNewsOfChildren) {
  // In a process of its own: what the test reads and prints is closed there.
  const auto inside = RunForked([]() -> std::string {
    std::signal(SIGCHLD, SIG_IGN);
    for (int i = 0; i < 3; ++i) close(i);
    const auto made = RunForked([] { return std::string("inside"); });
    return made.ok() ? made.value() : made.error().message;
  });
  ASSERT_TRUE(inside.ok()) << inside.error().message;
  EXPECT_EQ(inside.value(), "inside");
  const auto cut = RunForked([]() -> std::string {
    std::signal(SIGCHLD, SIG_IGN);
    const auto made = RunForked([]() -> std::string {
      std::raise(SIGKILL);
      return {};
    });
    return made.ok() ? "ok" : made.error().message;
  });
  ASSERT_TRUE(cut.ok()) << cut.error().message;
  EXPECT_EQ(cut.value(), "it ended in the middle");
}

TEST(Forked, SignalsThatAreBlockedEndIt) {
  const auto made = RunForked([]() -> std::string {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, nullptr);
    std::signal(SIGTERM, SIG_IGN);
    const auto inner = RunForked([]() -> std::string {
      std::raise(SIGTERM);
      return "went on";
    });
    return inner.ok() ? inner.value() : inner.error().message;
  });
  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_EQ(made.value(), "it ended by signal 15");
}

}  // namespace
}  // namespace ws
