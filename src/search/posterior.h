// What the search believes of steps, and how it draws from beliefs (Thompson sampling).
#ifndef WARPSMITH_SEARCH_POSTERIOR_H_
#define WARPSMITH_SEARCH_POSTERIOR_H_

#include "base/rng.h"

namespace ws::search {

double SampleNormal(Rng& rng);                           // mean 0, variance 1
double SampleBeta(Rng& rng, double alpha, double beta);  // both positive

// Belief about one kind of step: whether its child is accepted (Beta), and the natural logarithm of
// its speedup if so (Normal with known variance). Counts may be fractional.
struct Belief {
  double accepted = 0, refused = 0;
  double effects = 0, effect_sum = 0;  // over the accepted

  void Add(const Belief& other, double weight) {
    accepted += weight * other.accepted;
    refused += weight * other.refused;
    effects += weight * other.effects;
    effect_sum += weight * other.effect_sum;
  }
  void Accept(double effect) {
    accepted += 1;
    effects += 1;
    effect_sum += effect;
  }
  void Refuse() { refused += 1; }

  // One draw of the expected gain: chance of acceptance times effect.
  double Sample(Rng& rng) const;

  static constexpr double kVariance = 0.25;  // of one effect
};

// What is believed before anything was seen of a technique that says of itself that it helps by
// `helps` (0 .. 1).
Belief PriorBelief(double helps);

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_POSTERIOR_H_
