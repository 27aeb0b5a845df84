// Rules that replace expressions by cheaper ones, for techniques on source text. Host code,
// internal to techniques.
#ifndef WARPSMITH_TARGET_CUDA_TEXT_RULES_H_
#define WARPSMITH_TARGET_CUDA_TEXT_RULES_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "target/cuda/text_tools.h"

namespace ws::target::cuda {

// A rule for one node of device code.
struct TextRule {
  const char* name;
  // The text that replaces the node; nothing where the rule does not apply.
  std::optional<std::string> (*rewrite)(const CodeView& view, const CodeFunction& f,
                                        front::NodeId n);
};

// Edits of a rule at all its places; of places within each other the outermost.
std::vector<front::Edit> EditsOf(const CodeView& view, const TextRule& rule);

// A step per rule that applies somewhere: {{"rule", i}}.
std::vector<Parameters> RuleSpace(const TextSituation& situation, std::span<const TextRule> rules);
Result<std::string> ApplyRule(const TextSituation& situation, std::span<const TextRule> rules,
                              const Parameters& parameters);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_TEXT_RULES_H_
