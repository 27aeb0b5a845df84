#include "search/policy.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/format.h"

namespace ws::search {
namespace {

constexpr size_t kBeam = 24;              // nodes compared for one pick
constexpr double kOtherState = 0.3;       // what is seen under one limit says of another,
constexpr double kMostOtherWeight = 1;    // all others together at most so many attempts
constexpr double kMostLessonWeight = 12;  // attempts that lessons may count for
constexpr double kFailureCost = 0.03;     // of a node, per step that did not win
constexpr double kRollback = 0.02;        // a child may be that much worse and still be expanded
constexpr double kRefusedEffect = -0.5;   // what a rejected child counts for its parameters
constexpr double kRestart = 0.1, kMoreRestarts = 0.4;
constexpr double kStagnation = 64;

double Distance(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

std::string Setting(const std::pair<std::string, int64_t>& parameter) {
  return Format("{}={}", parameter.first, parameter.second);
}

}  // namespace

Policy::Policy(Proposer& proposer, std::vector<know::Lesson> lessons, uint64_t seed)
    : proposer_(proposer), lessons_(std::move(lessons)), rng_(Rng(seed).Fork(0x706f6c69)) {}

void Policy::AddStart(const know::Attempt& attempt, std::string source) {
  Add(attempt, std::move(source), -1e9);
  best_score_ = nodes_.back().score;
}

void Policy::Add(const know::Attempt& attempt, std::string source, double parent_score) {
  Node node;
  node.sequence = attempt.sequence;
  node.hash = attempt.child;
  node.plan = attempt.plan;
  node.source = std::move(source);
  node.bottleneck = attempt.result.bottleneck;
  node.gradient = attempt.result.gradient;
  node.state = attempt.result.state;
  node.low_us = attempt.result.low_us;
  node.high_us = attempt.result.high_us;
  node.score = 0.5 * (std::log(attempt.result.speedup_low) + std::log(attempt.result.speedup_high));
  node.promising = node.score >= parent_score - kRollback;
  nodes_.push_back(std::move(node));
}

void Policy::Open(Node& node) {
  if (node.opened) return;
  node.opened = true;
  node.steps = proposer_.Steps(node.place());
  node.taken.assign(node.steps.size(), false);
}

Belief Policy::BeliefIn(const std::string& technique, double helps, const Node& node) const {
  Belief belief = PriorBelief(helps);
  for (const know::Lesson& lesson : lessons_) {
    if (lesson.technique != technique || lesson.tried <= 0) continue;
    const double likeness = (lesson.bottleneck == node.bottleneck ? 1 : kOtherState) *
                            std::exp(-Distance(lesson.state, node.state));
    const Belief recorded = {.accepted = lesson.accepted,
                             .refused = lesson.tried - lesson.accepted,
                             .effects = lesson.accepted,
                             .effect_sum = lesson.accepted * lesson.effect_mean};
    belief.Add(recorded, likeness * std::min(1.0, kMostLessonWeight / lesson.tried));
  }
  Belief elsewhere;
  for (auto it = beliefs_.lower_bound({technique, ""});
       it != beliefs_.end() && it->first.first == technique; ++it) {
    (it->first.second == node.bottleneck ? belief : elsewhere).Add(it->second, 1);
  }
  const double attempts = elsewhere.accepted + elsewhere.refused;
  if (attempts > 0) belief.Add(elsewhere, std::min(kOtherState, kMostOtherWeight / attempts));
  return belief;
}

// The step of `technique` whose parameter values promise most in one draw.
uint32_t Policy::BestStep(const Node& node, const std::string& technique) {
  uint32_t best = 0;
  double best_value = -1e300;
  for (uint32_t i = 0; i < node.steps.size(); ++i) {
    const Step& step = node.steps[i];
    if (node.taken[i] || step.technique != technique) continue;
    double value = 0.05 * SampleNormal(rng_);
    for (const auto& parameter : step.parameters) {
      const auto it = parameters_.find({technique, Setting(parameter)});
      const Belief seen = it == parameters_.end() ? Belief{} : it->second;
      const double count = seen.effects + 1;
      value +=
          (seen.effect_sum / count + std::sqrt(Belief::kVariance / count) * SampleNormal(rng_)) /
          static_cast<double>(step.parameters.size());
    }
    if (value > best_value) {
      best_value = value;
      best = i;
    }
  }
  return best;
}

std::optional<Pick> Policy::BestOf(const std::vector<uint32_t>& candidates) {
  double best_value = -1e300;
  uint32_t best_node = 0;
  std::string best_technique;
  for (const uint32_t index : candidates) {
    Node& node = nodes_[index];
    Open(node);
    std::map<std::string, double> open;  // technique -> what it says of itself
    for (size_t i = 0; i < node.steps.size(); ++i) {
      if (!node.taken[i]) open.emplace(node.steps[i].technique, node.steps[i].helps);
    }
    for (const auto& [technique, helps] : open) {
      const double gain = BeliefIn(technique, helps, node).Sample(rng_);
      const double value = node.score + gain - kFailureCost * node.failures;
      if (value <= best_value) continue;
      best_value = value;
      best_node = index;
      best_technique = technique;
    }
  }
  if (best_technique.empty()) return std::nullopt;
  Node& node = nodes_[best_node];
  const Pick pick = {best_node, BestStep(node, best_technique)};
  node.taken[pick.step] = true;
  return pick;
}

std::optional<Pick> Policy::Next() {
  std::vector<uint32_t> all, promising;
  for (uint32_t i = 0; i < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    if (node.refuted) continue;
    if (node.opened && std::ranges::find(node.taken, false) == node.taken.end()) continue;
    all.push_back(i);
    if (node.promising) promising.push_back(i);
  }
  // Restart from any node, at times.
  const double restart = kRestart + kMoreRestarts * std::min(1.0, stagnation_ / kStagnation);
  if (rng_.Unit() < restart && !all.empty()) {
    if (auto pick = BestOf({all[rng_.Below(all.size())]})) return pick;
  }
  const auto better = [&](uint32_t a, uint32_t b) {
    return nodes_[a].score != nodes_[b].score ? nodes_[a].score > nodes_[b].score : a < b;
  };
  std::ranges::sort(promising, better);
  if (promising.size() > kBeam) promising.resize(kBeam);
  if (auto pick = BestOf(promising)) return pick;
  // Nodes without steps cost one look each; go on until one has a step.
  std::ranges::sort(all, better);
  return BestOf(all);
}

void Policy::Credit(const Pick& pick, const know::Attempt& attempt, std::string source) {
  if (attempt.result.outcome == "failed") return;  // ours: says nothing of the step
  Node& parent = nodes_[pick.node];
  const double parent_score = parent.score;
  const bool stands = attempt.stands() && attempt.result.timed;
  const double effect = stands ? know::LogEffect(attempt) : kRefusedEffect;
  Belief& belief = beliefs_[{attempt.technique, parent.bottleneck}];
  if (stands) {
    belief.Accept(effect);
  } else {
    belief.Refuse();
  }
  for (const auto& parameter : parent.steps[pick.step].parameters) {
    parameters_[{attempt.technique, Setting(parameter)}].Accept(effect);
  }
  if (effect < know::kWinEffect) ++parent.failures;
  ++stagnation_;
  if (!stands) return;
  Add(attempt, std::move(source), parent_score);
  if (nodes_.back().score > best_score_ + know::kWinEffect) {
    best_score_ = nodes_.back().score;
    stagnation_ = 0;
  }
}

void Policy::Refute(uint64_t sequence) {
  for (Node& node : nodes_) {
    if (node.sequence == sequence) node.refuted = true;
  }
}

}  // namespace ws::search
