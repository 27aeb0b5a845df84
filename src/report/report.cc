#include "report/report.h"

#include <algorithm>

#include "base/format.h"
#include "embed/report.h"
#include "report/chart.h"
#include "report/html.h"
#include "report/steps.h"
#include "search/diff.h"
#include "target/cuda/counters.h"

namespace ws::report {
namespace {

using know::Assessment;
using know::Attempt;
using know::Certificate;

constexpr uint64_t kOpenDiff = 40;  // changed lines; longer differences begin folded

const Attempt* Find(const Run& run, uint64_t sequence) {
  for (const Attempt& a : run.attempts) {
    if (a.sequence == sequence) return &a;
  }
  return nullptr;
}

// What became of an attempt, certification included.
const char* OutcomeOf(const Attempt& a) {
  if (a.certificate == Certificate::kFailed) return "rejected";
  if (a.certificate == Certificate::kPassed) return "accepted, certified";
  return a.result.outcome == "accepted"   ? "accepted"
         : a.result.outcome == "rejected" ? "rejected"
         : a.result.outcome == "outside"  ? "outside"
                                          : "failed";
}

std::string Basis(const std::string& basis) {
  if (basis == "modelled-uncalibrated") return "modelled, uncalibrated";
  return Escape(basis);
}

std::string Card(std::string_view label, std::string_view value, std::string_view note,
                 std::string_view css = "") {
  return Format("<div class=\"card\">{}<b class=\"{}\">{}</b><span class=\"dim\">{}</span></div>\n",
                label, css, value, note);
}

// ` on sm_90`, if the run says so.
std::string ArchText(const Run& run) {
  for (const auto& [key, value] : run.parameters) {
    if (key == "arch") return " on " + Escape(value);
  }
  return {};
}

std::string Summary(const Run& run, const Attempt& baseline, const Attempt& best) {
  uint64_t accepted = 0, steps = 0;
  for (const Attempt& a : run.attempts) {
    if (!a.is_step()) continue;
    ++steps;
    if (a.stands()) ++accepted;
  }
  const Assessment& r = best.result;
  std::string out = "<div class=\"cards\">\n";
  const bool certified = best.certificate == Certificate::kPassed;
  out += Card("Verdict", certified ? "accepted" : "not certified",
              certified ? "certified on fresh inputs"
                        : "the run was interrupted; resume it to certify the best",
              certified ? "accepted-text" : "rejected-text");
  out += Card("Speedup over the baseline", Times(r.speedup_low, r.speedup_high), Basis(r.basis));
  out += Card("Time", Microseconds(r.low_us, r.high_us),
              Format("baseline {}{}", Microseconds(baseline.result.low_us, baseline.result.high_us),
                     ArchText(run)));
  if (r.roofline_us > 0) {
    out += Card("Against the roofline", Times(r.low_us / r.roofline_us, r.high_us / r.roofline_us),
                Format("no version takes less than {} µs{}", Number(r.roofline_us),
                       r.low_us < 0.99 * r.roofline_us
                           ? "; this is less: the model or the bound is wrong here"
                           : ""));
  }
  out += Card("Candidates", Format("{}", steps),
              Format("{} accepted, {} refused", accepted, steps - accepted));
  out += "</div>\n";
  AppendFormat(out, "<p>{}</p>\n", Escape(run.end));
  out +=
      "<p class=\"dim\">Times are ranges: from perfect overlap of all resources to none. "
      "Modelled times come from exact or sampled counters and documented rates of the chip; "
      "uncalibrated means that no chip has been compared yet.</p>\n";
  return out;
}

std::string LineageList(const Run& run) {
  std::string out = "<ol class=\"lineage\">\n";
  for (const Attempt* a : Lineage(run.attempts, run.best)) {
    const auto children = std::ranges::count(run.attempts, a->child, &Attempt::parent);
    AppendFormat(
        out,
        "<li><b>{}</b> <code>{}</code><br>{}, limited by {}; <span class=\"dim\">candidate "
        "{}, {} tried from here</span>",
        Escape(a->technique), Escape(a->parameters),
        Times(a->result.speedup_low, a->result.speedup_high), Escape(a->result.bottleneck),
        a->sequence, children);
    std::string meanings;
    for (const auto& [word, meaning] : Meanings(a->technique, a->parameters)) {
      AppendFormat(meanings, "<div><code>{}</code> {}</div>", Escape(word), Escape(meaning));
    }
    if (!meanings.empty()) AppendFormat(out, "<div class=\"dim meanings\">{}</div>", meanings);
    out += "</li>\n";
  }
  return out + "</ol>\n";
}

std::string TechniqueTable(const Run& run) {
  const std::vector<TechniqueCount> counts = CountTechniques(run.attempts);
  if (counts.empty()) return {};
  std::string out =
      "<div class=\"scroll\"><table><tr><th>technique</th><th class=\"number\">tried</th><th "
      "class=\"number\">accepted</th><th class=\"number\">faster than the parent</th><th "
      "class=\"number\">largest gain over a parent</th></tr>\n";
  for (const TechniqueCount& c : counts) {
    AppendFormat(out,
                 "<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td "
                 "class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
                 Escape(c.technique), c.tried, c.accepted, c.won,
                 c.accepted > 0 ? Number(c.best_gain) + "×" : "–");
  }
  return out + "</table></div>\n";
}

// The best program as it stands in best.cu, to be read and copied.
std::string Listing(const Run& run) {
  const auto lines = std::ranges::count(run.best_source, '\n');
  return Format(
      "<details open><summary>{} lines</summary><pre class=\"source\">{}</pre></details>\n", lines,
      Escape(run.best_source));
}

std::string DiffTable(const Run& run) {
  uint64_t plus = 0, minus = 0;
  std::string out = "<div class=\"scroll\"><table class=\"diff\">\n";
  const auto number = [](uint32_t line) { return line == 0 ? std::string() : Format("{}", line); };
  for (const search::DiffLine& line : search::Diff(run.baseline_source, run.best_source)) {
    plus += line.mark == '+' ? 1 : 0;
    minus += line.mark == '-' ? 1 : 0;
    AppendFormat(out,
                 "<tr class=\"{}\"><td class=\"line\">{}</td><td class=\"line\">{}</td>"
                 "<td>{} {}</td></tr>\n",
                 line.mark == '+'   ? "plus"
                 : line.mark == '-' ? "minus"
                                    : "same",
                 number(line.old_line), number(line.new_line), line.mark, Escape(line.text));
  }
  return Format(
      "<details{}><summary>{} lines removed, {} added</summary>{}</table></div></details>\n",
      plus + minus <= kOpenDiff ? " open" : "", minus, plus, out);
}

std::string Sizes(const std::vector<std::string>& sizes) {
  std::string out;
  for (const std::string& size : sizes) AppendFormat(out, "<div>{}</div>", Escape(size));
  return out;
}

std::string Evidence(const Attempt& best) {
  const bool certified = best.certificate != Certificate::kNone;
  const Assessment& a = certified ? best.certification : best.result;
  std::string out =
      "<div class=\"scroll\"><table><tr><th>rung</th><th>what was done</th><th "
      "class=\"number\">runs</th><th class=\"number\">fresh inputs n</th><th "
      "class=\"number\">ε</th><th class=\"number\">δ</th><th class=\"number\">k</th><th>sizes</th>"
      "<th class=\"number\">worst error / tolerance</th></tr>\n";
  for (const know::RungEvidence& e : a.evidence) {
    const bool fresh = e.n > 0;
    AppendFormat(
        out,
        "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>"
        "<td class=\"number\">{}</td><td class=\"number\">{}</td><td "
        "class=\"number\">{}</td><td>{}</td><td class=\"number\">{}</td></tr>\n",
        Escape(e.rung), Escape(e.summary), e.runs > 0 ? Format("{}", e.runs) : "",
        fresh ? Format("{}", e.n) : "", fresh ? Format("{:g}", e.epsilon) : "",
        fresh ? Format("{:g}", e.delta) : "", fresh ? Format("{}", e.k) : "", Sizes(e.sizes),
        fresh || e.worst_error_ratio > 0 ? Format("{:.3g}", e.worst_error_ratio) : "");
  }
  out += "</table></div>\n";
  out +=
      "<p class=\"dim\">A program that is wrong on a share ε of inputs would have got here with "
      "probability at most δ = k (1 − ε)<sup>n</sup>, k programs competing.</p>\n";
  return out;
}

std::string MeaningOfCounter(const std::string& metric) {
  for (const target::cuda::CounterInfo& info : target::cuda::CounterTable()) {
    if (metric == info.metric) return Escape(info.meaning) + "<br>";
  }
  return {};
}

std::string Counters(const Assessment& before, const Assessment& after) {
  std::string out =
      "<div class=\"scroll\"><table><tr><th>counter</th><th>unit</th><th "
      "class=\"number\">baseline</th><th class=\"number\">best</th><th class=\"number\">best / "
      "baseline</th></tr>\n";
  for (const know::Metric& m : after.metrics) {
    const auto old = std::ranges::find(before.metrics, m.name, &know::Metric::name);
    const bool there = old != before.metrics.end();
    if (m.value == 0 && (!there || old->value == 0)) continue;
    AppendFormat(out,
                 "<tr><td>{}<code>{}</code></td><td>{}</td><td class=\"number\">{}</td><td "
                 "class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
                 MeaningOfCounter(m.name), Escape(m.name), Escape(m.unit),
                 there ? Number(old->value) : "–", Number(m.value),
                 there && old->value != 0 ? Format("{:.3g}", m.value / old->value) : "–");
  }
  return out + "</table></div>\n";
}

std::string AttemptRow(const Run& run, const Attempt& a) {
  const bool timed = a.stands() && a.result.timed;
  const std::string& reason =
      a.certificate == Certificate::kFailed ? a.certification.reason : a.result.reason;
  std::string why = a.stands() ? std::string() : Escape(reason);
  if (!a.stands() && !a.result.details.empty()) {
    AppendFormat(why, "<details><summary>more</summary>{}</details>",
                 Escape(Format("{}", Join(a.result.details, "\n"))));
  }
  return Format(
      "<tr><td class=\"number\">{}</td><td>{}</td><td><code>{}</code></td><td>{}</td>"
      "<td class=\"{}\">{}</td><td>{}</td><td class=\"number\" data-key=\"{}\">{}</td>"
      "<td class=\"number\" data-key=\"{}\">{}</td><td>{}</td></tr>\n",
      a.sequence, Escape(a.technique), Escape(a.parameters), Escape(a.bottleneck),
      a.stands() ? "accepted-text" : "rejected-text",
      a.sequence == run.best ? Format("{}, <b>best</b>", OutcomeOf(a)) : OutcomeOf(a), why,
      timed ? a.result.low_us : 0, timed ? Microseconds(a.result.low_us, a.result.high_us) : "",
      timed ? a.result.speedup_low : 0,
      timed ? Times(a.result.speedup_low, a.result.speedup_high) : "",
      timed ? Escape(a.result.bottleneck) : "");
}

std::string Attempts(const Run& run) {
  std::string out =
      "<p class=\"controls\"><label>Filter <input id=\"filter\" type=\"search\"></label></p>\n"
      "<div class=\"scroll\"><table id=\"attempts\"><thead><tr><th class=\"number\" "
      "data-sort=\"number\">#</th><th data-sort=\"text\">technique</th><th>parameters</th><th "
      "data-sort=\"text\">parent limited by</th><th data-sort=\"text\">verdict</th><th>reason</th>"
      "<th class=\"number\" data-sort=\"number\">time</th><th class=\"number\" "
      "data-sort=\"number\">speedup</th><th data-sort=\"text\">limited "
      "by</th></tr></thead><tbody>\n";
  for (const Attempt& a : run.attempts) out += AttemptRow(run, a);
  return out + "</tbody></table></div>\n";
}

std::string Reproduce(const Run& run) {
  std::string out = Format("<pre>{}</pre>\n", Escape(run.command));
  if (!run.command_note.empty()) AppendFormat(out, "<p>{}</p>\n", Escape(run.command_note));
  out += "<div class=\"scroll\"><table>\n";
  for (const auto& [key, value] : run.parameters) {
    AppendFormat(out, "<tr><th>{}</th><td><code>{}</code></td></tr>\n", Escape(key), Escape(value));
  }
  return out + "</table></div>\n";
}

// What stands between backticks, as code.
std::string Code(const std::string& text) {
  std::string out;
  bool inside = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool opens = text[i] == '`' && (inside || text.find('`', i + 1) != std::string::npos);
    if (!opens) {
      out += text[i];
      continue;
    }
    inside = !inside;
    out += inside ? "<code>" : "</code>";
  }
  return out;
}

std::string Gradient(const Assessment& baseline, const Assessment& best) {
  std::string out;
  for (const auto& [label, text] :
       {std::pair{"Baseline", &baseline.gradient}, std::pair{"Best", &best.gradient}}) {
    if (!text->empty()) AppendFormat(out, "<p><b>{}:</b> {}</p>\n", label, Code(Escape(*text)));
  }
  return out;
}

}  // namespace

