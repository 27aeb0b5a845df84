// CUDA's fast functions, with the errors that its documentation states for them.
#include "base/format.h"
#include "target/cuda/technique.h"
#include "target/cuda/text_rules.h"

namespace ws::target::cuda {
namespace {

using front::BinaryOp;
using front::NodeId;
using front::NodeKind;
using front::TypeKind;

double Helps(const TextSituation& situation) {
  const bool computes = situation.limit == Limit::kIssue || situation.limit == Limit::kFloat ||
                        situation.limit == Limit::kSpecial;
  return computes ? 0.6 : 0.2;
}

struct FastForm {
  std::string_view plain, overload, fast;
};
constexpr FastForm kForms[] = {
    {"expf", "exp", "__expf"},    {"exp10f", "exp10", "__exp10f"}, {"logf", "log", "__logf"},
    {"log2f", "log2", "__log2f"}, {"log10f", "log10", "__log10f"}, {"powf", "pow", "__powf"},
    {"sinf", "sin", "__sinf"},    {"cosf", "cos", "__cosf"},       {"tanf", "tan", "__tanf"},
};

// The name in a call of a float function that has a fast form.
std::optional<std::string> Functions(const CodeView& view, const CodeFunction& f, NodeId n) {
  if (view.tree().kind(n) != NodeKind::kCall || !view.HasType(f, n, TypeKind::kFloat)) return {};
  const std::vector<NodeId> parts = view.Children(n);
  if (view.tree().kind(parts[0]) != NodeKind::kName || view.Info(f, n).entity.valid()) return {};
  for (const FastForm& form : kForms) {
    const std::string_view name = view.Token(parts[0]);
    if (name != form.plain && name != form.overload) continue;
    return view.TextWith(n, {{parts[0], std::string(form.fast)}});
  }
  return {};
}

std::optional<std::string> Divisions(const CodeView& view, const CodeFunction& f, NodeId n) {
  if (view.tree().kind(n) != NodeKind::kBinary || !view.HasType(f, n, TypeKind::kFloat) ||
      static_cast<BinaryOp>(view.tree().data(n)) != BinaryOp::kDiv || view.Info(f, n).constant) {
    return {};
  }
  const std::vector<NodeId> parts = view.Children(n);
  return Format("__fdividef({}, {})", view.Text(parts[0]), view.Text(parts[1]));
}

constexpr TextRule kRules[] = {{"functions", Functions}, {"divisions", Divisions}};

std::vector<Parameters> Space(const TextSituation& situation) {
  return RuleSpace(situation, kRules);
}
Result<std::string> Apply(const TextSituation& situation, const Parameters& parameters) {
  return ApplyRule(situation, kRules, parameters);
}

constexpr ParameterMeaning kParameters[] = {{"rule", "0 functions, 1 divisions"}};
constexpr TextSteps kOnText = {Helps, Space, Apply};

}  // namespace

extern const Technique kFastMath = {
    "fast_math",
    "fast math optimization",
    "CUDA's fast functions, with the errors that its documentation states for them.",
    nullptr,
    nullptr,
    nullptr,
    kParameters,
    &kOnText};

}  // namespace ws::target::cuda
