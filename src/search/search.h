// The search: proposes, has judged, records, learns, until the budget is spent (DESIGN §8).
//
//   policy ──pick──► proposer ──source──► evaluator ──assessment──► journal ──► policy
//
// Candidates go in batches of a fixed size, whatever the number of threads. The picks of a batch
// depend on the results of earlier batches alone, so the whole run is a function of the seed, the
// lessons it started from and the recorded results. That makes resuming simple: the same loop runs
// again, and what the journal holds is not judged a second time. A candidate that would become the
// best is certified on fresh inputs first.
#ifndef WARPSMITH_SEARCH_SEARCH_H_
#define WARPSMITH_SEARCH_SEARCH_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "know/attempt.h"
#include "know/lesson.h"
#include "know/run_file.h"
#include "search/budget.h"
#include "search/evaluator.h"
#include "search/proposer.h"

namespace ws::search {

struct Progress {
  uint64_t done = 0;      // candidates with a result
  uint64_t recorded = 0;  // of these, taken from the journal
  uint64_t accepted = 0;
  uint64_t refused = 0;     // rejected, outside, or failed
  uint64_t certified = 0;   // certifications made
  double best_speedup = 1;  // low end, of the best certified so far
  double seconds = 0;       // spent, earlier parts of a resumed run included
};

// How the search talks to its surroundings. Calls come from one thread at a time.
struct Hooks {
  std::function<void(const know::Attempt&, const Progress&)> on_attempt;
  std::function<void(const know::Attempt&, const Progress&)> on_certificate;
  std::function<bool()> stop;             // asked often; true: finish what is in flight and return
  std::function<int64_t()> unix_seconds;  // the clock, for `created`
};

struct Options {
  uint64_t seed = 1;
  Budget budget;
  double spent_seconds = 0;  // by earlier parts of this run, which count for the budget
  int jobs = 1;
  std::string version;
};

enum class End : uint8_t { kBudget, kExhausted, kInterrupted };

struct Outcome {
  End end = End::kBudget;
  uint64_t best = 0;  // sequence of the best attempt; it stands and, unless interrupted, is
                      // certified
  Progress progress;
  uint64_t inexpressible = 0;  // steps that the generator refused
  uint64_t duplicates = 0;     // steps that led to a program met before
};

// Sequence numbers that are no steps; steps follow.
inline constexpr uint64_t kBaselineSequence = 0;
inline constexpr uint64_t kStartSequence = 1;
inline constexpr uint64_t kFirstStep = 2;

struct Input {
  std::string baseline;  // source that speedups are measured against
  std::string start;     // source to start from; equal to the baseline if none was given
  know::Context context;
  std::vector<know::Lesson> lessons;
};

// Errors: the baseline or the start is not accepted, the journal cannot be written or belongs to
// another search, judging fails again and again for reasons of ours.
Result<Outcome> Search(const Input& input, Proposer& proposer, const Evaluator& evaluator,
                       know::Journal& journal, const Options& options, const Hooks& hooks);

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_SEARCH_H_
