#include "cxx/cache.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/format.h"
#include "tests/test.h"

namespace ws::cxx {
namespace {

namespace fs = std::filesystem;

class CacheTest : public ::testing::Test {
 protected:
  CacheTest() {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / Format("ws_cache_{}_{}", getpid(), info->name());
    fs::remove_all(folder_);
  }
  ~CacheTest() override { fs::remove_all(folder_); }

  std::vector<fs::path> Files() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder_)) files.push_back(entry.path());
    return files;
  }

  static void Write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }
  static std::string Read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  fs::path folder_;
};

TEST_F(CacheTest, FindsWhatWasKept) {
  const Cache cache(folder_, 1 << 20);
  EXPECT_FALSE(cache.Find("a").has_value());
  ASSERT_TRUE(cache.Keep("a", "the answer").ok());
  EXPECT_EQ(cache.Find("a"), "the answer");
  EXPECT_FALSE(cache.Find("b").has_value());
  EXPECT_EQ(cache.Measure().entries, 1u);
  EXPECT_EQ(Files().size(), 1u);  // nothing beside it
}

TEST_F(CacheTest, AnythingElseIsNoEntry) {
  const Cache cache(folder_, 1 << 20);
  ASSERT_TRUE(cache.Keep("request", "the answer").ok());
  const fs::path path = Files().at(0);
  const std::string whole = Read(path);
  for (size_t length = 0; length < whole.size(); ++length) {
    Write(path, whole.substr(0, length));
    EXPECT_FALSE(cache.Find("request").has_value()) << length;
  }
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] ^= 1;
    Write(path, damaged);
    EXPECT_FALSE(cache.Find("request").has_value()) << at;
  }
  Write(path, whole + "x");
  EXPECT_FALSE(cache.Find("request").has_value());
  ASSERT_TRUE(cache.Keep("request", "another").ok());
  EXPECT_EQ(cache.Find("request"), "another");
  // A request whose hash were the same.
  ASSERT_TRUE(cache.Keep("REQUEST", "the answer").ok());
  for (const fs::path& file : Files()) {
    if (file != path) fs::rename(file, path);
  }
  EXPECT_FALSE(cache.Find("request").has_value());
}

TEST_F(CacheTest, WhatWasUsedLongestAgoGoes) {
  const std::string answer(1000, 'x');
  const Cache cache(folder_, 5000);
  using std::chrono::seconds;
  const auto now = fs::file_time_type::clock::now();
  for (const char* request : {"1", "2", "3", "4"}) {
    ASSERT_TRUE(cache.Keep(request, answer).ok());
    for (const fs::path& file : Files()) {
      fs::last_write_time(file, fs::last_write_time(file) - seconds(10));
    }
  }
  EXPECT_TRUE(cache.Find("1").has_value());  // used now
  ASSERT_TRUE(cache.Keep("5", answer).ok());
  EXPECT_TRUE(cache.Find("1").has_value());
  EXPECT_FALSE(cache.Find("2").has_value());
  EXPECT_TRUE(cache.Find("5").has_value());
  EXPECT_LE(cache.Measure().bytes, 5000u);
  ASSERT_TRUE(cache.Keep("large", std::string(6000, 'x')).ok());
  EXPECT_FALSE(cache.Find("large").has_value());
  // What a writer left that was killed long ago.
  Write(folder_ / "0.entry.1.1.new", "half");
  fs::last_write_time(folder_ / "0.entry.1.1.new", now - std::chrono::hours(2));
  ASSERT_TRUE(cache.Keep("6", "x").ok());
  EXPECT_FALSE(fs::exists(folder_ / "0.entry.1.1.new"));
}

TEST_F(CacheTest, ReadersNeverSeeHalves) {
  const Cache cache(folder_, 1 << 20);
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const std::string letter(1, static_cast<char>('a' + (t + i) % 3));
        const std::string answer(5000, letter[0]);
        if (!cache.Keep(letter, answer).ok()) ++wrong;
        const auto found = cache.Find(letter);
        if (!found || *found != answer) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(Files().size(), 3u);
}

TEST_F(CacheTest, WorksWithoutAFolder) {
  Write(folder_, "a file where the folder should be");
  const Cache cache((folder_ / "cache").string(), 1 << 20);
  EXPECT_FALSE(cache.Keep("a", "b").ok());
  EXPECT_FALSE(cache.Find("a").has_value());
  EXPECT_EQ(cache.Measure().entries, 0u);
  const Cache off("", 1 << 20), none(folder_, 0);
  EXPECT_TRUE(off.Keep("a", "b").ok());
  EXPECT_FALSE(off.Find("a").has_value());
  EXPECT_TRUE(none.Keep("a", "b").ok());
}

TEST(PackTexts, ListsComeBack) {
  const std::vector<std::string> texts = {"", "a:b", std::string("\0x", 2)};
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  EXPECT_EQ(UnpackTexts(PackTexts(views)), texts);
  EXPECT_FALSE(UnpackTexts("5:abc").has_value());
  EXPECT_FALSE(UnpackTexts("abc").has_value());
  EXPECT_EQ(UnpackTexts("")->size(), 0u);
}

}  // namespace
}  // namespace ws::cxx
