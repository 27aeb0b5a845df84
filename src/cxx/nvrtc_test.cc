#include "cxx/nvrtc.h"

#include "tests/test.h"

namespace ws::cxx {
namespace {

TEST(Nvrtc, CompilesDeviceCode) {
  const auto nvrtc = Nvrtc::Open();
  if (nvrtc == nullptr) GTEST_SKIP() << "NVRTC is not here";
  const std::string options[] = {"--gpu-architecture=compute_90"};
  const auto ptx =
      nvrtc->Compile("extern \"C\" __global__ void k(int* p) { *p = 1; }", "k.cu", options);
  ASSERT_TRUE(ptx.ok()) << ptx.error().message;
  EXPECT_NE(ptx.value().find(".entry k"), std::string::npos);
}

TEST(Nvrtc, ErrorsCarryTheLog) {
  const auto nvrtc = Nvrtc::Open();
  if (nvrtc == nullptr) GTEST_SKIP() << "NVRTC is not here";
  const auto ptx = nvrtc->Compile("__global__ void k() { nothing; }", "k.cu", {});
  ASSERT_FALSE(ptx.ok());
  EXPECT_NE(ptx.error().message.find("nothing"), std::string::npos);
}

}  // namespace
}  // namespace ws::cxx
