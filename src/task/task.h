// What must be computed: a task and its data (DESIGN §5). Host code.
#ifndef WARPSMITH_TASK_TASK_H_
#define WARPSMITH_TASK_TASK_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ir/types.h"

namespace ws::task {

enum class Role : uint8_t { kOutput, kInput, kInOut, kScalar };
enum class DType : uint8_t { kF16, kBF16, kF32, kF64, kI8, kU8, kI16, kI32, kU32, kI64, kBool };
enum class InitKind : uint8_t {
  kNormal,
  kUniform,
  kIntegers,
  kOnes,
  kPermutation,
  kSorted,
  kCsr,
  kFile
};

// One set of sizes: name -> value.
using Sizes = std::map<std::string, int64_t>;

// An arithmetic expression over size names: + - * / % ( ) integers, ceil_div(a,b), min, max.
struct SizeExpr {
  std::string text;
};

struct Init {
  InitKind kind = InitKind::kNormal;
  std::vector<std::string> args;  // expressions over sizes, or a file name
};

struct Arg {
  std::string name;
  Role role = Role::kInput;
  DType dtype = DType::kF32;    // arrays
  std::vector<SizeExpr> shape;  // arrays; row-major
  Init init;
  std::string ctype;                 // scalars: C type: int, int64_t, float, ...
  std::optional<std::string> value;  // scalars: expression; default: the size of the same name
};

struct BenchSize {
  Sizes sizes;
  double weight = 1;
};

struct Task {
  std::string name;
  std::string directory;  // of the task.toml; sources are relative to it
  std::string entry = "launch";
  std::string precision;  // f64 f32 tf32 bf16 f16; empty: as the reference computes
  bool approx = false;
  std::vector<Arg> args;
  std::vector<Sizes> test_sizes;
  std::vector<BenchSize> bench_sizes;
  std::string reference_file;  // absolute or relative to the working directory
  std::string reference_text;
  std::string baseline_file;
  std::string baseline_text;
};

// Reads and checks a task.toml (or the one in a folder) and the sources it names. The error's
// message holds every mistake as `file:line:column: error: ...`, its line, a caret and a hint.
Result<Task> ReadTask(const std::string& file_or_folder);

// Evaluates an expression over sizes.
Result<int64_t> Evaluate(const SizeExpr& expr, const Sizes& sizes);
// Bytes of an array argument at these sizes.
Result<uint64_t> BytesOfArray(const Arg& arg, const Sizes& sizes);
// `cols=257 rows=3`.
std::string ToText(const Sizes& sizes);
uint64_t BytesOf(DType dtype);
ir::Type IrType(DType dtype);

// Data of one array argument: raw elements, row-major.
struct Array {
  DType dtype = DType::kF32;
  std::vector<int64_t> shape;
  std::vector<uint8_t> bytes;
};

// A family of inputs. kFromInit follows the task's init; the others are adversarial screens.
enum class Family : uint8_t {
  kFromInit,
  kZeros,
  kOnes,
  kLarge,
  kTiny,
  kCancelling,
  kTies,
  kDenormal,
  kInfinite,      // some elements of the largest arrays are infinite, the others as init says
  kNan,           // the same with NaN
  kSpikes,        // one value far larger than the others in each row, at its ends or anywhere
  kSpikesAcross,  // the same along another axis
  kBelow,         // every value far below zero
  kAbove,         // every value far above zero
};

// The arrays of all non-scalar arguments (outputs empty of content), in the order of task.args;
// scalars have an empty array. Deterministic in (task args, sizes, family, seed).
Result<std::vector<Array>> MakeInputs(const Task& task, const Sizes& sizes, Family family,
                                      uint64_t seed);
// Bits of scalar argument `index` in its C type.
Result<uint64_t> ScalarBits(const Task& task, size_t index, const Sizes& sizes);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_TASK_H_