std::string RenderHtml(const Run& run) {
  const Attempt* baseline = Find(run, 0);
  const Attempt* best = Find(run, run.best);
  std::string out = Format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<title>Warpsmith: {}</title>\n<style>\n{}"
      "</style></head>\n<body>\n<h1>{}</h1>\n<p class=\"dim\">optimised by Warpsmith</p>\n",
      Escape(run.title), embed::kReportCss, Escape(run.title));
  const auto section = [&](const char* title, const std::string& content) {
    if (!content.empty()) AppendFormat(out, "<h2>{}</h2>\n{}", title, content);
  };
  if (baseline != nullptr && best != nullptr) {
    out += Summary(run, *baseline, *best);
    section("Speedup over candidates", SpeedupChart(run));
    section("How the best came about", LineageList(run));
    section("Evidence", Evidence(*best));
    section("What limits it", Gradient(baseline->result, best->result));
    section("The best", Listing(run));
    section("From the baseline to the best", DiffTable(run));
    section("Counters before and after", Counters(baseline->result, best->result));
    section("What each technique did", TechniqueTable(run));
  } else {
    AppendFormat(out, "<p>{}</p>\n", Escape(run.end));
  }
  section("Attempts", Attempts(run));
  section("How to reproduce this", Reproduce(run));
  AppendFormat(out, "<script>\n{}</script>\n</body></html>\n", embed::kReportJs);
  return out;
}

}  // namespace ws::report
