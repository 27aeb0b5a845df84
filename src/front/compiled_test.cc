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

// What was declared before the parser gave up must not look undeclared.
TEST(Compiled, NothingIsSaidOfATreeThatIsCutShort) {
  std::string chain;
  for (int i = 0; i < 5000; ++i) chain += "a[0] = ";
  const auto compiled = CompileText("k.cu", "__global__ void k(int* a) { " + chain + "1; }\n");
  ASSERT_EQ(compiled->diagnostics().size(), 1u) << Errors(*compiled);
  EXPECT_EQ(compiled->diagnostics()[0].id, "nested-too-deep");
}

// The type of a letter of builtins.def that a kernel's parameter can point to; null for others.
const char* TypeOf(char code) {
  switch (code) {
    case 'i':
      return "int";
    case 'u':
      return "unsigned";
    case 'l':
      return "long";
    case 'm':
      return "unsigned long";
    case 'x':
      return "long long";
    case 'y':
      return "unsigned long long";
    case 's':
      return "short";
    case 't':
      return "unsigned short";
    case 'f':
      return "float";
    case 'd':
      return "double";
    case 'h':
      return "half";
    case 'H':
      return "half2";
    case 'g':
      return "__nv_bfloat16";
    case 'G':
      return "__nv_bfloat162";
    case 'F':
      return "float2";
    case 'b':
      return "bool";
    default:
      return nullptr;
  }
}

// A kernel that calls the builtin with the argument types of the row; empty for signatures of other
// letters.
std::string CallOf(const std::string& name, const std::string& signature) {
  std::string params, args;
  int count = 0;
  for (size_t i = 2; i < signature.size() && signature[i] != ')'; ++i) {
    const bool pointer = signature[i] == '*';
    if (pointer) ++i;
    const char* type = TypeOf(signature[i]);
    if (type == nullptr) return "";
    const std::string p = "p" + std::to_string(count++);
    params += std::string(params.empty() ? "" : ", ") + type + "* " + p;
    args += std::string(args.empty() ? "" : ", ") + (pointer ? p : p + "[0]");
  }
  const std::string call = name + "(" + args + ")";
  if (count == 0) return "";
  if (signature[0] == 'v') return "__global__ void k(" + params + ") { " + call + "; }\n";
  const char* result = TypeOf(signature[0]);
  if (result == nullptr) return "";
  return "__global__ void k(" + params + ", " + result + "* r) { r[0] = " + call + "; }\n";
}

TEST(Compiled, EveryBuiltinThatIsArithmeticCompilesAtItsOwnTypes) {
  const struct {
    const char *name, *signature, *how;
  } rows[] = {
#define BUILTIN(name, signature, how, op, type, extra) {#name, signature, #how},
#include "front/builtins.def"
#undef BUILTIN
  };
  int calls = 0;
  for (const auto& row : rows) {
    const std::string how = row.how;
    const bool arithmetic = how == "Math" || how == "Lib" || how == "Op" || how == "Cvt" ||
                            how == "HalfMath" || how == "HalfOp" || how == "HalfCmp";
    if (!arithmetic) continue;
    const std::string text = CallOf(row.name, row.signature);
    if (text.empty()) continue;
    const auto compiled = CompileText("a.cu", text);
    ASSERT_TRUE(compiled->ok()) << text << Errors(*compiled);
    EXPECT_TRUE(ir::Verify(compiled->module()).empty()) << text;
    for (const ir::Function& f : compiled->module().functions) EXPECT_GT(f.num_blocks, 0u) << text;
    ++calls;
  }
  EXPECT_GT(calls, 500);
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
