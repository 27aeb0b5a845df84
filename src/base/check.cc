#include <cstdio>
#include <cstdlib>

#include "base/macros.h"

namespace ws {

void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, condition);
  std::abort();
}

}  // namespace ws
