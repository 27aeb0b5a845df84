#include <cmath>

#include "search/budget.h"
#include "search/diff.h"
#include "search/posterior.h"
#include "search/source_hash.h"
#include "tests/test.h"

namespace ws::search {
namespace {

TEST(SourceHash, IgnoresCommentsAndWhiteSpace) {
  EXPECT_EQ(ContentHash("int a = 1; // one\nint  b;\n"),
            ContentHash("/* x */ int a\t= 1;\n\n  \nint b;"));
  EXPECT_NE(ContentHash("int a = 1;"), ContentHash("int a = 2;"));
}

TEST(SourceHash, KeepsLiteralsAndPreprocessorLines) {
  EXPECT_NE(ContentHash("printf(\"a // b\");"), ContentHash("printf(\"a "));
  EXPECT_NE(ContentHash("f(\"a  b\");"), ContentHash("f(\"a b\");"));
  EXPECT_NE(ContentHash("#define A\nint x;"), ContentHash("#define A int x;"));
  EXPECT_EQ(NormaliseSource("a /* unterminated"), "a");
  EXPECT_EQ(NormaliseSource("a 'unterminated"), "a 'unterminated");
}

TEST(Budget, CandidatesAndTime) {
  EXPECT_EQ(ParseBudget("200").value().candidates, 200u);
  EXPECT_EQ(ParseBudget("60s").value().seconds, 60);
  EXPECT_EQ(ParseBudget("10m").value().seconds, 600);
  for (const char* bad : {"", "0", "-3", "ten", "10h", "s", "99999999999999999999"}) {
    EXPECT_FALSE(ParseBudget(bad).ok()) << bad;
  }
}

TEST(Budget, TokensCountAndMoneyNamesWhatIsMissing) {
  EXPECT_EQ(ParseBudget("5000tok").value().tokens, 5000u);
  const auto money = ParseBudget("$2");
  ASSERT_FALSE(money.ok());
  EXPECT_NE(money.error().message.find("5000"), std::string::npos) << money.error().message;
}

TEST(Diff, UnifiedFormat) {
  EXPECT_EQ(UnifiedDiff("a\nb\nc\n", "a\nb\nc\n"), "");
  EXPECT_EQ(UnifiedDiff("a\nb\nc\nd\ne\n", "a\nb\nX\nd\ne\n", 1),
            "@@ -2,3 +2,3 @@\n b\n-c\n+X\n d\n");
  EXPECT_EQ(UnifiedDiff("", "x\n"), "@@ -0,0 +1,1 @@\n+x\n");
  const std::string two =
      UnifiedDiff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n2\n3\n4\n5\n6\n7\n8\n0\n", 1);
  EXPECT_EQ(two, "@@ -1,2 +1,2 @@\n-1\n+0\n 2\n@@ -8,2 +8,2 @@\n 8\n-9\n+0\n");
}

TEST(Posterior, DrawsHaveTheRightMoments) {
  Rng rng(1);
  double sum = 0, squares = 0, beta = 0;
  constexpr int kDraws = 20000;
  for (int i = 0; i < kDraws; ++i) {
    const double x = SampleNormal(rng);
    sum += x;
    squares += x * x;
    beta += SampleBeta(rng, 0.5, 1.5);
  }
  EXPECT_NEAR(sum / kDraws, 0, 0.03);
  EXPECT_NEAR(squares / kDraws, 1, 0.05);
  EXPECT_NEAR(beta / kDraws, 0.25, 0.01);
}

TEST(Posterior, WhatWonBeforeIsDrawnHigher) {
  Rng rng(1);
  Belief good = PriorBelief(0.5), bad = PriorBelief(0.5);
  for (int i = 0; i < 3; ++i) {
    good.Accept(0.7);
    bad.Refuse();
  }
  int wins = 0;
  for (int i = 0; i < 1000; ++i) wins += good.Sample(rng) > bad.Sample(rng) ? 1 : 0;
  EXPECT_GT(wins, 850);
  EXPECT_LT(wins, 1000);  // still explores
}

}  // namespace
}  // namespace ws::search
