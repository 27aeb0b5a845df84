#include "tests/golden/golden_file.h"

#include <fstream>
#include <regex>
#include <sstream>

#include "base/format.h"
#include "base/tools.h"
#include "driver/driver.h"

namespace ws::golden {
namespace {

namespace fs = std::filesystem;

constexpr size_t kHeadLines = 12;  // RUN and REQUIRES stand within these

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// The rest of a line `COMMENT KEY:...`, if it is one.
std::optional<std::string_view> Keyed(std::string_view line, std::string_view comment,
                                      std::string_view key) {
  if (!line.starts_with(comment)) return std::nullopt;
  line = Trim(line.substr(comment.size()));
  if (!line.starts_with(key)) return std::nullopt;
  return Trim(line.substr(key.size()));
}

// Words of a RUN line; "..." keeps spaces.
std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false, started = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
      started = true;
    } else if (c == ' ' && !quoted) {
      if (started) words.push_back(std::move(word));
      word.clear();
      started = false;
    } else {
      word += c;
      started = true;
    }
  }
  if (started) words.push_back(std::move(word));
  return words;
}

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

std::string RegexOf(std::string_view expected) {
  std::string pattern;
  while (!expected.empty()) {
    if (expected.starts_with("{{")) {
      const size_t end = expected.find("}}", 2);
      if (end != std::string_view::npos) {
        pattern += Format("(?:{})", expected.substr(2, end - 2));
        expected.remove_prefix(end + 2);
        continue;
      }
    }
    if (std::string_view("\\^$.|?*+()[]{}/").find(expected[0]) != std::string_view::npos) {
      pattern += '\\';
    }
    pattern += expected[0];
    expected.remove_prefix(1);
  }
  return pattern;
}

// How a line of output is written as an expected line.
std::string Escaped(std::string line) {
  ReplaceAll(line, "{{", "{{[{][{]}}");
  return line == "..." ? "{{[.]}}.." : line;
}

// length[i][j]: most lines that can be paired of expected[i..] and lines[j..].
std::vector<std::vector<int>> PairingLengths(const std::vector<std::string>& expected,
                                             const std::vector<std::string>& lines) {
  std::vector<std::vector<int>> length(expected.size() + 1, std::vector<int>(lines.size() + 1, 0));
  for (size_t i = expected.size(); i-- > 0;) {
    for (size_t j = lines.size(); j-- > 0;) {
      length[i][j] = LineMatches(expected[i], lines[j])
                         ? length[i + 1][j + 1] + 1
                         : std::max(length[i + 1][j], length[i][j + 1]);
    }
  }
  return length;
}

// Calls paired(i, j), removed(i), added(j) along the best pairing.
template <typename Paired, typename Removed, typename Added>
void Walk(const std::vector<std::string>& expected, const std::vector<std::string>& lines,
          Paired paired, Removed removed, Added added) {
  const auto length = PairingLengths(expected, lines);
  size_t i = 0, j = 0;
  while (i < expected.size() || j < lines.size()) {
    if (i < expected.size() && j < lines.size() && LineMatches(expected[i], lines[j])) {
      paired(i++, j++);
    } else if (j == lines.size() || (i < expected.size() && length[i + 1][j] >= length[i][j + 1])) {
      removed(i++);
    } else {
      added(j++);
    }
  }
}

std::vector<std::string> Updated(const std::vector<std::string>& expected,
                                 const std::vector<std::string>& lines) {
  if (LinesMatch(expected, lines)) return expected;
  std::vector<std::string> updated;
  Walk(
      expected, lines, [&](size_t i, size_t) { updated.push_back(expected[i]); }, [](size_t) {},
      [&](size_t j) { updated.push_back(Escaped(lines[j])); });
  return updated;
}

}  // namespace

std::vector<std::string> SplitLines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::optional<GoldenFile> ParseGolden(const fs::path& path, std::string_view text) {
  GoldenFile golden;
  golden.path = path;
  golden.must_fail = path.filename().string().starts_with("fail_");
  std::vector<std::string>* section = nullptr;
  size_t number = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view raw = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (number++ < kHeadLines) {
      for (const char* comment : {"//", "#"}) {
        if (const auto run = Keyed(raw, comment, "RUN:")) {
          golden.comment = comment;
          golden.runs.emplace_back(*run);
        } else if (const auto tools = Keyed(raw, comment, "REQUIRES:")) {
          golden.requires_tools = Words(*tools);
        }
      }
    }
    if (!golden.comment.empty()) {
      const std::string_view line = Trim(raw);
      if (line == golden.comment + " STDOUT:") {
        section = &golden.out;
        continue;
      }
      if (line == golden.comment + " STDERR:") {
        section = &golden.err;
        continue;
      }
    }
    if (section == nullptr) {
      golden.body += raw;
      golden.body += '\n';
    } else if (raw.starts_with(golden.comment)) {
      std::string_view line = raw.substr(golden.comment.size());
      if (line.starts_with(' ')) line.remove_prefix(1);
      while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
      section->emplace_back(line);
    }
  }
  if (golden.runs.empty()) return std::nullopt;
  return golden;
}

