#include "driver/proposers.h"

#include <algorithm>

#include "base/format.h"
#include "base/nearest.h"

namespace ws::driver {

std::string ProposerHelp() {
  std::string help;
  for (const search::ProposerKind* kind : search::ProposerKinds()) {
    AppendFormat(help, "{}{}: {}", help.empty() ? "" : "; ", kind->name, kind->summary);
  }
  return help;
}

Result<ProposerKinds> ParseProposers(std::string_view list) {
  ProposerKinds kinds;
  while (true) {
    const size_t comma = list.find(',');
    const std::string_view name = list.substr(0, comma);
    const search::ProposerKind* kind = search::FindProposer(name);
    if (kind == nullptr) {
      std::vector<std::string_view> names;
      for (const auto* known : search::ProposerKinds()) names.push_back(known->name);
      return Error{Format("--proposer {}: there is no such proposer", name), Blame::kUser,
                   DidYouMean(name, names, Format("there is {}", Join(names, ", ")))};
    }
    if (std::ranges::find(kinds, kind) != kinds.end()) {
      return Error{Format("--proposer: {} is given twice", name)};
    }
    kinds.push_back(kind);
    if (comma == std::string_view::npos) return kinds;
    list.remove_prefix(comma + 1);
  }
}

bool Has(const ProposerKinds& kinds, std::string_view name) {
  return std::ranges::any_of(kinds, [&](const auto* kind) { return kind->name == name; });
}

Result<std::vector<std::string>> DropIdle(const search::Subject& subject, ProposerKinds& kinds) {
  std::vector<std::string> reasons;
  ProposerKinds useful;
  for (const search::ProposerKind* kind : kinds) {
    const Status offers = kind->offers(subject);
    if (offers.ok()) {
      useful.push_back(kind);
    } else {
      reasons.push_back(offers.error().message);
    }
  }
  if (useful.empty()) return Error{Format("{}", Join(reasons, "; "))};
  kinds = std::move(useful);
  return reasons;
}

Result<std::unique_ptr<search::Proposer>> MakeProposers(const ProposerKinds& kinds,
                                                        const search::Subject& subject,
                                                        const search::Means& means) {
  std::vector<std::unique_ptr<search::Proposer>> members;
  for (const search::ProposerKind* kind : kinds) {
    TRY(std::unique_ptr<search::Proposer> member, kind->make(subject, means));
    members.push_back(std::move(member));
  }
  return search::MakeTeam(std::move(members));
}

}  // namespace ws::driver
