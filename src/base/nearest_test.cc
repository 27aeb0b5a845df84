#include "base/nearest.h"

#include "tests/test.h"

namespace ws {
namespace {

constexpr std::string_view kWords[] = {"check", "compile", "profile", "run"};

TEST(Nearest, FindsTypingErrorsAndNothingElse) {
  EXPECT_EQ(Nearest("chekc", kWords), "check");
  EXPECT_EQ(Nearest("compil", kWords), "compile");
  EXPECT_EQ(Nearest("rnu", kWords), "run");
  EXPECT_EQ(Nearest("prfile", kWords), "profile");
  EXPECT_EQ(Nearest("optimise", kWords), "");
  EXPECT_EQ(Nearest("", kWords), "");
  EXPECT_EQ(Nearest(std::string(100, 'c'), kWords), "");
}

TEST(Nearest, SaysSo) {
  EXPECT_EQ(DidYouMean("rum", kWords, "x"), "did you mean `run`?");
  EXPECT_EQ(DidYouMean("elephant", kWords, "x"), "x");
}

}  // namespace
}  // namespace ws
