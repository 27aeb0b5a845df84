#include "ir/dominators.h"

#include <algorithm>
#include <utility>

namespace ws::ir {

Edges::Edges(uint32_t nodes, std::span<const std::pair<uint32_t, uint32_t>> edges)
    : begin_(nodes + 1, 0), targets_(edges.size()) {
  for (const auto& [from, to] : edges) ++begin_[from + 1];
  for (uint32_t i = 0; i < nodes; ++i) begin_[i + 1] += begin_[i];
  std::vector<uint32_t> fill = begin_;
  for (const auto& [from, to] : edges) targets_[fill[from]++] = to;
}

namespace {

// Georgiadis and Tarjan's semi-NCA algorithm. Nodes are known here by their place in a depth-first
// search, so that what dominates a node has a smaller number than it.
class SemiNca {
 public:
  SemiNca(const Edges& successors, const Edges& predecessors)
      : successors_(successors),
        predecessors_(predecessors),
        number_(successors.nodes(), kUnreachable) {}

  std::vector<uint32_t> Run(uint32_t root) {
    Search(root);
    const auto reached = static_cast<uint32_t>(node_.size());
    std::vector<uint32_t> idom = parent_;
    semi_.resize(reached);
    label_.resize(reached);
    for (uint32_t i = 0; i < reached; ++i) semi_[i] = label_[i] = i;
    ancestor_ = parent_;
    for (uint32_t i = reached; i-- > 1;) {
      semi_[i] = parent_[i];
      for (const uint32_t pred : predecessors_[node_[i]]) {
        if (number_[pred] == kUnreachable) continue;
        semi_[i] = std::min(semi_[i], semi_[LeastAbove(number_[pred], i)]);
      }
    }
    std::vector<uint32_t> result(successors_.nodes(), kUnreachable);
    result[root] = root;
    for (uint32_t i = 1; i < reached; ++i) {
      while (idom[i] > semi_[i]) idom[i] = idom[idom[i]];
      result[node_[i]] = node_[idom[i]];
    }
    return result;
  }

 private:
  // Numbers the nodes in preorder.
  void Search(uint32_t root) {
    std::vector<std::pair<uint32_t, uint32_t>> open;  // number, successors seen
    const auto enter = [&](uint32_t node, uint32_t parent) {
      number_[node] = static_cast<uint32_t>(node_.size());
      open.emplace_back(number_[node], 0);
      node_.push_back(node);
      parent_.push_back(parent);
    };
    enter(root, 0);
    while (!open.empty()) {
      const uint32_t number = open.back().first;
      const std::span<const uint32_t> next = successors_[node_[number]];
      if (open.back().second == next.size()) {
        open.pop_back();
        continue;
      }
      const uint32_t node = next[open.back().second++];
      if (number_[node] == kUnreachable) enter(node, number);
    }
  }

  // Of `node` and its ancestors that come behind `last`, without the uppermost's parent: the one
  // with the least semidominator. Shortens the way for the next time.
  uint32_t LeastAbove(uint32_t node, uint32_t last) {
    way_.clear();
    while (ancestor_[node] > last) {
      way_.push_back(node);
      node = ancestor_[node];
    }
    while (!way_.empty()) {
      const uint32_t below = way_.back();
      way_.pop_back();
      ancestor_[below] = ancestor_[node];
      if (semi_[label_[node]] < semi_[label_[below]]) label_[below] = label_[node];
      node = below;
    }
    return label_[node];
  }

  const Edges& successors_;
  const Edges& predecessors_;
  std::vector<uint32_t> number_;         // of each node
  std::vector<uint32_t> node_, parent_;  // by number
  std::vector<uint32_t> semi_, label_, ancestor_, way_;
};

}  // namespace

std::vector<uint32_t> ImmediateDominators(const Edges& successors, const Edges& predecessors,
                                          uint32_t root) {
  return SemiNca(successors, predecessors).Run(root);
}

}  // namespace ws::ir
