// The program of one target, for libFuzzer; WS_FUZZ_TARGET is its name.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const ws::fuzz::FuzzTarget& target = []() -> const ws::fuzz::FuzzTarget& {
    for (const ws::fuzz::FuzzTarget* each : ws::fuzz::FuzzTargets()) {
      if (each->name == std::string_view(WS_FUZZ_TARGET)) return *each;
    }
    std::abort();
  }();
  const std::string wrong = target.run({reinterpret_cast<const char*>(data), size});
  if (!wrong.empty()) {
    std::fprintf(stderr, "%s: %s\n", target.name, wrong.c_str());
    std::abort();
  }
  return 0;
}
