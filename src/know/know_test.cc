#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/format.h"
#include "know/attempt.h"
#include "know/database.h"
#include "know/knowledge_base.h"
#include "know/lesson.h"
#include "know/run_file.h"
#include "tests/test.h"

namespace ws::know {
namespace {

namespace fs = std::filesystem;

// A folder of this test's own, removed at its end.
class KnowTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / Format("ws_know_{}_{}", getpid(), info->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  fs::path folder_;
};

Attempt Step(uint64_t sequence, const std::string& technique, double before, double after) {
  Attempt a;
  a.sequence = sequence;
  a.context = {"normalise", "f32", "2^24", "{}", "cuda", "sm_90"};
  a.state = {0.25, 1};
  a.bottleneck = "dram";
  a.technique = technique;
  a.parameters = "threads=256";
  a.proposer = "rule";
  a.parent = "0000000000000001";
  a.child = "child" + std::to_string(sequence);
  a.before_low_us = a.before_high_us = before;
  a.result.outcome = after > 0 ? "accepted" : "rejected";
  a.result.rung = "tested";
  a.result.evidence = {{"tested", "12 runs", 12, 0, 0.01, 0.001, 200, {"rows=3"}, 0.5}};
  a.result.details = {"line one", "<two>"};
  a.result.timed = after > 0;
  a.result.low_us = a.result.high_us = after;
  a.result.metrics = {{"dram__bytes_read.sum", "bytes", 1024}};
  a.created = 1'000'000;
  a.version = "0.1.0";
  return a;
}

TEST_F(KnowTest, AssessmentSurvivesJson) {
  const Assessment a = Step(1, "block_shape", 10, 5).result;
  const Result<Assessment> back = AssessmentFromJson(DumpJson(ToJson(a)));
  ASSERT_TRUE(back.ok()) << back.error().message;
  EXPECT_EQ(DumpJson(ToJson(back.value())), DumpJson(ToJson(a)));
}

TEST_F(KnowTest, AssessmentThatLacksAFieldIsAnErrorNamingIt) {
  Json json = ToJson(Assessment{});
  json.erase("roofline_us");
  const Result<Assessment> back = AssessmentFromJson(DumpJson(json));
  ASSERT_FALSE(back.ok());
  EXPECT_NE(back.error().message.find("roofline_us"), std::string::npos);
}

TEST_F(KnowTest, ARestartedRunFileHoldsNothingOfTheOld) {
  Lesson prior;
  prior.technique = "block_shape";
  auto file = RunFile::Create(Path("run.sqlite"), {{"seed", "1"}, {"budget", "20"}}, {prior});
  ASSERT_TRUE(file.ok());
  EXPECT_FALSE(file.value()->holds_steps());
  ASSERT_TRUE(file.value()->Commit(Step(3, "vectorise", 10, 0), "three").ok());
  EXPECT_TRUE(file.value()->holds_steps());
  ASSERT_TRUE(file.value()->SetNote("end", "spent").ok());
  ASSERT_TRUE(file.value()->Restart({{"seed", "2"}}, {}).ok());
  EXPECT_FALSE(file.value()->holds_steps());
  file.value().reset();
  file = RunFile::Open(Path("run.sqlite"));
  ASSERT_TRUE(file.ok()) << file.error().message;
  EXPECT_EQ(file.value()->parameters(), (RunParameters{{"seed", "2"}}));
  EXPECT_TRUE(file.value()->Attempts().empty());
  EXPECT_TRUE(file.value()->priors().empty());
  EXPECT_EQ(file.value()->Note("end").value(), "");
  EXPECT_FALSE(file.value()->Source("child3").ok());
}

TEST_F(KnowTest, RunFileKeepsWhatWasCommitted) {
  Lesson prior;
  prior.technique = "block_shape";
  prior.bottleneck = "dram";
  prior.tried = 3.5;
  prior.state = {0.5, 1};
  {
    auto file = RunFile::Create(Path("run.sqlite"), {{"seed", "1"}, {"budget", "20"}}, {prior});
    ASSERT_TRUE(file.ok()) << file.error().message;
    ASSERT_TRUE(file.value()->Commit(Step(1, "block_shape", 10, 5), "one").ok());
    ASSERT_TRUE(file.value()->Commit(Step(3, "vectorise", 10, 0), "three").ok());
    Attempt certified = Step(1, "block_shape", 10, 5);
    certified.certificate = Certificate::kFailed;
    certified.certification.reason = "wrong on input 7";
    ASSERT_TRUE(file.value()->CommitCertificate(certified).ok());
  }
  auto file = RunFile::Open(Path("run.sqlite"));
  ASSERT_TRUE(file.ok()) << file.error().message;
  EXPECT_EQ(file.value()->Attempts().size(), 2u);
  EXPECT_EQ(file.value()->Find(2), nullptr);
  const Attempt* first = file.value()->Find(1);
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->certification.reason, "wrong on input 7");
  EXPECT_FALSE(first->stands());
  EXPECT_EQ(file.value()->Source("child3").value(), "three");
  ASSERT_EQ(file.value()->priors().size(), 1u);
  EXPECT_EQ(file.value()->priors()[0].tried, 3.5);
  EXPECT_EQ(file.value()->priors()[0].state, prior.state);
}

TEST_F(KnowTest, AFileKilledWhileBeingMadeHoldsNoRun) {
  EXPECT_FALSE(RunFile::Exists(Path("run.sqlite")).value());
  std::ofstream(Path("run.sqlite")).flush();  // as SQLite leaves it before its first transaction
  EXPECT_FALSE(RunFile::Exists(Path("run.sqlite")).value());
  EXPECT_TRUE(RunFile::Create(Path("run.sqlite"), {{"seed", "1"}}, {}).ok());
  EXPECT_TRUE(RunFile::Exists(Path("run.sqlite")).value());
  EXPECT_FALSE(RunFile::Create(Path("run.sqlite"), {{"seed", "1"}}, {}).ok());
}

TEST_F(KnowTest, OneProcessAtATime) {
  {
    auto first = RunFile::Create(Path("run.sqlite"), {{"seed", "1"}}, {});
    ASSERT_TRUE(first.ok());
    const auto second = RunFile::Open(Path("run.sqlite"));
    ASSERT_FALSE(second.ok());
    EXPECT_NE(second.error().message.find("in use by another process"), std::string::npos);
  }
  EXPECT_TRUE(RunFile::Open(Path("run.sqlite")).ok());
}

TEST_F(KnowTest, OtherParametersAreNamed) {
  auto file = RunFile::Create(Path("run.sqlite"), {{"seed", "1"}, {"budget", "20"}}, {});
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE(file.value()->CheckParameters({{"seed", "1"}, {"budget", "20"}}).ok());
  const Status other = file.value()->CheckParameters({{"seed", "2"}, {"budget", "20"}});
  ASSERT_FALSE(other.ok());
  EXPECT_NE(other.error().message.find("seed was 1, is 2 now"), std::string::npos);
}

TEST_F(KnowTest, ForeignAndDamagedFilesAreRefused) {
  std::ofstream(Path("text.sqlite")) << std::string(5000, 'x');
  const auto text = RunFile::Open(Path("text.sqlite"));
  ASSERT_FALSE(text.ok());
  EXPECT_NE(text.error().message.find("no SQLite file"), std::string::npos);

  ASSERT_TRUE(KnowledgeBase::Open(Path("kb.sqlite"), true).ok());
  const auto other = RunFile::Open(Path("kb.sqlite"));
  ASSERT_FALSE(other.ok());
  EXPECT_NE(other.error().message.find("not a run file"), std::string::npos);

  const auto missing = KnowledgeBase::Open(Path("missing.sqlite"), false);
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.error().message.find("does not exist"), std::string::npos);
}

