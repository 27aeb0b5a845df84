// Random CUDA programs whose results the language defines to the bit: no race, no overflow of
// signed integers, no order that matters, no NaN whose payload could show.
#ifndef WARPSMITH_TESTS_REFEREE_GENERATE_H_
#define WARPSMITH_TESTS_REFEREE_GENERATE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ws::referee {

// A program has a host function
//   void launch(unsigned* u, unsigned long long* l, float* f, double* d, unsigned* sums,
//               const unsigned* in, const float* fin)
// that launches its kernels. Thread t of all writes element t of u, l, f and d.
inline constexpr uint32_t kMaxThreads = 512;  // of all blocks
inline constexpr uint32_t kSums = 16;
inline constexpr uint32_t kInputs = 256;

struct Program {
  std::string text;
  // Statements that may be left out, as [begin, end) of the text; inner ones lie inside of outer.
  std::vector<std::pair<size_t, size_t>> parts;
  uint32_t heads = 0;     // what stands before it, in bits (construct.h)
  size_t head_bytes = 0;  // how much of the text that is
  std::vector<uint32_t> constructs = {}, forms = {};  // how often each row was made
};

// Compilers whose refusals programs keep away from.
struct Avoid {
  bool clang = false, nvrtc = false;
};

Program Generate(uint64_t seed, Avoid avoid = {});

// What stands before programs with these heads.
std::string HeadText(uint32_t heads);

}  // namespace ws::referee

#endif  // WARPSMITH_TESTS_REFEREE_GENERATE_H_
