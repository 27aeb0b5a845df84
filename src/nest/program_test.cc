#include "nest/program.h"

#include "tests/test.h"

namespace ws::nest {
namespace {

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() {
    for (const char* name : {"rows", "cols", "n"}) {
      program_.parameters.push_back({.name = name, .type_text = "int"});
    }
    rows_ = program_.SizeExpr(0);
    cols_ = program_.SizeExpr(1);
    n_ = program_.SizeExpr(2);
    row_ = AddAxis("row", rows_);
    col_ = AddAxis("c", cols_);
  }
  ExprId AddAxis(const char* name, ExprId extent) {
    program_.axes.push_back({name, extent});
    return program_.AxisExpr(AxisId(static_cast<uint32_t>(program_.axes.size()) - 1));
  }
  ExprId Op(ExprOp op, ExprId a, ExprId b) { return program_.Binary(op, a, b); }
  ExprId Int(int64_t v) { return program_.Int(v); }
  ExprId FlatIndex() { return Op(ExprOp::kAdd, Op(ExprOp::kMul, row_, cols_), col_); }
  std::string Simplified(ExprId e) { return ToText(program_, Simplify(program_, e)); }

  Program program_;
  ExprId rows_, cols_, n_, row_, col_;
};

TEST_F(ProgramTest, SharesEqualNodes) {
  EXPECT_EQ(FlatIndex(), FlatIndex());
  EXPECT_NE(FlatIndex(), Op(ExprOp::kMul, row_, cols_));
}

TEST_F(ProgramTest, FoldsConstantsInTheirType) {
  EXPECT_EQ(ToText(program_, Op(ExprOp::kMul, Int(6), Int(7))), "42");
  const ExprId tenth = program_.Float(0.1f);
  EXPECT_EQ(ToText(program_, Op(ExprOp::kAdd, tenth, program_.Float(0.2f))), "0.3f");
  EXPECT_EQ(Op(ExprOp::kMul, row_, Int(1)), row_);
  EXPECT_EQ(Op(ExprOp::kAdd, Int(0), row_), row_);
  EXPECT_EQ(ToText(program_, Op(ExprOp::kDiv, Int(1), Int(0))), "1 / 0");
}

TEST_F(ProgramTest, DropsACastThatChangesNothing) {
  EXPECT_EQ(program_.Cast(ir::Type::kS32, program_.Cast(ir::Type::kS64, row_)), row_);
  const ExprId narrow = program_.Cast(ir::Type::kS8, row_);
  EXPECT_NE(program_.Cast(ir::Type::kS32, narrow), row_);
}

TEST_F(ProgramTest, SameValueKnowsProductsCommute) {
  EXPECT_TRUE(SameValue(program_, Op(ExprOp::kMul, rows_, cols_), Op(ExprOp::kMul, cols_, rows_)));
  EXPECT_FALSE(SameValue(program_, rows_, cols_));
  const ExprId wide = program_.Cast(ir::Type::kS64, rows_);
  EXPECT_TRUE(SameValue(program_, Op(ExprOp::kMul, wide, cols_), Op(ExprOp::kMul, rows_, cols_)));
  EXPECT_TRUE(SameValue(program_, Op(ExprOp::kLt, row_, n_), Op(ExprOp::kGt, n_, row_)));
  EXPECT_TRUE(SameValue(program_, Op(ExprOp::kLe, row_, Op(ExprOp::kSub, n_, Int(1))),
                        Op(ExprOp::kLt, row_, n_)));
}

TEST_F(ProgramTest, ResolvesDivisionByAxisExtents) {
  EXPECT_EQ(Simplified(Op(ExprOp::kDiv, FlatIndex(), cols_)), "row");
  EXPECT_EQ(Simplified(Op(ExprOp::kRem, FlatIndex(), cols_)), "c");
  EXPECT_EQ(Simplified(Op(ExprOp::kDiv, FlatIndex(), n_)), "(row * cols + c) / n");
  EXPECT_EQ(Simplified(Op(ExprOp::kDiv, Op(ExprOp::kDiv, n_, rows_), cols_)), "n / (rows * cols)");
}

TEST_F(ProgramTest, ResolvesDivisionByASum) {
  const ExprId width = Op(ExprOp::kAdd, Op(ExprOp::kDiv, n_, Int(2)), Int(1));
  const ExprId w = AddAxis("w", width);
  const ExprId index = Op(ExprOp::kAdd, Op(ExprOp::kMul, row_, width), w);
  EXPECT_EQ(Simplified(Op(ExprOp::kDiv, index, width)), "row");
  EXPECT_EQ(Simplified(Op(ExprOp::kRem, index, width)), "w");
}

TEST_F(ProgramTest, WritesNestedIndicesFactored) {
  const ExprId h = AddAxis("h", n_);
  const ExprId index = Op(
      ExprOp::kAdd, Op(ExprOp::kMul, Op(ExprOp::kAdd, Op(ExprOp::kMul, row_, n_), h), cols_), col_);
  EXPECT_EQ(Simplified(index), "(row * n + h) * cols + c");
  EXPECT_EQ(Simplified(Op(ExprOp::kSub, Op(ExprOp::kSub, cols_, Int(1)), col_)), "cols - c - 1");
}

TEST_F(ProgramTest, DecidesComparisonsByExtents) {
  EXPECT_EQ(Simplified(Op(ExprOp::kLt, col_, cols_)), "true");
  EXPECT_EQ(Simplified(Op(ExprOp::kGe, FlatIndex(), Op(ExprOp::kMul, rows_, cols_))), "false");
  EXPECT_EQ(Simplified(Op(ExprOp::kLt, col_, n_)), "c < n");
  EXPECT_TRUE(ProveLess(program_, FlatIndex(), Op(ExprOp::kMul, cols_, rows_)));
  EXPECT_FALSE(ProveLess(program_, col_, n_));
}

TEST_F(ProgramTest, KeepsWrappingArithmeticUnderBitOperations) {
  const ExprId u = program_.Cast(ir::Type::kU32, row_);
  const ExprId hash =
      Op(ExprOp::kXor, Op(ExprOp::kMul, u, Int(40503)), Op(ExprOp::kShr, u, Int(3)));
  EXPECT_EQ(Simplified(hash), "((unsigned)row * 40503) ^ ((unsigned)row >> 3)");
}

TEST_F(ProgramTest, ViewsIndicesAsLinear) {
  const Linear linear = ToLinear(program_, Op(ExprOp::kAdd, FlatIndex(), n_));
  ASSERT_TRUE(linear.ok);
  ASSERT_EQ(linear.terms.size(), 2u);
  EXPECT_EQ(linear.terms[0].axis, AxisId(0));
  EXPECT_EQ(ToText(program_, linear.terms[0].coefficient), "cols");
  EXPECT_EQ(ToText(program_, linear.terms[1].coefficient), "1");
  EXPECT_EQ(ToText(program_, linear.rest), "n");
  EXPECT_FALSE(ToLinear(program_, Op(ExprOp::kMul, row_, col_)).ok);
  EXPECT_FALSE(ToLinear(program_, Op(ExprOp::kDiv, col_, n_)).ok);
}

TEST_F(ProgramTest, SubstitutesNodes) {
  const ExprId moved = Substitute(program_, FlatIndex(), {{row_, Op(ExprOp::kAdd, row_, Int(1))}});
  EXPECT_EQ(ToText(program_, moved), "(row + 1) * cols + c");
}

TEST_F(ProgramTest, WritesCudaC) {
  program_.buffers.push_back({.name = "x", .type = ir::Type::kF16});
  const ExprId load = program_.Load(BufferId(0), FlatIndex());
  const ExprId value = program_.Cast(ir::Type::kF32, load);
  EXPECT_EQ(ToText(program_, Op(ExprOp::kMax, value, program_.Float(0))),
            "fmaxf(__half2float(x[row * cols + c]), 0.0f)");
  EXPECT_EQ(ToText(program_, Op(ExprOp::kMul, Op(ExprOp::kAdd, value, value), value)),
            "(__half2float(x[row * cols + c]) + __half2float(x[row * cols + c])) * "
            "__half2float(x[row * cols + c])");
  EXPECT_EQ(ToText(program_, program_.Unary(ExprOp::kNeg, program_.Float(2))), "-2.0f");
}

}  // namespace
}  // namespace ws::nest
