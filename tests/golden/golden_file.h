// Golden tests: a file that says how to run Warpsmith on it and what must come out.
//
//   // RUN: compile %s --emit ir          one or several lines at the top (`# RUN:` in TOML and
//   such)
//   // REQUIRES: ptxas                    optional: skipped where base/tools.h does not find these
//   ...the file's own content...
//   // STDOUT:                            everything from here to the end is expected output
//   // a line, {{regular expression}}
//   // ...                                any number of lines
//   // STDERR:
//   // error: ...
//
// In a RUN line, %s is the file, %S its folder, %t an empty scratch folder of this test; words are
// split at spaces, "..." keeps them together, and `< FILE` gives standard input. A stream without a
// section must be empty. Every run must exit with 0; if the file's name begins with fail_, the last
// must not. In the output the folder of the file is left out and the scratch folder reads %t.
#ifndef WARPSMITH_TESTS_GOLDEN_GOLDEN_FILE_H_
#define WARPSMITH_TESTS_GOLDEN_GOLDEN_FILE_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ws::golden {

struct GoldenFile {
  std::filesystem::path path;
  std::string comment;            // "//" or "#"
  std::vector<std::string> runs;  // as written, without "RUN:"
  std::vector<std::string> requires_tools;
  std::string body;                   // the file up to the expected output
  std::vector<std::string> out, err;  // expected lines
  bool must_fail = false;
};

// Nothing if the file has no RUN line (it is then used by another golden).
std::optional<GoldenFile> ParseGolden(const std::filesystem::path& path, std::string_view text);

// The file's text with these lines expected instead. Expected lines that match stay as they are, so
// that regular expressions survive.
std::string Rewrite(const GoldenFile& golden, const std::vector<std::string>& out,
                    const std::vector<std::string>& err);

std::vector<std::string> SplitLines(std::string_view text);

// Whether one line fits an expected line, {{...}} being regular expressions (ECMAScript).
bool LineMatches(std::string_view expected, std::string_view line);

// Whether all lines fit, `...` standing for any number of lines.
bool LinesMatch(const std::vector<std::string>& expected, const std::vector<std::string>& lines);

// The differences as lines beginning with "-" (expected), "+" (actual) or " ".
std::string Diff(const std::vector<std::string>& expected, const std::vector<std::string>& lines);

struct Outcome {
  bool passed = false;
  std::string skipped;  // why, if it was
  std::string message;  // what differs, if it failed
  std::vector<std::string> out, err;
  bool exit_as_expected = false;
};

// Runs the file through driver::Run. `scratch` must not exist; it is removed afterwards.
Outcome RunGolden(const GoldenFile& golden, const std::filesystem::path& scratch);

}  // namespace ws::golden

#endif  // WARPSMITH_TESTS_GOLDEN_GOLDEN_FILE_H_
