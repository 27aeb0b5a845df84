// Parameter packs, by what constant expressions make of them.
#include <string>

#include "front/compiled.h"
#include "tests/test.h"

namespace ws::front {
namespace {

constexpr char kSource[] = R"(
template <typename... Ts> constexpr int count(Ts... xs) { return sizeof...(xs); }
template <typename... Ts> constexpr int types() { return sizeof...(Ts); }
template <typename... Ts> constexpr int sum(Ts... xs) { return (0 + ... + xs); }
template <typename... Ts> constexpr int left(Ts... xs) { return (... - xs); }
template <typename... Ts> constexpr int right(Ts... xs) { return (xs - ...); }
template <typename... Ts> constexpr bool all(Ts... xs) { return (... && (xs > 0)); }
template <typename T> constexpr int last(T x) { return x; }
template <typename T, typename... Ts> constexpr int last(T, Ts... rest) { return last(rest...); }
template <int... Is> constexpr int digits() { return count(Is...) * 100 + sum((Is * 2)...); }
template <typename... Ts> constexpr int outer(int x, Ts... xs) { return sum(x, xs..., x); }
)";

void Holds(const std::string& condition) {
  const auto compiled = CompileText("a.cu", kSource + ("static_assert(" + condition + ", \"\");"));
  EXPECT_TRUE(compiled->ok()) << condition << "\n" << diag::ToText(compiled->diagnostics());
}

TEST(Packs, SizesAreCounted) {
  Holds("count() == 0");
  Holds("count(1, 2.0f, 'c') == 3");
  Holds("types<int, float>() == 2");
}

TEST(Packs, FoldsKeepTheirOrder) {
  Holds("sum() == 0 && sum(1, 2, 3) == 6");
  Holds("left(10, 3, 2) == 5");
  Holds("right(10, 3, 2) == 9");
  Holds("all() && all(1, 2) && !all(1, -1)");
}

TEST(Packs, ExpansionsStandInLists) {
  Holds("last(1, 2, 7) == 7");
  Holds("digits<1, 2, 3>() == 312");
  Holds("outer(1, 5) == 7 && outer(2) == 4");
}

TEST(Packs, PatternsMayCompare) {
  const std::string all = R"(
template <typename... Ts> constexpr int mix(Ts... xs) { int s = 0; ((s = s * 10 + xs), ...); return s; }
template <typename... Ts> constexpr int less(Ts... xs) { return mix(2 < xs...); }
template <typename... Ts> constexpr int more(Ts... xs) { return mix((xs > 1)...); }
template <typename... Ts> constexpr int either(Ts... xs) { return mix(xs > 1 ? 3 : 4 ...); }
template <typename... Ts> constexpr int half(Ts... xs) { return mix(7, xs >> 1 ...); }
template <typename... Ts> constexpr int twice(Ts... xs) { return mix(1, (xs << 1)..., 7); }
template <typename... Ts> constexpr int cast(Ts... xs) { return mix(static_cast<int>(xs)...); }
template <typename T, typename U> constexpr int size() { return sizeof(T) + sizeof(U); }
template <typename... Ts> constexpr int sizes(Ts... xs) { return mix(size<char, Ts>()...); }
)";
  const auto compiled = CompileText("a.cu", all + R"(
static_assert(less(1, 2, 3) == 1, "");
static_assert(more(1, 2, 3) == 11, "");
static_assert(either(1, 2, 3) == 433, "");
static_assert(half(2, 4, 6) == 7123, "");
static_assert(twice(1, 2) == 1247, "");
static_assert(cast(1.5, 2.5f) == 12, "");
static_assert(sizes('a', 1) == 25, "");
)");
  EXPECT_TRUE(compiled->ok()) << diag::ToText(compiled->diagnostics());
}

TEST(Packs, LongNamesStayApart) {
  const std::string name(100, 'a');
  const auto compiled =
      CompileText("a.cu", "template <typename... " + name + "T> constexpr int first(" + name +
                              "T... " + name + "x) { return (0 + ... + " + name +
                              "x); }\nstatic_assert(first(1, 2) == 3, \"\");");
  EXPECT_TRUE(compiled->ok()) << diag::ToText(compiled->diagnostics());
}

TEST(Packs, TooManyArgumentsAreNamed) {
  std::string call = "1";
  for (int i = 0; i < 32; ++i) call += ", 1";
  const auto compiled = CompileText("a.cu", kSource + ("static_assert(last(" + call +
                                                       ") == 1, \"\");\n"
                                                       "static_assert(count(" +
                                                       call + ") == 33, \"\");"));
  ASSERT_FALSE(compiled->ok());
  EXPECT_EQ(compiled->diagnostics()[0].message,
            "a parameter pack of more than 32 arguments is not supported by the native front end");
  EXPECT_EQ(compiled->diagnostics()[0].line, 13u);
}

TEST(Packs, WhatIsNotTakenIsNamed) {
  const auto compiled = CompileText("a.cu", "template <typename... Ts> using Alias = int;");
  ASSERT_FALSE(compiled->ok());
  EXPECT_EQ(compiled->diagnostics()[0].message,
            "a parameter pack is not supported by the native front end");
}

}  // namespace
}  // namespace ws::front
