// tested: the screen on the shared pool, then n fresh inputs that the candidate's own text seeds.
//
// A program that is wrong on a share epsilon of inputs passes n of them with probability
// (1 - epsilon)^n; k candidates compete, so that one such program gets through with probability at
// most delta = k (1 - epsilon)^n.
#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "base/hash.h"
#include "exec/parallel.h"
#include "task/element.h"
#include "task/normal.h"
#include "verify/rung.h"

namespace ws::verify {
namespace {

struct TestResult {
  bool done = false;
  bool failed = false;   // the candidate is wrong
  std::string internal;  // our failure
  std::string reason;    // failed without a wrong element
  SampleComparison comparison;
  std::vector<RenderedFinding> findings;
  uint64_t warp_instructions = 0;
};

// Every second run takes blocks and warps in a random order of its own: what depends on the order
// of atomics is compared here alone.
TestResult RunSample(const Climb& climb, const Sample& sample, uint64_t index) {
  TestResult result;
  result.done = true;
  Session session(climb.candidate, climb.task);
  exec::RunOptions options;
  options.checks = false;
  options.schedule_seed = index % 2 == 0 ? 0 : HashCombine(climb.options.seed, index) | 1;
  options.limits = climb.LimitsAt(sample.size);
  const task::Sizes& sizes = climb.task.test_sizes[sample.size];
  auto run = session.Run(sample.inputs, sizes, options);
  if (!run.ok()) {
    result.internal = run.error().message;
    return result;
  }
  RunResult& value = run.value();
  result.warp_instructions = value.report.warp_instructions;
  if (!value.clean) {
    result.failed = true;
    result.findings = std::move(value.findings);
    const std::string why = result.findings.empty() ? "it did not end" : result.findings[0].message;
    result.reason =
        Format("{} at {} (inputs: {})", why, task::ToText(sizes), task::Name(sample.family));
    result.comparison.witness = {
        .sizes = sizes, .family = sample.family, .seed = sample.seed, .output = {}, .index = {}};
    return result;
  }
  result.comparison = CompareOutputs(climb.task, sample, value.outputs);
  result.failed = result.comparison.wrong > 0;
  return result;
}

class Tester {
 public:
  Tester(Climb& climb, Verdict& verdict) : climb_(climb), verdict_(verdict) {
    evidence_.rung = Rung::kTested;
    for (const size_t size : climb.pool.sizes_ascending) {
      evidence_.sizes.push_back(climb.task.test_sizes[size]);
    }
  }

  bool Go() {
    if (!Screen()) return false;
    std::string certified;
    if (climb_.options.certify) {
      if (!Certify()) return false;
      certified = Format(
          ", {} fresh inputs: wrong on {:g} of inputs or more with probability at most {:g} among "
          "{}",
          evidence_.n, evidence_.epsilon, evidence_.delta, evidence_.k);
    }
    std::string left_out;
    if (!climb_.pool.left_out.empty()) {
      left_out = Format("; without {} inputs, on which the reference leaves its tolerance",
                        Join(climb_.pool.left_out, ", "));
    }
    std::string ambiguous;
    if (ambiguous_ > 0) {
      ambiguous = Format("; {} of {} elements passed as ambiguous", ambiguous_, elements_);
    }
    evidence_.summary = Format(
        "right on {} screening inputs{}; worst error {:.3g} of the tolerance{}{}",
        climb_.pool.samples.size(), certified, evidence_.worst_error_ratio, ambiguous, left_out);
    verdict_.evidence.push_back(std::move(evidence_));
    return true;
  }

 private:
  // Takes in one result; false if it ends the climb.
  bool Count(const TestResult& result) {
    ++evidence_.runs;
    verdict_.warp_instructions += result.warp_instructions;
    evidence_.worst_error_ratio =
        std::max(evidence_.worst_error_ratio, result.comparison.worst_ratio);
    ambiguous_ += result.comparison.ambiguous;
    elements_ += result.comparison.elements;
    if (result.internal.empty()) return true;
    verdict_.outcome = Outcome::kFailed;
    verdict_.failed_rung = Rung::kTested;
    verdict_.reason = result.internal;
    return false;
  }

  bool RejectWith(const TestResult& result) {
    verdict_.has_witness = true;
    verdict_.witness = result.comparison.witness;
    for (const RenderedFinding& finding : result.findings) verdict_.findings.push_back(finding);
    const Witness& w = verdict_.witness;
    if (!result.reason.empty()) return Reject(verdict_, Rung::kTested, result.reason);
    return Reject(verdict_, Rung::kTested,
                  Format("{}{} is {:.9g}, not {:.9g}{} at {} (inputs: {}, seed {}); {} of {} "
                         "elements are wrong",
                         w.output, IndexText(w.index), w.got, w.expected,
                         w.tolerance > 0 ? Format(" +- {:.3g}", w.tolerance) : std::string(),
                         task::ToText(w.sizes), task::Name(w.family), w.seed, w.wrong_elements,
                         result.comparison.elements));
  }

