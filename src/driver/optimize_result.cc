#include "driver/optimize_result.h"

#include <set>

#include "base/format.h"
#include "driver/progress.h"
#include "report/steps.h"

namespace ws::driver {
namespace {

constexpr double kWorthHaving = 1.01;  // speedup from which a best is called faster

const char* VerdictOf(const OptimizeResult& r) {
  return r.interrupted() ? "interrupted" : "accepted";
}

// No program can: a sign that the model is wrong, not of a fast program.
bool BeatsRoofline(const know::Assessment& a) {
  return a.roofline_us > 0 && a.low_us < 0.99 * a.roofline_us;
}

// The steps to the best, with the meaning of every parameter the first time it occurs.
std::string StepsText(const OptimizeResult& r) {
  std::string text;
  std::set<std::string> told;
  for (const know::Attempt& step : r.steps) {
    AppendFormat(text, "{:<11}{} {}\n", text.empty() ? "steps" : "", step.technique,
                 step.parameters);
    for (const auto& [word, meaning] : report::Meanings(step.technique, step.parameters)) {
      const std::string name = word.substr(0, word.find('='));
      if (name == "kernel" || !told.insert(step.technique + " " + name).second) continue;
      AppendFormat(text, "{:13}{}: {}\n", "", name, meaning);
    }
  }
  return text;
}

}  // namespace

std::string OptimizeResult::end() const {
  const uint64_t done = outcome.progress.done;
  switch (outcome.end) {
    case search::End::kBudget:
      return Format("The budget ({}) was spent on {} candidates.", budget, done);
    case search::End::kExhausted:
      return Format("Every step that the proposer knows was tried: {} candidates.", done);
    case search::End::kInterrupted:
      return Format("The run was interrupted after {} candidates; --resume continues it.", done);
  }
  return {};
}

std::string ToText(const OptimizeResult& r) {
  const know::Assessment& best = r.best.result;
  std::string text = Format("{}: {}\n", r.task, r.end());
  AppendFormat(text, "verdict    {}\n", VerdictOf(r));
  if (!r.best.is_step()) {
    AppendFormat(text, "           nothing faster than the start was {}\n",
                 r.interrupted() ? "certified so far" : "found");
  }
  if (r.best.is_step() && best.speedup_high < kWorthHaving) {
    text += "           no gain worth having was found: the best is at most 1 % faster\n";
  }
  for (const know::RungEvidence& e : r.best.certification.evidence) {
    AppendFormat(text, "           {:<10} {}\n", e.rung, e.summary);
  }
  AppendFormat(text, "speedup    {:.2f}x to {:.2f}x over the baseline ({})\n", best.speedup_low,
               best.speedup_high, best.basis);
  AppendFormat(text, "time       {:.4g} to {:.4g} us, baseline {:.4g} to {:.4g} us on {}\n",
               best.low_us, best.high_us, r.baseline.result.low_us, r.baseline.result.high_us,
               r.arch);
  if (best.roofline_us > 0) {
    AppendFormat(text,
                 "roofline   {:.2f}x to {:.2f}x the least time possible ({:.4g} us), limited by "
                 "{}\n",
                 best.low_us / best.roofline_us, best.high_us / best.roofline_us, best.roofline_us,
                 best.bottleneck);
  }
  if (BeatsRoofline(best)) {
    text += "           less than the least time possible: the model or the bound is wrong here\n";
  }
  text += StepsText(r);
  AppendFormat(text, "candidates {}: {} accepted, {} refused; {} steps led to known programs\n",
               r.outcome.progress.done, r.outcome.progress.accepted, r.outcome.progress.refused,
               r.outcome.duplicates);
  AppendFormat(text, "best       {0}/best.cu\nreport     {0}/report.html\n", r.folder);
  if (r.by_clock) {
    text +=
        "note       a budget of wall-clock time is not reproducible; give candidates for that\n";
  }
  return text;
}

Json ToJson(const OptimizeResult& r) {
  const know::Assessment& best = r.best.result;
  const know::Assessment& base = r.baseline.result;
  const bool certified = r.best.certificate == know::Certificate::kPassed;
  Json steps = Json::array();
  for (const know::Attempt& step : r.steps) {
    Json meanings = Json::object();
    for (const auto& [word, meaning] : report::Meanings(step.technique, step.parameters)) {
      meanings[word] = meaning;
    }
    steps.push_back({{"technique", step.technique},
                     {"parameters", step.parameters},
                     {"meanings", std::move(meanings)},
                     {"speedup", step.result.speedup_low}});
  }
  Json evidence = know::ToJson(certified ? r.best.certification : r.best.result)["evidence"];
  Json object = {
      {"verdict", VerdictOf(r)},
      {"speedup", best.speedup_low},
      {"speedup_range", {best.speedup_low, best.speedup_high}},
      {"basis", best.basis},
      {"best", r.folder + "/best.cu"},
      {"candidates", r.outcome.progress.done},
      {"accepted", r.outcome.progress.accepted},
      {"refused", r.outcome.progress.refused},
      {"recorded", r.outcome.progress.recorded},
      {"duplicates", r.outcome.duplicates},
      {"inexpressible", r.outcome.inexpressible},
      {"certifications", r.outcome.progress.certified},
      {"end", r.end()},
      {"time_us", {best.low_us, best.high_us}},
      {"baseline_us", {base.low_us, base.high_us}},
      {"roofline_us", best.roofline_us},
      {"beats_roofline", BeatsRoofline(best)},
      {"roofline_ratio", best.roofline_us > 0 ? Json(best.low_us / best.roofline_us) : Json()},
      {"limited_by", best.bottleneck},
      {"best_hash", r.best.child},
      {"best_candidate", r.best.sequence},
      {"evidence", std::move(evidence)},
      {"steps", std::move(steps)},
      {"seed", r.seed},
      {"arch", r.arch},
      {"budget", r.budget},
      {"lessons", r.lessons},
      {"reproducible", !r.by_clock},
      {"reproduce", r.reproduce},
      {"report", r.folder + "/report.html"},
      {"run", r.folder + "/run.sqlite"},
      {"elapsed_s", r.elapsed_seconds}};
  if (r.interrupted()) object["resume"] = r.resume;
  return object;
}

std::string StateText(const search::Progress& p, std::string_view most, double seconds,
                      std::string_view technique) {
  return Format("{}/{} candidates  {} accepted  {} refused  best {:.2f}x modelled  {}  {}", p.done,
                most, p.accepted, p.refused, p.best_speedup, technique, Duration(seconds));
}

}  // namespace ws::driver
