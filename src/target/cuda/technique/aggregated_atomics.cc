// One atomic addition for the lanes of a warp that add to one address.
#include "base/format.h"
#include "target/cuda/arch.h"
#include "target/cuda/technique.h"
#include "target/cuda/text_tools.h"

namespace ws::target::cuda {
namespace {

using front::NodeId;
using front::NodeKind;
using front::TypeKind;

// A statement `atomicAdd(address, value);` of a kernel or device function.
struct Site {
  const CodeFunction* function;
  NodeId statement, address, value;
  TypeKind type;
};

// Whether the lanes that stand together at the statement have been told apart by address before.
bool IsAggregated(const CodeView& view, const CodeFunction& f, NodeId statement) {
  for (const NodeId block : view.Below(f.body, NodeKind::kCompound)) {
    if (block == f.body || !view.Contains(block, statement)) continue;
    for (const NodeId name : view.Below(block, NodeKind::kName)) {
      const std::string_view text = view.Token(name);
      if (text == "__match_any_sync") return true;
    }
  }
  return false;
}

std::vector<Site> SitesOf(const CodeView& view) {
  std::vector<Site> sites;
  for (const CodeFunction* f : view.DeviceCode()) {
    for (const NodeId statement : view.Below(f->body, NodeKind::kExprStmt)) {
      const NodeId call = view.tree().LastChild(statement);
      if (!call.valid() || view.tree().kind(call) != NodeKind::kCall) continue;
      const std::vector<NodeId> parts = view.Children(call);
      if (parts.size() != 3 || view.Token(parts[0]) != "atomicAdd") continue;
      if (IsAggregated(view, *f, statement)) continue;
      for (const TypeKind type : {TypeKind::kInt, TypeKind::kUInt, TypeKind::kFloat}) {
        if (view.HasType(*f, call, type)) sites.push_back({f, statement, parts[1], parts[2], type});
      }
    }
  }
  return sites;
}

double Helps(const TextSituation& situation) {
  return situation.limit == Limit::kL2 || situation.limit == Limit::kLatency ? 0.6 : 0.4;
}

std::vector<Parameters> Space(const TextSituation& situation) {
  std::vector<Parameters> list;
  const CodeView view(situation.program);
  const std::vector<Site> sites = SitesOf(view);
  for (size_t s = 0; s < sites.size(); ++s) list.push_back({{"site", static_cast<int64_t>(s)}});
  return list;
}

// The statement's text; names that would hide one of the program's are made new.
std::string Aggregated(const CodeView& view, const Site& site) {
  const std::string target = view.FreshName("target"), sum = view.FreshName("sum"),
                    peers = view.FreshName("peers"), lane = view.FreshName("lane"),
                    offset = view.FreshName("offset");
  const char* type = site.type == TypeKind::kInt    ? "int"
                     : site.type == TypeKind::kUInt ? "unsigned"
                                                    : "float";
  const std::string value = view.Text(site.value);
  std::string text = Format("{{ {}* const {} = {}; ", type, target, view.Text(site.address));
  AppendFormat(text,
               "const unsigned {} = __match_any_sync(__activemask(), (unsigned long long){}); "
               "const unsigned {} = "
               "(threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z)) & 31; ",
               peers, target, lane);
  if (site.type == TypeKind::kFloat) {
    // The whole warp where it adds to one address, else each lane for itself.
    AppendFormat(text,
                 "float {0} = {1}; if ({2} == 0xffffffffu) {{ "
                 "for (int {3} = 16; {3} > 0; {3} /= 2) {{ "
                 "{0} += __shfl_xor_sync(0xffffffffu, {0}, {3}); }} "
                 "if ({4} == 0) {{ atomicAdd({5}, {0}); }} }} else {{ atomicAdd({5}, {0}); }} }}",
                 sum, value, peers, offset, lane, target);
    return text;
  }
  // Integers: groups of lanes with equal addresses, however they mix.
  const std::string total = view.Info(*site.function, site.value).constant
                                ? Format("__popc({}) * {}", peers, value)
                                : Format("__reduce_add_sync({}, ({})({}))", peers, type, value);
  AppendFormat(text,
               "const {0} {1} = {2}; if ({3} == __ffs({4}) - 1) {{ atomicAdd({5}, {1}); }} }}",
               type, sum, total, lane, peers, target);
  return text;
}

Result<std::string> Apply(const TextSituation& situation, const Parameters& parameters) {
  const CodeView view(situation.program);
  const std::vector<Site> sites = SitesOf(view);
  const auto s = static_cast<size_t>(Get(parameters, "site"));
  if (s >= sites.size()) return Error{"no such atomic addition"};
  const Site& site = sites[s];
  const bool reduces =
      site.type != TypeKind::kFloat && !view.Info(*site.function, site.value).constant;
  if (reduces && ComputeCapability(situation.arch) < 80) {
    return Error{"__reduce_add_sync needs sm_80"};
  }
  return view.Apply({front::ReplaceNode(view.tree(), site.statement,
                                        view.Laid(site.statement, Aggregated(view, site)))});
}

constexpr ParameterMeaning kParameters[] = {
    {"site", "which atomic addition, counted from 0"},
};
constexpr TextSteps kOnText = {Helps, Space, Apply};

}  // namespace

extern const Technique kAggregatedAtomics = {
    "aggregated_atomics",
    "warp-level primitives",
    "One atomic addition for the lanes of a warp that add to one address.",
    nullptr,
    nullptr,
    nullptr,
    kParameters,
    &kOnText};

}  // namespace ws::target::cuda