  // All samples of one size before the next larger: the witness is of the smallest size that shows
  // the fault, and of its inputs the one with the fewest wrong elements.
  bool Screen() {
    const std::vector<Sample>& samples = climb_.pool.samples;
    for (size_t begin = 0; begin < samples.size();) {
      size_t end = begin;
      while (end < samples.size() && samples[end].size == samples[begin].size) ++end;
      std::vector<TestResult> results(end - begin);
      exec::ParallelFor(static_cast<int>(climb_.options.jobs), results.size(), [&](size_t i) {
        results[i] = RunSample(climb_, samples[begin + i], begin + i);
      });
      const TestResult* fewest = nullptr;
      for (const TestResult& result : results) {
        if (!Count(result)) return false;
        if (!result.failed) continue;
        // A run that stopped has no count of wrong elements and says more.
        if (fewest == nullptr || result.comparison.wrong < fewest->comparison.wrong)
          fewest = &result;
      }
      if (fewest != nullptr) return RejectWith(*fewest);
      begin = end;
    }
    return true;
  }

  // How many of the n fresh inputs each size gets, in ascending order of sizes: at least one in 64,
  // the rest in inverse proportion to its cost plus a quarter of the mean cost, so that small sizes
  // come more often and the trivial ones do not take all.
  std::vector<uint64_t> Quotas(uint64_t n) const {
    const std::vector<size_t>& sizes = climb_.pool.sizes_ascending;
    double mean = 0;
    for (const uint64_t cost : climb_.pool.cost) mean += static_cast<double>(cost);
    mean /= static_cast<double>(sizes.size());
    std::vector<double> weights;
    double total = 0;
    for (const size_t size : sizes) {
      weights.push_back(1 / (static_cast<double>(climb_.pool.cost[size]) + mean / 4 + 1));
      total += weights.back();
    }
    if (weights.empty()) return {};
    std::vector<uint64_t> quotas(weights.size(), std::max<uint64_t>(1, n / 64));
    const uint64_t least = quotas[0] * quotas.size();
    const uint64_t rest = n > least ? n - least : 0;
    uint64_t given = 0;
    for (size_t i = 0; i < sizes.size(); ++i) {
      const auto share = static_cast<uint64_t>(static_cast<double>(rest) * weights[i] / total);
      quotas[i] += share;
      given += share;
    }
    quotas[0] += rest - std::min(rest, given);
    return quotas;
  }

  bool Certify() {
    const JudgeOptions& options = climb_.options;
    const double needed =
        (task::PortableLog(static_cast<double>(options.k)) - task::PortableLog(options.delta)) /
        -task::PortableLog(1 - options.epsilon);
    evidence_.n = static_cast<uint64_t>(std::max(1.0, std::ceil(needed)));
    evidence_.epsilon = options.epsilon;
    evidence_.delta = options.delta;
    evidence_.k = options.k;
    const uint64_t own = HashText(climb_.source, options.seed);
    const std::vector<uint64_t> quotas = Quotas(evidence_.n);
    uint64_t index = 0;
    for (size_t s = 0; s < quotas.size(); ++s) {
      if (!CertifyAt(climb_.pool.sizes_ascending[s], quotas[s], own, index)) return false;
      index += quotas[s];
    }
    return true;
  }

  // `count` fresh inputs of one size, in batches so that a failure ends it soon.
  bool CertifyAt(size_t size, uint64_t count, uint64_t own, uint64_t first_index) {
    constexpr uint64_t kBatch = 64;
    for (uint64_t begin = 0; begin < count; begin += kBatch) {
      std::vector<TestResult> results(std::min(kBatch, count - begin));
      exec::ParallelFor(static_cast<int>(climb_.options.jobs), results.size(), [&](size_t i) {
        const uint64_t seed = HashCombine(own, first_index + begin + i) >> 16;
        auto sample = climb_.reference.MakeSample(size, task::Family::kFromInit, seed);
        if (!sample.ok()) {
          results[i].internal = sample.error().message;
          return;
        }
        results[i] = RunSample(climb_, sample.value(), first_index + begin + i);
      });
      const TestResult* fewest = nullptr;
      for (const TestResult& result : results) {
        if (!Count(result)) return false;
        if (!result.failed) continue;
        if (fewest == nullptr || result.comparison.wrong < fewest->comparison.wrong)
          fewest = &result;
      }
      if (fewest != nullptr) return RejectWith(*fewest);
    }
    return true;
  }

  Climb& climb_;
  Verdict& verdict_;
  Evidence evidence_;
  uint64_t ambiguous_ = 0, elements_ = 0;
};

bool ClimbTested(Climb& climb, Verdict& verdict) { return Tester(climb, verdict).Go(); }

}  // namespace

extern const RungStep kTested = {
    Rung::kTested, "right on screening inputs and, certified, on n fresh ones", &ClimbTested};

}  // namespace ws::verify
