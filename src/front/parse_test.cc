#include "front/parse.h"

#include "front/edit.h"
#include "front/test_program.h"
#include "tests/test.h"

namespace ws::front {
namespace {

using Strings = std::vector<std::string>;

std::string Dump(const std::string& source) {
  const TestProgram program(source);
  EXPECT_TRUE(program.parsed) << program.Messages();
  return DumpTree(program.tree, program.tokens);
}

// The dump of the statements inside a function, without its frame.
std::string DumpBody(const std::string& statements) {
  const std::string dump = Dump("void f() {\n" + statements + "\n}");
  std::string out;
  size_t at = dump.find("    Compound\n");
  at = dump.find('\n', at) + 1;
  while (at < dump.size()) {
    const size_t end = dump.find('\n', at);
    out += dump.substr(at + 6, end - at - 6) + "\n";
    at = end + 1;
  }
  return out;
}

Strings Problems(const std::string& source) { return TestProgram(source).Diagnostics(); }

TEST(ParseExpression, PrecedenceAndAssociativity) {
  EXPECT_EQ(DumpBody("a = b = c + d * e - f;"),
            "ExprStmt\n  Assign =\n    Name a\n    Assign =\n      Name b\n      Binary -\n"
            "        Binary +\n          Name c\n          Binary *\n            Name d\n"
            "            Name e\n        Name f\n");
}

TEST(ParseExpression, ConditionalIsRightAssociative) {
  EXPECT_EQ(DumpBody("a ? b : c ? d : e;"),
            "ExprStmt\n  Conditional\n    Name a\n    Name b\n    Conditional\n      Name c\n"
            "      Name d\n      Name e\n");
}

TEST(ParseExpression, CastsAreToldFromParentheses) {
  EXPECT_EQ(DumpBody("(float)a * (b) - float(c);"),
            "ExprStmt\n  Binary -\n    Binary *\n      Cast C\n        TypeId\n"
            "          TypeSpec float\n        Name a\n      Paren\n        Name b\n"
            "    Cast functional\n      TypeId\n        TypeSpec float\n      Name c\n");
}

TEST(ParseExpression, AVariableHidesABuiltinType) {
  EXPECT_EQ(DumpBody("int half = 1; (half) + 2;"),
            "VarDecl\n  TypeSpec int\n  Declarator half\n    InitEq\n      IntLiteral 1\n"
            "ExprStmt\n  Binary +\n    Paren\n      Name half\n    IntLiteral 2\n");
}

TEST(ParseExpression, LaunchWithTemplateArguments) {
  const std::string dump = Dump(
      "template <typename T, int N> __global__ void k(T* x);\n"
      "void f(float* x, int n) { k<float, (2 > 1)><<<n >> 8, 256, 0>>>(x); }");
  EXPECT_NE(dump.find("Launch\n          Name k\n            TemplateArgs\n"), std::string::npos)
      << dump;
  EXPECT_NE(dump.find("LaunchConfig\n            Binary >>\n"), std::string::npos) << dump;
}

TEST(ParseExpression, NestedTemplateArgumentsMayCloseTogether) {
  EXPECT_EQ(DumpBody("std::vector<std::vector<int>> v(3);"),
            "VarDecl\n  TypeSpec vector\n    TemplateArgs\n      TypeId\n        TypeSpec vector\n"
            "          TemplateArgs\n            TypeId\n              TypeSpec int\n"
            "  Declarator v\n    InitParen\n      IntLiteral 3\n");
}

TEST(ParseDeclaration, OperatorsOfADeclaratorStandInOrderOfApplication) {
  EXPECT_EQ(DumpBody("float *a[4], (*p)[2][3];"),
            "VarDecl\n  TypeSpec float\n  Declarator a\n    PtrOp\n    ArrayOp\n"
            "      IntLiteral 4\n  Declarator p\n    ArrayOp\n      IntLiteral 2\n    ArrayOp\n"
            "      IntLiteral 3\n    PtrOp\n");
}

TEST(ParseDeclaration, SharedMemory) {
  EXPECT_EQ(DumpBody("extern __shared__ __align__(16) unsigned char s[];"),
            "VarDecl [extern __shared__] align 16\n  TypeSpec unsigned char\n  Declarator s\n"
            "    ArrayOp\n");
}

TEST(ParseDeclaration, KernelWithLaunchBounds) {
  EXPECT_EQ(Dump("extern \"C\" __global__ void __launch_bounds__(256, 2) k(const float* "
                 "__restrict__ x);"),
            "TranslationUnit\n  Function k [__global__ extern \"C\"]\n    TypeSpec void\n"
            "    LaunchBounds\n      IntLiteral 256\n      IntLiteral 2\n    ParamList\n"
            "      Param\n        TypeSpec float [const]\n        Declarator x\n"
            "          PtrOp [__restrict__]\n");
}

TEST(ParseDeclaration, EnumTypedefUsing) {
  EXPECT_EQ(Dump("enum M { A, B = 2, };\ntypedef float F4[4];\nusing U = const M*;\nF4 x;"),
            "TranslationUnit\n  VarDecl\n    TypeSpec M\n      Enum M\n        Enumerator A\n"
            "        Enumerator B\n          IntLiteral 2\n"
            "  Typedef\n    TypeSpec float\n    Declarator F4\n      ArrayOp\n"
            "        IntLiteral 4\n  Using U\n    TypeId\n      TypeSpec M [const]\n      PtrOp\n"
            "  VarDecl\n    TypeSpec F4\n    Declarator x\n");
}

TEST(ParseStatement, LoopsWithPragmas) {
  EXPECT_EQ(DumpBody("#pragma unroll 4\nfor (int i = 0; i < 4; ++i) ;\n#pragma unroll\nfor (;;) "
                     "break;"),
            "For unroll 4\n  VarDecl\n    TypeSpec int\n    Declarator i\n      InitEq\n"
            "        IntLiteral 0\n  Binary <\n    Name i\n    IntLiteral 4\n  Unary ++\n"
            "    Name i\n  EmptyStmt\nFor unroll\n  EmptyStmt\n  Break\n");
}

TEST(ParseStatement, SwitchGotoAndLabels) {
  EXPECT_EQ(DumpBody("again: switch (a) { case 1: default: goto again; }"),
            "Label again\nSwitch\n  Name a\n  Compound\n    Case\n      IntLiteral 1\n"
            "    Default\n    Goto again\n");
}

TEST(ParseStatement, MarkersNameTheirNode) {
  const TestProgram program("void f() { if (a && b) c(); else d(); }");
  ASSERT_TRUE(program.parsed);
  int markers = 0;
  for (uint32_t i = 0; i < program.tree.size(); ++i) {
    const NodeKind kind = program.tree.kind(NodeId(i));
    const NodeId owner(program.tree.data(NodeId(i)));
    if (kind == NodeKind::kIfThen || kind == NodeKind::kIfElse) {
      EXPECT_EQ(program.tree.kind(owner), NodeKind::kIf);
      ++markers;
    } else if (kind == NodeKind::kAndRight) {
      EXPECT_EQ(program.tree.kind(owner), NodeKind::kLogicalAnd);
      ++markers;
    }
  }
  EXPECT_EQ(markers, 3);
}

TEST(ParseErrors, SeveralAreShownWithoutCascades) {
  EXPECT_EQ(Problems("void f(float* x) {\n"
                     "  int a = 1\n"
                     "  for (int q = 0; q < ; q++) { x[q] = 1 }\n"
                     "  if (a < 3 { x[0] = 1; }\n"
                     "  x[0] = g(1, 2;\n"
                     "  int b[] = {1, 2, ;\n"
                     "}\n"
                     "void g(int a { }\n"
                     "void h() { return 1 +; }"),
            (Strings{"2:12 expected-after", "3:23 expected", "3:40 expected-after", "4:13 expected",
                     "5:16 expected", "6:20 expected", "8:14 expected", "9:22 expected"}));
}

TEST(ParseErrors, UnsupportedConstructsAreNamed) {
  const TestProgram program(
      "struct S { int a : 2; };\n"
      "void f(S s) {\n"
      "  auto g = [=, *this](int a) { return a; };\n"
      "  namespace a = b;\n"
      "}");
  EXPECT_EQ(program.Diagnostics(), (Strings{"1:16 unsupported", "3:16 unsupported"}));
}

TEST(ParseErrors, OneBadMemberLeavesTheOthers) {
  EXPECT_EQ(Problems("struct S { int a : 2; int b; mutable int m; int c; };\n"
                     "void f(S s) { s.b = s.c; }"),
            (Strings{"1:16 unsupported", "1:30 unsupported"}));
}

TEST(ParseErrors, UnknownTypesAreSaidOnce) {
  EXPECT_EQ(Problems("void f(Foo a, Foo* b) { Foo c; Bar d = 1; }"),
            (Strings{"1:8 unknown-type", "1:32 unknown-type"}));
}

TEST(ParseErrors, OtherMistakes) {
  EXPECT_EQ(Problems("void f() { if (1) {").front(), "1:19 unclosed-bracket");
  EXPECT_EQ(Problems("float int x;").front(), "1:7 redundant-type");
  EXPECT_EQ(Problems("void f() {\n#pragma unroll\n  int a;\n}").front(), "2:1 misplaced-pragma");
  EXPECT_EQ(Problems("int x = " + std::string(100000, '(')).front().substr(2),
            "1008 nested-too-deep");
}

TEST(Unparse, GivesTheSameTreeAgain) {
  const std::string source =
      "template <typename T, int N = 4> __device__ T g(T v) { return v * N; }\n"
      "__global__ void k(float* __restrict__ x, int n) {\n"
      "  __shared__ float t[32][33]; float (*p)[33] = t;\n"
      "  if (n > 3 && !(n == 5)) { x[0] = - -x[1]; } else if (n) --n; else do { n++; } while (n < "
      "9);\n"
      "#pragma unroll 2\n"
      "  for (int i = 0, j = 1; i < 4; ++i, j *= 2) x[i] = (float)i / g<float, 2>(p[0][j]);\n"
      "  switch (n) { case 1: break; default: ; }\n"
      "}\n"
      "void launch(float* x) { dim3 b{1, 2}; k<<<1, b>>>(x, sizeof(float4) * sizeof x); }\n";
  const TestProgram once(source);
  ASSERT_TRUE(once.parsed) << once.Messages();
  const TestProgram again(Unparse(once.tree, once.tokens));
  ASSERT_TRUE(again.parsed) << again.text << again.Messages();
  EXPECT_EQ(DumpTree(once.tree, once.tokens), DumpTree(again.tree, again.tokens)) << again.text;
  EXPECT_EQ(Unparse(again.tree, again.tokens), again.text);
}

// The first node of a kind, in array order.
NodeId Find(const TestProgram& program, NodeKind kind) {
  for (uint32_t i = 0; i < program.tree.size(); ++i) {
    if (program.tree.kind(NodeId(i)) == kind) return NodeId(i);
  }
  return {};
}

std::string Applied(const TestProgram& program, std::vector<Edit> edits) {
  const auto result = ApplyEdits(program.tokens, program.sources, program.main_file, edits);
  return result.ok() ? result.value() : "error: " + result.error().message;
}

TEST(Edit, KeepsCommentsAndOtherMacros) {
  const TestProgram program("#define N 4\nint a = N; // four\nint b = 2 + N;");
  const NodeId sum = Find(program, NodeKind::kBinary);
  const NodeId two = program.tree.first(sum);
  EXPECT_EQ(Applied(program, {ReplaceNode(program.tree, two, "3")}),
            "#define N 4\nint a = N; // four\nint b = 3 + N;");
}

TEST(Edit, ExpandsTheInvocationItTouches) {
  const TestProgram program("#define SUM(a, b) (a + b)\nint x = SUM(1, 2) * SUM(3, 4);");
  const NodeId one = Find(program, NodeKind::kIntLiteral);
  EXPECT_EQ(Applied(program, {ReplaceNode(program.tree, one, "9")}),
            "#define SUM(a, b) (a + b)\nint x = ( 9 + 2) * SUM(3, 4);");
}

TEST(Edit, OverlapsAreRefused) {
  const TestProgram program("int x = 1 + 2;");
  const NodeId sum = Find(program, NodeKind::kBinary);
  EXPECT_EQ(Applied(program, {ReplaceNode(program.tree, sum, "3"),
                              ReplaceNode(program.tree, program.tree.first(sum), "4")}),
            "error: two edits overlap");
}

}  // namespace
}  // namespace ws::front
