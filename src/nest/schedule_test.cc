#include "nest/schedule.h"

#include "nest/analysis.h"
#include "tests/programs.h"
#include "tests/test.h"

namespace ws::nest {
namespace {

std::string WhyNot(const Program& program, const char* text) {
  const auto schedule = ParseSchedule(text);
  if (!schedule.ok()) return schedule.error().message;
  const auto split = ApplyRewrites(program, schedule.value());
  if (!split.ok()) return split.error().message;
  const Status status = Validate(split.value(), schedule.value());
  return status.ok() ? "" : status.error().message;
}

TEST(ScheduleTest, NaiveSoftmaxIsOneKernelOverRows) {
  const Program program = test::SoftmaxProgram();
  EXPECT_EQ(ToText(DefaultSchedule(program)),
            "kernel0[(a0:xx256*1*1 a1:--1*1*1) (a0:xx256*1*1 a1:--1*1*1) "
            "(a0:xx256*1*1 a1:--1*1*1) (a0:xx256*1*1 a1:--1*1*1)]");
}

TEST(ScheduleTest, NamesWhatIsNotExpressible) {
  const Program matmul = test::MatmulProgram();
  EXPECT_EQ(WhyNot(matmul, "kernel0[(a0:yy16*1*1 a1:xx16*1*1 a2:--1*1*1)]"), "");
  EXPECT_EQ(WhyNot(matmul, "kernel0[(a0:yy64*1*1 a1:xx32*1*1 a2:--1*1*1)]"),
            "a block of 32 x 64 threads");
  EXPECT_EQ(WhyNot(matmul, "kernel0[(a0:yx16*1*1 a1:xx16*1*1 a2:--1*1*1)]"),
            "two axes of a nest on one thread dimension");
  EXPECT_EQ(WhyNot(matmul, "kernel0[(a0:yy16*1*1 a1:xx16*1*1 a2:z-1*1*1)]"),
            "axis k: a reduced axis over blocks needs a split");
  EXPECT_EQ(WhyNot(matmul, "kernel0[(a0:yy16*1*3 a1:xx16*1*1 a2:--1*1*1)]"),
            "axis row: vectors of 3 elements");
  EXPECT_EQ(WhyNot(matmul, "kernel1[]"),
            "the kernels of a schedule do not cover the nests in order");
  EXPECT_EQ(WhyNot(matmul, "kernel0[(a0"), "schedule text: `:` expected at byte 11");
}

TEST(ScheduleTest, NestsThatExchangeAcrossBlocksShareNoKernel) {
  // Column sums, then every element divided by its column's sum: rows cannot be roots.
  test::ProgramBuilder b("scale");
  const BufferId y = b.Pointer("y", ir::Type::kF32, false);
  const BufferId x = b.Pointer("x", ir::Type::kF32, true);
  const ExprId rows = b.Scalar("rows");
  const ExprId cols = b.Scalar("cols");
  const AxisId row = b.Axis("row", rows);
  const AxisId col = b.Axis("col", cols);
  const BufferId sum = b.Temporary("sum", ir::Type::kF32, cols);
  const ExprId at = b.Flat(row, cols, col);
  b.Reduce(Reduction::kSum, {col}, {row}, sum, b.At(col), b.p.Load(x, at));
  b.Map({row, col}, y, at, b.Div(b.p.Load(x, at), b.p.Load(sum, b.At(col))));
  EXPECT_EQ(DefaultSchedule(b.p).kernels.size(), 2u);
  EXPECT_EQ(WhyNot(b.p, "kernel0[(a1:xx32*1*1 a0:--1*1*1) (a0:--1*1*1 a1:xx32*1*1)]"), "");
  EXPECT_NE(WhyNot(b.p, "kernel0[(a1:xx32*1*1 a0:--1*1*1) (a0:xx32*1*1 a1:--1*1*1)]"), "");
}

TEST(ScheduleTest, SumsKeepTheGridTheyHave) {
  // s[r, c] = sum of products, then each row's maximum: a thread per row would compute all of the
  // row's sums. Sums that have the rows alone share a kernel.
  test::ProgramBuilder b("scores");
  const BufferId y = b.Pointer("y", ir::Type::kF32, false);
  const BufferId q = b.Pointer("q", ir::Type::kF32, true);
  const ExprId n = b.Scalar("n");
  const ExprId d = b.Scalar("d");
  const AxisId r = b.Axis("r", n);
  const AxisId c = b.Axis("c", n);
  const AxisId i = b.Axis("i", d);
  const AxisId j = b.Axis("j", n);
  const BufferId s = b.Temporary("s", ir::Type::kF32, b.Mul(n, n));
  b.Reduce(Reduction::kSum, {r, c}, {i}, s, b.Flat(r, n, c),
           b.Mul(b.p.Load(q, b.Flat(r, d, i)), b.p.Load(q, b.Flat(c, d, i))));
  b.Reduce(Reduction::kMax, {r}, {j}, y, b.At(r), b.p.Load(s, b.Flat(r, n, j)));
  EXPECT_EQ(ToText(DefaultSchedule(b.p)),
            "kernel0[(a0:yy16*1*1 a1:xx16*1*1 a2:--1*1*1)] kernel1[(a0:xx256*1*1 a3:--1*1*1)]");
}

TEST(ScheduleTest, SplitsReduceInParts) {
  const Program program = test::ColumnSumsProgram();
  const auto schedule = AddSplit(program, DefaultSchedule(program), 0, 0, AxisId(1), 8);
  ASSERT_TRUE(schedule.ok()) << schedule.error().message;
  EXPECT_EQ(schedule.value().kernels.size(), 2u);
  const auto split = ApplyRewrites(program, schedule.value());
  ASSERT_TRUE(split.ok());
  ASSERT_EQ(split.value().nests.size(), 2u);
  EXPECT_EQ(split.value().buffers.back().name, "sums_partial");
  EXPECT_TRUE(Validate(split.value(), schedule.value()).ok());
  EXPECT_FALSE(AddSplit(program, DefaultSchedule(program), 0, 0, AxisId(0), 8).ok());
}

TEST(AnalysisTest, ClassifiesTheExamples) {
  EXPECT_EQ(Classify(test::SoftmaxProgram()), OpClass::kNormalise);
  EXPECT_EQ(Classify(test::RmsNormProgram()), OpClass::kNormalise);
  EXPECT_EQ(Classify(test::TransposeProgram()), OpClass::kTranspose);
  EXPECT_EQ(Classify(test::MatmulProgram()), OpClass::kContraction);
  EXPECT_EQ(Classify(test::ColumnSumsProgram()), OpClass::kColumnReduction);
  EXPECT_EQ(Classify(test::BiasGeluProgram()), OpClass::kMap);
}

TEST(AnalysisTest, RooflineCountsCompulsoryBytesAndOperations) {
  const auto matmul = Roofline(test::MatmulProgram(), {0, 0, 0, 64, 32, 16});
  ASSERT_TRUE(matmul.ok());
  EXPECT_EQ(matmul.value().bytes_read, 4.0 * (64 * 16 + 16 * 32));
  EXPECT_EQ(matmul.value().bytes_written, 4.0 * 64 * 32);
  EXPECT_EQ(matmul.value().float_operations, 2.0 * 64 * 32 * 16);
  const auto softmax = Roofline(test::SoftmaxProgram(), {0, 0, 10, 100});
  ASSERT_TRUE(softmax.ok());
  EXPECT_EQ(softmax.value().bytes_read, 4.0 * 1000);  // y is read only after it was written
  EXPECT_EQ(softmax.value().bytes_written, 4.0 * 1000);
  const auto gelu = Roofline(test::BiasGeluProgram(), {0, 0, 0, 10, 100});
  ASSERT_TRUE(gelu.ok());
  EXPECT_EQ(gelu.value().bytes_read, 2.0 * (1000 + 100));
  EXPECT_FALSE(Roofline(test::MatmulProgram(), {}).ok());
}

TEST(AnalysisTest, FindsTheContiguousAxis) {
  Program transpose = test::TransposeProgram();
  const Nest nest = transpose.nests[0];
  EXPECT_EQ(ContiguousAxis(transpose, nest), AxisId(0));  // the store counts more
  const std::vector<NestAccess> accesses = Accesses(transpose, nest);
  ASSERT_EQ(accesses.size(), 2u);
  EXPECT_TRUE(accesses[0].IsContiguous(AxisId(1)));
  EXPECT_TRUE(accesses[1].is_store);
  EXPECT_TRUE(accesses[1].DependsOn(AxisId(1)));
}

}  // namespace
}  // namespace ws::nest
