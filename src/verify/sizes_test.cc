#include "verify/sizes.h"

#include <set>

#include "tests/test.h"

namespace ws::verify {
namespace {

task::Task TaskOf(std::vector<task::Sizes> tests, std::vector<task::Sizes> benches) {
  task::Task task;
  task.test_sizes = std::move(tests);
  for (task::Sizes& sizes : benches) task.bench_sizes.push_back({std::move(sizes), 1});
  task::Arg x;
  x.name = "x";
  for (const auto& [name, value] : task.test_sizes[0]) x.shape.push_back({name});
  task.args.push_back(std::move(x));
  return task;
}

constexpr uint64_t kBytes = 1 << 16;

TEST(SizeSpace, StaysWithinTheRangesAndTheBudget) {
  const task::Task task = TaskOf({{{"rows", 2}, {"cols", 8}}, {{"rows", 9}, {"cols", 70}}},
                                 {{{"rows", 512}, {"cols", 4096}}});
  const SizeSpace space(task);
  std::set<task::Sizes> seen;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const auto sizes = space.Draw(seed, kBytes, /*wide=*/true);
    ASSERT_TRUE(sizes.has_value());
    EXPECT_GE(sizes->at("rows"), 2);
    EXPECT_LE(sizes->at("rows"), 513);
    EXPECT_GE(sizes->at("cols"), 8);
    EXPECT_LE(sizes->at("cols"), 4097);
    EXPECT_LE(DataBytes(task, *sizes), kBytes);
    EXPECT_EQ(sizes, space.Draw(seed, kBytes, true));
    seen.insert(*sizes);
  }
  EXPECT_GT(seen.size(), 120U);
  for (uint64_t seed = 0; seed < 100; ++seed) {
    EXPECT_LE(space.Draw(seed, kBytes, /*wide=*/false)->at("cols"), 301);
  }
}

TEST(SizeSpace, KeepsWhatTiesNamesTogether) {
  const task::Task task = TaskOf({{{"a", 2}, {"b", 2}, {"c", 6}, {"d", 5}, {"k", 7}},
                                  {{"a", 3}, {"b", 3}, {"c", 9}, {"d", 20}, {"k", 7}},
                                  {{"a", 10}, {"b", 10}, {"c", 30}, {"d", 11}, {"k", 7}}},
                                 {{{"a", 64}, {"b", 64}, {"c", 192}, {"d", 64}, {"k", 7}}});
  const SizeSpace space(task);
  EXPECT_EQ(space.RulesText(), "b = a, c = 3 * a, k = 7, a <= d");
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const auto sizes = space.Draw(seed, uint64_t{1} << 40, true);
    ASSERT_TRUE(sizes.has_value());
    EXPECT_EQ(sizes->at("a"), sizes->at("b"));
    EXPECT_EQ(sizes->at("c"), 3 * sizes->at("a"));
    EXPECT_LE(sizes->at("a"), sizes->at("d"));
    EXPECT_EQ(sizes->at("k"), 7);
  }
}

TEST(SizeSpace, ATaskOfOneSizeHasNoOthers) {
  const task::Task task = TaskOf({{{"n", 64}}}, {{{"n", 64}}});
  EXPECT_FALSE(SizeSpace(task).varies());
  EXPECT_FALSE(SizeSpace(task).Draw(1, kBytes, true).has_value());
  EXPECT_TRUE(SizeSpace(task).Extremes(1, kBytes).empty());
}

TEST(SizeSpace, ExtremesReachTheBenchInEachName) {
  const task::Task task = TaskOf({{{"rows", 1}, {"cols", 1}}, {{"rows", 3}, {"cols", 40}}},
                                 {{{"rows", 4096}, {"cols", 1024}}});
  const auto sizes = SizeSpace(task).Extremes(1, uint64_t{1} << 20);
  ASSERT_EQ(sizes.size(), 4U);
  EXPECT_EQ(sizes[0].at("cols"), 1024);
  EXPECT_EQ(sizes[1].at("cols"), 1025);
  EXPECT_EQ(sizes[2].at("rows"), 4096);
  EXPECT_EQ(sizes[3].at("rows"), 4097);
}

}  // namespace
}  // namespace ws::verify
