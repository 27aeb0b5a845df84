// Further sizes of a task, beyond those it lists: a program that is right at the listed sizes alone
// is not right.
//
// A drawn size stays between the smallest and the largest value (plus one) that `test` (or, if it
// is to be wide, `bench` too) gives each name, and keeps what visibly ties names together: names
// that never change, and names that in every entry equal another one, a multiple, sum or product of
// others, or never exceed another one. Everything else varies alone: values of other entries, one
// beside them, powers of two and one beside them, aligned and ragged values, bench values scaled
// down. Which of these sizes the task really admits is for its reference and baseline to say
// (verify/pool.h).
#ifndef WARPSMITH_VERIFY_SIZES_H_
#define WARPSMITH_VERIFY_SIZES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/rng.h"
#include "task/task.h"

namespace ws::verify {

// Bytes of all arrays of a task; the largest number if a shape cannot be evaluated.
uint64_t DataBytes(const task::Task& task, const task::Sizes& sizes);

class SizeSpace {
 public:
  explicit SizeSpace(const task::Task& task);

  // Whether there is anything to draw.
  bool varies() const { return !free_.empty(); }

  // A size with at most `data_bytes` of data; nothing if none came up. Deterministic in the seed.
  // Wide: up to the bench sizes; else about as large as test sizes.
  std::optional<task::Sizes> Draw(uint64_t seed, uint64_t data_bytes, bool wide) const;

  // Up to `most` different sizes, none of them listed as a test, about as large as these.
  std::vector<task::Sizes> Screen(uint64_t seed, uint64_t data_bytes, size_t most) const;
  // For each name its largest value, and one more, with small other ones.
  std::vector<task::Sizes> Extremes(uint64_t seed, uint64_t data_bytes) const;

  // Up to `most` different sizes with one name, or all of them, at c + 1, c - 1 or c of a constant,
  // in their order; the others small.
  std::vector<task::Sizes> Around(std::span<const int64_t> constants, uint64_t data_bytes,
                                  size_t most) const;

  // Up to `most` sizes beside the first bench size: one name after the other one more.
  std::vector<task::Sizes> BesideBench(size_t most) const;

  // Smaller sizes to try when a program fails at `sizes`, most promising first.
  std::vector<task::Sizes> Smaller(const task::Sizes& sizes) const;

  // Whether a name has a larger value than in any listed size.
  bool IsBeyond(const task::Sizes& sizes) const;

  // `cols = 2 * rows`, ...: what ties names together; empty if nothing does.
  std::string RulesText() const;

 private:
  // How a name follows from others.
  struct Rule {
    enum class Kind : uint8_t { kFixed, kTimes, kPlus, kSum, kProduct } kind = Kind::kFixed;
    size_t name = 0, a = 0, b = 0;
    int64_t constant = 0;
  };
  using Values = std::vector<int64_t>;

  std::optional<Rule> FindRule(size_t name) const;
  bool Holds(const Rule& rule) const;
  static int64_t Apply(const Rule& rule, const Values& values);
  int64_t DrawValue(size_t name, bool wide, Rng& rng) const;
  // Applies rules and orders; nothing if a value leaves its range.
  std::optional<task::Sizes> Finish(Values values) const;
  // Halves names, `kept` last, until the data fits.
  std::optional<task::Sizes> Fit(Values values, size_t kept, uint64_t data_bytes, Rng& rng) const;
  int64_t Lowest(size_t name) const;
  bool IsNew(const task::Sizes& sizes, const std::vector<task::Sizes>& list) const;

  const task::Task& task_;
  std::vector<std::string> names_;
  std::vector<Values> entries_;  // test, then bench
  Values low_, high_;            // per name
  Values narrow_high_;           // of test sizes
  std::vector<size_t> free_;     // names that are drawn
  std::vector<Rule> rules_;      // the others, in an order in which they can be applied
  std::vector<std::pair<size_t, size_t>> orders_;  // first <= second
};

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_SIZES_H_
