// tested: the screen on the shared pool, then n fresh inputs that the candidate's own text seeds,
// then the bench sizes.
//
// A program that is wrong on a share epsilon of inputs passes n of them with probability
// (1 - epsilon)^n; k candidates compete, so that one such program gets through with probability at
// most delta = k (1 - epsilon)^n.
#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "base/format.h"
#include "base/hash.h"
#include "exec/parallel.h"
#include "task/element.h"
#include "task/normal.h"
#include "verify/constants.h"
#include "verify/full_size.h"
#include "verify/trial.h"

namespace ws::verify {
namespace {

constexpr int kShrinkTries = 32, kShrinkTriesInScreens = 6;
constexpr size_t kConstants = 8, kMostOwnSizes = 24;
constexpr uint64_t kOwnBytes = uint64_t{1} << 20;

// A fresh input and what came of it.
struct Fresh {
  Trial trial;
  task::Sizes sizes;
  bool skipped = false;  // the task has no such input
  bool refused = false;  // the program stopped on its own at a size that is not listed
};

class Tester {
 public:
  Tester(Climb& climb, Verdict& verdict) : climb_(climb), verdict_(verdict) {
    evidence_.rung = Rung::kTested;
    for (const PoolSize& size : climb.pool.sizes) evidence_.sizes.push_back(size.sizes);
    for (const LeftOut& one : climb.pool.left_out) {
      evidence_.left_out.emplace_back(task::Name(one.family), one.why);
    }
  }

  bool Go() {
    if (!Screen()) return false;
    if (climb_.options.certify) {
      if (!TryOwnSizes() || !Certify() || !TryExtremes()) return false;
      if (climb_.full_sizes != nullptr && !CompareFullSizes()) return false;
    }
    evidence_.summary = Summary();
    verdict_.evidence.push_back(std::move(evidence_));
    return true;
  }

 private:
  std::string Summary() const {
    const Pool& pool = climb_.pool;
    const auto drawn = static_cast<size_t>(std::ranges::count_if(pool.sizes, &PoolSize::is_drawn));
    std::string text = verdict_.compared_with_itself ? "compared with itself: " : "";
    AppendFormat(text, "right on {} screening inputs", pool.samples.size());
    if (drawn > 0) {
      AppendFormat(text, " at {} listed and {} drawn sizes", pool.sizes.size() - drawn, drawn);
    }
    if (climb_.options.certify) {
      AppendFormat(text, ", {} fresh inputs", evidence_.n);
      if (fresh_sizes_.size() > 1) AppendFormat(text, " at {} sizes", fresh_sizes_.size());
      AppendFormat(text, ": wrong on {:g} of inputs or more with probability at most {:g} among {}",
                   evidence_.epsilon, evidence_.delta, evidence_.k);
      if (own_sizes_ > 0) {
        AppendFormat(text, "; right at {} size{} around its own constants", own_sizes_,
                     own_sizes_ == 1 ? "" : "s");
      }
      if (larger_sizes_ > 0) {
        AppendFormat(text, "; right at {} larger size{}", larger_sizes_,
                     larger_sizes_ == 1 ? "" : "s");
      }
      if (refused_ > 0) {
        AppendFormat(text, "; it stops on its own at {} size{} beyond the listed ones", refused_,
                     refused_ == 1 ? "" : "s");
      }
    }
    std::string beside, not_beside;
    for (const FullSizeEvidence& full : evidence_.full_sizes) {
      const std::string sizes = task::ToText(full.sizes);
      if (full.is_listed) {
        AppendFormat(text, "; at the bench size {}: {}", sizes, full.summary);
      } else if (full.compared > 0) {
        AppendFormat(beside, "{}{}", beside.empty() ? "; right beside it at " : " and ", sizes);
      } else {
        AppendFormat(not_beside, "; beside it at {} {}", sizes, full.summary);
      }
    }
    text += beside + not_beside;
    AppendFormat(text, "; worst error {:.3g} of the tolerance", evidence_.worst_error_ratio);
    if (ambiguous_ > 0) {
      AppendFormat(text, "; {} of {} elements passed as ambiguous", ambiguous_, elements_);
    }
    if (skipped_ > 0) {
      AppendFormat(text, "; {} fresh inputs left out, on which the baseline fails", skipped_);
    }
    if (climb_.reference_is_baseline && !verdict_.compared_with_itself) {
      text += "; the reference is the baseline itself: a fault of its own counts as right";
    }
    for (size_t i = 0; i < pool.left_out.size(); ++i) {
      AppendFormat(text, "{}{} ({})", i == 0 ? "; inputs left out: " : ", ",
                   task::Name(pool.left_out[i].family), pool.left_out[i].why);
    }
    return text;
  }

  // Takes in one result; false if it ends the climb.
  bool Count(const Trial& trial) {
    ++evidence_.runs;
    verdict_.warp_instructions += trial.warp_instructions;
    evidence_.worst_error_ratio =
        std::max(evidence_.worst_error_ratio, trial.comparison.worst_ratio);
    ambiguous_ += trial.comparison.ambiguous;
    elements_ += trial.comparison.elements;
    if (trial.internal.empty()) return true;
    verdict_.outcome = Outcome::kFailed;
    verdict_.failed_rung = Rung::kTested;
    verdict_.reason = trial.internal;
    return false;
  }

