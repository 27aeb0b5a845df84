// Faults in calls: the wrong function, the wrong arguments, atomics and shuffles.
#include "base/format.h"
#include "tests/mutation/operator.h"

namespace ws::mutation {
namespace {

struct Rename {
  std::string_view from, to;
};

void RenameBy(const Subject& subject, NodeId node, Planter& planter, std::span<const Rename> pairs,
              bool both_ways) {
  const std::string_view callee = subject.Callee(node);
  if (callee.empty()) return;
  const NodeId name = subject.Child(node, 0);
  for (const Rename& pair : pairs) {
    if (callee == pair.from) planter.ReplaceToken(name, std::string(pair.to));
    if (both_ways && callee == pair.to) planter.ReplaceToken(name, std::string(pair.from));
  }
}

bool IsShuffle(std::string_view callee) { return callee.starts_with("__shfl_"); }

}  // namespace

void SwapMaxMin(const Subject& subject, NodeId node, Planter& planter) {
  static constexpr Rename kPairs[] = {{"fmaxf", "fminf"},       {"fmax", "fmin"},
                                      {"max", "min"},           {"__hmax", "__hmin"},
                                      {"__hmax2", "__hmin2"},   {"atomicMax", "atomicMin"},
                                      {"__vmaxs4", "__vmins4"}, {"umax", "umin"}};
  RenameBy(subject, node, planter, kPairs, true);
}

void OtherFunction(const Subject& subject, NodeId node, Planter& planter) {
  static constexpr Rename kPairs[] = {{"expf", "exp2f"},
                                      {"logf", "log2f"},
                                      {"sinf", "cosf"},
                                      {"sqrtf", "rsqrtf"},
                                      {"tanhf", "sinhf"},
                                      {"floorf", "ceilf"},
                                      {"erff", "erfcf"},
                                      {"exp", "exp2"},
                                      {"log", "log2"},
                                      {"sin", "cos"},
                                      {"sqrt", "rsqrt"},
                                      {"tanh", "sinh"},
                                      {"log1pf", "logf"},
                                      {"expm1f", "expf"},
                                      {"__expf", "exp2f"},
                                      {"__hadd", "__hsub"},
                                      {"__hadd2", "__hsub2"},
                                      {"roundf", "truncf"},
                                      {"atomicAdd", "atomicSub"},
                                      {"atomicAnd", "atomicOr"},
                                      {"__ballot_sync", "__activemask"},
                                      {"__any_sync", "__all_sync"},
                                      {"__low2half", "__high2half"},
                                      {"__low2float", "__high2float"}};
  RenameBy(subject, node, planter, kPairs, true);
  if (subject.Callee(node) == "fabsf") planter.ReplaceToken(subject.Child(node, 0), "");
}

void ApproximateForm(const Subject& subject, NodeId node, Planter& planter) {
  static constexpr Rename kPairs[] = {
      {"expf", "__expf"}, {"logf", "__logf"}, {"log2f", "__log2f"}, {"sinf", "__sinf"},
      {"cosf", "__cosf"}, {"powf", "__powf"}, {"tanf", "__tanf"},   {"exp10f", "__exp10f"}};
  RenameBy(subject, node, planter, kPairs, false);
  if (subject.IsBinary(node, BinaryOp::kDiv) && subject.Type(node) == TypeKind::kFloat &&
      !subject.OnHost(node)) {
    planter.Replace(node, Format("__fdividef({}, {})", subject.Text(subject.Child(node, 0)),
                                 subject.Text(subject.Child(node, 1))));
  }
}

void DropAddend(const Subject& subject, NodeId node, Planter& planter) {
  const std::string_view callee = subject.Callee(node);
  if (callee != "fmaf" && callee != "fma" && callee != "__fmaf_rn") return;
  if (!subject.Child(node, 3).valid()) return;
  planter.Replace(node, Format("({} * {})", subject.Text(subject.Child(node, 1)),
                               subject.Text(subject.Child(node, 2))));
}

void SwapArguments(const Subject& subject, NodeId node, Planter& planter) {
  const bool launches = subject.Is(node, NodeKind::kLaunch);
  if (!launches && !subject.Is(node, NodeKind::kCall)) return;
  // These give the same whichever comes first.
  static constexpr std::string_view kSymmetric[] = {
      "fmaxf", "fminf",  "fmax",   "fmin",   "max",    "min",     "fmaf",
      "fma",   "__hmax", "__hmin", "__hadd", "__hmul", "__hadd2", "__hmul2"};
  for (const std::string_view name : kSymmetric) {
    if (subject.Callee(node) == name) return;
  }
  const std::vector<NodeId> children = subject.Children(node);
  for (size_t i = launches ? 2 : 1; i + 1 < children.size(); ++i) {
    if (subject.SameType(children[i], children[i + 1])) planter.Swap(children[i], children[i + 1]);
  }
}

void PlainAtomic(const Subject& subject, NodeId node, Planter& planter) {
  struct Row {
    std::string_view atomic;
    const char* plain;
  };
  static constexpr Row kRows[] = {{"atomicAdd", "+="}, {"atomicSub", "-="}, {"atomicAnd", "&="},
                                  {"atomicOr", "|="},  {"atomicXor", "^="}, {"atomicExch", "="}};
  for (const Row& row : kRows) {
    if (subject.Callee(node) != row.atomic) continue;
    planter.Replace(node, Format("(*({}) {} ({}))", subject.Text(subject.Child(node, 1)), row.plain,
                                 subject.Text(subject.Child(node, 2))));
  }
  const bool max = subject.Callee(node) == "atomicMax";
  if (max || subject.Callee(node) == "atomicMin") {
    const std::string at = subject.Text(subject.Child(node, 1));
    planter.Replace(node, Format("(*({}) = {}(*({}), {}))", at, max ? "max" : "min", at,
                                 subject.Text(subject.Child(node, 2))));
  }
}

void AtomicOverwrites(const Subject& subject, NodeId node, Planter& planter) {
  const std::string_view callee = subject.Callee(node);
  if (!callee.starts_with("atomic") || callee == "atomicExch" || callee == "atomicCAS") return;
  planter.ReplaceToken(subject.Child(node, 0), "atomicExch");
}

void ShuffleDistance(const Subject& subject, NodeId node, Planter& planter) {
  if (!IsShuffle(subject.Callee(node))) return;
  const NodeId distance = subject.Child(node, 3);
  if (!distance.valid()) return;
  planter.Replace(distance, Format("({}) + 1", subject.Text(distance)));
  planter.Replace(distance, Format("({}) / 2", subject.Text(distance)));
}

void ShuffleKind(const Subject& subject, NodeId node, Planter& planter) {
  static constexpr Rename kPairs[] = {{"__shfl_down_sync", "__shfl_up_sync"},
                                      {"__shfl_up_sync", "__shfl_down_sync"},
                                      {"__shfl_xor_sync", "__shfl_down_sync"},
                                      {"__shfl_sync", "__shfl_xor_sync"}};
  RenameBy(subject, node, planter, kPairs, false);
}

void Membermask(const Subject& subject, NodeId node, Planter& planter) {
  const std::string_view callee = subject.Callee(node);
  static constexpr std::string_view kVotes[] = {"__ballot_sync", "__any_sync", "__all_sync",
                                                "__syncwarp"};
  bool takes_mask =
      IsShuffle(callee) || callee.starts_with("__match_") || callee.starts_with("__reduce_");
  for (const std::string_view vote : kVotes) takes_mask = takes_mask || callee == vote;
  const NodeId mask = subject.Child(node, 1);
  if (!takes_mask || !mask.valid()) return;
  planter.Replace(mask, "0x0000ffffu");
}

}  // namespace ws::mutation