TEST_F(KnowTest, MergingTwiceChangesNothing) {
  auto base = KnowledgeBase::Open(Path("deep/er/kb.sqlite"), true);
  ASSERT_TRUE(base.ok()) << base.error().message;
  std::vector<Attempt> attempts = {Step(1, "block_shape", 10, 5), Step(2, "vectorise", 10, 0)};
  Attempt baseline = Step(0, "baseline", 0, 10);
  attempts.push_back(baseline);
  EXPECT_EQ(base.value().Merge(attempts).value(), 2u);
  attempts[0].sequence = 17;  // the same step in another run
  EXPECT_EQ(base.value().Merge(attempts).value(), 0u);
  const Statistics stats = base.value().Stats().value();
  EXPECT_EQ(stats.attempts, 2u);
  EXPECT_EQ(stats.accepted, 1u);
  EXPECT_EQ(stats.won, 1u);
  EXPECT_EQ(stats.rejected, 1u);
  EXPECT_EQ(stats.techniques, (std::vector<std::string>{"block_shape", "vectorise"}));
}

// A table that is missing is a damaged file, not a failure of ours.
TEST_F(KnowTest, DamagedFilesAreNamed) {
  for (const bool is_run : {false, true}) {
    const std::string path = Path(is_run ? "run.sqlite" : "base.sqlite");
    if (is_run) {
      ASSERT_TRUE(RunFile::Create(path, {{"seed", "1"}}, {}).ok());
    } else {
      ASSERT_TRUE(KnowledgeBase::Open(path, true).ok());
    }
    constexpr const char* kNoMigrations[] = {"", ""};
    const FileKind kind = is_run ? FileKind{"a run file", 0x57535255, {kNoMigrations, 2}}
                                 : FileKind{"a knowledge base", 0x57534b42, {kNoMigrations, 1}};
    {
      Result<Database> database = Database::Open(path, kind, false);
      ASSERT_TRUE(database.ok()) << database.error().message;
      ASSERT_TRUE(database.value().Execute("DROP TABLE attempt").ok());
    }
    const auto error = [&]() -> Error {
      if (is_run) return RunFile::Open(path).error();
      return KnowledgeBase::Open(path, false).value().Attempts().error();
    }();
    EXPECT_EQ(error.blame, Blame::kUser);
    EXPECT_TRUE(error.message.starts_with(path + " is damaged")) << error.message;
    EXPECT_NE(error.hint.find("restore it"), std::string::npos);
  }
  EXPECT_NE(KnowledgeBase::Open(Path("."), false).error().message.find("is a folder"),
            std::string::npos);
}

