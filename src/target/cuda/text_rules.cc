#include "target/cuda/text_rules.h"

#include "base/format.h"

namespace ws::target::cuda {

using front::NodeId;

std::vector<front::Edit> EditsOf(const CodeView& view, const TextRule& rule) {
  std::vector<front::Edit> edits;
  for (const CodeFunction* f : view.DeviceCode()) {
    // Backwards: parents come before their children.
    uint32_t stop = view.tree().first(f->body).index;
    for (uint32_t i = f->body.index + 1; i-- > stop;) {
      const NodeId n(i);
      std::optional<std::string> text = rule.rewrite(view, *f, n);
      if (!text) continue;
      edits.push_back(front::ReplaceNode(view.tree(), n, *std::move(text)));
      i = view.tree().first(n).index;
    }
  }
  return edits;
}

std::vector<Parameters> RuleSpace(const TextSituation& situation, std::span<const TextRule> rules) {
  std::vector<Parameters> list;
  const CodeView view(situation.program);
  for (size_t r = 0; r < rules.size(); ++r) {
    if (!EditsOf(view, rules[r]).empty()) list.push_back({{"rule", static_cast<int64_t>(r)}});
  }
  return list;
}

Result<std::string> ApplyRule(const TextSituation& situation, std::span<const TextRule> rules,
                              const Parameters& parameters) {
  const CodeView view(situation.program);
  const auto r = static_cast<size_t>(Get(parameters, "rule"));
  if (r >= rules.size()) return Error{"no such rule"};
  std::vector<front::Edit> edits = EditsOf(view, rules[r]);
  if (edits.empty()) return Error{Format("{} applies nowhere", rules[r].name)};
  return view.Apply(std::move(edits));
}

}  // namespace ws::target::cuda
