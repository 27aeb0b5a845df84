// Scalar code gives the same numbers through the front end and the engine as through the host's
// compiler, with and without the passes.
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include "diag/render.h"
#include "exec/engine.h"
#include "front/compiled.h"
#include "ir/verify.h"
#include "pass/pipeline.h"
#include "tests/test.h"

#define DEV
// NOLINTBEGIN: the functions exercise what a reader would avoid
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wparentheses"
#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wsequence-point"
namespace native {
#include "tests/property/scalar_functions.inc"
}
#pragma GCC diagnostic pop
// NOLINTEND

namespace ws {
namespace {

constexpr int kCases = 1200;
int Input(int i) { return i / 12 - 20; }

void Compare(bool with_passes) {
  std::ifstream in(WS_SOURCE_DIR "/tests/property/scalar_functions.inc");
  std::stringstream text;
  text << "#define DEV __device__\n"
       << in.rdbuf()
       << "__global__ void k(int* out, int n) {\n"
          "  int i = blockIdx.x * blockDim.x + threadIdx.x;\n"
          "  if (i < n) out[i] = test(i, i / 12 - 20);\n"
          "}\n"
          "void launch(int* out, int n) { k<<<(n + 63) / 64, 64>>>(out, n); }\n";
  const auto compiled = front::CompileText("scalar_functions.cu", text.str());
  ASSERT_TRUE(compiled->ok()) << diag::ToText(compiled->diagnostics());
  if (with_passes) pass::ForExecution(compiled->module());
  ASSERT_TRUE(ir::Verify(compiled->module()).empty());
  exec::Instance instance(compiled->module());
  const exec::DevicePtr out = instance.Allocate(kCases * 4, "out");
  const exec::ArgValue args[] = {{ir::Type::kU64, out}, {ir::Type::kS32, kCases}};
  const exec::RunReport report =
      instance.Call(compiled->module().Find("launch"), args, exec::RunOptions());
  EXPECT_TRUE(report.clean());
  const auto bytes = instance.Read(out);
  for (int i = 0; i < kCases; ++i) {
    int got;
    memcpy(&got, bytes.data() + 4 * i, sizeof(got));
    EXPECT_EQ(got, native::test(i, Input(i))) << "case " << i % 12 << ", n = " << Input(i);
  }
}

TEST(Lowering, ScalarCodeMeansWhatCppSays) { Compare(/*with_passes=*/false); }
TEST(Lowering, PassesKeepItsMeaning) { Compare(/*with_passes=*/true); }

}  // namespace
}  // namespace ws
