// What generated programs are made of: constructs of the dialect, and forms of expressions. Each is
// a row; what a row's text may hold stands in writer.h.
#ifndef WARPSMITH_TESTS_REFEREE_CONSTRUCT_H_
#define WARPSMITH_TESTS_REFEREE_CONSTRUCT_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tests/referee/kinds.h"

namespace ws::referee {

class Writer;

// Who comes to a statement together.
enum class Where : uint8_t {
  kLane,   // any lane by itself
  kWarp,   // all 32 lanes of a warp
  kBlock,  // all threads of a block
};

// Texts that stand before a program once, as they include headers or declare what rows share.
enum Head : uint8_t {
  kBaseHead,
  kBf16Head,
  kFp8Head,
  kWmmaHead,
  kGroupsHead,
  kAtomicHead,
  kBarrierHead,
  kPipelineHead,
  kPipelineClassHead,
  kGroupCopiesHead,
  kHeads
};
std::string_view TextOf(Head head);
constexpr uint32_t Bit(Head head) { return 1u << head; }

// What functions begin with, so that statements have somewhere to leave results.
#define WS_RESULTS                                                                             \
  "unsigned u0 = $<999>u; unsigned long long l0 = $<999>ull; float f0 = $<9>.5f; double d0 = " \
  "-$<9>.25; "

// A construct of the dialect. Rows without a weight are made by forms alone.
struct Construct {
  const char* name;
  uint32_t weight = 0;
  Where where = Where::kLane;
  Where inner = Where::kLane;  // of the statements in it
  uint32_t heads = 0;
  const char* outside = nullptr;  // before the kernel or function
  const char* text = nullptr;
  void (*write)(Writer&) = nullptr;  // instead of texts
  // Names that it declares are used by what follows, so that reduction leaves it alone.
  bool declares = false;
  bool full_warps = false;  // blocks are whole warps; what kWarp says too
  // Why programs for this compiler do without it.
  const char* not_clang = nullptr;
  const char* not_nvrtc = nullptr;
};

// `{construct, kind, text}`: an expression of the kind.
struct Form {
  const char* construct;
  Kind result;
  const char* text;
};

// All rows. A row's number is its place here.
const std::vector<Construct>& Constructs();
const std::vector<Form>& Forms();
uint32_t ConstructOf(std::string_view name);

// The families, a file each.
std::span<const Construct> ControlConstructs();
std::span<const Construct> MemoryConstructs();
std::span<const Construct> FunctionConstructs();
std::span<const Construct> ObjectConstructs();
std::span<const Construct> LambdaConstructs();
std::span<const Construct> WarpConstructs();
std::span<const Construct> AsmConstructs();
std::span<const Construct> AsyncConstructs();
std::span<const Construct> MatrixConstructs();
std::span<const Form> IntegerForms();
std::span<const Form> FloatForms();

}  // namespace ws::referee

#endif  // WARPSMITH_TESTS_REFEREE_CONSTRUCT_H_
