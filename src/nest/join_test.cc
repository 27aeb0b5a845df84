#include "nest/join.h"

#include "nest/generate.h"
#include "tests/programs.h"
#include "tests/test.h"

namespace ws::nest {
namespace {

// max and sum of exp(c * (x - max)) of the rows, then log of the sum: a log-sum-exp.
Program LogSumExp(double factor, Reduction first = Reduction::kMax) {
  test::ProgramBuilder b("lse");
  const BufferId y = b.Pointer("y", ir::Type::kF32, false);
  const BufferId x = b.Pointer("x", ir::Type::kF32, true);
  const ExprId rows = b.Scalar("rows");
  const ExprId cols = b.Scalar("cols");
  const AxisId row = b.Axis("row", rows);
  const AxisId c = b.Axis("c", cols);
  const AxisId d = b.Axis("d", cols);
  const BufferId m = b.Temporary("m", ir::Type::kF32, rows);
  const BufferId s = b.Temporary("s", ir::Type::kF32, rows);
  const ExprId greatest = b.p.Load(m, b.At(row));
  b.Reduce(first, {row}, {c}, m, b.At(row), b.p.Load(x, b.Flat(row, cols, c)));
  ExprId difference = b.Sub(b.p.Load(x, b.Flat(row, cols, d)), greatest);
  if (factor != 1) difference = b.Mul(b.p.Float(factor), difference);
  b.Reduce(Reduction::kSum, {row}, {d}, s, b.At(row), b.Exp(difference));
  b.Map({row}, y, b.At(row),
        b.Add(greatest, b.p.Call("logf", ir::Type::kF32, {b.p.Load(s, b.At(row))})));
  return b.p;
}

std::string Generated(const Program& program, const char* schedule) {
  const auto parsed = ParseSchedule(schedule);
  if (!parsed.ok()) return parsed.error().message;
  const auto text = Generate(program, parsed.value());
  return text.ok() ? text.value() : text.error().message;
}

TEST(JoinTest, SumsRelativeToAMaximumAreRescaled) {
  Program program = LogSumExp(1);
  const Nest max = program.nests[0];
  const Nest sum = WithAxesOf(program, program.nests[1], max);
  EXPECT_TRUE(FindOnline(program, max, sum).has_value());
  const std::string text = Generated(
      program, "kernel0[(a0:xy4*1*1 a1:-x32*1*4) (a0:xy4*1*1 a2:-x32*1*4 joined) (a0:xy4*1*1)]");
  EXPECT_NE(text.find("if (greatest > m) {\n      s *= expf(m - greatest);"), std::string::npos)
      << text;
  EXPECT_NE(text.find("float m = -FLT_MAX;"), std::string::npos) << text;
  EXPECT_NE(text.find("s *= expf(own_m - m);"), std::string::npos) << text;
  // The rows are read once.
  EXPECT_EQ(text.find("reinterpret_cast<const float4*>(&x"),
            text.rfind("reinterpret_cast<const float4*>(&x"));
}

TEST(JoinTest, AFactorBeforeTheDifferenceScalesTheRescaling) {
  const std::string text =
      Generated(LogSumExp(2),
                "kernel0[(a0:xx64*1*1 a1:--1*1*1) (a0:xx64*1*1 a2:--1*1*1 joined) (a0:xx64*1*1)]");
  EXPECT_NE(text.find("s *= expf(2.0f * (m - x_value));"), std::string::npos) << text;
}

TEST(JoinTest, ASumRelativeToSomethingElseIsNotOnline) {
  Program least = LogSumExp(1, Reduction::kMin);
  const Nest min = least.nests[0];
  const Nest sum = WithAxesOf(least, least.nests[1], min);
  EXPECT_FALSE(FindOnline(least, min, sum).has_value());
  EXPECT_EQ(
      Generated(least,
                "kernel0[(a0:xx64*1*1 a1:--1*1*1) (a0:xx64*1*1 a2:--1*1*1 joined) (a0:xx64*1*1)]"),
      "s needs the whole of m first");
}

// The greatest element of each row and the first column that has it.
Program ArgMax(ExprOp compare) {
  test::ProgramBuilder b("argmax");
  const BufferId index = b.Pointer("index", ir::Type::kS32, false);
  const BufferId x = b.Pointer("x", ir::Type::kF32, true);
  const ExprId rows = b.Scalar("rows");
  const ExprId cols = b.Scalar("cols");
  const AxisId row = b.Axis("row", rows);
  const AxisId c = b.Axis("c", cols);
  const BufferId best = b.Temporary("best", ir::Type::kF32, rows);
  const ExprId at = b.p.Load(x, b.Flat(row, cols, c));
  b.Reduce(Reduction::kMax, {row}, {c}, best, b.At(row), at);
  const ExprId is_best = b.p.Binary(compare, at, b.p.Load(best, b.At(row)));
  b.Reduce(Reduction::kMin, {row}, {c}, index, b.At(row),
           b.p.Select(is_best, b.At(c), b.p.Int(2147483647)));
  return b.p;
}

TEST(JoinTest, ThePlaceOfAMaximumIsFoundWithIt) {
  const char* schedule = "kernel0[(a0:x-1*1*1 a1:-x32*1*1) (a0:x-1*1*1 a1:-x32*1*1 joined)]";
  const std::string text = Generated(ArgMax(ExprOp::kEq), schedule);
  EXPECT_NE(text.find("if (x_value > best) {\n      index_acc = 2147483647;\n"
                      "      best = x_value;\n    }\n"
                      "    index_acc = min(index_acc, x_value == best ? c : 2147483647);"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("if (own_best != best) index_acc = 2147483647;"), std::string::npos) << text;
  // What comes near the maximum is known only when that is.
  EXPECT_EQ(Generated(ArgMax(ExprOp::kGe), schedule), "index needs the whole of best first");
}

TEST(JoinTest, JoinedNestsNeedTheirLeadersPlan) {
  const Program program = LogSumExp(1);
  EXPECT_EQ(Generated(program,
                      "kernel0[(a0:xx64*1*1 a1:--1*1*1) (a0:xx64*1*1 a2:--1*2*1 joined) "
                      "(a0:xx64*1*1)]"),
            "joined nests with different plans");
  EXPECT_EQ(Generated(program,
                      "kernel0[(a0:xx64*1*1 a1:--1*1*1 joined) (a0:xx64*1*1 a2:--1*1*1) "
                      "(a0:xx64*1*1)]"),
            "the first nest of a kernel is joined to none");
  EXPECT_EQ(Generated(program,
                      "kernel0[(a0:xx64*1*1 a1:--1*1*1) (a0:xx64*1*1 a2:--1*1*1) "
                      "(a0:xx64*1*1 joined)]"),
            "joined nests with different plans");
}

}  // namespace
}  // namespace ws::nest
