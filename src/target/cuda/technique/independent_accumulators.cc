// Several turns of a loop at once, each with an accumulator of its own, so that neither their loads
// nor their sums wait for each other.
#include <algorithm>

#include "base/format.h"
#include "target/cuda/technique.h"
#include "target/cuda/text_tools.h"

namespace ws::target::cuda {
namespace {

using front::BinaryOp;
using front::EntityId;
using front::NodeId;
using front::NodeKind;
using front::TypeKind;
using front::UnaryOp;

// A scalar declared outside of a loop whose only use in it is to be added to.
struct Accumulator {
  EntityId entity;
  std::string name;
  const char* type;
};

// for (int i = begin; i < end; i += step) with no way out but its end.
struct Loop {
  const CodeFunction* function;
  NodeId statement;
  ForParts parts;
  EntityId counter;
  std::string name, type, begin, compare, end, step;
  std::vector<Accumulator> accumulators;
};

NodeId Stripped(const CodeView& view, NodeId n) {
  while (view.tree().kind(n) == NodeKind::kParen) n = view.tree().LastChild(n);
  return n;
}

bool IsName(const CodeView& view, const CodeFunction& f, NodeId n, EntityId entity) {
  n = Stripped(view, n);
  return view.tree().kind(n) == NodeKind::kName && view.Info(f, n).entity == entity;
}

// i += step, ++i, i++: the step's text; empty for anything else.
std::string StepText(const CodeView& view, const CodeFunction& f, NodeId n, EntityId counter,
                     const std::set<uint32_t>& assigned) {
  if (view.tree().kind(n) == NodeKind::kUnary) {
    const auto op = static_cast<UnaryOp>(view.tree().data(n));
    const bool counts = op == UnaryOp::kPreInc || op == UnaryOp::kPostInc;
    return counts && IsName(view, f, view.tree().LastChild(n), counter) ? "1" : "";
  }
  if (view.tree().kind(n) != NodeKind::kAssign ||
      static_cast<BinaryOp>(view.tree().data(n)) != BinaryOp::kAdd) {
    return "";
  }
  const std::vector<NodeId> parts = view.Children(n);
  if (!IsName(view, f, parts[0], counter) || !view.IsStable(f, parts[1], assigned)) return "";
  return view.Text(parts[1]);
}

// Statements of a body that can be repeated side by side.
bool IsPlain(const CodeView& view, NodeId body) {
  constexpr NodeKind kOthers[] = {NodeKind::kBreak, NodeKind::kContinue, NodeKind::kReturn,
                                  NodeKind::kGoto,  NodeKind::kLabel,    NodeKind::kFor,
                                  NodeKind::kWhile, NodeKind::kDo,       NodeKind::kSwitch};
  for (const NodeKind kind : kOthers) {
    if (!view.Below(body, kind).empty()) return false;
  }
  for (const NodeId name : view.Below(body, NodeKind::kName)) {
    if (view.Token(name).find("sync") != std::string_view::npos) return false;
  }
  return true;
}

// The accumulators of a body; nothing if it assigns another variable from outside.
std::optional<std::vector<Accumulator>> AccumulatorsOf(const CodeView& view, const CodeFunction& f,
                                                       NodeId body) {
  std::vector<Accumulator> list;
  for (const uint32_t index : view.Assigned(f, body)) {
    const EntityId e(index);
    const front::Entity& entity = view.sema().entity(e);
    if (entity.kind == front::EntityKind::kLocal && view.Contains(body, entity.node)) continue;
    const TypeKind kind = entity.type.kind();
    // Stores through pointers and into shared memory stay in order.
    const bool memory = kind == TypeKind::kPointer || kind == TypeKind::kArray;
    if (entity.kind != front::EntityKind::kLocal && memory) continue;
    if (entity.kind != front::EntityKind::kLocal || entity.address_taken) return {};
    const char* type = kind == TypeKind::kFloat    ? "float"
                       : kind == TypeKind::kDouble ? "double"
                       : kind == TypeKind::kInt    ? "int"
                                                   : nullptr;
    if (type == nullptr) return {};
    size_t added = 0, named = 0;
    for (const NodeId assign : view.Below(body, NodeKind::kAssign)) {
      const bool adds = static_cast<BinaryOp>(view.tree().data(assign)) == BinaryOp::kAdd;
      if (adds && IsName(view, f, view.Children(assign)[0], e)) ++added;
    }
    for (const NodeId name : view.Below(body, NodeKind::kName)) {
      if (view.Info(f, name).entity == e) ++named;
    }
    if (added == 0 || named != added) return {};
    list.push_back({e, std::string(view.sema().NameOf(e)), type});
  }
  return list;
}

std::optional<Loop> LoopAt(const CodeView& view, const CodeFunction& f, NodeId statement) {
  Loop loop{&f, statement, view.Parts(statement), {}, {}, {}, {}, {}, {}, {}, {}};
  const ForParts& parts = loop.parts;
  if (!parts.init.valid() || !parts.condition.valid() || !parts.step.valid()) return {};
  if (view.tree().data(statement) != 0) return {};  // unrolled by a pragma, or not to be
  if (view.tree().kind(parts.init) != NodeKind::kVarDecl || !IsPlain(view, parts.body)) return {};
  const std::vector<NodeId> declared = view.Children(parts.init);
  if (declared.size() != 2) return {};
  const NodeId declarator = declared[1];
  const NodeId init = view.tree().LastChild(declarator);
  if (!init.valid() || view.tree().kind(init) != NodeKind::kInitEq) return {};
  loop.counter = view.Info(f, declarator).entity;
  loop.name = view.Token(declarator);
  loop.type = view.Text(declared[0]);
  loop.begin = view.Text(view.tree().LastChild(init));
  if (view.tree().kind(parts.condition) != NodeKind::kBinary) return {};
  const auto op = static_cast<BinaryOp>(view.tree().data(parts.condition));
  if (op != BinaryOp::kLt && op != BinaryOp::kLe) return {};
  loop.compare = op == BinaryOp::kLt ? "<" : "<=";
  std::set<uint32_t> assigned = view.Assigned(f, parts.body);
  if (assigned.contains(loop.counter.index)) return {};
  assigned.insert(loop.counter.index);
  const std::vector<NodeId> sides = view.Children(parts.condition);
  if (!IsName(view, f, sides[0], loop.counter) || !view.IsStable(f, sides[1], assigned)) return {};
  loop.end = view.Text(sides[1]);
  loop.step = StepText(view, f, parts.step, loop.counter, assigned);
  if (loop.step.empty()) return {};
  auto accumulators = AccumulatorsOf(view, f, parts.body);
  if (!accumulators) return {};
  loop.accumulators = *std::move(accumulators);
  return loop;
}

std::vector<Loop> LoopsOf(const CodeView& view) {
  std::vector<Loop> loops;
  for (const CodeFunction* f : view.DeviceCode()) {
    for (const NodeId statement : view.Below(f->body, NodeKind::kFor)) {
      if (auto loop = LoopAt(view, *f, statement)) loops.push_back(*std::move(loop));
    }
  }
  return loops;
}

double Helps(const TextSituation& situation) {
  const bool waits = situation.limit == Limit::kLatency || situation.limit == Limit::kDram;
  return waits ? 0.6 : 0.3;
}

std::vector<Parameters> Space(const TextSituation& situation) {
  std::vector<Parameters> list;
  const CodeView view(situation.program);
  const std::vector<Loop> loops = LoopsOf(view);
  for (size_t l = 0; l < loops.size(); ++l) {
    for (const int64_t copies : {2, 4, 8}) {
      list.push_back({{"loop", static_cast<int64_t>(l)}, {"copies", copies}});
    }
  }
  return list;
}

// The body for turn `copy` of those done at once: its counter and accumulators have other names.
std::string Body(const CodeView& view, const Loop& loop, int64_t copy, const std::string& counter,
                 const std::vector<std::string>& stems) {
  std::vector<std::pair<NodeId, std::string>> replaced;
  if (copy > 0) {
    for (const NodeId name : view.Below(loop.parts.body, NodeKind::kName)) {
      const EntityId e = view.Info(*loop.function, name).entity;
      if (e == loop.counter) replaced.emplace_back(name, Format("{}{}", counter, copy));
      for (size_t a = 0; a < loop.accumulators.size(); ++a) {
        if (e == loop.accumulators[a].entity) {
          replaced.emplace_back(name, Format("{}{}", stems[a], copy));
        }
      }
    }
  }
  const std::string text = view.TextWith(loop.parts.body, std::move(replaced));
  return view.tree().kind(loop.parts.body) == NodeKind::kCompound ? text : "{ " + text + " }";
}

Result<std::string> Apply(const TextSituation& situation, const Parameters& parameters) {
  const CodeView view(situation.program);
  const std::vector<Loop> loops = LoopsOf(view);
  const auto l = static_cast<size_t>(Get(parameters, "loop"));
  const int64_t copies = Get(parameters, "copies");
  if (l >= loops.size() || copies < 2) return Error{"no such loop"};
  const Loop& loop = loops[l];
  const std::string counter = view.FreshName(loop.name + "_");
  std::vector<std::string> stems;
  std::string text = "{";
  for (const Accumulator& a : loop.accumulators) {
    stems.push_back(view.FreshName(a.name + "_"));
    for (int64_t c = 1; c < copies; ++c) {
      AppendFormat(text, " {} {}{} = 0;", a.type, stems.back(), c);
    }
  }
  const bool one = loop.step == "1";
  const auto steps = [&](int64_t n) {
    return one ? Format("{}", n) : Format("{} * ({})", n, loop.step);
  };
  AppendFormat(text, " {} {} = {};", loop.type, loop.name, loop.begin);
  AppendFormat(text, " for (; {0} + {1} {2} {3}; {0} += {4}) {{", loop.name, steps(copies - 1),
               loop.compare, loop.end, steps(copies));
  for (int64_t c = 1; c < copies; ++c) {
    AppendFormat(text, " const {} {}{} = {} + {};", loop.type, counter, c, loop.name, steps(c));
  }
  for (int64_t c = 0; c < copies; ++c) text += " " + Body(view, loop, c, counter, stems);
  AppendFormat(text, " }} for (; {0} {1} {2}; {0} += {3}) {4}", loop.name, loop.compare, loop.end,
               loop.step, Body(view, loop, 0, counter, stems));
  for (size_t a = 0; a < loop.accumulators.size(); ++a) {
    AppendFormat(text, " {} += {}1", loop.accumulators[a].name, stems[a]);
    for (int64_t c = 2; c < copies; ++c) AppendFormat(text, " + {}{}", stems[a], c);
    text += ";";
  }
  text += " }";
  return view.Apply(
      {front::ReplaceNode(view.tree(), loop.statement, view.Laid(loop.statement, text))});
}

constexpr ParameterMeaning kParameters[] = {
    {"loop", "which innermost loop, counted from 0"},
    {"copies", "turns done at once"},
};
constexpr TextSteps kOnText = {Helps, Space, Apply};

}  // namespace

extern const Technique kIndependentAccumulators = {
    "independent_accumulators",
    "instruction level parallelism",
    "Several turns of a loop at once, each with an accumulator of its own.",
    nullptr,
    nullptr,
    nullptr,
    kParameters,
    &kOnText};

}  // namespace ws::target::cuda
