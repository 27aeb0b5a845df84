// Dominators of a directed graph.
#ifndef WARPSMITH_IR_DOMINATORS_H_
#define WARPSMITH_IR_DOMINATORS_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace ws::ir {

// For each node the nodes that it has an edge to.
class Edges {
 public:
  Edges() = default;
  // Edges (from, to); those of a node keep their order.
  Edges(uint32_t nodes, std::span<const std::pair<uint32_t, uint32_t>> edges);

  uint32_t nodes() const { return static_cast<uint32_t>(begin_.size()) - 1; }
  std::span<const uint32_t> operator[](uint32_t node) const {
    return {targets_.data() + begin_[node], begin_[node + 1] - begin_[node]};
  }

 private:
  std::vector<uint32_t> begin_ = {0}, targets_;
};

inline constexpr uint32_t kUnreachable = 0xffffffffu;

// The immediate dominator of each node; the root's is itself, kUnreachable where the root does not
// lead to. Close to linear in the edges.
std::vector<uint32_t> ImmediateDominators(const Edges& successors, const Edges& predecessors,
                                          uint32_t root);

}  // namespace ws::ir

#endif  // WARPSMITH_IR_DOMINATORS_H_
