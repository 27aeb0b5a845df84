#include "target/cuda/technique.h"

#include <map>
#include <set>

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
  EXPECT_EQ(
      text(0, {{"parallel_reduction", {{"kernel", 0}, {"threads", 32}, {"rows", 4}, {"keep", 1}}},
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
