#include "cxx/clang.h"

#include <filesystem>
#include <fstream>

#include "base/process.h"
#include "tests/test.h"

namespace ws::cxx {
namespace {

DeviceRequest Request(std::string source, std::vector<std::string> names = {}) {
  DeviceRequest request = {.source = std::move(source), .name = "folder/k.cu"};
  request.options = {"-std=c++17",           "-O2",        "-S",         "-w",
                     "-nocudainc",           "-nocudalib", "-fdeclspec", "--cuda-path=/nonexistent",
                     "--cuda-gpu-arch=sm_90"};
  request.names = std::move(names);
  return request;
}

TEST(Clang, CompilesDeviceCodeAndTellsNames) {
  const auto clang = Clang::Find();
  if (!clang) GTEST_SKIP() << "clang is not here";
  auto request = Request(
      "#include \"h.h\"\nnamespace a {\n__device__ int v[4];\ntemplate <class T, int N>\n"
      "__global__ void k(T* p) { p[threadIdx.x] = expf(TWO * N) + v[1]; }\n}\n",
      {"a::k<float, 3>", "&a::v"});
  request.headers = {{"folder/h.h", "#define TWO 2\n"}};
  const auto code = clang->Compile(request);
  ASSERT_TRUE(code.ok()) << code.error().message;
  ASSERT_TRUE(code.value().accepted) << code.value().log;
  const std::vector<std::string>& symbols = code.value().symbols;
  ASSERT_EQ(symbols.size(), 2u);
  EXPECT_NE(code.value().ptx.find(".entry " + symbols[0]), std::string::npos);
  EXPECT_NE(code.value().ptx.find(symbols[1] + "[16]"), std::string::npos);
  EXPECT_EQ(code.value().ptx.find("__ws_name_"), std::string::npos);
  EXPECT_NE(code.value().ptx.find("_expf"), std::string::npos);  // a call
}

TEST(Clang, ErrorsNameTheSource) {
  const auto clang = Clang::Find();
  if (!clang) GTEST_SKIP() << "clang is not here";
  const auto code = clang->Compile(Request("__global__ void k() { nothing(); }"));
  ASSERT_TRUE(code.ok());
  EXPECT_FALSE(code.value().accepted);
  EXPECT_NE(code.value().log.find("folder/k.cu:1:23: error: "), std::string::npos)
      << code.value().log;
}

TEST(Clang, FilesOutsideAreNotRead) {
  const auto clang = Clang::Find();
  if (!clang) GTEST_SKIP() << "clang is not here";
  auto request = Request("#include \"../x.h\"\n");
  request.headers = {{"../folder/../x.h", "int x;\n"}};
  const auto code = clang->Compile(request);
  ASSERT_TRUE(code.ok());
  EXPECT_FALSE(code.value().accepted);
}

TEST(Clang, OnlyPtxThatIsAFileCounts) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/clang";
  for (const char* does : {":", "ln -s /dev/zero $out", "mkfifo $out", ": >$out"}) {
    std::ofstream(path)
        << "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" = -o ] && out=$2; shift; done\n"
        << does << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    const auto code = Clang{path, "of the test"}.Compile(Request("__global__ void k() {}"));
    ASSERT_FALSE(code.ok()) << does;
    EXPECT_EQ(code.error().message, "clang ended well and wrote no PTX");
  }
}

}  // namespace
}  // namespace ws::cxx
