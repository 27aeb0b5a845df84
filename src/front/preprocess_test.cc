#include "front/preprocess.h"

#include "front/test_program.h"
#include "tests/test.h"

namespace ws::front {
namespace {

using Strings = std::vector<std::string>;

std::string Expand(const std::string& source) {
  const TestProgram program(source);
  EXPECT_TRUE(program.preprocessed) << program.Messages();
  return program.Spelled();
}

Strings Problems(const std::string& source) { return TestProgram(source).Diagnostics(); }

TEST(Lex, CommentsAndContinuationsAreSpace) {
  EXPECT_EQ(Expand("a/* x\n */b // c \\\n d\n e\\\nf 1\\\n2"), "a b ef 12");
}

TEST(Lex, LongestPunctuatorWins) {
  EXPECT_EQ(Expand("a<<=b>>>c<<<d->e--f...::g"), "a <<= b >>> c <<< d -> e -- f ... :: g");
}

TEST(Lex, NumbersKeepTheirSuffixes) {
  EXPECT_EQ(Expand("0x1fu 1e-3f .5 1.f 1'000 0x1p-2"), "0x1fu 1e-3f .5 1.f 1'000 0x1p-2");
}

TEST(Lex, BytesThatBeginNoTokenAreReportedAndSkipped) {
  EXPECT_EQ(Problems(std::string("int @a;\nint \0b;", 15)),
            (Strings{"1:5 stray-character", "2:5 stray-byte"}));
  EXPECT_EQ(Problems("int \xc3\xa9;").front(), "1:5 stray-byte");
}

TEST(Lex, UnterminatedLiteralsAndComments) {
  EXPECT_EQ(Problems("char* s = \"abc;\n").front(), "1:11 unterminated-literal");
  EXPECT_EQ(Problems("int a; /* x").front(), "1:8 unterminated-comment");
}

TEST(Macro, ObjectAndFunctionLike) {
  EXPECT_EQ(Expand("#define N 16\n#define DIV(a, b) (((a) + (b) - 1) / (b))\nDIV(N, DIV(4, 2))"),
            "( ( ( 16 ) + ( ( ( ( 4 ) + ( 2 ) - 1 ) / ( 2 ) ) ) - 1 ) / "
            "( ( ( ( 4 ) + ( 2 ) - 1 ) / ( 2 ) ) ) )");
}

TEST(Macro, NameWithoutParenthesesStays) {
  EXPECT_EQ(Expand("#define F(x) <x>\nF F (1)\nint F;"), "F < 1 > int F ;");
}

TEST(Macro, NoRecursion) {
  EXPECT_EQ(Expand("#define foo foo bar\n#define a b\n#define b a\nfoo a b"), "foo bar a b");
  EXPECT_EQ(Expand("#define F(x) x + F\nF(F(1))(2)"), "1 + F + F ( 2 )");
}

TEST(Macro, StringifyAndPaste) {
  EXPECT_EQ(Expand("#define S(x) #x\n#define X(x) S(x)\n#define N 4\nS( N + \"a\\n\" ) X(N)"),
            "\"N + \\\"a\\\\n\\\"\" \"4\"");
  EXPECT_EQ(Expand("#define T(x,y,z) x##y##z\nT(1,2,3) T(,4,5) T(6,,7) T(8,9,) T(,,)"),
            "123 45 67 89");
}

TEST(Macro, Variadic) {
  EXPECT_EQ(Expand("#define L(f, ...) p(f, ##__VA_ARGS__)\nL(1) L(1, 2, 3)"),
            "p ( 1 ) p ( 1 , 2 , 3 )");
  EXPECT_EQ(Expand("#define V(...) {__VA_ARGS__}\nV() V(a, b)"), "{ } { a , b }");
}

TEST(Macro, ArgumentsMaySpanLines) {
  EXPECT_EQ(Expand("#define F(a, b) a-b\nF(1,\n  (2, 3)\n)"), "1 - ( 2 , 3 )");
}

TEST(Macro, BuiltinsAreDefinedUntilRedefined) {
  EXPECT_EQ(Expand("#ifndef M_PI\nno\n#endif\nINT_MAX __CUDA_ARCH__"), "2147483647 900");
  EXPECT_EQ(Expand("#define FLT_MAX 1\nFLT_MAX"), "1");
  EXPECT_EQ(Expand("\n__LINE__ __FILE__"), "2 \"test.cu\"");
}

TEST(Macro, TokensCarryThePlaceOfTheOutermostInvocation) {
  const TestProgram program("#define A(x) (x + 1)\n#define B A(2)\nint y = B;");
  const Token& paren = program.tokens[3];
  EXPECT_EQ(paren.view(), "(");
  EXPECT_EQ(program.sources.Text(paren.loc, paren.loc_end.offset - paren.loc.offset), "B");
}

TEST(Macro, Mistakes) {
  EXPECT_EQ(Problems("#define F(a) a\nint x = F(1, 2);").front(), "2:9 macro-arguments");
  EXPECT_EQ(Problems("#define F(a) a\nint x = F(1;").front(), "2:9 unterminated-invocation");
  EXPECT_EQ(Problems("#define P(a, b) a##b\nP(+, /)").front(), "2:1 bad-paste");
  EXPECT_EQ(Problems("#define 3\n").front(), "1:2 malformed-define");
  EXPECT_EQ(Problems("#define A 1\n#define A 2\n").front(), "2:9 macro-redefined");
  EXPECT_EQ(Problems("#frobnicate\n").front(), "1:2 unknown-directive");
  EXPECT_EQ(Problems("#error no luck\n").front(), "1:2 error-directive");
}

TEST(Macro, ExplosionsAreStopped) {
  std::string laughs = "#define L0 x x x x x x x x\n";
  for (int i = 0; i < 20; ++i) {
    laughs += "#define L" + std::to_string(i + 1);
    for (int k = 0; k < 8; ++k) laughs += " L" + std::to_string(i);
    laughs += '\n';
  }
  EXPECT_EQ(Problems(laughs + "L20").front(), "22:1 macro-too-large");
  std::string nested(400, '(');
  std::string source = "#define F(x) x\n";
  for (int i = 0; i < 400; ++i) source += "F(";
  EXPECT_EQ(Problems(source + std::string(400, ')')).front(), "2:1 macro-too-deep");
}

TEST(Condition, ArithmeticAndDefined) {
  const auto holds = [](const std::string& condition) {
    return Expand("#define N 4\n#if " + condition + "\nyes\n#else\nno\n#endif") == "yes";
  };
  EXPECT_TRUE(holds("defined N && defined(N) && !defined M"));
  EXPECT_TRUE(holds("N * 2 + 1 == 9 && (N << 2 | 1) == 17"));
  EXPECT_TRUE(holds("-1 < 0 && -1 > 0u"));
  EXPECT_TRUE(holds("1 ? 2 : 1 / 0"));
  EXPECT_TRUE(holds("0 || 'a' == 97"));
  EXPECT_TRUE(holds("__CUDA_ARCH__ >= 700 && __has_include(<cuda_fp16.h>)"));
  EXPECT_FALSE(holds("unknown"));
  EXPECT_FALSE(holds("0 ? 1 : 0 ? 1 : 0"));
}

TEST(Condition, GroupsNest) {
  EXPECT_EQ(Expand("#if 0\n#if 1\na\n#else\nb\n#endif\n#elif 1\nc\n#elif 1\nd\n#else\ne\n#endif"),
            "c");
  EXPECT_EQ(Expand("#if 0\ndon't \"\n#endif\nx"), "x");
}

TEST(Condition, Mistakes) {
  EXPECT_EQ(Problems("#if 1 +\n#endif").front(), "1:2 bad-condition");
  EXPECT_EQ(Problems("#if 1 / 0\n#endif").front(), "1:2 bad-condition");
  EXPECT_EQ(Problems("#if 1\nint a;").front(), "1:2 unterminated-conditional");
  EXPECT_EQ(Problems("#endif").front(), "1:2 unbalanced-conditional");
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "#if 1\n";
  EXPECT_EQ(Problems(deep).front(), "257:2 conditional-too-deep");
}

TEST(Include, KnownGivenAndUnknown) {
  EXPECT_EQ(Expand("#include <cuda_fp16.h>\n#include \"cuda_runtime.h\"\nx"), "x");
  const TestProgram given("#include \"a.h\"\n#include \"a.h\"\nB",
                          {{"a.h", "#pragma once\n#define B c\nd"}});
  EXPECT_TRUE(given.preprocessed);
  EXPECT_EQ(given.Spelled(), "d c");
  EXPECT_EQ(Problems("#include \"nothing.h\"").front(), "1:2 unknown-include");
  EXPECT_EQ(Problems("#include nothing").front(), "1:2 malformed-include");
  const TestProgram loop("#include \"a.h\"", {{"a.h", "#include \"a.h\""}});
  EXPECT_EQ(loop.Diagnostics().front(), "1:2 include-too-deep");
}

TEST(Preprocess, OptionsDefineMacros) {
  const TestProgram program("int N = M;", {}, {{"N", "x"}, {"M", "1 + 2"}});
  EXPECT_EQ(program.Spelled(), "int x = 1 + 2 ;");
}

}  // namespace
}  // namespace ws::front