TEST_F(KnowTest, LessonsFoldAttempts) {
  LessonTable table(true);
  table.Add(Step(1, "vectorise", 10, 5), 1);
  table.Add(Step(2, "vectorise", 10, 20), 1);
  table.Add(Step(3, "vectorise", 10, 0), 1);
  table.Add(Step(4, "block_shape", 10, 10), 1);
  const std::vector<Lesson> lessons = table.Lessons();
  ASSERT_EQ(lessons.size(), 2u);
  EXPECT_EQ(lessons[1].technique, "vectorise");
  EXPECT_EQ(lessons[1].tried, 3);
  EXPECT_EQ(lessons[1].won, 1);
  EXPECT_EQ(lessons[1].accepted, 2);
  EXPECT_NEAR(lessons[1].effect_mean, 0, 1e-12);
  EXPECT_NEAR(lessons[1].effect_variance, std::log(2) * std::log(2), 1e-12);
  EXPECT_EQ(lessons[1].state, (std::vector<double>{0.25, 1}));
}

TEST_F(KnowTest, RelevanceFallsWithDistance) {
  const Context wanted = {"normalise", "f32", "2^24", "{}", "cuda", "sm_90"};
  EXPECT_EQ(Relevance(wanted, wanted, 0), 1);
  Context other = wanted;
  other.arch = "sm_80";
  const double near = Relevance(wanted, other, 0);
  other.arch = "sm_75";
  EXPECT_LT(Relevance(wanted, other, 0), near);
  EXPECT_LT(near, 1);
  EXPECT_NEAR(Relevance(wanted, wanted, 182.5 * 86400), 0.5, 1e-12);
  other = wanted;
  other.target = "gemmini";
  EXPECT_EQ(Relevance(wanted, other, 0), 0);
}

}  // namespace
}  // namespace ws::know