  bool Fail(const Trial& trial, uint64_t order) {
    const int tries = climb_.options.certify ? kShrinkTries : kShrinkTriesInScreens;
    return RejectWith(Smallest(climb_, trial, order, tries), verdict_);
  }

  // All samples of one size before the next larger: the witness is of the smallest size that shows
  // the fault, and of its inputs the one with the fewest wrong elements.
  bool Screen() {
    uint64_t first = 0;
    for (size_t size = 0; size < climb_.pool.sizes.size(); ++size) {
      const std::span<const Sample> samples = climb_.pool.SamplesAt(size);
      std::vector<Trial> trials(samples.size());
      exec::ParallelFor(static_cast<int>(climb_.options.jobs), trials.size(),
                        [&](size_t i) { trials[i] = RunTrial(climb_, samples[i], first + i); });
      std::optional<size_t> fewest;
      for (size_t i = 0; i < trials.size(); ++i) {
        if (!Count(trials[i])) return false;
        if (!trials[i].failed) continue;
        // A run that stopped has no count of wrong elements and says more.
        if (!fewest || trials[i].comparison.wrong < trials[*fewest].comparison.wrong) fewest = i;
      }
      if (fewest) return Fail(trials[*fewest], first + *fewest);
      first += samples.size();
    }
    return true;
  }

  // The listed size of the fresh input `index` of n: each at least one in 64, the rest in inverse
  // proportion to its cost plus a quarter of the mean cost, so that small sizes come more often and
  // the trivial ones do not take all.
  std::vector<const PoolSize*> ListedSizes(uint64_t n) const {
    std::vector<const PoolSize*> sizes;
    double mean = 0;
    for (const PoolSize& size : climb_.pool.sizes) {
      if (size.is_drawn) continue;
      sizes.push_back(&size);
      mean += static_cast<double>(size.cost);
    }
    mean /= static_cast<double>(sizes.size());
    std::vector<double> weights;
    double total = 0;
    for (const PoolSize* size : sizes) {
      weights.push_back(1 / (static_cast<double>(size->cost) + mean / 4 + 1));
      total += weights.back();
    }
    const uint64_t least = std::max<uint64_t>(1, n / 64);
    const uint64_t rest = n > least * sizes.size() ? n - least * sizes.size() : 0;
    std::vector<const PoolSize*> list;
    for (size_t i = 0; i < sizes.size(); ++i) {
      const auto share = static_cast<uint64_t>(static_cast<double>(rest) * weights[i] / total);
      list.insert(list.end(), least + share, sizes[i]);
    }
    while (list.size() < n) list.push_back(sizes.front());
    return list;
  }

  // Sizes around the candidate's own constants, with every check: that they do not divide what its
  // blocks and tiles cover shows there.
  bool TryOwnSizes() {
    const std::vector<task::Sizes> sizes =
        climb_.space.Around(ConstantsOf(climb_.candidate, kConstants), kOwnBytes, kMostOwnSizes);
    const uint64_t own = HashText(climb_.source, climb_.options.seed);
    std::vector<Fresh> runs(sizes.size());
    exec::ParallelFor(static_cast<int>(climb_.options.jobs), runs.size(),
                      [&](size_t i) { RunOwnSize(sizes[i], HashCombine(own, i) >> 16, runs[i]); });
    for (const Fresh& run : runs) {
      refused_ += run.refused ? 1 : 0;
      if (run.skipped) continue;
      if (!Count(run.trial)) return false;
      if (run.trial.failed) {
        return RejectWith(Smallest(climb_, run.trial, 0, kShrinkTries, /*checks=*/true), verdict_);
      }
      ++own_sizes_;
      evidence_.sizes.push_back(run.sizes);
    }
    return true;
  }

  void RunOwnSize(const task::Sizes& sizes, uint64_t seed, Fresh& run) const {
    run.sizes = sizes;
    run.skipped = true;
    const auto sample = climb_.reference.MakeSample(sizes, task::Family::kFromInit, seed,
                                                    2 * climb_.pool.draw_fuel);
    if (!sample.ok() || CompareReference(climb_.task, sample.value()).wrong > 0) return;
    Trial trial = RunTrial(climb_, sample.value(), 0, /*checks=*/true);
    run.refused = trial.refused;
    if (trial.refused) return;
    if (trial.failed && climb_.baseline != nullptr) {
      const auto problem = BaselineProblem(climb_.task, *climb_.baseline, sample.value(), true);
      if (!problem.ok() || !problem.value().empty()) return;
    }
    run.trial = std::move(trial);
    run.skipped = false;
  }

