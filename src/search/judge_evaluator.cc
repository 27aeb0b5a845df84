#include "search/judge_evaluator.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/format.h"
#include "task/element.h"
#include "verify/verdict_text.h"

namespace ws::search {
namespace {

namespace cuda = target::cuda;
using know::Assessment;

constexpr size_t kMostDetails = 12;

double Finite(double value) { return std::isfinite(value) ? value : 1e300; }

std::vector<std::string> Details(const verify::Verdict& verdict) {
  std::vector<std::string> lines;
  const auto add = [&](std::string line) {
    if (lines.size() < kMostDetails) lines.push_back(std::move(line));
  };
  for (const diag::Rendered& d : verdict.diagnostics) {
    add(Format("{}:{}: {} [{}]", d.line, d.column, d.message, d.id));
  }
  for (const verify::RenderedFinding& f : verdict.findings) {
    add(Format("{}:{}: {} [{}]", f.line, f.column, f.message, f.id));
  }
  if (verdict.has_witness) {
    const verify::Witness& w = verdict.witness;
    if (w.output.empty()) {
      add(Format("at {}, inputs {}", task::ToText(w.sizes), task::Name(w.family)));
    } else {
      add(Format("{}: {}; {} wrong", task::ToText(w.sizes), verify::ElementText(w),
                 w.wrong_elements));
    }
  }
  return lines;
}

void TakeVerdict(const verify::Verdict& verdict, Assessment& a) {
  a.outcome = verify::Name(verdict.outcome);
  a.rung = verify::Name(verdict.rung);
  if (verdict.outcome != verify::Outcome::kAccepted)
    a.failed_rung = verify::Name(verdict.failed_rung);
  a.reason = verdict.reason;
  a.details = Details(verdict);
  for (const verify::Evidence& e : verdict.evidence) {
    know::RungEvidence evidence = {.rung = verify::Name(e.rung),
                                   .summary = e.summary,
                                   .runs = e.runs,
                                   .n = e.n,
                                   .epsilon = e.epsilon,
                                   .delta = e.delta,
                                   .k = e.k,
                                   .sizes = {},
                                   .worst_error_ratio = Finite(e.worst_error_ratio)};
    for (const task::Sizes& sizes : e.sizes) evidence.sizes.push_back(task::ToText(sizes));
    a.evidence.push_back(std::move(evidence));
  }
}

// A counter over all launches and bench sizes: summed, or the largest of those that are no sums.
double Total(const cuda::Profile& profile, const cuda::CounterInfo& info) {
  const std::string_view metric = info.metric;
  const bool is_sum = !metric.starts_with("launch__") && std::string_view(info.unit) != "%";
  double sum = 0, largest = 0, weight = 0;
  for (const cuda::SizeProfile& size : profile.sizes) {
    weight += size.weight;
    for (const cuda::LaunchProfile& launch : size.launches) {
      const double value = launch.counters.*info.value;
      sum += size.weight * value;
      largest = std::max(largest, value);
    }
  }
  return is_sum ? (weight > 0 ? sum / weight : 0) : largest;
}

void TakeProfile(const cuda::Profile& baseline, const cuda::Profile& profile, Assessment& a) {
  const cuda::SpeedupRange speedup = cuda::Speedup(baseline, profile);
  a.timed = profile.time.low_us > 0 && profile.time.high_us > 0 && speedup.low > 0;
  a.low_us = Finite(profile.time.low_us);
  a.high_us = Finite(profile.time.high_us);
  a.roofline_us = Finite(profile.roofline_us);
  a.speedup_low = Finite(speedup.low);
  a.speedup_high = Finite(speedup.high);
  a.basis = profile.basis;
  a.bottleneck = cuda::StateName(profile.limiter);
  for (const double share : profile.state) a.state.push_back(Finite(share));
  a.gradient = profile.gradient;
  for (const cuda::CounterInfo& info : cuda::CounterTable()) {
    a.metrics.push_back({info.metric, info.unit, Finite(Total(profile, info))});
  }
}

}  // namespace

Result<std::unique_ptr<JudgeEvaluator>> JudgeEvaluator::Make(const verify::Judge& judge,
                                                             const cuda::Profiler& profiler,
                                                             const Options& options) {
  std::unique_ptr<JudgeEvaluator> evaluator(new JudgeEvaluator(judge, profiler, options));
  const task::Task& task = judge.task();
  TRY(evaluator->baseline_, profiler.Run(task.baseline_text, task.baseline_file));
  return evaluator;
}

Assessment JudgeEvaluator::Judge(std::string_view source, bool certify) const {
  const auto begin = std::chrono::steady_clock::now();
  verify::JudgeOptions options;
  options.certify = certify;
  options.k = options_.competitors;
  options.seed = options_.seed;
  options.limits = options_.limits;
  options.jobs = certify ? options_.jobs : 1;  // screens run side by side
  Assessment a;
  TakeVerdict(judge_.Check(source, options_.file_name, options), a);
  if (!certify && a.accepted()) {
    const Result<cuda::Profile> profile = profiler_.Run(source, options_.file_name);
    if (profile.ok()) {
      TakeProfile(baseline_, profile.value(), a);
    } else {
      a.outcome = profile.error().blame == Blame::kUser ? "rejected" : "failed";
      a.failed_rung = "profile";
      a.reason = Format("cannot be timed: {}", profile.error().message);
    }
  }
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
  a.cost_ms = spent.count();
  return a;
}

Assessment JudgeEvaluator::Screen(std::string_view source) const { return Judge(source, false); }
Assessment JudgeEvaluator::Certify(std::string_view source) const { return Judge(source, true); }

}  // namespace ws::search
