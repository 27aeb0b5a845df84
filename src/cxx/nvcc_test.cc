#include "cxx/nvcc.h"

#include "tests/test.h"

namespace ws::cxx {
namespace {

TEST(Nvcc, CompilesWholeProgramsAndTellsNames) {
  const auto nvcc = Nvcc::Find();
  if (!nvcc) GTEST_SKIP() << "nvcc is not here";
  DeviceRequest request;
  request.name = "folder/k.cu";
  request.source =
      "#include \"h.h\"\n#include <vector>\nnamespace a {\n__device__ int v[4];\n"
      "template <class T, int N>\n"
      "__global__ void k(T* p) { p[threadIdx.x] = T(TWO * N) + v[1]; }\n}\n"
      "int main() { std::vector<float> x(3); a::k<float, 3><<<1, 1>>>(x.data()); }\n";
  request.headers = {{"folder/h.h", "#define TWO 2\n"}};
  request.options = {"-std=c++17", "-arch=sm_90", "-lineinfo"};
  request.names = {"a::k<float, 3>", "&a::v"};
  const auto code = nvcc->Compile(request);
  ASSERT_TRUE(code.ok()) << code.error().message;
  ASSERT_TRUE(code.value().accepted) << code.value().log;
  const std::vector<std::string>& symbols = code.value().symbols;
  ASSERT_EQ(symbols.size(), 2u);
  EXPECT_NE(code.value().ptx.find(".entry " + symbols[0]), std::string::npos);
  EXPECT_NE(code.value().ptx.find(symbols[1]), std::string::npos);
  EXPECT_EQ(code.value().ptx.find("__ws_name_"), std::string::npos);
  EXPECT_NE(code.value().ptx.find("\"folder/k.cu\""), std::string::npos);
}

TEST(Nvcc, ErrorsNameTheSource) {
  const auto nvcc = Nvcc::Find();
  if (!nvcc) GTEST_SKIP() << "nvcc is not here";
  DeviceRequest request = {.source = "__global__ void k() { nothing(); }", .name = "folder/k.cu"};
  const auto code = nvcc->Compile(request);
  ASSERT_TRUE(code.ok());
  EXPECT_FALSE(code.value().accepted);
  EXPECT_NE(code.value().log.find("folder/k.cu(1): error: "), std::string::npos)
      << code.value().log;
}

}  // namespace
}  // namespace ws::cxx
