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

TEST(Packs, WhatIsNotTakenIsNamed) {
  const auto compiled = CompileText("a.cu", "template <typename... Ts> struct Tuple { int a; };");
  ASSERT_FALSE(compiled->ok());
  EXPECT_EQ(compiled->diagnostics()[0].message,
            "a parameter pack is not supported by the native front end");
}

}  // namespace
}  // namespace ws::front
