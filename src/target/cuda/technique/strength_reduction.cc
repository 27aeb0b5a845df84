// Cheaper operations with the same value but for rounding.
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
  return computes ? 0.6 : 0.3;
}

double ValueOf(const CodeView& view, const CodeFunction& f, NodeId n) {
  const front::NodeInfo& info = view.Info(f, n);
  const TypeKind kind = view.sema().types().StripReference(info.type).kind();
  if (front::IsIntegerKind(kind)) return static_cast<double>(static_cast<int64_t>(info.bits));
  double value;
  static_assert(sizeof value == sizeof info.bits);
  __builtin_memcpy(&value, &info.bits, sizeof value);
  return value;
}

bool IsDivision(const CodeView& view, NodeId n) {
  return view.tree().kind(n) == NodeKind::kBinary &&
         static_cast<BinaryOp>(view.tree().data(n)) == BinaryOp::kDiv;
}

// The name of the function that a Call enters.
std::string_view Callee(const CodeView& view, NodeId call) {
  if (view.tree().kind(call) != NodeKind::kCall) return {};
  const NodeId name = view.Children(call).front();
  return view.tree().kind(name) == NodeKind::kName ? view.Token(name) : std::string_view();
}

// powf(x, 2) is x * x.
std::optional<std::string> SmallPowers(const CodeView& view, const CodeFunction& f, NodeId n) {
  const std::string_view name = Callee(view, n);
  if (name != "powf" && name != "pow" && name != "__powf") return {};
  const std::vector<NodeId> parts = view.Children(n);
  if (parts.size() != 3 || !view.Info(f, parts[2]).constant) return {};
  const double power = ValueOf(view, f, parts[2]);
  const std::string x = view.Text(parts[1]);
  const bool single = view.HasType(f, n, TypeKind::kFloat);
  const bool whole = !front::IsIntegerKind(view.Info(f, parts[1]).type.kind());
  if (!whole) return {};
  if (power == 0.5) return Format("{}({})", single ? "sqrtf" : "sqrt", x);
  if (!view.IsStable(f, parts[1], {})) return {};
  if (power == 2) return Format("(({0}) * ({0}))", x);
  if (power == 3) return Format("(({0}) * ({0}) * ({0}))", x);
  return {};
}

// 1 / sqrtf(x) is rsqrtf(x).
std::optional<std::string> ReciprocalRoots(const CodeView& view, const CodeFunction& f, NodeId n) {
  if (!IsDivision(view, n) || !view.HasType(f, n, TypeKind::kFloat)) return {};
  const std::vector<NodeId> parts = view.Children(n);
  if (!view.Info(f, parts[0]).constant || ValueOf(view, f, parts[0]) != 1) return {};
  NodeId root = parts[1];
  while (view.tree().kind(root) == NodeKind::kParen) root = view.tree().LastChild(root);
  if (Callee(view, root) != "sqrtf" && Callee(view, root) != "sqrt") return {};
  if (!view.HasType(f, root, TypeKind::kFloat)) return {};
  return Format("rsqrtf({})", view.Text(view.Children(root)[1]));
}

// x / c is x * (1 / c), which the compiler computes.
std::optional<std::string> ConstantDivisors(const CodeView& view, const CodeFunction& f, NodeId n) {
  if (!IsDivision(view, n) || !view.HasType(f, n, TypeKind::kFloat)) return {};
  const std::vector<NodeId> parts = view.Children(n);
  const front::NodeInfo& divisor = view.Info(f, parts[1]);
  if (!divisor.constant || view.Info(f, n).constant || ValueOf(view, f, parts[1]) == 0) return {};
  return Format("{} * (1.0f / {})", view.Text(parts[0]), view.Text(parts[1]));
}

// A double literal beside a float makes the arithmetic double.
std::optional<std::string> DoubleLiterals(const CodeView& view, const CodeFunction& f, NodeId n) {
  if (view.tree().kind(n) != NodeKind::kFloatLiteral || !view.HasType(f, n, TypeKind::kDouble)) {
    return {};
  }
  return view.Text(n) + "f";
}

constexpr TextRule kRules[] = {
    {"small powers", SmallPowers},
    {"reciprocal roots", ReciprocalRoots},
    {"constant divisors", ConstantDivisors},
    {"double literals", DoubleLiterals},
};

std::vector<Parameters> Space(const TextSituation& situation) {
  return RuleSpace(situation, kRules);
}
Result<std::string> Apply(const TextSituation& situation, const Parameters& parameters) {
  return ApplyRule(situation, kRules, parameters);
}

constexpr ParameterMeaning kParameters[] = {
    {"rule",
     "0 small powers as products, 1 reciprocal roots, 2 constant divisors as factors, 3 double "
     "literals as float"},
};
constexpr TextSteps kOnText = {Helps, Space, Apply};

}  // namespace

extern const Technique kStrengthReduction = {
    "strength_reduction",
    "mathematical transformation",
    "Cheaper operations with the same value but for rounding.",
    nullptr,
    nullptr,
    nullptr,
    kParameters,
    &kOnText};

}  // namespace ws::target::cuda
