// Fuzz targets: each takes any bytes and comes back, with no crash, hang or leak, and says what it
// found wrong besides, such as printed text that is read as another tree.
//
// A file of tests/fuzz/target/ defines one `extern const FuzzTarget k<Name>`. Under clang's
// sanitizers (preset `fuzz`) each becomes a program of its own for libFuzzer (fuzz_main.cc), which
// tools/fuzz.sh runs; everywhere the tests give each target its corpus and mutations of it
// (fuzz_test.cc). corpus/<name>/ holds inputs that reach something new and those that once failed.
#ifndef WARPSMITH_TESTS_FUZZ_FUZZ_H_
#define WARPSMITH_TESTS_FUZZ_FUZZ_H_

#include <span>
#include <string>
#include <string_view>

namespace ws::fuzz {

struct FuzzTarget {
  const char* name;        // of its file, its corpus and its program fuzz_<name>
  const char* dictionary;  // of dictionary.cc: cuda, ptx or toml
  // What is wrong; empty if nothing is. Deterministic.
  std::string (*run)(std::string_view input);
};

// Sorted by name.
std::span<const FuzzTarget* const> FuzzTargets();

}  // namespace ws::fuzz

#endif  // WARPSMITH_TESTS_FUZZ_FUZZ_H_
