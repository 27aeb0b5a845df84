// Proposers: who turns a node of the search into new programs. A file search/proposer/<stem>.cc
// defines, in namespace ws::search:
//
//   extern const ProposerKind kRule = {"rule", "schedule steps on the lifted program", MakeRule};
//
// and nothing else is to be edited. A proposer knows the program it starts from, never the task.
#ifndef WARPSMITH_SEARCH_PROPOSER_H_
#define WARPSMITH_SEARCH_PROPOSER_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "nest/analysis.h"
#include "nest/program.h"

namespace ws::search {

// What a search starts from.
struct Subject {
  std::string source;
  std::string entry;  // the launcher
  bool compiled = false;
  bool lifted = false;
  nest::Program program;         // if lifted
  std::string why_not;           // if not lifted: position and construct; not compiled: diagnostics
  nest::SizeValues bench_sizes;  // by launcher parameter
  std::string arch;
};

// A step that is open at a plan.
struct Step {
  std::string technique;
  std::vector<std::pair<std::string, int64_t>> parameters;
  std::string text;    // the parameters as text; (technique, text) is unique at a plan
  double helps = 0.5;  // 0 .. 1: how much the technique promises here
};

// A program, and the plan by which further steps can be taken from it.
struct Proposal {
  std::string source;
  std::string plan;
};

// Used by one thread. Deterministic: the same plan and limit give the same steps in the same order.
class Proposer {
 public:
  virtual ~Proposer() = default;

  // The plan of the program that the search starts from.
  virtual std::string StartPlan() const = 0;
  // Steps open at `plan` where `bottleneck` is what limits the program.
  virtual std::vector<Step> Steps(const std::string& plan, std::string_view bottleneck) = 0;
  // Takes step `index` of those. The error names what cannot be expressed.
  virtual Result<Proposal> Take(const std::string& plan, std::string_view bottleneck,
                                uint32_t index) = 0;
};

struct ProposerKind {
  const char* name;     // as --proposer spells it
  const char* summary;  // one line
  // The error says why this proposer has nothing to offer for the subject.
  Result<std::unique_ptr<Proposer>> (*make)(const Subject& subject);
};

// All proposers, sorted by name.
std::span<const ProposerKind* const> ProposerKinds();
const ProposerKind* FindProposer(std::string_view name);  // null if there is none

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_PROPOSER_H_
