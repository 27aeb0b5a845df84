#include "nest/bank_conflicts.h"

#include "tests/programs.h"
#include "tests/test.h"

namespace ws::nest {
namespace {

TilePasses OfTranspose(uint32_t pad) {
  Program program = test::TransposeProgram();
  const Schedule schedule =
      ParseSchedule("kernel0[(a0:yx32*1*1 a1:xy8*4*1 stage1/a1+0*1)]").value();
  Stage stage = schedule.kernels[0].nests[0].stages[0];
  stage.pad = pad;
  return CountPasses(program, schedule.kernels[0], 0, stage);
}

TEST(BankConflictsTest, AColumnOfATileIsOneBank) {
  // Four rounds of stores along rows; four loads of 32 elements a row apart.
  EXPECT_EQ(OfTranspose(0).needed, 8u);
  EXPECT_EQ(OfTranspose(0).added, 4u * 31);
  EXPECT_EQ(OfTranspose(1).added, 0u);
  EXPECT_EQ(OfTranspose(2).added, 4u * 1);
  EXPECT_EQ(OfTranspose(4).added, 4u * 3);
}

TEST(BankConflictsTest, BroadcastsAndVectorsAreFree) {
  Program program = test::MatmulProgram();
  const Schedule schedule =
      ParseSchedule("kernel0[(a0:yy16*1*4 a1:xx16*1*4 a2:--1*16*1 stage1/a0+4*1 stage2/a1+0*4)]")
          .value();
  const auto& stages = schedule.kernels[0].nests[0].stages;
  EXPECT_EQ(CountPasses(program, schedule.kernels[0], 0, stages[1]).added, 0u);
  Stage unpadded = stages[0];
  unpadded.pad = 0;
  EXPECT_GT(CountPasses(program, schedule.kernels[0], 0, unpadded).added, 0u);
}

}  // namespace
}  // namespace ws::nest
