// What `--proposer rule,llm` asks for: a list of kinds, and out of them one proposer for a run.
#ifndef WARPSMITH_DRIVER_PROPOSERS_H_
#define WARPSMITH_DRIVER_PROPOSERS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "search/proposer.h"

namespace ws::driver {

using ProposerKinds = std::vector<const search::ProposerKind*>;

// "llm: a language model ...; rule: ..." for --help.
std::string ProposerHelp();
// Errors: an empty list, a name that is unknown or given twice.
Result<ProposerKinds> ParseProposers(std::string_view list);
bool Has(const ProposerKinds& kinds, std::string_view name);

// Takes those out of `kinds` that have nothing to offer for the subject, and says why. An error if
// none is left.
Result<std::vector<std::string>> DropIdle(const search::Subject& subject, ProposerKinds& kinds);

// One proposer out of all. The error is one of making them.
Result<std::unique_ptr<search::Proposer>> MakeProposers(const ProposerKinds& kinds,
                                                        const search::Subject& subject,
                                                        const search::Means& means);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_PROPOSERS_H_
