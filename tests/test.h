// The test framework. Tests include this header, never GoogleTest itself.
//
// Unit tests stand beside the source (src/x/y_test.cc) and see the floors of their folder; tests
// that cross floors are tests/*.cc. A test that needs what is not installed calls GTEST_SKIP() with
// what was missing; ./test counts it. WS_SOURCE_DIR is the root of the repository.
#ifndef WARPSMITH_TESTS_TEST_H_
#define WARPSMITH_TESTS_TEST_H_

#include <gtest/gtest.h>

#include <string>

namespace ws::test {

// A path inside the repository: RepoPath("examples/softmax/task.toml").
inline std::string RepoPath(const std::string& relative) {
  return std::string(WS_SOURCE_DIR "/").append(relative);
}

}  // namespace ws::test

#endif  // WARPSMITH_TESTS_TEST_H_
