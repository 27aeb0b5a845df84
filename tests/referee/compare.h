// Runs generated programs along several paths and tells where they differ.
#ifndef WARPSMITH_TESTS_REFEREE_COMPARE_H_
#define WARPSMITH_TESTS_REFEREE_COMPARE_H_

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "tests/referee/coverage.h"
#include "tests/referee/generate.h"
#include "tests/referee/paths.h"

namespace ws::referee {

// A generated program of either language, and how it is run.
struct Case {
  Program program;
  bool ptx = false;
  uint32_t blocks = 0, threads = 0;
  uint64_t seed = 0;

  Case(uint64_t s, bool in_ptx, Avoid avoid);
  // The program, or a text in its place.
  Subject Of(std::string text) const;
  std::string name() const;  // LANGUAGE-SEED
};

struct Tally {
  uint64_t ran = 0, differed = 0;
  uint64_t not_run = 0;  // the compiler is not there, or had no time
};

struct Comparison {
  std::array<bool, static_cast<size_t>(Path::kCount)> paths = {};
  std::string keep;    // folder for what differs
  bool reduce = true;  // to a small program
  std::array<Tally, static_cast<size_t>(Path::kCount)> tallies = {};
  Covered covered;

  Avoid avoid() const;
  uint64_t differences() const;
  // Paths that were asked for and ran no program.
  uint64_t idle_paths() const;
  // Runs them natively and along all paths; differences are printed.
  void Run(const std::vector<std::unique_ptr<Case>>& cases);

 private:
  void Differs(const Case& c, Path path, const Outcome& other);
  // Along our own paths; the native outcome.
  Outcome RunOwn(const Case& c);
  void RunCompiler(const std::vector<const Case*>& cases, const std::vector<Outcome>& natives,
                   Path path);
};

}  // namespace ws::referee

#endif  // WARPSMITH_TESTS_REFEREE_COMPARE_H_
