// What to try next: a contextual bandit over the tree of candidates (DESIGN §8).
//
// Every standing candidate is a node from which the proposer offers steps. For each node and each
// technique with steps left, a gain is drawn from what is believed of that technique in that state
// (Thompson sampling); the node's own score plus the drawn gain decides. Beliefs come from what the
// technique says of itself, from lessons of earlier runs, weighted by how like the states are, and
// from this run. Within a technique, parameter values that fared well are preferred in the same
// way. A child that is worse than its parent is rolled back: it is expanded only by a restart,
// which picks any node, more often the longer nothing has improved.
//
// Deterministic: the picks follow from the seed, the lessons and the results in the order in which
// they were credited.
#ifndef WARPSMITH_SEARCH_POLICY_H_
#define WARPSMITH_SEARCH_POLICY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/rng.h"
#include "know/attempt.h"
#include "know/lesson.h"
#include "search/posterior.h"
#include "search/proposer.h"

namespace ws::search {

// A candidate that stands, and what is open from it.
struct Node {
  uint64_t sequence = 0;  // of the attempt that made it
  std::string hash, plan, source;
  std::string bottleneck, gradient;
  std::vector<double> state;
  double low_us = 0, high_us = 0;
  double score = 0;       // logarithm of the speedup over the run's baseline, mean of both ends
  bool promising = true;  // false: worse than its parent
  bool refuted = false;   // certification found it wrong
  uint32_t failures = 0;  // steps from here that did not win
  bool opened = false;    // `steps` was asked for
  std::vector<Step> steps;
  std::vector<bool> taken;  // by step

  Place place() const { return {source, plan, bottleneck, gradient}; }
};

struct Pick {
  uint32_t node = 0;
  uint32_t step = 0;
};

class Policy {
 public:
  Policy(Proposer& proposer, std::vector<know::Lesson> lessons, uint64_t seed);

  // Adds the program that the search starts from.
  void AddStart(const know::Attempt& attempt, std::string source);
  // The next step to take, which counts as taken from now on; nothing when none is left anywhere.
  std::optional<Pick> Next();
  // Takes in what came of a step. A child that stands becomes a node.
  void Credit(const Pick& pick, const know::Attempt& attempt, std::string source);
  // Takes a node out of the tree.
  void Refute(uint64_t sequence);

  const Node& node(uint32_t index) const { return nodes_[index]; }
  const std::vector<Node>& nodes() const { return nodes_; }

 private:
  using Key = std::pair<std::string, std::string>;

  void Add(const know::Attempt& attempt, std::string source, double parent_score);
  void Open(Node& node);
  std::optional<Pick> BestOf(const std::vector<uint32_t>& candidates);
  Belief BeliefIn(const std::string& technique, double helps, const Node& node) const;
  uint32_t BestStep(const Node& node, const std::string& technique);

  Proposer& proposer_;
  std::vector<know::Lesson> lessons_;
  Rng rng_;
  std::vector<Node> nodes_;
  std::map<Key, Belief> beliefs_;     // by technique and bottleneck
  std::map<Key, Belief> parameters_;  // by technique and "name=value"
  uint32_t stagnation_ = 0;           // results since the best score last rose
  double best_score_ = 0;
};

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_POLICY_H_
