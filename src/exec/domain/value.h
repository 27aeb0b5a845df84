// One shadow value: what rides along with a floating-point value's bits (DESIGN §1.2, §6).
#ifndef WARPSMITH_EXEC_DOMAIN_VALUE_H_
#define WARPSMITH_EXEC_DOMAIN_VALUE_H_

#include <cstdint>

namespace ws::exec {

struct ShadowValue {
  double value = 0;
  double magnitude = 0;  // A
  double variance = 0;   // S^2, in u^2
  float roundings = 0;   // n
  bool lost = false;
  bool ambiguous = false;
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_DOMAIN_VALUE_H_
