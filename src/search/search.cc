#include "search/search.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <mutex>
#include <optional>
#include <set>

#include "base/format.h"
#include "exec/parallel.h"
#include "search/diff.h"
#include "search/policy.h"
#include "search/source_hash.h"

namespace ws::search {
namespace {

constexpr uint64_t kBatch = 16;
constexpr uint32_t kMostFailures = 8;  // in a row, before the search gives up
constexpr double kBestMargin = 0.002;  // a new best must be that much better (logarithm)

// A step that is due: a pick of the policy, or a refused proposal to be mended.
struct Due {
  Pick pick;
  std::optional<Refusal> refusal;
};

// A step on its way through a batch.
struct Flight {
  Pick pick;
  uint32_t repair = 0;
  std::string source;
  know::Attempt attempt;
  bool done = false;
  Status committed = Ok();
};

class Loop {
 public:
  Loop(const Input& input, Proposer& proposer, const Evaluator& evaluator, know::Journal& journal,
       const Options& options, const Hooks& hooks)
      : input_(input),
        proposer_(proposer),
        evaluator_(evaluator),
        journal_(journal),
        options_(options),
        hooks_(hooks),
        policy_(proposer, input.lessons, options.seed),
        begin_(std::chrono::steady_clock::now()) {}

  Result<Outcome> Run() {
    TRY_OK(Begin());
    const auto jobs = static_cast<uint32_t>(std::max(options_.jobs, 1));
    while (true) {
      if (Stopped()) return Finish(End::kInterrupted);
      if (BudgetSpent()) return Finish(End::kBudget);
      Result<std::vector<Flight>> next = NextBatch();
      if (!next.ok() && Stopped()) return Finish(End::kInterrupted);
      if (!next.ok()) return next.error();
      std::vector<Flight>& batch = next.value();
      if (batch.empty()) return Finish(End::kExhausted);
      exec::ParallelFor(static_cast<int>(jobs), batch.size(),
                        [&](size_t i) { Evaluate(batch[i]); });
      for (const Flight& flight : batch) {
        if (!flight.committed.ok()) return flight.committed.error();
      }
      const bool complete = std::ranges::all_of(batch, &Flight::done);
      if (!complete && Stopped()) return Finish(End::kInterrupted);
      TRY_OK(TakeIn(batch));
    }
  }

 private:
  // Judges baseline and start, which make the first node.
  Status Begin() {
    know::Attempt baseline = Describe(kBaselineSequence, "baseline", input_.baseline);
    const bool apart = input_.start != input_.baseline;
    if (!apart) baseline.plan = proposer_.StartPlan();
    TRY_OK(Fixed(baseline, input_.baseline));
    know::Attempt first = baseline;
    if (apart) {
      first = Describe(kStartSequence, "start", input_.start);
      first.plan = proposer_.StartPlan();
      first.parent = baseline.child;
      first.before_low_us = baseline.result.low_us;
      first.before_high_us = baseline.result.high_us;
      TRY_OK(Fixed(first, input_.start));
    }
    met_.insert(baseline.child);
    met_.insert(first.child);
    policy_.AddStart(first, input_.start);
    best_ = first;
    best_source_ = input_.start;
    outcome_.progress.best_speedup = first.result.speedup_low;
    return Ok();
  }

  know::Attempt Describe(uint64_t sequence, std::string technique,
                         const std::string& source) const {
    know::Attempt a;
    a.sequence = sequence;
    a.context = input_.context;
    a.technique = std::move(technique);
    a.child = ContentHash(source);
    a.created = hooks_.unix_seconds ? hooks_.unix_seconds() : 0;
    a.version = options_.version;
    return a;
  }

  // Judges a program that must be accepted.
  Status Fixed(know::Attempt& attempt, const std::string& source) {
    if (const know::Attempt* recorded = journal_.Find(attempt.sequence)) {
      TRY_OK(SameProgram(*recorded, attempt));
      attempt = *recorded;
    } else {
      attempt.result = evaluator_.Screen(source);
      TRY_OK(journal_.Commit(attempt, source));
    }
    if (!attempt.result.accepted() || !attempt.result.timed) {
      return Error{Format("the {} is not accepted: {}", attempt.technique, attempt.result.reason),
                   attempt.result.outcome == "failed" ? Blame::kInfrastructure : Blame::kUser};
    }
    return Ok();
  }

  static Status SameProgram(const know::Attempt& recorded, const know::Attempt& wanted) {
    if (recorded.child == wanted.child) return Ok();
    return Error{
        Format("attempt {} was recorded for another program ({} instead of {}): the run "
               "was made by another version, or its file was changed",
               wanted.sequence, recorded.child, wanted.child)};
  }

