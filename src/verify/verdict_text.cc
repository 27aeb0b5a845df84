#include "verify/verdict_text.h"

#include "base/format.h"
#include "task/element.h"
#include "verify/execute.h"

namespace ws::verify {
namespace {

std::string Dim3Text(const exec::Dim3& dim) {
  return Format("({}, {}, {})", dim[0], dim[1], dim[2]);
}

Json SizesJson(const task::Sizes& sizes) {
  Json object = Json::object();
  for (const auto& [name, value] : sizes) object[name] = value;
  return object;
}

// Whether the verdict was to look at bench sizes and could not at one of those that the task lists.
bool LacksBenchSizes(const Verdict& verdict) {
  for (const Evidence& evidence : verdict.evidence) {
    for (const FullSizeEvidence& size : evidence.full_sizes) {
      if (size.is_listed && size.compared == 0) return true;
    }
  }
  return false;
}

std::string WitnessText(const Witness& w) {
  std::string text = Format("witness: {}, inputs {}, seed {}", task::ToText(w.sizes),
                            task::Name(w.family), w.seed);
  if (w.output.empty()) return text + "\n";
  AppendFormat(text, ": {}", ElementText(w));
  AppendFormat(text, "; {} element{} wrong\n", w.wrong_elements,
               w.wrong_elements == 1 ? " is" : "s are");
  return text;
}

}  // namespace

std::string ElementText(const Witness& w) {
  std::string text =
      Format("{}{} is {}, not {}", w.output, IndexText(w.index), w.got.Text(), w.expected.Text());
  if (w.tolerance > 0) AppendFormat(text, " +- {:.3g}", w.tolerance);
  return text;
}

const char* VerdictWord(const Verdict& verdict) {
  if (verdict.outcome == Outcome::kAccepted && verdict.rung != Rung::kTested) return "passed";
  return Name(verdict.outcome);
}

std::string ToText(const RenderedFinding& f) {
  std::string text;
  if (f.line > 0) AppendFormat(text, "{}:{}:{}: ", f.file, f.line, f.column);
  AppendFormat(text, "{}: {} [{}]\n", f.is_note ? "note" : "finding", f.message, f.id);
  constexpr size_t kWidest = 160;
  if (f.line > 0 && f.line_text.size() <= kWidest) {
    std::string caret;
    for (size_t i = 0; i + 1 < f.column && i < f.line_text.size(); ++i) {
      caret += f.line_text[i] == '\t' ? '\t' : ' ';
    }
    AppendFormat(text, "  {}\n  {}^\n", f.line_text, caret);
  }
  if (!f.kernel.empty()) {
    AppendFormat(text, "  in {}, block {} of {}, thread {} of {}, launch {}", f.kernel,
                 Dim3Text(f.block), Dim3Text(f.grid), Dim3Text(f.thread), Dim3Text(f.block_size),
                 f.launch);
    if (f.other_line > 0) {
      const bool waits = f.id == "deadlock";
      AppendFormat(text, "; the {} in line {}", waits ? "mbarrier is made" : "other access is",
                   f.other_line);
    }
    if (f.count > 1) AppendFormat(text, "; {} times", f.count);
    text += '\n';
  }
  if (!f.hint.empty()) AppendFormat(text, "  hint: {}\n", f.hint);
  return text;
}

std::string Below(std::string message, std::string_view lines) {
  if (lines.ends_with('\n')) lines.remove_suffix(1);
  if (!lines.empty()) AppendFormat(message, "\n{}", lines);
  return message;
}

std::string FaultsText(std::span<const RenderedFinding> findings) {
  std::string text;
  for (const RenderedFinding& finding : findings) {
    if (!finding.is_note) text += ToText(finding);
  }
  return text;
}

std::string ToText(const Verdict& verdict, std::string_view file_name) {
  std::string text = Format("{}: {}", file_name, VerdictWord(verdict));
  if (verdict.outcome == Outcome::kAccepted) {
    AppendFormat(text, " through {}{}{}\n", Name(verdict.rung),
                 verdict.compared_with_itself ? ", compared with itself" : "",
                 LacksBenchSizes(verdict) ? ", but not compared at every bench size" : "");
  } else {
    AppendFormat(text, " at {}: {}\n", Name(verdict.failed_rung), verdict.reason);
  }
  for (const Evidence& evidence : verdict.evidence) {
    AppendFormat(text, "  {:<10} {}\n", Name(evidence.rung), evidence.summary);
  }
  text += diag::ToText(verdict.diagnostics);
  for (const RenderedFinding& finding : verdict.findings) text += ToText(finding);
  if (verdict.has_witness) text += WitnessText(verdict.witness);
  return text;
}

Json ToJson(const RenderedFinding& f) {
  Json object = {{"id", f.id},           {"note", f.is_note},
                 {"message", f.message}, {"hint", f.hint},
                 {"file", f.file},       {"line", f.line},
                 {"column", f.column},   {"other_line", f.other_line},
                 {"kernel", f.kernel},   {"block", f.block},
                 {"thread", f.thread},   {"launch", f.launch},
                 {"grid", f.grid},       {"block_size", f.block_size},
                 {"count", f.count}};
  return object;
}

Json ToJson(const Verdict& verdict) {
  Json evidence = Json::array();
  for (const Evidence& e : verdict.evidence) {
    Json sizes = Json::array();
    for (const task::Sizes& one : e.sizes) sizes.push_back(SizesJson(one));
    Json object = {{"rung", Name(e.rung)}, {"summary", e.summary}, {"runs", e.runs}};
    if (e.rung == Rung::kTested) {
      object["n"] = e.n;
      object["epsilon"] = e.epsilon;
      object["delta"] = e.delta;
      object["k"] = e.k;
      object["worst_error_ratio"] = e.worst_error_ratio;
      Json full = Json::array();
      for (const FullSizeEvidence& one : e.full_sizes) {
        full.push_back({{"sizes", SizesJson(one.sizes)},
                        {"listed", one.is_listed},
                        {"outputs", one.outputs},
                        {"compared", one.compared},
                        {"exact", one.exact},
                        {"summary", one.summary}});
      }
      object["bench_sizes"] = std::move(full);
      Json left_out = Json::array();
      for (const auto& [family, why] : e.left_out) {
        left_out.push_back({{"inputs", family}, {"why", why}});
      }
      object["left_out"] = std::move(left_out);
    }
    if (!e.sizes.empty()) object["sizes"] = std::move(sizes);
    evidence.push_back(std::move(object));
  }
  Json findings = Json::array();
  for (const RenderedFinding& finding : verdict.findings) findings.push_back(ToJson(finding));
  Json witness;
  if (verdict.has_witness) {
    const Witness& w = verdict.witness;
    witness = {{"sizes", SizesJson(w.sizes)}, {"inputs", task::Name(w.family)}, {"seed", w.seed}};
    if (!w.output.empty()) {
      witness["output"] = w.output;
      witness["index"] = w.index;
      witness["got"] = w.got.ToJson();
      witness["expected"] = w.expected.ToJson();
      witness["tolerance"] = task::Value::Beside(task::DType::kF64, w.tolerance).ToJson();
      witness["wrong_elements"] = w.wrong_elements;
    }
  }
  Json object = {{"verdict", VerdictWord(verdict)}, {"rung", Name(verdict.rung)}};
  if (verdict.outcome != Outcome::kAccepted) {
    object["failed_rung"] = Name(verdict.failed_rung);
    object["reason"] = verdict.reason;
  }
  object["compared_with_itself"] = verdict.compared_with_itself;
  object["evidence"] = std::move(evidence);
  object["findings"] = std::move(findings);
  object["witness"] = std::move(witness);
  const auto diagnostics = ParseJson(diag::ToJson(verdict.diagnostics));
  object["diagnostics"] = diagnostics.ok() ? diagnostics.value() : Json::array();
  object["warp_instructions"] = verdict.warp_instructions;
  object["front"] = verdict.front.empty() ? Json() : Json(verdict.front);
  object["front_note"] = verdict.front_note.empty() ? Json() : Json(verdict.front_note);
  return object;
}

}  // namespace ws::verify
