// Maps computed inside the nests that read them.
#include "nest/evaluate.h"
#include "nest/schedule.h"
#include "tests/programs.h"
#include "tests/test.h"

namespace ws::nest {
namespace {

using test::ProgramBuilder;

std::string WhyNot(const Program& program, uint32_t nest) {
  const auto result = InlineNest(program, nest);
  return result.ok() ? "" : result.error().message;
}

// t = f(x) over a matrix, then `read` of t; both over rows x cols.
struct TwoKernels {
  ProgramBuilder b{"two"};
  BufferId y = b.Pointer("y", ir::Type::kF32, false);
  BufferId x = b.Pointer("x", ir::Type::kF32, false);
  ExprId rows = b.Scalar("rows");
  ExprId cols = b.Scalar("cols");
  AxisId r = b.Axis("r", rows);
  AxisId c = b.Axis("c", cols);
  AxisId i = b.Axis("i", rows);
  AxisId j = b.Axis("j", cols);
  BufferId t = b.Temporary("t", ir::Type::kF32, b.Mul(rows, cols));

  TwoKernels() {
    b.Map({r, c}, t, b.Flat(r, cols, c),
          b.Mul(b.p.Load(x, b.Flat(r, cols, c)), b.F32(b.Add(b.At(r), b.p.Int(1)))));
  }
};

// What the program leaves in y, of rows x cols numbers in x.
std::vector<double> ValuesOf(const Program& program, int64_t rows, int64_t cols) {
  Bindings bindings;
  bindings.scalars = {0, 0, static_cast<double>(rows), static_cast<double>(cols)};
  const auto n = static_cast<size_t>(rows * cols);
  bindings.buffers.assign(4, {});
  bindings.buffers[0].assign(n, 0);
  bindings.buffers[1].assign(n, 0);
  for (size_t i = 0; i < n; ++i) bindings.buffers[1][i] = static_cast<double>(i) - 3;
  const Status status = Evaluate(program, &bindings);
  EXPECT_TRUE(status.ok()) << (status.ok() ? "" : status.error().message);
  return bindings.buffers[0];
}

void ExpectSame(const Program& program) {
  const auto inlined = InlineNest(program, 0);
  ASSERT_TRUE(inlined.ok()) << inlined.error().message;
  EXPECT_EQ(inlined.value().nests.size(), program.nests.size() - 1);
  EXPECT_EQ(ValuesOf(inlined.value(), 3, 5), ValuesOf(program, 3, 5)) << ToText(inlined.value());
}

TEST(InlineNestTest, MapAfterMap) {
  TwoKernels k;
  k.b.Map({k.i, k.j}, k.y, k.b.Flat(k.i, k.cols, k.j),
          k.b.Add(k.b.p.Load(k.t, k.b.Flat(k.i, k.cols, k.j)), k.b.p.Float(1)));
  ExpectSame(k.b.p);
}

TEST(InlineNestTest, MapIntoReductionOfItsColumns) {
  TwoKernels k;
  k.b.Reduce(Reduction::kSum, {k.j}, {k.i}, k.y, k.b.At(k.j),
             k.b.p.Load(k.t, k.b.Flat(k.i, k.cols, k.j)));
  ExpectSame(k.b.p);
}

TEST(InlineNestTest, FlatMapAfterMatrixMap) {
  TwoKernels k;
  const AxisId n = k.b.Axis("n", k.b.Mul(k.rows, k.cols));
  k.b.Map({n}, k.y, k.b.At(n), k.b.Add(k.b.p.Load(k.t, k.b.At(n)), k.b.p.Float(2)));
  ExpectSame(k.b.p);
}

TEST(InlineNestTest, NeighboursThatMayLieInAnotherRowAreFoundByDivision) {
  TwoKernels k;
  const ExprId next = k.b.Add(k.b.Flat(k.i, k.cols, k.j), k.b.p.Int(1));
  k.b.Map({k.i, k.j}, k.y, k.b.Flat(k.i, k.cols, k.j), k.b.p.Load(k.t, next));
  // Taken apart by division, as its column may be the first of the next row.
  const auto inlined = InlineNest(k.b.p, 0);
  ASSERT_TRUE(inlined.ok()) << inlined.error().message;
  EXPECT_NE(ToText(inlined.value()).find("% cols"), std::string::npos) << ToText(inlined.value());
}

TEST(InlineNestTest, OperandsThatChangeInBetweenAreRefused) {
  TwoKernels k;
  k.b.Map({k.i, k.j}, k.x, k.b.Flat(k.i, k.cols, k.j), k.b.p.Float(0));
  k.b.Map({k.r, k.c}, k.y, k.b.Flat(k.r, k.cols, k.c), k.b.p.Load(k.t, k.b.Flat(k.r, k.cols, k.c)));
  EXPECT_EQ(WhyNot(k.b.p, 0), "what t is made of changes before t is read");
}

TEST(InlineNestTest, InPlaceAtTheSamePointIsFine) {
  TwoKernels same;
  same.b.Map({same.r, same.c}, same.x, same.b.Flat(same.r, same.cols, same.c),
             same.b.p.Load(same.t, same.b.Flat(same.r, same.cols, same.c)));
  EXPECT_EQ(WhyNot(same.b.p, 0), "");
  TwoKernels turned;
  const AxisId n = turned.b.Axis("n", turned.rows);
  turned.b.Map({turned.r, n}, turned.x, turned.b.Flat(turned.r, turned.cols, n),
               turned.b.p.Load(turned.t, turned.b.Flat(n, turned.cols, turned.r)));
  EXPECT_NE(WhyNot(turned.b.p, 0), "");
}

TEST(InlineNestTest, ResultsAndReductionsAreRefused) {
  const Program softmax = test::SoftmaxProgram();
  EXPECT_EQ(WhyNot(softmax, 0), "max_val is reduced; only maps are computed inside others");
  EXPECT_EQ(WhyNot(softmax, 1), "y outlives the launcher");
  EXPECT_EQ(WhyNot(softmax, 9), "an inline names no nest");
}

TEST(InlineNestTest, WhatPointsJoinIsRefused) {
  // t[x[i]] += 1, then y = t: no point of t has a value of its own.
  ProgramBuilder b("count");
  const BufferId y = b.Pointer("y", ir::Type::kS32, false);
  const BufferId x = b.Pointer("x", ir::Type::kS32, true);
  const ExprId n = b.Scalar("n");
  const AxisId i = b.Axis("i", n);
  const AxisId j = b.Axis("j", n);
  const BufferId t = b.Temporary("t", ir::Type::kS32, n);
  b.Map({i}, t, b.p.Load(x, b.At(i)), b.p.Int(1));
  b.p.nests.back().update = Reduction::kSum;
  b.Map({j}, y, b.At(j), b.p.Load(t, b.At(j)));
  EXPECT_EQ(WhyNot(b.p, 0), "t is added up by points that may meet");
}

TEST(InlineNestTest, ReadersThatPointsJoinMayNotChangeTheOperands) {
  // t = f(x); x[t[i]] += 1 reads x through t while other points change it; y[t[i]] += 1 does not.
  for (const bool changes : {true, false}) {
    TwoKernels k;
    const AxisId n = k.b.Axis("n", k.b.Mul(k.rows, k.cols));
    const ExprId place = k.b.p.Cast(ir::Type::kS32, k.b.p.Load(k.t, k.b.At(n)));
    k.b.Map({n}, changes ? k.x : k.y, place, k.b.p.Float(1));
    k.b.p.nests.back().update = Reduction::kSum;
    EXPECT_EQ(WhyNot(k.b.p, 0), changes ? "x changes while t is read" : "");
  }
}

TEST(InlineNestTest, ScheduleOfAnInlinedProgramIsNaiveAgain) {
  TwoKernels k;
  k.b.Reduce(Reduction::kSum, {k.j}, {k.i}, k.y, k.b.At(k.j),
             k.b.p.Load(k.t, k.b.Flat(k.i, k.cols, k.j)));
  const Schedule start = DefaultSchedule(k.b.p);
  EXPECT_EQ(start.kernels.size(), 2u);
  const auto inlined = AddInline(k.b.p, start, 0);
  ASSERT_TRUE(inlined.ok()) << inlined.error().message;
  EXPECT_EQ(ToText(inlined.value()), "inline0 kernel0[(a3:xx256*1*1 a2:--1*1*1)]");
  EXPECT_EQ(ParseSchedule(ToText(inlined.value())).value(), inlined.value());
}

}  // namespace
}  // namespace ws::nest
