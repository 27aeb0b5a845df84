#include "ir/dominators.h"

#include "base/rng.h"
#include "tests/test.h"

namespace ws::ir {
namespace {

using Pairs = std::vector<std::pair<uint32_t, uint32_t>>;

// Which nodes 0 leads to without going through `without`.
std::vector<bool> Reached(const Edges& edges, uint32_t without) {
  std::vector<bool> reached(edges.nodes());
  std::vector<uint32_t> work;
  const auto reach = [&](uint32_t node) {
    if (node == without || reached[node]) return;
    reached[node] = true;
    work.push_back(node);
  };
  reach(0);
  while (!work.empty()) {
    const uint32_t node = work.back();
    work.pop_back();
    for (const uint32_t next : edges[node]) reach(next);
  }
  return reached;
}

TEST(Dominators, AreTheNodesThatCannotBeGoneAround) {
  Rng rng(11);
  for (int trial = 0; trial < 500; ++trial) {
    const auto nodes = static_cast<uint32_t>(1 + rng.Below(14));
    Pairs forward, backward;
    for (uint64_t k = rng.Below(2 * nodes + 1); k > 0; --k) {
      const auto from = static_cast<uint32_t>(rng.Below(nodes));
      const auto to = static_cast<uint32_t>(rng.Below(nodes));
      forward.emplace_back(from, to);
      backward.emplace_back(to, from);
    }
    const Edges edges(nodes, forward);
    const std::vector<uint32_t> idom = ImmediateDominators(edges, Edges(nodes, backward), 0);
    ASSERT_EQ(idom.size(), nodes);
    EXPECT_EQ(idom[0], 0u);
    std::vector<std::vector<bool>> around;
    for (uint32_t a = 0; a < nodes; ++a) around.push_back(Reached(edges, a));
    const std::vector<bool> reached = Reached(edges, kUnreachable);
    for (uint32_t b = 1; b < nodes; ++b) {
      ASSERT_EQ(idom[b] != kUnreachable, reached[b]);
      if (!reached[b]) continue;
      // What lies on the chain of b, and only that, is on every way to it.
      std::vector<bool> chain(nodes);
      for (uint32_t a = b; a != 0; a = idom[a]) chain[a] = true;
      chain[0] = true;
      for (uint32_t a = 0; a < nodes; ++a) EXPECT_EQ(chain[a], !around[a][b]) << a << " " << b;
    }
  }
}

TEST(Dominators, OfALongChainTakeNoLongTime) {
  constexpr uint32_t kTests = 200000;  // each leads to the next and to the one end
  Pairs forward, backward;
  for (uint32_t i = 0; i < kTests; ++i) {
    for (const uint32_t to : {i + 1, kTests + 1}) {
      forward.emplace_back(i, to);
      backward.emplace_back(to, i);
    }
  }
  const std::vector<uint32_t> idom =
      ImmediateDominators(Edges(kTests + 2, forward), Edges(kTests + 2, backward), 0);
  EXPECT_EQ(idom[kTests], kTests - 1);
  EXPECT_EQ(idom[kTests + 1], 0u);
}

}  // namespace
}  // namespace ws::ir