  bool Stopped() const { return hooks_.stop && hooks_.stop(); }
  double SpentSeconds() const {
    const std::chrono::duration<double> here = std::chrono::steady_clock::now() - begin_;
    return options_.spent_seconds + here.count();
  }
  bool TimeIsUp() const {
    return options_.budget.seconds > 0 && SpentSeconds() >= options_.budget.seconds;
  }
  // What is recorded was paid for, so that a resumed run always gets as far as it was.
  bool BudgetSpent() const {
    const uint64_t most = options_.budget.candidates;
    const uint64_t tokens = options_.budget.tokens;
    if (most > 0 && submitted_ >= most) return true;
    if (tokens > 0 && proposer_.tokens() >= tokens) return true;
    return TimeIsUp() && journal_.Find(kFirstStep + submitted_) == nullptr;
  }

  // The error is the proposer's.
  Result<std::vector<Flight>> NextBatch() {
    std::vector<Flight> batch;
    while (batch.size() < kBatch && !BudgetSpent()) {
      const std::vector<Due> due = NextDue(kBatch - batch.size());
      if (due.empty()) break;
      std::vector<Request> requests;
      for (const Due& d : due) {
        requests.push_back({.place = policy_.node(d.pick.node).place(),
                            .step = d.pick.step,
                            .refusal = d.refusal ? &*d.refusal : nullptr,
                            .tried = history_,
                            .is_recorded = journal_.Find(kFirstStep + submitted_) != nullptr});
      }
      TRY(const std::vector<Result<Proposal>> proposals, proposer_.Take(requests));
      for (size_t i = 0; i < due.size(); ++i) TakeOff(due[i], proposals[i], batch);
    }
    return batch;
  }

  // Refused proposals first, then what the policy picks; at most `room`, and no more than the
  // budget has left.
  std::vector<Due> NextDue(size_t room) {
    const uint64_t most = options_.budget.candidates;
    if (most > 0) room = std::min<size_t>(room, most - submitted_);
    std::vector<Due> due;
    while (due.size() < room && !repairs_.empty()) {
      due.push_back(std::move(repairs_.front()));
      repairs_.pop_front();
    }
    while (due.size() < room) {
      const std::optional<Pick> pick = policy_.Next();
      if (!pick) break;
      due.push_back({.pick = *pick, .refusal = {}});
    }
    return due;
  }

  // Nothing comes of a step that cannot be expressed or that leads to a program met before.
  void TakeOff(const Due& due, const Result<Proposal>& proposal, std::vector<Flight>& batch) {
    if (!proposal.ok()) {
      ++outcome_.inexpressible;
      return;
    }
    const Node& node = policy_.node(due.pick.node);
    const Step& step = node.steps[due.pick.step];
    Flight flight;
    flight.pick = due.pick;
    flight.repair = due.refusal ? due.refusal->repair + 1 : 0;
    flight.source = proposal.value().source;
    flight.attempt = Describe(kFirstStep + submitted_, step.technique, flight.source);
    if (!met_.insert(flight.attempt.child).second) {
      ++outcome_.duplicates;
      return;
    }
    know::Attempt& a = flight.attempt;
    a.state = node.state;
    a.bottleneck = node.bottleneck;
    a.parameters = step.text;
    if (flight.repair > 0) AppendFormat(a.parameters, " repair={}", flight.repair);
    a.proposer = step.proposer;
    a.parent = node.hash;
    a.plan = proposal.value().plan;
    a.diff = UnifiedDiff(node.source, flight.source);
    a.before_low_us = node.low_us;
    a.before_high_us = node.high_us;
    ++submitted_;
    batch.push_back(std::move(flight));
  }

  // Runs on any thread.
  void Evaluate(Flight& flight) {
    const know::Attempt* recorded = journal_.Find(flight.attempt.sequence);
    if (recorded != nullptr) {
      flight.committed = SameProgram(*recorded, flight.attempt);
      flight.attempt = *recorded;
    } else {
      if (Stopped() || TimeIsUp()) return;
      flight.attempt.result = evaluator_.Screen(flight.source);
      // A failure of ours is no result: a resumed run tries again.
      if (flight.attempt.result.outcome != "failed") {
        flight.committed = journal_.Commit(flight.attempt, flight.source);
      }
    }
    flight.done = true;
    const std::lock_guard lock(report_);
    Progress& progress = outcome_.progress;
    progress.seconds = SpentSeconds();
    ++progress.done;
    if (recorded != nullptr) ++progress.recorded;
    ++(flight.attempt.result.accepted() ? progress.accepted : progress.refused);
    if (hooks_.on_attempt) hooks_.on_attempt(flight.attempt, progress);
  }

