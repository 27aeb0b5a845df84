// The ways from a generated program to its results. All must give the same bytes.
#ifndef WARPSMITH_TESTS_REFEREE_PATHS_H_
#define WARPSMITH_TESTS_REFEREE_PATHS_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "ir/ops.h"
#include "tests/referee/generate.h"

namespace ws::referee {

enum class Path : uint8_t {
  kNative,       // the native front end, optimised for execution, every check
  kUnoptimised,  // without passes
  kUnchecked,    // without checks
  kReordered,    // lanes, warps and blocks in another order
  kPrinted,      // printed as PTX and read back
  kTiming,       // after the passes for timing, without contraction
  kNvrtc,        // NVRTC's PTX
  kClang,        // clang's PTX
  kCount
};
inline constexpr std::array<const char*, static_cast<size_t>(Path::kCount)> kPathNames = {
    "native", "unoptimised", "unchecked", "reordered", "printed", "timing", "nvrtc", "clang"};

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
};

// Whether the path's kernels come from another compiler.
constexpr bool IsCompiler(Path path) { return path == Path::kNvrtc || path == Path::kClang; }

// The same for a kernel in PTX; there is no path of another compiler.
Outcome RunPtxPath(const std::string& text, uint32_t blocks, uint32_t threads, Path path,
                   uint64_t seed, Coverage* coverage);

// `f[17]: 3f800000, not 3f800001`: the first element that differs, in hexadecimal.
std::string FirstDifference(const std::vector<uint8_t>& native, const std::vector<uint8_t>& other);

// What each of several programs gives, compiled as one text with a namespace for each: most of what
// a compiler takes for one of them it takes for its headers. Empty where that text was refused.
// coverage: as for RunPath.
struct Seeded {
  const Program* program;
  uint64_t seed;
};
std::vector<Outcome> RunTogether(const std::vector<Seeded>& programs, Path path,
                                 Coverage* coverage);
// The text that it compiles.
std::string Together(const std::vector<Seeded>& programs);

// Runs the program's launch() on inputs drawn from the seed.
Outcome RunPath(const std::string& text, Path path, uint64_t seed, Coverage* coverage);

}  // namespace ws::referee

#endif  // WARPSMITH_TESTS_REFEREE_PATHS_H_
