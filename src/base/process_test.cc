#include "base/process.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "base/forked.h"
#include "tests/test.h"

namespace ws {
namespace {

ProcessResult Outcome(std::vector<std::string> arguments, const ProcessLimits& limits = {}) {
  const auto ran = RunProcess(arguments, limits);
  EXPECT_TRUE(ran.ok());
  return ran.ok() ? ran.value() : ProcessResult();
}

TEST(Process, TellsStatusAndOutput) {
  const ProcessResult ran = Outcome({"/bin/sh", "-c", "echo out; echo err >&2; exit 3"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_FALSE(ran.timed_out);
  EXPECT_EQ(ran.output, "out\nerr\n");
}

TEST(Process, WordsAreNoShellText) {
  EXPECT_EQ(Outcome({"/bin/echo", "$HOME; `id`", "a  b"}).output, "$HOME; `id` a  b\n");
}

TEST(Process, EndsAtItsTime) {
  const auto begin = std::chrono::steady_clock::now();
  // What it starts is ended with it.
  const ProcessResult ran = Outcome({"/bin/sh", "-c", "sleep 30 & sleep 30"}, {.seconds = 1});
  EXPECT_TRUE(ran.timed_out);
  EXPECT_EQ(ran.status, -1);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Process, MemoryAndFilesAreBounded) {
  const TemporaryFolder folder;
  ASSERT_FALSE(folder.path().empty());
  const std::string file = folder.path() + "/f";
  (void)Outcome({"/bin/sh", "-c", "head -c 100000 /dev/zero >" + file}, {.file_bytes = 4096});
  EXPECT_LE(std::filesystem::file_size(file), 4096u);
  const ProcessResult ran =
      Outcome({"/bin/sh", "-c", "x=$(head -c 300000000 /dev/zero | tr '\\0' a)"},
              {.memory_bytes = 64 << 20});
  EXPECT_NE(ran.status, 0);
}

TEST(Process, WorksWithoutOpenFiles) {
  // In a process of its own: what the test reads and prints is closed there.
  const auto inside = RunForked([] {
    for (int i = 0; i < 3; ++i) close(i);
    return Outcome({"/bin/echo", "here"}).output;
  });
  ASSERT_TRUE(inside.ok()) << inside.error().message;
  EXPECT_EQ(inside.value(), "here\n");
}

TEST(Process, WhereNobodyIsToldOfEndsNoneIsTakenForGood) {
  const auto inside = RunForked([] {
    std::signal(SIGCHLD, SIG_IGN);
    return std::to_string(Outcome({"/bin/false"}).status);
  });
  ASSERT_TRUE(inside.ok()) << inside.error().message;
  EXPECT_EQ(inside.value(), "-1");
}

TEST(Process, WhatIsNotThereFails) { EXPECT_NE(Outcome({"/no/such/program"}).status, 0); }

TEST(TemporaryFolder, IsRemoved) {
  std::string path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    std::ofstream(path + "/f") << "x";
    EXPECT_TRUE(std::filesystem::exists(path + "/f"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace ws
