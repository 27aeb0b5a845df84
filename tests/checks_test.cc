// Whole programs of tests/checks, one fault each, and their twins without it. A line that ends in
// `//!! why` is one at which something must be found; a program without such a line must end with
// no finding, and print what its `//OUT` line says.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/format.h"
#include "exec/engine.h"
#include "front/compiled.h"
#include "pass/pipeline.h"
#include "tests/test.h"
#include "verify/execute.h"

namespace ws {
namespace {

struct Check {
  std::string name, source, printed;
  bool says_printed = false;
  std::set<uint32_t> marks;  // lines
};

std::vector<Check> ReadChecks(const std::filesystem::path& path) {
  std::vector<Check> checks;
  std::ifstream file(path);
  uint32_t number = 0;
  for (std::string line; std::getline(file, line); ++number) {
    if (line.starts_with("program ")) {
      checks.emplace_back().name = line.substr(8);
      number = 0;
      continue;
    }
    if (checks.empty()) continue;
    Check& check = checks.back();
    if (line.find("//!!") != std::string::npos) check.marks.insert(number);
    if (line.starts_with("//OUT ")) {
      check.printed = line.substr(6);
      check.says_printed = true;
    }
    check.source += line + "\n";
  }
  return checks;
}

std::string Trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

// What is wrong with the outcome; empty if nothing is.
std::string Judge(const Check& check) {
  const auto compiled = front::CompileText(check.name + ".cu", check.source);
  if (!compiled->ok()) return diag::ToText(compiled->diagnostics());
  pass::ForExecution(compiled->module());
  const ir::Module& module = compiled->module();
  exec::Instance instance(module);
  exec::RunReport report = instance.Call(module.Find("main"), {}, exec::RunOptions());
  std::string found;
  bool at_mark = false, any = false;
  for (const exec::Finding& finding : report.findings) {
    const verify::RenderedFinding r = verify::Render(finding, module);
    if (finding.kind == exec::FindingKind::kExited) continue;
    AppendFormat(found, "  {}:{} (other {}): {} [{}]{}\n", r.line, r.column, r.other_line,
                 r.message, r.id, r.is_note ? " (note)" : "");
    any = any || !r.is_note;
    at_mark = at_mark ||
              (!r.is_note && (check.marks.contains(r.line) || check.marks.contains(r.other_line)));
  }
  if (!check.marks.empty()) {
    return at_mark ? "" : Format("nothing found in line {}:\n{}", *check.marks.begin(), found);
  }
  if (any) return "a false alarm:\n" + found;
  if (!check.says_printed || Trimmed(report.printed) == Trimmed(check.printed)) return "";
  return Format("printed {:?}, not {:?}", report.printed, check.printed);
}

TEST(Checks, FaultsAreFoundAndTwinsWithoutThemPass) {
  size_t faults = 0, twins = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::RepoPath("tests/checks"))) {
    for (const Check& check : ReadChecks(entry.path())) {
      const std::string wrong = Judge(check);
      EXPECT_TRUE(wrong.empty()) << entry.path().stem() << " " << check.name << ": " << wrong;
      ++(check.marks.empty() ? twins : faults);
    }
  }
  EXPECT_GT(faults, 100u);
  EXPECT_GT(twins, 100u);
}

}  // namespace
}  // namespace ws
