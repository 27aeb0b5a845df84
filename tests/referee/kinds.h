// The types that values of generated programs have.
#ifndef WARPSMITH_TESTS_REFEREE_KINDS_H_
#define WARPSMITH_TESTS_REFEREE_KINDS_H_

#include <cstdint>

namespace ws::referee {

enum Kind : uint8_t {
  kS8,
  kU8,
  kS16,
  kU16,
  kS32,
  kU32,
  kS64,
  kU64,
  kF32,
  kF64,
  kHalf,
  kHalf2,
  kBf16,
  kBf162,
  kBool,
  kKinds
};

struct KindInfo {
  char letter;  // `$u` in a text stands for an expression of it (writer.h)
  const char* type;
  uint32_t weight;  // how often it is drawn
};
inline constexpr KindInfo kKindInfos[kKinds] = {
    {'c', "signed char", 6},   {'C', "unsigned char", 6},
    {'s', "short", 6},         {'S', "unsigned short", 6},
    {'i', "int", 16},          {'u', "unsigned", 18},
    {'q', "long long", 10},    {'l', "unsigned long long", 10},
    {'f', "float", 14},        {'d', "double", 8},
    {'h', "__half", 6},        {'H', "__half2", 3},
    {'w', "__nv_bfloat16", 4}, {'W', "__nv_bfloat162", 2},
    {'b', "bool", 6},
};

// kKinds where no kind has this letter.
constexpr Kind KindOf(char letter) {
  for (uint8_t k = 0; k < kKinds; ++k) {
    if (kKindInfos[k].letter == letter) return static_cast<Kind>(k);
  }
  return kKinds;
}

}  // namespace ws::referee

#endif  // WARPSMITH_TESTS_REFEREE_KINDS_H_
