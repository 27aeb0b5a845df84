#include "exec/order.h"

#include <algorithm>

namespace ws::exec {
namespace {

constexpr int kMaxDepth = 64;  // of nested loops; deeper ones are ordered less well

class Orderer {
 public:
  explicit Orderer(const std::vector<std::vector<uint32_t>>& successors)
      : successors_(successors), region_(successors.size(), 0), state_(successors.size()) {}

  std::vector<uint32_t> Run() {
    if (!successors_.empty()) Place({0}, 0, 0);
    return std::move(order_);
  }

 private:
  struct NodeState {
    uint32_t index = 0, low = 0;
    bool on_stack = false;
  };

  // Appends the blocks of `region` reachable from `starts`, loops contiguous.
  void Place(const std::vector<uint32_t>& starts, uint32_t region, int depth) {
    std::vector<std::vector<uint32_t>> components = Components(starts, region);
    std::reverse(components.begin(), components.end());
    for (const std::vector<uint32_t>& c : components) {
      const uint32_t head = c.back();
      order_.push_back(head);
      if (c.size() == 1) continue;
      if (depth >= kMaxDepth) {
        for (size_t i = c.size() - 1; i-- > 0;) order_.push_back(c[i]);
        continue;
      }
      const uint32_t inner = ++regions_;
      for (const uint32_t b : c) region_[b] = inner;
      region_[head] = kDone;
      std::vector<uint32_t> entered;  // every block of the loop is reachable from its head
      for (const uint32_t b : successors_[head]) {
        if (region_[b] == inner) entered.push_back(b);
      }
      Place(entered, inner, depth + 1);
    }
  }

  // Strongly connected components of the blocks of `region` reachable from `starts`, successors
  // before predecessors; in each the block reached first comes last. Iterative.
  std::vector<std::vector<uint32_t>> Components(const std::vector<uint32_t>& starts,
                                                uint32_t region) {
    std::vector<std::vector<uint32_t>> components;
    std::vector<uint32_t> stack;
    struct Frame {
      uint32_t block;
      size_t next;
    };
    std::vector<Frame> frames;
    const uint32_t base = counter_;
    const auto enter = [&](uint32_t b) {
      state_[b] = {++counter_, counter_, true};
      stack.push_back(b);
      frames.push_back({b, 0});
    };
    for (const uint32_t start : starts) {
      if (state_[start].index > base) continue;
      enter(start);
      while (!frames.empty()) {
        Frame& f = frames.back();
        const uint32_t b = f.block;
        if (f.next < successors_[b].size()) {
          const uint32_t s = successors_[b][f.next++];
          if (region_[s] != region) continue;
          if (state_[s].index <= base) {
            enter(s);
          } else if (state_[s].on_stack) {
            state_[b].low = std::min(state_[b].low, state_[s].index);
          }
          continue;
        }
        frames.pop_back();
        if (!frames.empty()) {
          NodeState& up = state_[frames.back().block];
          up.low = std::min(up.low, state_[b].low);
        }
        if (state_[b].low != state_[b].index) continue;
        std::vector<uint32_t> component;
        while (true) {
          const uint32_t top = stack.back();
          stack.pop_back();
          state_[top].on_stack = false;
          component.push_back(top);
          if (top == b) break;
        }
        components.push_back(std::move(component));
      }
    }
    return components;
  }

  static constexpr uint32_t kDone = 0xffffffffu;
  const std::vector<std::vector<uint32_t>>& successors_;
  std::vector<uint32_t> region_;
  std::vector<NodeState> state_;
  std::vector<uint32_t> order_;
  uint32_t counter_ = 0;
  uint32_t regions_ = 0;
};

}  // namespace

std::vector<uint32_t> ExecutionOrder(const std::vector<std::vector<uint32_t>>& successors) {
  return Orderer(successors).Run();
}

}  // namespace ws::exec
