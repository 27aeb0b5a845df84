#include "tests/golden/golden_file.h"

#include "tests/test.h"

namespace ws::golden {
namespace {

using Lines = std::vector<std::string>;

TEST(Golden, RegularExpressionsMatchInsideALine) {
  EXPECT_TRUE(LineMatches("took {{[0-9]+}} ms (all)", "took 15 ms (all)"));
  EXPECT_FALSE(LineMatches("took {{[0-9]+}} ms (all)", "took x ms (all)"));
  EXPECT_FALSE(LineMatches("a.c", "abc"));
}

TEST(Golden, EllipsisStandsForAnyNumberOfLines) {
  EXPECT_TRUE(LinesMatch({"a", "...", "d"}, {"a", "b", "c", "d"}));
  EXPECT_TRUE(LinesMatch({"a", "...", "d"}, {"a", "d"}));
  EXPECT_FALSE(LinesMatch({"a", "...", "d"}, {"a", "b"}));
  EXPECT_FALSE(LinesMatch({}, {"a"}));
  EXPECT_FALSE(LinesMatch({"a"}, {}));
}

TEST(Golden, ParsesRunsAndSections) {
  const auto golden = ParseGolden("x/fail_y.cu",
                                  "// RUN: compile %s\n// REQUIRES: ptxas\nint x;\n"
                                  "// STDOUT:\n// one\n//\n// STDERR:\n//   two\n");
  ASSERT_TRUE(golden.has_value());
  EXPECT_EQ(golden->runs, Lines{"compile %s"});
  EXPECT_EQ(golden->requires_tools, Lines{"ptxas"});
  EXPECT_EQ(golden->out, (Lines{"one", ""}));
  EXPECT_EQ(golden->err, Lines{"  two"});
  EXPECT_TRUE(golden->must_fail);
  EXPECT_FALSE(ParseGolden("x/helper.cu", "int x;\n").has_value());
}

TEST(Golden, RewritingKeepsMatchingRegularExpressions) {
  const auto golden = ParseGolden("t.cu", "// RUN: a\n// STDOUT:\n// time {{[0-9]+}}\n// old\n");
  ASSERT_TRUE(golden.has_value());
  const Lines out = {"time 7", "new {{x"};
  const std::string text = Rewrite(*golden, out, {});
  EXPECT_EQ(text, "// RUN: a\n// STDOUT:\n// time {{[0-9]+}}\n// new {{[{][{]}}x\n");
  EXPECT_TRUE(LinesMatch(ParseGolden("t.cu", text)->out, out));
}

}  // namespace
}  // namespace ws::golden
