// CUDA graphs: what a program gives to a stream while it is captured, in that order.
#ifndef WARPSMITH_EXEC_HOST_GRAPH_H_
#define WARPSMITH_EXEC_HOST_GRAPH_H_

#include <array>
#include <cstdint>
#include <vector>

#include "exec/engine.h"
#include "ir/ops.h"

namespace ws::exec {

// The first argument of RtFn::kGraph; the second is the graph, where there is one, and the third
// another. lib/runtime.cu names them by number.
enum class GraphCall : uint8_t {
  kBegin,    // () begins a capture; 0 if one is under way
  kEnd,      // () the captured graph; 0 if none is under way
  kIsOpen,   // () whether a capture is under way
  kNodes,    // (graph) how many there are
  kCopy,     // (graph) another graph with the same nodes
  kReplace,  // (graph, another) takes the other's nodes
  kLaunch,   // (graph) does what it holds
  kDestroy,  // (graph)
  kCount
};

// A launch, or a copy of memory or a setting of it with the arguments of the call.
struct GraphNode {
  ir::RtFn fn = ir::RtFn::kCount;  // kCount: the launch
  Launch launch;
  std::array<uint64_t, 4> args = {};
};

struct Graphs {
  static constexpr size_t kMostNodes = 1u << 16;  // of all graphs together

  std::vector<std::vector<GraphNode>> made;  // by handle - 1; one that was destroyed has no nodes
  std::vector<GraphNode> captured;
  bool capturing = false;
  size_t nodes = 0;  // in use

  bool Grow(size_t more) {
    if (more > kMostNodes - nodes) return false;
    nodes += more;
    return true;
  }
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_HOST_GRAPH_H_
