// Another number of threads per block, where the source writes it as a constant.
#include <algorithm>

#include "base/format.h"
#include "target/cuda/technique.h"
#include "target/cuda/text_tools.h"

namespace ws::target::cuda {
namespace {

using front::EntityId;
using front::NodeId;
using front::NodeKind;

// A constant that the block of some launch depends on: a number in the text, or the macro or
// variable that names it.
struct Constant {
  int64_t value;
  std::string name;  // empty: a literal
  bool operator==(const Constant&) const = default;
};

// Integer constants below `n` that may count threads; variables of type dim3 are looked into.
void Collect(const CodeView& view, const CodeFunction& f, NodeId n, int depth,
             std::vector<Constant>& list) {
  const auto add = [&list](Constant c) {
    if (c.value < 2 || c.value > 1024) return;
    if (std::ranges::find(list, c) == list.end()) list.push_back(std::move(c));
  };
  for (const NodeId literal : view.Below(n, NodeKind::kIntLiteral)) {
    const front::Token& token = view.sema().tokens()[view.tree().token(literal).index];
    const auto value = static_cast<int64_t>(view.Info(f, literal).bits);
    const bool macro = (token.flags & front::token_flag::kFromMacro) != 0;
    add({value, macro ? view.MacroName(literal) : std::string()});
  }
  for (const NodeId name : view.Below(n, NodeKind::kName)) {
    const front::NodeInfo& info = view.Info(f, name);
    if (!info.entity.valid()) continue;
    const front::Entity& entity = view.sema().entity(info.entity);
    if (info.constant) {
      add({static_cast<int64_t>(info.bits), std::string(view.sema().NameOf(info.entity))});
    } else if (depth > 0 && entity.node.valid() &&
               view.tree().kind(entity.node) == NodeKind::kDeclarator) {
      Collect(view, f, entity.node, depth - 1, list);
    }
  }
}

std::vector<Constant> ConstantsOf(const CodeView& view) {
  std::vector<Constant> list;
  for (const CodeFunction& f : view.functions()) {
    if (!f.is_host) continue;
    for (const NodeId config : view.Below(f.body, NodeKind::kLaunchConfig)) {
      const std::vector<NodeId> dims = view.Children(config);
      if (dims.size() >= 2) Collect(view, f, dims[1], 2, list);
    }
  }
  return list;
}

double Helps(const TextSituation& situation) {
  return situation.limit == Limit::kLatency || situation.limit == Limit::kUnknown ? 0.5 : 0.3;
}

std::vector<Parameters> Space(const TextSituation& situation) {
  std::vector<Parameters> list;
  const CodeView view(situation.program);
  const std::vector<Constant> constants = ConstantsOf(view);
  for (size_t c = 0; c < constants.size(); ++c) {
    for (int64_t threads = 4; threads <= 1024; threads *= 2) {
      const int64_t now = constants[c].value;
      if (threads == now || threads > 8 * now || 8 * threads < now) continue;
      list.push_back({{"constant", static_cast<int64_t>(c)}, {"value", threads}});
    }
  }
  return list;
}

// Literals `value`, and `value` - 1 as in (n + 255) / 256 and part[255], outside of macros.
std::vector<front::Edit> EditLiterals(const CodeView& view, int64_t value, int64_t to) {
  std::vector<front::Edit> edits;
  for (const CodeFunction& f : view.functions()) {
    for (const NodeId literal : view.Below(f.body, NodeKind::kIntLiteral)) {
      const auto found = static_cast<int64_t>(view.Info(f, literal).bits);
      if (found != value && found != value - 1) continue;
      edits.push_back(
          front::ReplaceNode(view.tree(), literal, Format("{}", found == value ? to : to - 1)));
    }
  }
  return edits;
}

Result<std::string> Apply(const TextSituation& situation, const Parameters& parameters) {
  const CodeView view(situation.program);
  const std::vector<Constant> constants = ConstantsOf(view);
  const auto c = static_cast<size_t>(Get(parameters, "constant"));
  const int64_t to = Get(parameters, "value");
  if (c >= constants.size()) return Error{"no such constant"};
  const Constant& constant = constants[c];
  if (constant.name.empty()) return view.Apply(EditLiterals(view, constant.value, to));
  // #define NAME 256, or a variable's initialiser.
  if (auto source = view.WithMacro(constant.name, constant.value, to)) return *std::move(source);
  std::vector<front::Edit> edits;
  for (uint32_t i = 0; i < view.tree().size(); ++i) {
    const NodeId n(i);
    if (view.tree().kind(n) != NodeKind::kDeclarator || view.Token(n) != constant.name) continue;
    const NodeId init = view.tree().LastChild(n);
    if (!init.valid() || view.tree().kind(init) != NodeKind::kInitEq) continue;
    const NodeId value = view.tree().LastChild(init);
    if (view.Text(value) != Format("{}", constant.value)) continue;
    edits.push_back(front::ReplaceNode(view.tree(), value, Format("{}", to)));
  }
  if (edits.empty()) return Error{Format("{} is not set by a number", constant.name)};
  return view.Apply(std::move(edits));
}

constexpr ParameterMeaning kParameters[] = {
    {"constant", "which constant of the launches' blocks, counted from 0"},
    {"value", "what it becomes"},
};
constexpr TextSteps kOnText = {Helps, Space, Apply};

}  // namespace

extern const Technique kAdaptiveBlockSize = {
    "adaptive_block_size",
    "adaptive block sizing",
    "Another number of threads per block, where the source writes it as a constant.",
    nullptr,
    nullptr,
    nullptr,
    kParameters,
    &kOnText};

}  // namespace ws::target::cuda
