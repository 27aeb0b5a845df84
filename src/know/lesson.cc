#include "know/lesson.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <tuple>

namespace ws::know {
namespace {

constexpr double kHalfLifeSeconds = 182.5 * 86400;

// sm_90 -> 90; 0 if it is not of that form.
int Generation(const std::string& arch) {
  return arch.starts_with("sm_") ? std::atoi(arch.c_str() + 3) : 0;
}

// 2^24 -> 24.
int Exponent(const std::string& bucket) {
  return bucket.starts_with("2^") ? std::atoi(bucket.c_str() + 2) : 0;
}

}  // namespace

double Relevance(const Context& wanted, const Context& recorded, double age_seconds) {
  double weight = std::exp2(-std::max(0.0, age_seconds) / kHalfLifeSeconds);
  if (wanted.op_class != recorded.op_class) weight *= 0.2;
  if (wanted.dtype != recorded.dtype) weight *= 0.7;
  const int octaves = std::abs(Exponent(wanted.shape_bucket) - Exponent(recorded.shape_bucket));
  weight *= std::exp2(-octaves / 8.0);
  if (wanted.target != recorded.target) return 0;  // techniques are a target's own
  if (wanted.arch != recorded.arch) {
    const int distance = std::abs(Generation(wanted.arch) - Generation(recorded.arch));
    weight *= 0.8 * std::exp2(-distance / 10.0);
  }
  return weight;
}

void LessonTable::Add(const Attempt& attempt, double weight) {
  if (!attempt.is_step() || weight <= 0 || attempt.result.outcome == "failed") return;
  const std::string op_class = by_op_class_ ? attempt.context.op_class : std::string();
  const auto key = [](const Lesson& l) { return std::tie(l.technique, l.bottleneck, l.op_class); };
  const auto wanted = std::tie(attempt.technique, attempt.bottleneck, op_class);
  auto it = std::lower_bound(lessons_.begin(), lessons_.end(), wanted,
                             [&](const Lesson& l, const auto& k) { return key(l) < k; });
  if (it == lessons_.end() || key(*it) != wanted) {
    Lesson fresh;
    fresh.technique = attempt.technique;
    fresh.bottleneck = attempt.bottleneck;
    fresh.op_class = op_class;
    it = lessons_.insert(it, std::move(fresh));
  }
  it->tried += weight;
  if (it->state.size() < attempt.state.size()) it->state.resize(attempt.state.size());
  for (size_t i = 0; i < attempt.state.size(); ++i) it->state[i] += weight * attempt.state[i];
  if (!attempt.stands() || !attempt.result.timed) return;
  const double effect = LogEffect(attempt);
  it->accepted += weight;
  it->effect_mean += weight * effect;
  it->effect_variance += weight * effect * effect;
  if (effect >= kWinEffect) it->won += weight;
}

std::vector<Lesson> LessonTable::Lessons() const {
  std::vector<Lesson> lessons = lessons_;
  for (Lesson& l : lessons) {
    for (double& share : l.state) share /= l.tried;
    if (l.accepted <= 0) continue;
    l.effect_mean /= l.accepted;
    l.effect_variance =
        std::max(0.0, l.effect_variance / l.accepted - l.effect_mean * l.effect_mean);
  }
  return lessons;
}

}  // namespace ws::know
