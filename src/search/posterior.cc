#include "search/posterior.h"

#include <cmath>
#include <numbers>

namespace ws::search {
namespace {

// Marsaglia and Tsang, "A simple method for generating gamma variables" (2000).
double SampleGamma(Rng& rng, double shape) {
  if (shape < 1) {
    const double u = 1 - rng.Unit();
    return SampleGamma(rng, shape + 1) * std::pow(u, 1 / shape);
  }
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = SampleNormal(rng);
    const double v = std::pow(1 + c * x, 3);
    if (v <= 0) continue;
    const double u = 1 - rng.Unit();
    if (std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

}  // namespace

double SampleNormal(Rng& rng) {
  const double radius = std::sqrt(-2 * std::log(1 - rng.Unit()));
  return radius * std::cos(2 * std::numbers::pi * rng.Unit());
}

double SampleBeta(Rng& rng, double alpha, double beta) {
  const double a = SampleGamma(rng, alpha), b = SampleGamma(rng, beta);
  return a + b > 0 ? a / (a + b) : 0.5;
}

double Belief::Sample(Rng& rng) const {
  const double chance = SampleBeta(rng, accepted + 0.5, refused + 0.5);
  const double count = effects + 0.25;
  const double effect = effect_sum / count + std::sqrt(kVariance / count) * SampleNormal(rng);
  return chance * effect;
}

Belief PriorBelief(double helps) {
  return {.accepted = 1, .refused = 0.5, .effects = 1, .effect_sum = 0.5 * helps};
}

}  // namespace ws::search
