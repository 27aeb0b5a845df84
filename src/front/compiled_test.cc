#include "front/compiled.h"

#include <string>
#include <thread>
#include <vector>

#include "ir/verify.h"
#include "tests/test.h"

namespace ws::front {
namespace {

std::string Errors(const Compiled& compiled) { return diag::ToText(compiled.diagnostics()); }

TEST(Compiled, TheLibraryHasEveryMathFunction) {
  const ir::Module& library = MathLibrary();
  EXPECT_TRUE(ir::Verify(library).empty());
  for (uint8_t fn = 1; fn < static_cast<uint8_t>(ir::MathFn::kCount); ++fn) {
    bool found = false;
    for (const ir::Function& f : library.functions) {
      found |= f.math == static_cast<ir::MathFn>(fn) && f.num_blocks > 0;
    }
    EXPECT_TRUE(found) << ir::InfoOf(static_cast<ir::MathFn>(fn)).spelling;
  }
}

TEST(Compiled, MathFunctionsBringTheirBodies) {
  const auto compiled = CompileText(
      "a.cu", "__global__ void k(float* x) { x[0] = expf(x[1]) + erff(x[2]) + tanhf(x[3]); }");
  ASSERT_TRUE(compiled->ok()) << Errors(*compiled);
  EXPECT_TRUE(ir::Verify(compiled->module()).empty());
  for (const ir::Function& f : compiled->module().functions) EXPECT_GT(f.num_blocks, 0u) << f.name;
}

TEST(Compiled, InstancesAreNamedByTheirArguments) {
  const auto compiled = CompileText("a.cu",
                                    "template <typename T, int N> __global__ void k(T* x) {}\n"
                                    "void launch(float* x) { k<float, 3><<<1, 1>>>(x); }");
  ASSERT_TRUE(compiled->ok()) << Errors(*compiled);
  EXPECT_TRUE(compiled->module().Find("k<float, 3>").valid());
}

TEST(Compiled, ThreadsDoNotMeet) {
  std::vector<std::thread> threads;
  std::vector<int> results(4, 0);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&results, t] {
      for (int i = 0; i < 20; ++i) {
        results[static_cast<size_t>(t)] +=
            CompileText("a.cu", "__global__ void k(float* x) { x[0] = logf(x[1]); }")->ok() ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : results) EXPECT_EQ(count, 20);
}

TEST(Compiled, HostileDepthAndSizeEndInDiagnostics) {
  std::string deep = "__device__ int f() { return ";
  for (int i = 0; i < 50000; ++i) deep += "-(";
  EXPECT_FALSE(CompileText("deep.cu", deep)->ok());
  const auto types = CompileText("types.cu",
                                 "template <int N> __device__ int f() { return f<N + 1>(); }\n"
                                 "__global__ void k(int* x) { x[0] = f<0>(); }");
  EXPECT_FALSE(types->ok());
  EXPECT_FALSE(types->diagnostics().empty());
}

}  // namespace
}  // namespace ws::front
