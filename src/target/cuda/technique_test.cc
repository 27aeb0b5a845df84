#include "target/cuda/technique.h"

#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "base/format.h"
#include "base/rng.h"
#include "nest/generate.h"
#include "tests/programs.h"
#include "tests/test.h"

namespace ws::target::cuda {
namespace {

struct Example {
  const char* name;
  nest::Program program;
  nest::SizeValues sizes;
};

std::vector<Example> Examples() {
  return {
      {"softmax", test::SoftmaxProgram(), {0, 0, 4096, 1024}},
      {"rmsnorm", test::RmsNormProgram(), {0, 0, 0, 4096, 4096, 0}},
      {"transpose", test::TransposeProgram(), {0, 0, 4096, 4096}},
      {"sgemm", test::MatmulProgram(), {0, 0, 0, 1024, 1024, 1024}},
      {"column_sums", test::ColumnSumsProgram(), {0, 0, 8192, 4096}},
      {"bias_gelu", test::BiasGeluProgram(), {0, 0, 0, 8192, 4096}},
  };
}

TEST(TechniqueTest, AreRegistered) {
  std::string_view last;
  for (const Technique* technique : Techniques()) {
    EXPECT_LT(last, technique->name) << "sorted, none twice";
    last = technique->name;
    EXPECT_EQ(FindTechnique(technique->name), technique);
    EXPECT_TRUE(technique->space != nullptr || technique->on_text != nullptr) << last;
    EXPECT_EQ(technique->space == nullptr, technique->apply == nullptr) << last;
  }
  EXPECT_EQ(FindTechnique("nothing"), nullptr);
}

TEST(TechniqueTest, AreDocumented) {
  std::ifstream in(test::RepoPath("docs/techniques.md"));
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  for (const Technique* technique : Techniques()) {
    const std::string row = Format("| `{}` | {} |", technique->name, technique->literature);
    EXPECT_NE(text.find(row), std::string::npos) << row;
  }
}

TEST(TechniqueTest, EveryParameterIsExplained) {
  for (const Example& example : Examples()) {
    const nest::Schedule start = nest::DefaultSchedule(example.program);
    for (const Move& move : Moves({example.program, start, example.sizes})) {
      for (const auto& [name, value] : move.parameters) {
        EXPECT_FALSE(MeaningOf(*move.technique, name).empty())
            << move.technique->name << " " << name << "=" << value;
      }
    }
  }
}

Result<nest::Schedule> Stepped(const nest::Program& program, const nest::Schedule& schedule,
                               std::string_view technique, const Parameters& parameters) {
  return FindTechnique(technique)->apply({program, schedule, {}}, parameters);
}

TEST(TechniqueTest, BuffersTilesTwiceWhereALoopGoesOverThem) {
  const nest::Program program = test::MatmulProgram();
  const nest::Schedule start = nest::DefaultSchedule(program);
  EXPECT_FALSE(Stepped(program, start, "double_buffering", {{"kernel", 0}, {"buffers", 2}}).ok());
  auto step = Stepped(program, start, "shared_tiling", {{"kernel", 0}, {"tile", 8}, {"pad", 4}});
  ASSERT_TRUE(step.ok()) << step.error().message;
  step = Stepped(program, step.value(), "double_buffering", {{"kernel", 0}, {"buffers", 2}});
  ASSERT_TRUE(step.ok()) << step.error().message;
  const Result<std::string> text = GenerateSource(program, step.value(), "sm_90");
  ASSERT_TRUE(text.ok()) << text.error().message;
  EXPECT_NE(text.value().find("A_tile[2][kKTile]"), std::string::npos) << text.value();
  EXPECT_NE(text.value().find("A_tile[1 - buffer]"), std::string::npos) << text.value();

  // A tile that is turned once has no loop.
  const nest::Program transpose = test::TransposeProgram();
  auto turned = Stepped(transpose, nest::DefaultSchedule(transpose), "shared_tiling",
                        {{"kernel", 0}, {"tile", 32}, {"y", 8}, {"pad", 1}});
  ASSERT_TRUE(turned.ok()) << turned.error().message;
  EXPECT_FALSE(
      Stepped(transpose, turned.value(), "double_buffering", {{"kernel", 0}, {"buffers", 2}}).ok());
}

TEST(TechniqueTest, TilesContractionsAtBothLevels) {
  const nest::Program program = test::MatmulProgram();
  const Parameters parameters = {{"kernel", 0}, {"x", 16}, {"y", 8},      {"m", 8},
                                 {"n", 8},      {"k", 8},  {"buffers", 2}};
  const auto step =
      Stepped(program, nest::DefaultSchedule(program), "hierarchical_tiling", parameters);
  ASSERT_TRUE(step.ok()) << step.error().message;
  EXPECT_EQ(nest::ToText(step.value()),
            "kernel0[(a0:yy8*2*4 a1:xx16*2*4 a2:--1*8*1 stage1/a0+4*4 stage2/a1+0*4 buffers2)]");

  // Each element of a row is used once.
  const nest::Program softmax = test::SoftmaxProgram();
  EXPECT_FALSE(
      Stepped(softmax, nest::DefaultSchedule(softmax), "hierarchical_tiling", parameters).ok());
}

TEST(TechniqueTest, SplitsATotalOverBlocks) {
  test::ProgramBuilder b("total");
  const nest::BufferId y = b.Pointer("y", ir::Type::kF32, false);
  const nest::BufferId x = b.Pointer("x", ir::Type::kF32, true);
  const nest::ExprId n = b.Scalar("n");
  const nest::AxisId i = b.Axis("i", n);
  b.Reduce(nest::Reduction::kSum, {}, {i}, y, b.p.Int(0), b.p.Load(x, b.At(i)));
  const nest::Schedule start = nest::DefaultSchedule(b.p);
  const Parameters parameters = {{"kernel", 0}, {"threads", 256}, {"parts", 128}};
  const auto step = Stepped(b.p, start, "split_reduction", parameters);
  ASSERT_TRUE(step.ok()) << step.error().message;
  EXPECT_EQ(step.value().kernels.size(), 2u);
  const Result<std::string> text = GenerateSource(b.p, step.value(), "sm_90");
  ASSERT_TRUE(text.ok()) << text.error().message;
  // The last part ends with a whole vector only if the whole does.
  nest::Schedule wide = step.value();
  nest::Find(wide.kernels[0].nests[0], wide.kernels[0].nests[0].axes.back().axis)->vector = 2;
  const Result<std::string> vectors = GenerateSource(b.p, wide, "sm_90");
  ASSERT_TRUE(vectors.ok()) << vectors.error().message;
  EXPECT_NE(vectors.value().find("n % 2 == 0"), std::string::npos) << vectors.value();
  // What was split once is not split again.
  EXPECT_FALSE(Stepped(b.p, step.value(), "split_reduction", parameters).ok());
  // Columns are not contiguous along what is reduced.
  const nest::Program columns = test::ColumnSumsProgram();
  EXPECT_FALSE(
      Stepped(columns, nest::DefaultSchedule(columns), "split_reduction", parameters).ok());
}

// Log of the sum of exponentials of each row.
nest::Program LogSumExp() {
  test::ProgramBuilder b("lse");
  const nest::BufferId y = b.Pointer("y", ir::Type::kF32, false);
  const nest::BufferId x = b.Pointer("x", ir::Type::kF32, true);
  const nest::ExprId rows = b.Scalar("rows");
  const nest::ExprId cols = b.Scalar("cols");
  const nest::AxisId row = b.Axis("row", rows);
  const nest::AxisId c = b.Axis("c", cols);
  const nest::BufferId m = b.Temporary("m", ir::Type::kF32, rows);
  const nest::BufferId s = b.Temporary("s", ir::Type::kF32, rows);
  const nest::ExprId at = b.p.Load(x, b.Flat(row, cols, c));
  const nest::ExprId greatest = b.p.Load(m, b.At(row));
  b.Reduce(nest::Reduction::kMax, {row}, {c}, m, b.At(row), at);
  b.Reduce(nest::Reduction::kSum, {row}, {c}, s, b.At(row), b.Exp(b.Sub(at, greatest)));
  b.Map({row}, y, b.At(row),
        b.Add(greatest, b.p.Call("logf", ir::Type::kF32, {b.p.Load(s, b.At(row))})));
  return b.p;
}

TEST(TechniqueTest, FindsMaximumAndSumInOnePass) {
  const nest::Program program = LogSumExp();
  const nest::Schedule start = nest::DefaultSchedule(program);
  const Parameters second = {{"kernel", 0}, {"nest", 1}};
  const auto step = Stepped(program, start, "online_normalisation", second);
  ASSERT_TRUE(step.ok()) << step.error().message;
  EXPECT_EQ(nest::ToText(step.value()),
            "kernel0[(a0:xx256*1*1 a1:--1*1*1) (a0:xx256*1*1 a1:--1*1*1 joined) (a0:xx256*1*1)]");
  // It is no independent sum, and what is joined is not joined again.
  EXPECT_FALSE(Stepped(program, start, "loop_fusion", second).ok());
  EXPECT_FALSE(Stepped(program, step.value(), "online_normalisation", second).ok());
  // Teams of threads come before or after it.
  const Parameters team = {{"kernel", 0}, {"threads", 32}, {"rows", 4}, {"keep", 0}};
  const auto teams = Stepped(program, step.value(), "warp_reduction", team);
  ASSERT_TRUE(teams.ok()) << teams.error().message;
  EXPECT_NE(GenerateSource(program, teams.value(), "sm_90").value().find("own_m"),
            std::string::npos);
  // The sum of a norm is relative to nothing.
  const nest::Program rms = test::RmsNormProgram();
  EXPECT_FALSE(Stepped(rms, nest::DefaultSchedule(rms), "online_normalisation", second).ok());
}

TEST(TechniqueTest, RunsIndependentSumsInOneLoop) {
  test::ProgramBuilder b("moments");
  const nest::BufferId mean = b.Pointer("mean", ir::Type::kF32, false);
  const nest::BufferId square = b.Pointer("square", ir::Type::kF32, false);
  const nest::BufferId x = b.Pointer("x", ir::Type::kF32, true);
  const nest::ExprId rows = b.Scalar("rows");
  const nest::ExprId cols = b.Scalar("cols");
  const nest::AxisId row = b.Axis("row", rows);
  const nest::AxisId c = b.Axis("c", cols);
  const nest::AxisId d = b.Axis("d", cols);
  const nest::ExprId v = b.p.Load(x, b.Flat(row, cols, c));
  const nest::ExprId w = b.p.Load(x, b.Flat(row, cols, d));
  b.Reduce(nest::Reduction::kSum, {row}, {c}, mean, b.At(row), v);
  b.Reduce(nest::Reduction::kSum, {row}, {d}, square, b.At(row), b.Mul(w, w));
  const nest::Schedule start = nest::DefaultSchedule(b.p);
  const Parameters second = {{"kernel", 0}, {"nest", 1}};
  const auto step = Stepped(b.p, start, "loop_fusion", second);
  ASSERT_TRUE(step.ok()) << step.error().message;
  const std::string text = GenerateSource(b.p, step.value(), "sm_90").value();
  EXPECT_NE(text.find("const float x_value = x[row * cols + c];\n"
                      "    mean_acc += x_value;\n"
                      "    square_acc += x_value * x_value;"),
            std::string::npos)
      << text;
  EXPECT_FALSE(Stepped(b.p, start, "online_normalisation", second).ok());
  EXPECT_FALSE(Stepped(b.p, start, "loop_fusion", {{"kernel", 0}, {"nest", 2}}).ok());
}

TEST(TechniqueTest, DropsTemporariesBetweenKernels) {
  // t = 2 x, then the sums of t's columns: two kernels without common rows.
  test::ProgramBuilder b("scaled");
  const nest::BufferId y = b.Pointer("y", ir::Type::kF32, false);
  const nest::BufferId x = b.Pointer("x", ir::Type::kF32, true);
  const nest::ExprId rows = b.Scalar("rows");
  const nest::ExprId cols = b.Scalar("cols");
  const nest::AxisId row = b.Axis("row", rows);
  const nest::AxisId col = b.Axis("col", cols);
  const nest::BufferId t = b.Temporary("t", ir::Type::kF32, b.Mul(rows, cols));
  const nest::ExprId at = b.Flat(row, cols, col);
  b.Map({row, col}, t, at, b.Mul(b.p.Float(2), b.p.Load(x, at)));
  b.Reduce(nest::Reduction::kSum, {col}, {row}, y, b.At(col), b.p.Load(t, at));
  const nest::Schedule start = nest::DefaultSchedule(b.p);
  EXPECT_EQ(start.kernels.size(), 2u);
  const auto step = Stepped(b.p, start, "kernel_fusion", {{"nest", 0}});
  ASSERT_TRUE(step.ok()) << step.error().message;
  const std::string text = GenerateSource(b.p, step.value(), "sm_90").value();
  EXPECT_EQ(text.find("cudaMalloc"), std::string::npos) << text;
  EXPECT_NE(text.find("y_acc += 2.0f * x[row * cols + col];"), std::string::npos) << text;
  EXPECT_FALSE(Stepped(b.p, step.value(), "kernel_fusion", {{"nest", -1}}).ok());
  EXPECT_FALSE(Stepped(b.p, start, "kernel_fusion", {{"nest", 1}}).ok());
}

TEST(TechniqueTest, DividesKernelsWhoseGridLeavesPointsToLoops) {
  const nest::Program program = test::SoftmaxProgram();
  const nest::Schedule start = nest::DefaultSchedule(program);
  const auto step = Stepped(program, start, "kernel_fission", {{"kernel", 0}, {"nest", 3}});
  ASSERT_TRUE(step.ok()) << step.error().message;
  EXPECT_EQ(nest::ToText(step.value()),
            "kernel0[(a0:xx256*1*1 a1:--1*1*1) (a0:xx256*1*1 a1:--1*1*1) "
            "(a0:xx256*1*1 a1:--1*1*1)] kernel3[(a0:yy16*1*1 a1:xx16*1*1)]");
  EXPECT_TRUE(GenerateSource(program, step.value(), "sm_90").ok());
  // A reduction after the division has only rows to spread.
  EXPECT_FALSE(Stepped(program, start, "kernel_fission", {{"kernel", 0}, {"nest", 2}}).ok());
  EXPECT_FALSE(Stepped(program, start, "kernel_fission", {{"kernel", 0}, {"nest", 0}}).ok());
}

TEST(TechniqueTest, LeavesGuardsOutWhereTilesAreWhole) {
  const nest::Program program = test::MatmulProgram();
  const nest::Schedule tiled =
      nest::ParseSchedule(
          "kernel0[(a0:yy8*2*4 a1:xx16*2*4 a2:--1*8*1 stage1/a0+4*4 stage2/a1+0*4 buffers2)]")
          .value();
  const Technique& technique = *FindTechnique("whole_tiles");
  const nest::SizeValues whole = {0, 0, 0, 1024, 1024, 1024};
  const auto step = technique.apply({program, tiled, whole}, {{"kernel", 0}});
  ASSERT_TRUE(step.ok()) << step.error().message;
  const std::string text = GenerateSource(program, step.value(), "sm_90").value();
  const std::string kernel = text.substr(0, text.find("sgemm_C_ragged("));
  EXPECT_EQ(kernel.find("row < M"), std::string::npos) << kernel;
  EXPECT_EQ(kernel.find("row_in < M"), std::string::npos) << kernel;
  EXPECT_NE(text.find("M % 64 == 0 && "), std::string::npos) << text;
  EXPECT_NE(text.find("K > 0"), std::string::npos) << text;
  EXPECT_NE(text.find("} else if (M % 4 == 0 && "), std::string::npos) << text;
  EXPECT_NE(text.find("sgemm_C_any<<<"), std::string::npos) << text;
  // The bench sizes are no multiples.
  EXPECT_FALSE(
      technique.apply({program, tiled, {0, 0, 0, 1000, 1024, 1024}}, {{"kernel", 0}}).ok());
}

TEST(TechniqueTest, PadsTilesWithBankConflictsAlone) {
  const nest::Program program = test::TransposeProgram();
  const nest::Schedule start = nest::DefaultSchedule(program);
  EXPECT_FALSE(Stepped(program, start, "bank_padding", {{"kernel", 0}, {"pad", 1}}).ok());
  const auto tiled =
      Stepped(program, start, "shared_tiling", {{"kernel", 0}, {"tile", 32}, {"y", 8}, {"pad", 0}});
  ASSERT_TRUE(tiled.ok());
  const auto padded = Stepped(program, tiled.value(), "bank_padding", {{"kernel", 0}, {"pad", 1}});
  ASSERT_TRUE(padded.ok()) << padded.error().message;
  EXPECT_EQ(nest::ToText(padded.value()), "kernel0[(a0:yx32*1*1 a1:xy8*4*1 stage1/a1+1*1)]");
  EXPECT_FALSE(Stepped(program, padded.value(), "bank_padding", {{"kernel", 0}, {"pad", 2}}).ok());
}

TEST(TechniqueTest, BoundsRegistersAndUnrollsLoops) {
  const nest::Program program = test::ColumnSumsProgram();
  const nest::Schedule start = nest::DefaultSchedule(program);
  auto step = Stepped(program, start, "launch_bounds", {{"kernel", 0}, {"blocks", 4}});
  ASSERT_TRUE(step.ok());
  EXPECT_FALSE(Stepped(program, start, "launch_bounds", {{"kernel", 0}, {"blocks", 16}}).ok());
  step = Stepped(program, step.value(), "loop_unrolling", {{"kernel", 0}, {"turns", 8}});
  ASSERT_TRUE(step.ok());
  const std::string text = GenerateSource(program, step.value(), "sm_90").value();
  EXPECT_NE(text.find("__launch_bounds__(256, 4)"), std::string::npos) << text;
  EXPECT_NE(text.find("#pragma unroll 8\n  for (int row = 0; row < rows; ++row) {"),
            std::string::npos)
      << text;
  EXPECT_EQ(nest::ParseSchedule(nest::ToText(step.value())).value(), step.value());
  // A map has no loop.
  const nest::Program map = test::BiasGeluProgram();
  EXPECT_FALSE(
      Stepped(map, nest::DefaultSchedule(map), "loop_unrolling", {{"kernel", 0}, {"turns", 8}})
          .ok());
}

TEST(TechniqueTest, CoarsensThreadsAlongAnAxisOfTheGrid) {
  const nest::Program program = test::BiasGeluProgram();
  const nest::Schedule start = nest::DefaultSchedule(program);
  const auto step =
      Stepped(program, start, "thread_coarsening", {{"kernel", 0}, {"axis", 0}, {"items", 4}});
  ASSERT_TRUE(step.ok());
  EXPECT_EQ(nest::ToText(step.value()), "kernel0[(a0:yy16*4*1 a1:xx16*1*1)]");
  EXPECT_FALSE(
      Stepped(program, start, "thread_coarsening", {{"kernel", 0}, {"axis", 2}, {"items", 4}})
          .ok());
  // Contractions have tiles of their own.
  const nest::Program matmul = test::MatmulProgram();
  EXPECT_FALSE(Stepped(matmul, nest::DefaultSchedule(matmul), "thread_coarsening",
                       {{"kernel", 0}, {"axis", 0}, {"items", 4}})
                   .ok());
}

// counts[row * bins + values[row * n + i]] += 1, the rows' histograms after they were cleared.
nest::Program Histograms() {
  test::ProgramBuilder b("histograms");
  const nest::BufferId counts = b.Pointer("counts", ir::Type::kS32, false);
  const nest::BufferId values = b.Pointer("values", ir::Type::kS32, true);
  const nest::ExprId rows = b.Scalar("rows");
  const nest::ExprId n = b.Scalar("n");
  const nest::ExprId bins = b.Scalar("bins");
  const nest::AxisId all = b.Axis("all", b.Mul(rows, bins));
  const nest::AxisId row = b.Axis("row", rows);
  const nest::AxisId i = b.Axis("i", n);
  b.Map({all}, counts, b.At(all), b.p.Int(0));
  b.Map({row, i}, counts, b.Add(b.Mul(b.At(row), bins), b.p.Load(values, b.Flat(row, n, i))),
        b.p.Int(1));
  b.p.nests.back().update = nest::Reduction::kSum;
  return b.p;
}

TEST(TechniqueTest, GathersUpdatesInSharedMemory) {
  const nest::Program program = Histograms();
  const nest::Schedule start = nest::DefaultSchedule(program);
  ASSERT_EQ(start.kernels.size(), 2u);
  const nest::SizeValues sizes = {0, 0, 64, 100000, 200};
  const Technique& technique = *FindTechnique("privatised_atomics");
  // What a row's histogram takes, not what all of them do.
  for (const Parameters& p : technique.space({program, start, sizes})) {
    EXPECT_EQ(Get(p, "window"), 200);
    EXPECT_EQ(Get(p, "kernel"), 1);
    EXPECT_LE(Get(p, "copies") * 201 * 4, 48 * 1024);
  }
  const Parameters parameters = {
      {"kernel", 1}, {"window", 200}, {"copies", 4}, {"threads", 512}, {"items", 8}};
  const auto step = technique.apply({program, start, sizes}, parameters);
  ASSERT_TRUE(step.ok()) << step.error().message;
  EXPECT_EQ(nest::ToText(step.value().kernels.size() == 2 ? step.value() : start),
            "kernel0[(a0:xx256*1*1)] kernel1[(a1:y-1*1*1 a2:xx512*8*1 private200*4)]");
  EXPECT_EQ(nest::ParseSchedule(nest::ToText(step.value())).value(), step.value());
  const std::string text = GenerateSource(program, step.value(), "sm_90").value();
  EXPECT_NE(text.find("__shared__ int counts_part[804];"), std::string::npos) << text;
  EXPECT_NE(text.find("atomicAdd(&counts[counts_begin + at], gathered);"), std::string::npos)
      << text;
  // Vectors of what chooses the elements.
  const auto wide = FindTechnique("vectorised_access")
                        ->apply({program, step.value(), sizes}, {{"kernel", 1}, {"width", 4}});
  ASSERT_TRUE(wide.ok()) << wide.error().message;
  EXPECT_NE(GenerateSource(program, wide.value(), "sm_90").value().find("= values4.w;"),
            std::string::npos);
  // Kernel 0 is a map; a result of half has no atomics on shared memory.
  EXPECT_FALSE(technique.apply({program, start, sizes}, {{"kernel", 0}}).ok());
  const nest::Program map = test::BiasGeluProgram();
  EXPECT_TRUE(technique.space({map, nest::DefaultSchedule(map), {}}).empty());
  nest::Program halves = program;
  halves.buffers[0].type = ir::Type::kF16;
  EXPECT_FALSE(technique.apply({halves, start, sizes}, parameters).ok());
}

// y[o * n + i] = sum of w[o * 3 + k] * x[i + k - 1], k < 3, where x has that element.
nest::Program Stencil() {
  test::ProgramBuilder b("stencil");
  const nest::BufferId y = b.Pointer("y", ir::Type::kF32, false);
  const nest::BufferId x = b.Pointer("x", ir::Type::kF32, true);
  const nest::BufferId w = b.Pointer("w", ir::Type::kF32, true);
  const nest::ExprId outputs = b.Scalar("outputs");
  const nest::ExprId n = b.Scalar("n");
  const nest::AxisId o = b.Axis("o", outputs);
  const nest::AxisId i = b.Axis("i", n);
  const nest::AxisId k = b.Axis("k", b.p.Int(3));
  const nest::ExprId at = b.Sub(b.Add(b.At(i), b.At(k)), b.p.Int(1));
  const nest::ExprId inside =
      b.p.Binary(nest::ExprOp::kLogicalAnd, b.p.Binary(nest::ExprOp::kGe, at, b.p.Int(0)),
                 b.p.Binary(nest::ExprOp::kLt, at, n));
  const nest::ExprId term =
      b.Mul(b.p.Load(x, at), b.p.Load(w, b.Add(b.Mul(b.At(o), b.p.Int(3)), b.At(k))));
  b.Reduce(nest::Reduction::kSum, {o, i}, {k}, y, b.Flat(o, n, i),
           b.p.Select(inside, term, b.p.Float(0)));
  return b.p;
}

TEST(TechniqueTest, CoarsensStencilsAndAsksOnceWhatIsInside) {
  const nest::Program program = Stencil();
  const nest::Schedule start = nest::DefaultSchedule(program);
  auto step =
      Stepped(program, start, "thread_coarsening", {{"kernel", 0}, {"axis", 0}, {"items", 4}});
  ASSERT_TRUE(step.ok()) << step.error().message;
  // The outputs of a thread have the same neighbours: one question, one load.
  std::string text = GenerateSource(program, step.value(), "sm_90").value();
  EXPECT_NE(text.find("if (i + k - 1 >= 0 && i + k - 1 < n) {\n      float x_frag;\n"),
            std::string::npos)
      << text;
  // Points of a thread that have neighbours of their own are told apart, each once.
  step = Stepped(program, step.value(), "thread_coarsening",
                 {{"kernel", 0}, {"axis", 1}, {"items", 2}});
  ASSERT_TRUE(step.ok()) << step.error().message;
  text = GenerateSource(program, step.value(), "sm_90").value();
  EXPECT_NE(text.find("inside[i_item] = "), std::string::npos) << text;
  EXPECT_NE(text.find("if (inside[i_item]) {"), std::string::npos) << text;
}

TEST(TechniqueTest, TilesContractionsThatMapsShareAKernelWith) {
  // Causal scores: s = q k' where col <= row, then y = 2 s there.
  test::ProgramBuilder b("scores");
  const nest::BufferId y = b.Pointer("y", ir::Type::kF32, false);
  const nest::BufferId q = b.Pointer("q", ir::Type::kF32, true);
  const nest::BufferId k = b.Pointer("k", ir::Type::kF32, true);
  const nest::ExprId n = b.Scalar("n");
  const nest::ExprId d = b.Scalar("d");
  const nest::AxisId row = b.Axis("row", n);
  const nest::AxisId col = b.Axis("col", n);
  const nest::AxisId i = b.Axis("i", d);
  const nest::BufferId s = b.Temporary("s", ir::Type::kF32, b.Mul(n, n));
  const nest::ExprId causal = b.p.Binary(nest::ExprOp::kLe, b.At(col), b.At(row));
  b.Reduce(nest::Reduction::kSum, {row, col}, {i}, s, b.Flat(row, n, col),
           b.Mul(b.p.Load(q, b.Flat(row, d, i)), b.p.Load(k, b.Flat(col, d, i))));
  b.p.nests.back().guard = causal;
  b.Map({row, col}, y, b.Flat(row, n, col), b.Mul(b.p.Float(2), b.p.Load(s, b.Flat(row, n, col))));
  b.p.nests.back().guard = causal;
  const nest::Schedule start = nest::DefaultSchedule(b.p);
  ASSERT_EQ(start.kernels.size(), 1u);
  const Parameters parameters = {{"kernel", 0}, {"x", 16}, {"y", 8},      {"m", 4},
                                 {"n", 4},      {"k", 8},  {"buffers", 1}};
  const auto step = Stepped(b.p, start, "hierarchical_tiling", parameters);
  ASSERT_TRUE(step.ok()) << step.error().message;
  const std::string text = GenerateSource(b.p, step.value(), "sm_90").value();
  EXPECT_NE(text.find("q_tile[kITile]"), std::string::npos) << text;
  EXPECT_NE(text.find("if (inside[row_item][col_item]) {"), std::string::npos) << text;
  // Two reductions have no tile in common.
  const nest::Program softmax = test::SoftmaxProgram();
  EXPECT_FALSE(
      Stepped(softmax, nest::DefaultSchedule(softmax), "hierarchical_tiling", parameters).ok());
}

TEST(TechniqueTest, TilesOfHalvesAreConvertedOnce) {
  test::ProgramBuilder b("hgemm");
  const nest::BufferId c = b.Pointer("C", ir::Type::kF16, false);
  const nest::BufferId a = b.Pointer("A", ir::Type::kF16, true);
  const nest::BufferId w = b.Pointer("B", ir::Type::kF16, true);
  const nest::ExprId m = b.Scalar("M");
  const nest::ExprId n = b.Scalar("N");
  const nest::ExprId depth = b.Scalar("K");
  const nest::AxisId row = b.Axis("row", m);
  const nest::AxisId col = b.Axis("col", n);
  const nest::AxisId k = b.Axis("k", depth);
  b.Reduce(nest::Reduction::kSum, {row, col}, {k}, c, b.Flat(row, n, col),
           b.Mul(b.F32(b.p.Load(a, b.Flat(row, depth, k))), b.F32(b.p.Load(w, b.Flat(k, n, col)))));
  b.p.nests.back().accumulate = ir::Type::kF32;
  const auto step =
      Stepped(b.p, nest::DefaultSchedule(b.p), "hierarchical_tiling",
              {{"kernel", 0}, {"x", 16}, {"y", 8}, {"m", 8}, {"n", 8}, {"k", 8}, {"buffers", 1}});
  ASSERT_TRUE(step.ok()) << step.error().message;
  // Eight halves a load, floats in the tiles.
  EXPECT_EQ(nest::ToText(step.value()),
            "kernel0[(a0:yy8*2*4 a1:xx16*2*4 a2:--1*8*1 stage1/a0+4*8 stage2/a1+0*8)]");
  const std::string text = GenerateSource(b.p, step.value(), "sm_90").value();
  EXPECT_NE(text.find("float A_tile["), std::string::npos) << text;
  EXPECT_NE(text.find("const float4 A4"), std::string::npos) << text;
}

TEST(TechniqueTest, PartsOfAWarpReduceShortRows) {
  const nest::Program program = LogSumExp();
  const nest::Schedule start = nest::DefaultSchedule(program);
  const auto step = Stepped(program, start, "warp_reduction",
                            {{"kernel", 0}, {"threads", 8}, {"rows", 16}, {"keep", 0}});
  ASSERT_TRUE(step.ok()) << step.error().message;
  const std::string text = GenerateSource(program, step.value(), "sm_90").value();
  EXPECT_NE(text.find("WarpReduceMax<8>"), std::string::npos) << text;
  EXPECT_EQ(text.find("__syncthreads"), std::string::npos) << text;
  EXPECT_FALSE(Stepped(program, start, "warp_reduction",
                       {{"kernel", 0}, {"threads", 64}, {"rows", 1}, {"keep", 0}})
                   .ok());
}

TEST(TechniqueTest, MovesAreDistinctAndDeterministic) {
  for (const Example& example : Examples()) {
    const nest::Schedule start = nest::DefaultSchedule(example.program);
    const Situation situation{example.program, start, example.sizes};
    const std::vector<Move> moves = Moves(situation);
    EXPECT_FALSE(moves.empty()) << example.name;
    std::set<std::string> texts;
    std::map<std::string, int> counts;
    for (const Move& move : moves) {
      EXPECT_TRUE(texts.insert(nest::ToText(move.schedule)).second);
      ++counts[move.technique->name];
      const auto again = nest::ParseSchedule(nest::ToText(move.schedule));
      ASSERT_TRUE(again.ok());
      EXPECT_EQ(again.value(), move.schedule);
    }
    for (const auto& [name, count] : counts) {
      RecordProperty(std::string(example.name) + "." + name, count);
    }
    const std::vector<Move> second = Moves(situation);
    ASSERT_EQ(second.size(), moves.size());
    for (size_t i = 0; i < moves.size(); ++i) EXPECT_EQ(second[i].schedule, moves[i].schedule);
  }
}

// Follows a list of (technique, parameters) from the naive schedule.
nest::Schedule Follow(const Example& example,
                      const std::vector<std::pair<const char*, Parameters>>& steps) {
  nest::Schedule schedule = nest::DefaultSchedule(example.program);
  for (const auto& [name, parameters] : steps) {
    const Situation situation{example.program, schedule, example.sizes};
    const auto next = FindTechnique(name)->apply(situation, parameters);
    EXPECT_TRUE(next.ok()) << example.name << " " << name << ": "
                           << (next.ok() ? "" : next.error().message);
    if (next.ok()) schedule = next.value();
  }
  return schedule;
}

TEST(TechniqueTest, ExpertSchedulesAreReachable) {
  const std::vector<Example> examples = Examples();
  const auto text = [&](size_t i, std::vector<std::pair<const char*, Parameters>> steps) {
    return nest::ToText(Follow(examples[i], steps));
  };
  EXPECT_EQ(text(0, {{"warp_reduction", {{"kernel", 0}, {"threads", 32}, {"rows", 4}, {"keep", 1}}},
                     {"vectorised_access", {{"kernel", 0}, {"width", 4}}}}),
            "kernel0[(a0:xy4*1*1 a1:-x32*8*4) (a0:xy4*1*1 a1:-x32*8*4) (a0:xy4*1*1 a1:-x32*8*4) "
            "(a0:xy4*1*1 a1:-x32*8*4) keep1r keep0r]");
  EXPECT_EQ(
      text(1, {{"parallel_reduction", {{"kernel", 0}, {"threads", 256}, {"rows", 1}, {"keep", 1}}},
               {"vectorised_access", {{"kernel", 0}, {"width", 8}}}}),
      "kernel0[(a0:x-1*1*1 a1:-x256*2*8) (a0:x-1*1*1) (a0:x-1*1*1 a1:-x256*2*8) keep1r]");
  EXPECT_EQ(text(2, {{"shared_tiling", {{"kernel", 0}, {"tile", 32}, {"y", 8}, {"pad", 1}}},
                     {"vectorised_access", {{"kernel", 0}, {"width", 4}, {"part", 0}}}}),
            "kernel0[(a0:yx32*1*1 a1:xy8*4*1 stage1/a1+1*4)]");
  EXPECT_EQ(text(3, {{"shared_tiling", {{"kernel", 0}, {"tile", 16}, {"pad", 4}}},
                     {"register_tiling", {{"kernel", 0}, {"m", 4}, {"n", 8}}},
                     {"vectorised_access", {{"kernel", 0}, {"width", 4}, {"part", 2}}}}),
            "kernel0[(a0:yy16*1*4 a1:xx16*2*4 a2:--1*16*1 stage1/a0+4*4 stage2/a1+0*4)]");
  EXPECT_EQ(text(4, {{"coalescing", {{"kernel", 0}, {"x", 32}, {"y", 8}, {"parts", 32}}},
                     {"vectorised_access", {{"kernel", 0}, {"width", 4}}}}),
            "split0/a1*32 kernel0[(a2:y-1*1*1 a0:xx32*1*4 a3:-y8*1*1)] "
            "kernel1[(a0:xx32*1*1 a2:-y8*1*1)]");
  EXPECT_EQ(text(5, {{"coalescing", {{"kernel", 0}, {"x", 256}, {"y", 1}, {"parts", 1}}},
                     {"vectorised_access", {{"kernel", 0}, {"width", 8}}}}),
            "kernel0[(a0:y-1*1*1 a1:xx256*1*8)]");
}

TEST(TechniqueTest, RandomWalksStayExpressible) {
  for (const Example& example : Examples()) {
    Rng rng(7);
    nest::Schedule schedule = nest::DefaultSchedule(example.program);
    for (int step = 0; step < 6; ++step) {
      const std::vector<Move> moves = Moves({example.program, schedule, example.sizes});
      if (moves.empty()) break;
      schedule = moves[rng.Below(moves.size())].schedule;
      const auto text = GenerateSource(example.program, schedule, "sm_90");
      ASSERT_TRUE(text.ok()) << text.error().message;
    }
  }
}

}  // namespace
}  // namespace ws::target::cuda