  static double Score(const know::Attempt& a) {
    return 0.5 * (std::log(a.result.speedup_low) + std::log(a.result.speedup_high));
  }

  // A best is better in the middle of its range, and where it may be slower than the baseline, no
  // slower than the best so far may be.
  bool IsBetter(const know::Attempt& a) const {
    return a.result.speedup_low >= std::min(1.0, best_.result.speedup_low) &&
           Score(a) > Score(best_) + kBestMargin;
  }

  // Certifies what would become the best, then lets the policy learn, in order of submission.
  Status TakeIn(std::vector<Flight>& batch) {
    std::vector<Flight*> rising;
    for (Flight& flight : batch) {
      if (!flight.done) continue;
      const know::Assessment& result = flight.attempt.result;
      failures_ = result.outcome == "failed" ? failures_ + 1 : 0;
      if (failures_ >= kMostFailures) {
        return Error{
            Format("{} candidates in a row could not be judged: {}", failures_, result.reason),
            Blame::kInfrastructure};
      }
      if (result.accepted() && result.timed && IsBetter(flight.attempt)) rising.push_back(&flight);
    }
    std::ranges::stable_sort(rising, std::greater<>(),
                             [](const Flight* f) { return Score(f->attempt); });
    for (Flight* flight : rising) {
      if (Stopped()) break;
      TRY_OK(Certify(flight->attempt, flight->source));
      if (!flight->attempt.stands()) continue;
      best_ = flight->attempt;
      best_source_ = flight->source;
      break;
    }
    for (Flight& flight : batch) {
      if (!flight.done) continue;
      NoteRepair(flight);
      history_.push_back(flight.attempt);
      policy_.Credit(flight.pick, flight.attempt, std::move(flight.source));
    }
    return Ok();
  }

  // Gives a refused proposal back to who made it, where that is of use.
  void NoteRepair(const Flight& flight) {
    const know::Assessment& result = flight.attempt.result;
    const bool refused = result.outcome == "rejected" || result.outcome == "outside";
    const Step& step = policy_.node(flight.pick.node).steps[flight.pick.step];
    if (!refused || flight.repair >= step.repairs) return;
    repairs_.push_back({.pick = flight.pick,
                        .refusal = Refusal{.source = flight.source,
                                           .reason = result.reason,
                                           .details = result.details,
                                           .repair = flight.repair}});
  }

  Status Certify(know::Attempt& attempt, const std::string& source) {
    if (attempt.certificate == know::Certificate::kNone) {
      attempt.certification = evaluator_.Certify(source);
      if (attempt.certification.outcome == "failed") {
        return Error{Format("certification failed: {}", attempt.certification.reason),
                     Blame::kInfrastructure};
      }
      attempt.certificate = attempt.certification.accepted() ? know::Certificate::kPassed
                                                             : know::Certificate::kFailed;
      TRY_OK(journal_.CommitCertificate(attempt));
    }
    Progress& progress = outcome_.progress;
    ++progress.certified;
    if (attempt.stands()) progress.best_speedup = attempt.result.speedup_low;
    if (hooks_.on_certificate) hooks_.on_certificate(attempt, progress);
    return Ok();
  }

  Result<Outcome> Finish(End end) {
    if (end != End::kInterrupted && best_.certificate == know::Certificate::kNone) {
      TRY_OK(Certify(best_, best_source_));
      if (!best_.stands()) {
        return Error{Format("the {} passed the screen, but not certification: {}", best_.technique,
                            best_.certification.reason)};
      }
    }
    outcome_.end = end;
    outcome_.progress.seconds = SpentSeconds();
    outcome_.best = best_.sequence;
    return outcome_;
  }

  const Input& input_;
  Proposer& proposer_;
  const Evaluator& evaluator_;
  know::Journal& journal_;
  const Options& options_;
  const Hooks& hooks_;
  Policy policy_;
  std::chrono::steady_clock::time_point begin_;

  std::deque<Due> repairs_;
  std::vector<know::Attempt> history_;  // in the order in which they were credited
  std::set<std::string> met_;           // content hashes of all programs so far
  uint64_t submitted_ = 0;
  uint32_t failures_ = 0;
  know::Attempt best_;
  std::string best_source_;
  Outcome outcome_;
  std::mutex report_;
};

}  // namespace

Result<Outcome> Search(const Input& input, Proposer& proposer, const Evaluator& evaluator,
                       know::Journal& journal, const Options& options, const Hooks& hooks) {
  return Loop(input, proposer, evaluator, journal, options, hooks).Run();
}

}  // namespace ws::search
