// The ways from a generated program to its results. All must give the same bytes.
#ifndef WARPSMITH_TESTS_REFEREE_PATHS_H_
#define WARPSMITH_TESTS_REFEREE_PATHS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "front/compiled.h"
#include "ir/ops.h"
#include "ir/ptx_program.h"
#include "tests/referee/generate.h"

namespace ws::referee {

enum class Path : uint8_t {
  kUnoptimised,  // without passes
  kNative,       // the native front end, optimised for execution, every check
  kUnchecked,    // without checks
  kReordered,    // lanes, warps and blocks in another order
  kTiming,       // after the passes for timing, without contraction
  kPrinted,      // printed as PTX and read back
  kNvrtc,        // NVRTC's PTX
  kClang,        // clang's PTX
  kCount
};
inline constexpr std::array<const char*, static_cast<size_t>(Path::kCount)> kPathNames = {
    "unoptimised", "native", "unchecked", "reordered", "timing", "printed", "nvrtc", "clang"};

// How often each operation stands in the modules of a path, as read.
using Coverage = std::array<uint64_t, static_cast<size_t>(ir::Op::kCount)>;

// A global array that a program gets, in the order of its parameters.
struct GlobalArray {
  const char* name;
  std::vector<uint8_t> content;  // before the program runs
  bool is_output = true;
};
std::vector<GlobalArray> ArraysOfCuda(uint64_t seed);
std::vector<GlobalArray> ArraysOfPtx(uint32_t blocks, uint32_t threads, uint64_t seed);

struct Outcome {
  std::string problem;         // why there are no results; empty if there are
  std::vector<uint8_t> bytes;  // of all output arrays, and the lines that were printed, in order
  bool no_compiler = false;    // the problem is that the compiler is not there, or ran out of time
};

// Whether the path's kernels come from another compiler.
constexpr bool IsCompiler(Path path) { return path == Path::kNvrtc || path == Path::kClang; }

// How far the passes have come in a module.
enum class Stage : uint8_t { kRead, kOptimised, kTiming };

// A program on its ways. Paths that want the same module share it: it goes from stage to stage, so
// that paths in the order of their enumeration compile a program no more often than they have to.
class Subject {
 public:
  // A program in CUDA; its launch() runs on inputs drawn from the seed.
  Subject(std::string text, uint64_t seed) : text_(std::move(text)), seed_(seed) {}
  // A kernel `k` in PTX; there is no path of another compiler.
  Subject(std::string text, uint64_t seed, uint32_t blocks, uint32_t threads)
      : text_(std::move(text)), seed_(seed), blocks_(blocks), threads_(threads) {}

  // coverage: gets the operations of every module that is made; may be null.
  Outcome Run(Path path, Coverage* coverage);
  // The kernels of the module that ran last.
  uint32_t kernels() const;

 private:
  // Makes the module of a path as it is before all passes; has no bytes.
  Outcome Make(Path path, Coverage* coverage);
  ir::Module& module();

  std::string text_;
  uint64_t seed_;
  uint32_t blocks_ = 0, threads_ = 0;  // of PTX
  std::unique_ptr<front::Compiled> cuda_;
  std::unique_ptr<ir::PtxProgram> ptx_;
  bool as_read_ = false;  // not of another compiler, nor printed
  Stage stage_ = Stage::kRead;
};

// `f[17]: 3f800000, not 3f800001`: the first element that differs, in hexadecimal.
std::string FirstDifference(const std::vector<uint8_t>& native, const std::vector<uint8_t>& other);

// What each of several programs gives, compiled as one text with a namespace for each: most of what
// a compiler takes for one of them it takes for its headers. Empty where that text was refused.
struct Seeded {
  const Program* program;
  uint64_t seed;
};
std::vector<Outcome> RunTogether(const std::vector<Seeded>& programs, Path path,
                                 Coverage* coverage);
// The text that it compiles.
std::string Together(const std::vector<Seeded>& programs);

}  // namespace ws::referee

#endif  // WARPSMITH_TESTS_REFEREE_PATHS_H_