std::string Rewrite(const GoldenFile& golden, const std::vector<std::string>& out,
                    const std::vector<std::string>& err) {
  std::string text = golden.body;
  const auto section = [&](const char* name, const std::vector<std::string>& expected,
                           const std::vector<std::string>& lines) {
    const std::vector<std::string> updated = Updated(expected, lines);
    if (updated.empty()) return;
    AppendFormat(text, "{} {}:\n", golden.comment, name);
    for (const std::string& line : updated) {
      AppendFormat(text, "{}{}{}\n", golden.comment, line.empty() ? "" : " ", line);
    }
  };
  section("STDOUT", golden.out, out);
  section("STDERR", golden.err, err);
  return text;
}

bool LineMatches(std::string_view expected, std::string_view line) {
  if (expected.find("{{") == std::string_view::npos) return expected == line;
  try {
    return std::regex_match(std::string(line), std::regex(RegexOf(expected)));
  } catch (const std::regex_error&) {
    return false;
  }
}

bool LinesMatch(const std::vector<std::string>& expected, const std::vector<std::string>& lines) {
  // fits[j]: the expected lines so far fit the first j lines.
  std::vector<char> fits(lines.size() + 1, 0);
  fits[0] = 1;
  for (const std::string& pattern : expected) {
    std::vector<char> next(lines.size() + 1, 0);
    if (pattern == "...") {
      bool any = false;
      for (size_t j = 0; j <= lines.size(); ++j) next[j] = any = any || fits[j] != 0;
    } else {
      for (size_t j = 0; j < lines.size(); ++j) {
        next[j + 1] = fits[j] != 0 && LineMatches(pattern, lines[j]);
      }
    }
    fits = std::move(next);
  }
  return fits[lines.size()] != 0;
}

std::string Diff(const std::vector<std::string>& expected, const std::vector<std::string>& lines) {
  std::string text;
  Walk(
      expected, lines, [&](size_t, size_t j) { AppendFormat(text, "   {}\n", lines[j]); },
      [&](size_t i) { AppendFormat(text, "  -{}\n", expected[i]); },
      [&](size_t j) { AppendFormat(text, "  +{}\n", lines[j]); });
  return text;
}

Outcome RunGolden(const GoldenFile& golden, const fs::path& scratch) {
  Outcome outcome;
  for (const std::string& tool : golden.requires_tools) {
    if (!FindTool(tool) && !FindLibrary(tool)) {
      outcome.skipped = Format("needs {}", tool);
      return outcome;
    }
  }
  fs::create_directories(scratch);
  const std::string dir = golden.path.parent_path().string();
  std::string out, err;
  outcome.exit_as_expected = true;
  for (size_t i = 0; i < golden.runs.size(); ++i) {
    std::string run = golden.runs[i];
    ReplaceAll(run, "%s", golden.path.string());
    ReplaceAll(run, "%S", dir);
    ReplaceAll(run, "%t", scratch.string());
    std::vector<std::string> words = Words(run);
    std::ifstream input;
    const auto less = std::ranges::find(words, "<");
    if (less != words.end() && less + 1 != words.end()) {
      input.open(*(less + 1));
      if (!input) outcome.message += Format("cannot read {}\n", *(less + 1));
      words.erase(less, less + 2);
    }
    const std::vector<std::string_view> args(words.begin(), words.end());
    const int status = driver::Run(args, out, err, input.is_open() ? &input : nullptr);
    const bool may_fail = golden.must_fail && i + 1 == golden.runs.size();
    if ((status != 0) != may_fail) {
      outcome.exit_as_expected = false;
      outcome.message += Format("exit status {} from: {}\n", status, golden.runs[i]);
    }
  }
  std::error_code ignored;
  fs::remove_all(scratch, ignored);
  for (std::string* text : {&out, &err}) {
    ReplaceAll(*text, scratch.string(), "%t");
    ReplaceAll(*text, dir + "/", "");
  }
  outcome.out = SplitLines(out);
  outcome.err = SplitLines(err);
  if (!LinesMatch(golden.out, outcome.out)) {
    outcome.message += "standard output:\n" + Diff(golden.out, outcome.out);
  }
  if (!LinesMatch(golden.err, outcome.err)) {
    outcome.message += "standard error:\n" + Diff(golden.err, outcome.err);
  }
  outcome.passed = outcome.message.empty();
  return outcome;
}

}  // namespace ws::golden
