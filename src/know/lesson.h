// Lessons: what repeats in attempts, and what they suggest for a situation (DESIGN §8).
#ifndef WARPSMITH_KNOW_LESSON_H_
#define WARPSMITH_KNOW_LESSON_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "know/attempt.h"

namespace ws::know {

// Attempts of one technique under one bottleneck. Weights are counts, discounted where the
// attempts come from elsewhere, so they need not be whole.
struct Lesson {
  std::string technique;
  std::string bottleneck;
  std::string op_class;    // empty: over all
  double tried = 0;        // attempts
  double won = 0;          // of these accepted and at least 1 % faster than their parent
  double accepted = 0;     // of these accepted
  double effect_mean = 0;  // natural logarithm of the speedup, over the accepted
  double effect_variance = 0;
  std::vector<double> state;  // mean state vector of the parents

  double success_rate() const { return tried > 0 ? won / tried : 0; }
};

// A share of an attempt's weight that survives in another situation: 1 where operation class,
// data type, shape bucket, target and architecture agree, less for each that differs, and half
// after each half-year.
double Relevance(const Context& wanted, const Context& recorded, double age_seconds);

// Folds weighted attempts into lessons.
class LessonTable {
 public:
  // With `by_op_class` each operation class has lessons of its own.
  explicit LessonTable(bool by_op_class) : by_op_class_(by_op_class) {}

  void Add(const Attempt& attempt, double weight);
  // Sorted by technique, bottleneck and operation class.
  std::vector<Lesson> Lessons() const;

 private:
  bool by_op_class_;
  std::vector<Lesson> lessons_;  // sums, not yet means
};

// Effect from which a step counts as won (natural logarithm of 1.01).
inline constexpr double kWinEffect = 0.00995;

}  // namespace ws::know

#endif  // WARPSMITH_KNOW_LESSON_H_
