#include "exec/host_streams.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "tests/test.h"

namespace ws::exec {
namespace {

namespace fs = std::filesystem;

// What scanf would store, and what it returns.
struct Scanned {
  int result = 0;
  uint64_t at = 0;
  std::vector<std::string> stored;
};
Scanned Scan(std::string_view text, std::string_view format) {
  Scanned scanned;
  scanned.result = ScanText(text, &scanned.at, format, [&](uint32_t, std::string_view bytes) {
    scanned.stored.emplace_back(bytes);
    return true;
  });
  return scanned;
}

TEST(ScanText, CountsWhatItStores) {
  EXPECT_EQ(Scan("12 abc 3.5", "%d %s %f").result, 3);
  EXPECT_EQ(Scan("12 abc", "%d %d").result, 1);
  EXPECT_EQ(Scan("", "%d").result, -1);
  EXPECT_EQ(Scan("7,8", "%d,%d").result, 2);
  EXPECT_EQ(Scan("7;8", "%d,%d").result, 1);
}

TEST(ScanText, TakesWidthsSetsAndSkips) {
  const Scanned word = Scan("abcdef", "%3s%*1c%[^f]");
  ASSERT_EQ(word.stored.size(), 2u);
  EXPECT_STREQ(word.stored[0].c_str(), "abc");
  EXPECT_STREQ(word.stored[1].c_str(), "e");
  EXPECT_EQ(Scan("0x1f", "%x").stored[0], std::string("\x1f\0\0\0", 4));
  EXPECT_EQ(Scan("1", "%ld").stored[0].size(), 8u);
}

class HostStreamsTest : public ::testing::Test {
 protected:
  HostStreamsTest() {
    root_ = fs::path(::testing::TempDir()) / "host_streams";
    fs::remove_all(root_);
    fs::create_directories(root_ / "in");
    std::ofstream(root_ / "in" / "a.txt") << "text";
    std::ofstream(fs::path(::testing::TempDir()) / "outside.txt") << "secret";
    streams_.SetRoot(root_.string());
  }
  ~HostStreamsTest() override { fs::remove_all(root_); }

  fs::path root_;
  HostStreams streams_;
};

TEST_F(HostStreamsTest, ReadsAndWritesBelowItsFolder) {
  const uint64_t file = streams_.OpenFile("in/a.txt", "r");
  ASSERT_NE(file, 0u);
  EXPECT_EQ(streams_.Find(file)->text, "text");
  const uint64_t made = streams_.OpenFile("./b.txt", "w");
  ASSERT_NE(made, 0u);
  EXPECT_TRUE(streams_.Write(*streams_.Find(made), "new"));
  EXPECT_TRUE(streams_.Close(made));
  std::stringstream written;
  written << std::ifstream(root_ / "b.txt").rdbuf();
  EXPECT_EQ(written.str(), "new");
}

TEST_F(HostStreamsTest, LeavesWhatIsOutsideAlone) {
  fs::create_symlink("../outside.txt", root_ / "link");
  fs::create_directory_symlink("..", root_ / "up");
  fs::create_hard_link(fs::path(::testing::TempDir()) / "outside.txt", root_ / "second");
  for (const char* path :
       {"../outside.txt", "link", "up/outside.txt", "second", "/etc/passwd", "in", "", "."}) {
    EXPECT_EQ(streams_.OpenFile(path, "r"), 0u) << path;
    EXPECT_EQ(streams_.OpenFile(path, "w"), 0u) << path;
  }
  EXPECT_FALSE(streams_.Remove("../outside.txt"));
  std::stringstream kept;
  kept << std::ifstream(fs::path(::testing::TempDir()) / "outside.txt").rdbuf();
  EXPECT_EQ(kept.str(), "secret");
}

TEST_F(HostStreamsTest, BoundsTextsAndStreams) {
  const uint64_t text = streams_.OpenText();
  const std::string much(HostStreams::kMostBytes, 'x');
  EXPECT_TRUE(streams_.Write(*streams_.Find(text), much));
  EXPECT_FALSE(streams_.Write(*streams_.Find(text), "x"));
  EXPECT_TRUE(streams_.Close(text));
  uint32_t opened = 0;
  while (streams_.OpenText() != 0) ++opened;
  EXPECT_LT(opened, HostStreams::kMostStreams);
}

TEST(HostStreams, HasNoFilesWithoutAFolder) {
  HostStreams streams;
  EXPECT_EQ(streams.OpenFile("a.txt", "w"), 0u);
  EXPECT_TRUE(streams.missed_root());
}

}  // namespace
}  // namespace ws::exec
