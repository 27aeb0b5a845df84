// Proposers: who turns a node of the search into new programs. A file search/proposer/<stem>.cc
// defines, in namespace ws::search:
//
//   extern const ProposerKind kRule = {"rule", "schedule steps on the lifted program", Offers,
//   Make};
//
// and nothing else is to be edited. A proposer knows the program it starts from, never the task.
#ifndef WARPSMITH_SEARCH_PROPOSER_H_
#define WARPSMITH_SEARCH_PROPOSER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "know/attempt.h"
#include "know/exchange.h"
#include "know/lesson.h"
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
  std::string signature;  // the arguments for a reader: role, type, shape; a line each
};

// A program that steps start from, and what is known of it.
struct Place {
  std::string_view source;
  std::string_view plan;        // what its proposer gave along; empty if that gives none
  std::string_view bottleneck;  // what limits it
  std::string_view gradient;    // the textual gradient
};

// A step that is open at a place.
struct Step {
  std::string proposer;  // its name
  std::string technique;
  std::vector<std::pair<std::string, int64_t>> parameters;
  std::string text;      // the parameters as text; (technique, text) is unique at a place
  double helps = 0.5;    // 0 .. 1: how much the technique promises here
  uint32_t repairs = 0;  // how often a refused proposal may be given back to be mended
};

// A program, and the plan by which further steps can be taken from it.
struct Proposal {
  std::string source;
  std::string plan;
};

// A proposal that came of a step and was refused.
struct Refusal {
  std::string source;
  std::string reason;
  std::vector<std::string> details;  // diagnostics, findings, witness: a line each
  uint32_t repair = 0;               // how many proposals of this step were refused before it
};

// A step to take.
struct Request {
  Place place;
  uint32_t step = 0;                     // of Steps(place)
  const Refusal* refusal = nullptr;      // set: mend this instead of starting afresh
  std::span<const know::Attempt> tried;  // what is known to have come of earlier steps of this run
  bool is_recorded = false;              // the run went on from here before: answers as then
};

// Used by one thread. Deterministic: the same place gives the same steps in the same order, and the
// same requests give the same proposals, where a proposer asks others by way of a record.
class Proposer {
 public:
  virtual ~Proposer() = default;

  // The plan of the program that the search starts from.
  virtual std::string StartPlan() const = 0;
  virtual std::vector<Step> Steps(const Place& place) = 0;
  // Takes steps that do not depend on each other; result i belongs to request i, its error names
  // what cannot be expressed. The outer error ends the run.
  virtual Result<std::vector<Result<Proposal>>> Take(std::span<const Request> requests) = 0;
  // Tokens of a language model spent so far, recorded ones included.
  virtual uint64_t tokens() const { return 0; }
};

// What a proposer may use beside the subject.
struct Means {
  uint64_t seed = 1;
  know::ExchangeRecord* record = nullptr;  // of exchanges with a language model
  bool replays = false;                    // nothing but the record may be asked
  std::string model;                       // of a replay: the one that was asked then
  std::vector<know::Lesson> lessons;
  std::function<bool()> stop;
};

struct ProposerKind {
  const char* name;     // as --proposer spells it
  const char* summary;  // one line
  // The error says why this proposer has nothing to offer for the subject, before anything is made.
  Status (*offers)(const Subject& subject);
  Result<std::unique_ptr<Proposer>> (*make)(const Subject& subject, const Means& means);
};

// All proposers, sorted by name.
std::span<const ProposerKind* const> ProposerKinds();
const ProposerKind* FindProposer(std::string_view name);  // null if there is none

// Several proposers as one: the steps of all. A plan is given to each; at most one of them makes
// plans, the others ignore them.
std::unique_ptr<Proposer> MakeTeam(std::vector<std::unique_ptr<Proposer>> members);

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_PROPOSER_H_
