// The types of expressions, against those that the compiler of this test gives them.
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "front/compiled.h"
#include "front/sema.h"
#include "tests/test.h"

namespace ws::front {
namespace {

template <typename T>
struct NameOf;
#define WS_NAME(type)                           \
  template <>                                   \
  struct NameOf<type> {                         \
    static constexpr const char* value = #type; \
  };
WS_NAME(bool)
WS_NAME(char)
WS_NAME(signed char)
WS_NAME(unsigned char)
WS_NAME(short)
WS_NAME(unsigned short)
WS_NAME(int)
WS_NAME(unsigned int)
WS_NAME(long)
WS_NAME(unsigned long)
WS_NAME(long long)
WS_NAME(unsigned long long)
WS_NAME(float)
WS_NAME(double)
#undef WS_NAME

template <typename T>
std::string Name() {
  return NameOf<std::decay_t<T>>::value;
}

struct Case {
  std::string expression;
  std::string type;
};

template <typename... T>
struct Types {};
using Scalars =
    Types<bool, char, signed char, unsigned char, short, unsigned short, int, unsigned int, long,
          unsigned long, long long, unsigned long long, float, double>;

template <typename A, typename B>
void AddBinary(int a, int b, std::vector<Case>& cases) {
  const std::string l = "x" + std::to_string(a);
  const std::string r = "x" + std::to_string(b);
#define WS_OPERATOR(op) \
  cases.push_back(      \
      {l + " " #op " " + r, Name<decltype(std::declval<A&>() op std::declval<B&>())>()});
  WS_OPERATOR(+)
  WS_OPERATOR(-)
  WS_OPERATOR(*)
  WS_OPERATOR(/)
  WS_OPERATOR(<)
  WS_OPERATOR(==)
  WS_OPERATOR(&&)
  if constexpr (std::is_integral_v<A> && std::is_integral_v<B>) {
    WS_OPERATOR(%)
    WS_OPERATOR(<<)
    WS_OPERATOR(>>)
    WS_OPERATOR(&)
    WS_OPERATOR(|)
    WS_OPERATOR(^)
  }
#undef WS_OPERATOR
  cases.push_back(
      {"x0 ? " + l + " : " + r, Name<decltype(true ? std::declval<A&>() : std::declval<B&>())>()});
  cases.push_back({l + " = " + r, Name<decltype(std::declval<A&>() = std::declval<B&>())>()});
}

template <typename A>
void AddUnary(int a, std::vector<Case>& cases) {
  const std::string x = "x" + std::to_string(a);
  cases.push_back({"+" + x, Name<decltype(+std::declval<A&>())>()});
  cases.push_back({"-" + x, Name<decltype(-std::declval<A&>())>()});
  cases.push_back({"!" + x, Name<decltype(!std::declval<A&>())>()});
  if constexpr (std::is_integral_v<A> && !std::is_same_v<A, bool>) {
    cases.push_back({"~" + x, Name<decltype(~std::declval<A&>())>()});
  }
  if constexpr (!std::is_same_v<A, bool>) {
    cases.push_back({"++" + x, Name<decltype(++std::declval<A&>())>()});
    cases.push_back({x + "--", Name<decltype(std::declval<A&>()--)>()});
  }
}

template <typename A, typename... B>
void AddRow(int a, Types<B...>, std::vector<Case>& cases) {
  int b = 0;
  (AddBinary<A, B>(a, b++, cases), ...);
}
template <typename... A>
std::vector<Case> Operations(Types<A...> all) {
  std::vector<Case> cases;
  int a = 0;
  (AddUnary<A>(a++, cases), ...);
  a = 0;
  (AddRow<A>(a++, all, cases), ...);
  return cases;
}
template <typename... A>
std::string Parameters(Types<A...>) {
  std::string out;
  int i = 0;
  ((out += (i > 0 ? ", " : "") + Name<A>() + " x" + std::to_string(i), ++i), ...);
  return out;
}

// The type that `auto v = expression` has for each case.
void ExpectSameTypes(const std::vector<Case>& cases) {
  std::string text =
      "#include <cmath>\n#include <algorithm>\nvoid f(" + Parameters(Scalars()) + ") {\n";
  for (size_t i = 0; i < cases.size(); ++i) {
    text += "  auto v" + std::to_string(i) + " = " + cases[i].expression + ";\n";
  }
  text += "}\n";
  const auto compiled = CompileText("typing.cu", text);
  ASSERT_TRUE(compiled->ok()) << diag::ToText(compiled->diagnostics());
  Sema& sema = *compiled->program().sema;
  std::vector<std::string> types(cases.size());
  for (uint32_t e = 0; e < sema.num_entities(); ++e) {
    const std::string name(sema.NameOf(EntityId(e)));
    if (name.size() < 2 || name[0] != 'v') continue;
    types[std::stoul(name.substr(1))] = sema.types().Spelling(sema.entity(EntityId(e)).type);
  }
  for (size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(types[i], cases[i].type) << cases[i].expression;
  }
}

TEST(Typing, OperatorsOfEveryPairOfScalars) { ExpectSameTypes(Operations(Scalars())); }

TEST(Typing, LiteralsAndCalls) {
#define WS_CASE(expression) {#expression, Name<decltype(expression)>()}
  ExpectSameTypes({
      WS_CASE(1),
      WS_CASE(1u),
      WS_CASE(1l),
      WS_CASE(1ul),
      WS_CASE(1LU),
      WS_CASE(1ll),
      WS_CASE(1ull),
      WS_CASE(1llu),
      WS_CASE(2147483647),
      WS_CASE(2147483648),
      WS_CASE(4294967295),
      WS_CASE(4294967296),
      WS_CASE(9223372036854775807),
      WS_CASE(4294967295u),
      WS_CASE(4294967296u),
      WS_CASE(0x7fffffff),
      WS_CASE(0x80000000),
      WS_CASE(0xffffffff),
      WS_CASE(0x100000000),
      WS_CASE(0x7fffffffffffffff),
      WS_CASE(0x8000000000000000),
      WS_CASE(0xffffffffl),
      WS_CASE(0777),
      WS_CASE(037777777777),
      WS_CASE(0b101),
      WS_CASE(1'000'000),
      WS_CASE('a'),
      WS_CASE(true),
      WS_CASE(1.0),
      WS_CASE(1.0f),
      WS_CASE(1e3),
      WS_CASE(1.f),
      WS_CASE(.5F),
      WS_CASE(0x1p3),
      WS_CASE(0x1p3f),
      WS_CASE('a' + 1),
      WS_CASE(-1u),
      WS_CASE(~'a'),
      WS_CASE(-2147483648),
      WS_CASE(!1.5),
      WS_CASE(sizeof(int)),
      WS_CASE(1 + 1.0f),
      WS_CASE(1.0f * 1.0),
      WS_CASE(1 << 3ull),
      WS_CASE(true + true),
      WS_CASE(1 ? 1 : 'a'),
      WS_CASE(1 ? 1u : -1),
      WS_CASE(1 ? 1.0f : 2),
      WS_CASE((short)1),
      WS_CASE((short)1 + (short)1),
      WS_CASE(static_cast<unsigned char>(300)),
      WS_CASE(std::sqrt(2)),
      WS_CASE(std::sqrt(2.0f)),
      WS_CASE(std::pow(2.0f, 2)),
      WS_CASE(std::pow(2.0f, 2.0f)),
      WS_CASE(std::pow(2, 2)),
      WS_CASE(std::abs(-1)),
      WS_CASE(std::abs(-1L)),
      WS_CASE(std::abs(-1.5f)),
      WS_CASE(std::abs(-1.5)),
      WS_CASE(std::fmax(1.0f, 2.0f)),
      WS_CASE(std::fmax(1.0f, 2.0)),
      WS_CASE(std::floor(1.5f)),
      WS_CASE(std::exp(1)),
      WS_CASE(std::min(1u, 2u)),
      WS_CASE(std::max(1.0f, 2.0f)),
      WS_CASE(std::isnan(1.0f)),
      WS_CASE(std::fma(1.0f, 2.0f, 3.0f)),
      WS_CASE(std::atan2(1.0f, 2)),
  });
#undef WS_CASE
}

}  // namespace
}  // namespace ws::front
