// Pointers of kernels that do not overlap, and data that is only read, so that loads may move.
#include <algorithm>

#include "target/cuda/technique.h"
#include "target/cuda/text_tools.h"

namespace ws::target::cuda {
namespace {

using front::NodeId;
using front::NodeKind;
using front::UnaryOp;

double Helps(const TextSituation& situation) {
  const bool waits = situation.limit == Limit::kLatency || situation.limit == Limit::kDram ||
                     situation.limit == Limit::kL2;
  return waits ? 0.4 : 0.2;
}

// A parameter `T* name` of a kernel.
struct Pointer {
  NodeId param, spec, op, declarator;
  front::EntityId entity;
};

std::vector<Pointer> PointersOf(const CodeView& view, const CodeFunction& kernel) {
  std::vector<Pointer> list;
  for (const NodeId param : view.Below(kernel.node, NodeKind::kParam)) {
    const std::vector<NodeId> parts = view.Children(param);
    Pointer p{param, parts.front(), {}, parts.back(), view.Info(kernel, parts.back()).entity};
    int ops = 0;
    for (const NodeId op : view.Children(p.declarator)) {
      ++ops;
      if (view.tree().kind(op) == NodeKind::kPtrOp) p.op = op;
    }
    if (ops == 1 && p.op.valid()) list.push_back(p);
  }
  return list;
}

// Whether the kernel does nothing with the pointer but load through it.
bool IsOnlyRead(const CodeView& view, const CodeFunction& kernel, const Pointer& pointer) {
  if (view.Assigned(kernel, kernel.body).contains(pointer.entity.index)) return false;
  for (const NodeId name : view.Below(kernel.body, NodeKind::kName)) {
    if (view.Info(kernel, name).entity != pointer.entity) continue;
    const bool loads =
        std::ranges::any_of(view.Below(kernel.body, NodeKind::kIndex),
                            [&](NodeId index) { return view.Children(index).front() == name; });
    if (!loads) return false;  // copied, passed on, or used in an address
  }
  return true;
}

std::vector<Parameters> Space(const TextSituation& situation) {
  const CodeView view(situation.program);
  for (const CodeFunction& f : view.functions()) {
    if (f.is_kernel && !PointersOf(view, f).empty()) return {Parameters{}};
  }
  return {};
}

Result<std::string> Apply(const TextSituation& situation, const Parameters&) {
  const CodeView view(situation.program);
  std::vector<front::Edit> edits;
  for (const CodeFunction& f : view.functions()) {
    if (!f.is_kernel) continue;
    for (const Pointer& p : PointersOf(view, f)) {
      const front::TokenId name = view.tree().token(p.declarator);
      if ((view.tree().data(p.op) & front::qualifier::kRestrict) == 0) {
        edits.push_back({name, name, "__restrict__ "});
      }
      const uint32_t qualifiers = view.tree().data(p.spec) & 0xff;
      if (qualifiers == 0 && IsOnlyRead(view, f, p)) {
        edits.push_back(view.InsertBefore(p.spec, "const "));
      }
    }
  }
  if (edits.empty()) return Error{"every pointer says already that it does not overlap others"};
  return view.Apply(std::move(edits));
}

constexpr TextSteps kOnText = {Helps, Space, Apply};

}  // namespace

extern const Technique kReadOnlyLoads = {
    "read_only_loads",
    "read-only cache optimization",
    "Pointers that do not overlap and data that is only read, so that loads may move.",
    nullptr,
    nullptr,
    nullptr,
    {},
    &kOnText};

}  // namespace ws::target::cuda
