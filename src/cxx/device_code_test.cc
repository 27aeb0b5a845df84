#include "cxx/device_code.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "base/format.h"
#include "cxx/cache.h"
#include "tests/test.h"

namespace ws::cxx {
namespace {

namespace fs = std::filesystem;

// The cache of this process in a folder of its own.
class DeviceCodeTest : public ::testing::Test {
 protected:
  DeviceCodeTest() {
    const char* before = std::getenv("WARPSMITH_CACHE");
    if (before != nullptr) before_ = before;
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / Format("ws_code_{}_{}", getpid(), info->name());
    setenv("WARPSMITH_CACHE", folder_.c_str(), 1);
  }
  ~DeviceCodeTest() override {
    before_.empty() ? unsetenv("WARPSMITH_CACHE") : setenv("WARPSMITH_CACHE", before_.c_str(), 1);
    fs::remove_all(folder_);
  }

  Result<DeviceCode> Compile(const DeviceRequest& request, std::string_view compiler = "test 1") {
    return CompileCached(compiler, request, [&](const DeviceRequest& asked) -> Result<DeviceCode> {
      ++compilations_;
      if (asked.source == "fails") return Error{"out of memory", Blame::kInfrastructure};
      DeviceCode code;
      code.accepted = asked.source != "bad";
      code.ptx = code.accepted ? "ptx of " + asked.source : "";
      code.log = code.accepted ? "" : "no";
      for (const std::string& name : asked.names) code.symbols.push_back("_Z" + name);
      return code;
    });
  }

  std::string before_;
  fs::path folder_;
  int compilations_ = 0;
};

TEST_F(DeviceCodeTest, OneRequestIsCompiledOnce) {
  DeviceRequest request = {.source = "a", .name = "a.cu", .names = {"k", "&v"}};
  for (int i = 0; i < 2; ++i) {
    const auto code = Compile(request);
    ASSERT_TRUE(code.ok());
    EXPECT_EQ(code.value().ptx, "ptx of a");
    EXPECT_EQ(code.value().symbols, (std::vector<std::string>{"_Zk", "_Z&v"}));
  }
  EXPECT_EQ(compilations_, 1);
  request.source = "bad";
  for (int i = 0; i < 2; ++i) {
    const auto code = Compile(request);
    ASSERT_TRUE(code.ok());
    EXPECT_FALSE(code.value().accepted);
    EXPECT_EQ(code.value().log, "no");
  }
  EXPECT_EQ(compilations_, 2);
}

TEST_F(DeviceCodeTest, WhateverDecidesMakesAnotherRequest) {
  const DeviceRequest request = {
      .source = "a", .name = "a.cu", .options = {"-x"}, .headers = {{"h", "t"}}, .names = {"k"}};
  (void)Compile(request);
  DeviceRequest other = request;
  other.source = "b";
  (void)Compile(other);
  other = request;
  other.name = "b.cu";
  (void)Compile(other);
  other = request;
  other.options = {"-x", "-y"};
  (void)Compile(other);
  other = request;
  other.headers[0].text = "u";
  (void)Compile(other);
  other = request;
  other.names = {"l"};
  (void)Compile(other);
  (void)Compile(request, "test 2");
  EXPECT_EQ(compilations_, 7);
  (void)Compile(request);
  EXPECT_EQ(compilations_, 7);
}

TEST_F(DeviceCodeTest, FailuresAndUnknownFilesAreNotKept) {
  for (const char* source : {"fails", "#define H \"h\"\n # include H\n"}) {
    compilations_ = 0;
    (void)Compile({.source = source, .name = "a.cu"});
    (void)Compile({.source = source, .name = "a.cu"});
    EXPECT_EQ(compilations_, 2) << source;
  }
}

TEST_F(DeviceCodeTest, TroubleIsToldOnce) {
  fs::create_directories(folder_);
  const std::string file = folder_ / "file";
  fclose(fopen(file.c_str(), "w"));
  setenv("WARPSMITH_CACHE", (file + "/below").c_str(), 1);
  const auto code = Compile({.source = "a", .name = "a.cu"});
  EXPECT_TRUE(code.ok());
  const std::string trouble = TakeCacheTrouble();
  EXPECT_NE(trouble.find("is not kept for the next run"), std::string::npos) << trouble;
  EXPECT_TRUE(Compile({.source = "b", .name = "a.cu"}).ok());
  EXPECT_EQ(TakeCacheTrouble(), "");
}

}  // namespace
}  // namespace ws::cxx
