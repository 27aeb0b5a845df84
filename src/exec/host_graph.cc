#include "exec/host_graph.h"

#include "base/format.h"
#include "exec/host_call.h"

namespace ws::exec {
namespace {

constexpr uint32_t kCaptureImplicit = 906;  // cudaErrorStreamCaptureImplicit
// The default stream; streams of the program are not told apart.
constexpr uint64_t kDefaultStream = 0;

}  // namespace

bool HostCall::Captures(uint64_t stream) {
  if (!machine_.graphs.capturing) return false;
  if (stream != kDefaultStream) return true;
  machine_.last_error = kCaptureImplicit;
  machine_.Report(FindingKind::kBadRuntimeCall, site_,
                  "work for the default stream while a stream is captured");
  return false;
}

bool HostCall::Capture(GraphNode node) {
  Graphs& graphs = machine_.graphs;
  if (!graphs.Grow(1)) {
    return Fail(FindingKind::kBadRuntimeCall,
                Format("graphs of more than {} nodes", Graphs::kMostNodes));
  }
  graphs.captured.push_back(std::move(node));
  SetResult(0);
  return true;
}

bool HostCall::CaptureCall(std::array<uint64_t, 4> args) {
  return Capture({.fn = static_cast<ir::RtFn>(inst_.sub), .launch = {}, .args = args});
}

bool HostCall::CallGraph() {
  Graphs& graphs = machine_.graphs;
  const auto call = static_cast<GraphCall>(Arg(0));
  SetResult(0);
  switch (call) {
    case GraphCall::kBegin:
      if (graphs.capturing) return true;
      graphs.capturing = true;
      SetResult(1);
      return true;
    case GraphCall::kEnd:
      if (!graphs.capturing) return true;
      graphs.capturing = false;
      graphs.made.push_back(std::exchange(graphs.captured, {}));
      SetResult(graphs.made.size());
      return true;
    case GraphCall::kIsOpen:
      SetResult(graphs.capturing ? 1 : 0);
      return true;
    default:
      break;
  }
  const auto find = [&](uint64_t handle) {
    return handle == 0 || handle > graphs.made.size() ? nullptr : &graphs.made[handle - 1];
  };
  std::vector<GraphNode>* const graph = find(Arg(1));
  const std::vector<GraphNode>* const other = find(Arg(2));
  if (graph == nullptr || (call == GraphCall::kReplace && other == nullptr)) {
    return Fail(FindingKind::kBadRuntimeCall, "this is no graph");
  }
  const auto grow = [&](size_t more) {
    return graphs.Grow(more) || Fail(FindingKind::kBadRuntimeCall,
                                     Format("graphs of more than {} nodes", Graphs::kMostNodes));
  };
  switch (call) {
    case GraphCall::kNodes:
      SetResult(graph->size());
      return true;
    case GraphCall::kCopy: {
      if (!grow(graph->size() + 1)) return false;
      const std::vector<GraphNode> copy = *graph;
      graphs.made.push_back(copy);
      SetResult(graphs.made.size());
      return true;
    }
    case GraphCall::kReplace:
      if (!grow(other->size())) return false;
      graphs.nodes -= graph->size();
      *graph = std::vector<GraphNode>(*other);
      return true;
    case GraphCall::kLaunch: {
      // What is launched captures nothing; its nodes may not change meanwhile.
      const std::vector<GraphNode> nodes = *graph;
      for (const GraphNode& node : nodes) {
        if (!Replay(node)) return false;
      }
      SetResult(machine_.last_error);
      return true;
    }
    case GraphCall::kDestroy:
      graphs.nodes -= graph->size();
      graph->clear();
      return true;
    default:
      return Fail(FindingKind::kBadRuntimeCall, "an unknown call of graphs");
  }
}

bool HostCall::Replay(const GraphNode& node) {
  if (node.fn == ir::RtFn::kCount) return StartLaunch(node.launch) && !machine_.stopped();
  const auto& a = node.args;
  work_ = {};
  const bool ok =
      node.fn == ir::RtFn::kMemcpyAsync ? Copy(a[0], a[1], a[2], a[3]) : Set(a[0], a[1], a[2]);
  if (ok && work_.fn != ir::RtFn::kCount) AccountWork();
  work_ = {};
  return ok;
}

}  // namespace ws::exec