  bool Certify() {
    constexpr uint64_t kBatch = 64;
    const JudgeOptions& options = climb_.options;
    const double needed =
        (task::PortableLog(static_cast<double>(options.k)) - task::PortableLog(options.delta)) /
        -task::PortableLog(1 - options.epsilon);
    const auto n = static_cast<uint64_t>(std::max(1.0, std::ceil(needed)));
    evidence_.n = n;
    evidence_.epsilon = options.epsilon;
    evidence_.delta = options.delta;
    evidence_.k = options.k;
    const uint64_t own = HashText(climb_.source, options.seed);
    // Every second input at a size of its own, if sizes vary. Small ones first, in batches, so that
    // a failure ends it soon.
    const std::vector<const PoolSize*> listed = ListedSizes(n);
    for (uint64_t begin = 0; begin < n; begin += kBatch) {
      std::vector<Fresh> batch(std::min(kBatch, n - begin));
      exec::ParallelFor(static_cast<int>(options.jobs), batch.size(), [&](size_t i) {
        const uint64_t index = begin + i;
        RunFresh(*listed[index], HashCombine(own, index), index, batch[i]);
      });
      std::optional<size_t> fewest;
      for (size_t i = 0; i < batch.size(); ++i) {
        if (!Count(batch[i].trial)) return false;
        fresh_sizes_.insert(batch[i].sizes);
        skipped_ += batch[i].skipped ? 1 : 0;
        refused_ += batch[i].refused ? 1 : 0;
        const Trial& trial = batch[i].trial;
        if (!trial.failed) continue;
        if (!fewest || trial.comparison.wrong < batch[*fewest].trial.comparison.wrong) fewest = i;
      }
      if (fewest) return Fail(batch[*fewest].trial, begin + *fewest);
    }
    return true;
  }

  // Draws sizes until one is admitted, else takes the listed one; a failure counts only on an input
  // on which the baseline is right.
  void RunFresh(const PoolSize& listed, uint64_t own, uint64_t index, Fresh& fresh) const {
    constexpr int kDraws = 4, kInputs = 3;
    for (int attempt = 0; attempt < kDraws + kInputs; ++attempt) {
      const uint64_t seed = (attempt == 0 ? own : HashCombine(own, attempt)) >> 16;
      fresh.sizes = listed.sizes;
      uint64_t fuel = Reference::kReferenceFuel;
      const bool is_drawn = index % 2 == 1 && climb_.space.varies() && attempt < kDraws;
      if (is_drawn) {
        const auto sizes = climb_.space.Draw(seed, climb_.pool.draw_bytes, seed % 16 == 0);
        if (!sizes) continue;
        fresh.sizes = *sizes;
        fuel = climb_.pool.draw_fuel;
      }
      auto sample = climb_.reference.MakeSample(fresh.sizes, task::Family::kFromInit, seed, fuel);
      if (!sample.ok() || CompareReference(climb_.task, sample.value()).wrong > 0) {
        if (!is_drawn && !sample.ok()) fresh.trial.internal = sample.error().message;
        if (!fresh.trial.internal.empty()) return;
        continue;
      }
      fresh.trial = RunTrial(climb_, sample.value(), index);
      if (fresh.trial.refused) {
        fresh.refused = true;
        fresh.trial = {};
        continue;
      }
      if (!fresh.trial.failed || climb_.baseline == nullptr) return;
      const auto problem = BaselineProblem(climb_.task, *climb_.baseline, sample.value(), is_drawn);
      if (!problem.ok()) {
        fresh.trial = {};
        fresh.trial.internal = problem.error().message;
      }
      if (!problem.ok() || problem.value().empty()) return;
      fresh.trial = {};
      fresh.skipped = true;
    }
    fresh.trial.internal = Format("no fresh input was found at {} on which the baseline is right",
                                  task::ToText(listed.sizes));
  }

  // Each size name as large as at the bench.
  bool TryExtremes() {
    const std::vector<Sample>& samples = climb_.pool.extremes;
    std::vector<Trial> trials(samples.size());
    exec::ParallelFor(static_cast<int>(climb_.options.jobs), trials.size(),
                      [&](size_t i) { trials[i] = RunTrial(climb_, samples[i], 0); });
    for (size_t i = 0; i < trials.size(); ++i) {
      if (!Count(trials[i])) return false;
      if (trials[i].failed) return Fail(trials[i], 0);
      if (trials[i].refused) {
        ++refused_;
        continue;
      }
      ++larger_sizes_;
      evidence_.sizes.push_back(samples[i].sizes);
    }
    return true;
  }

  bool CompareFullSizes() {
    FullSizeResult result = climb_.full_sizes->Compare(climb_);
    evidence_.full_sizes = std::move(result.evidence);
    evidence_.runs += result.runs;
    if (!Count(result.trial)) return false;
    --evidence_.runs;
    return !result.trial.failed || RejectWith(result.trial, verdict_);
  }

  Climb& climb_;
  Verdict& verdict_;
  Evidence evidence_;
  std::set<task::Sizes> fresh_sizes_;
  size_t own_sizes_ = 0, larger_sizes_ = 0, refused_ = 0;
  uint64_t ambiguous_ = 0, elements_ = 0, skipped_ = 0;
};

bool ClimbTested(Climb& climb, Verdict& verdict) { return Tester(climb, verdict).Go(); }

}  // namespace

extern const RungStep kTested = {
    Rung::kTested, "right on screening inputs and, certified, on n fresh ones", &ClimbTested};

}  // namespace ws::verify
