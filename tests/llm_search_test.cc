// A search with a language model: what is refused is mended, whatever the model does wrong costs
// only itself, and the record replays to the same table of attempts.
#include <filesystem>

#include "base/format.h"
#include "know/run_file.h"
#include "search/search.h"
#include "tests/model_server.h"
#include "tests/test.h"

namespace ws::search {
namespace {

namespace fs = std::filesystem;
using test::Completion;
using test::ServerReply;

// Programs are "launch N"; N is the speedup, 13 is always wrong.
class NumberEvaluator : public Evaluator {
 public:
  know::Assessment Screen(std::string_view source) const override {
    int n = -1;
    std::sscanf(std::string(source).c_str(), "launch %d", &n);
    know::Assessment a;
    a.outcome = n >= 1 && n != 13 ? "accepted" : "rejected";
    if (!a.accepted()) {
      a.reason = "out of bounds";
      a.details = {"line 7: x[13]"};
      return a;
    }
    a.timed = true;
    a.low_us = a.high_us = 100.0 / n;
    a.speedup_low = a.speedup_high = n;
    a.bottleneck = "dram";
    a.gradient = "device memory limits it";
    return a;
  }
  know::Assessment Certify(std::string_view source) const override { return Screen(source); }
};

class LlmSearchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / Format("ws_llm_search_{}", getpid());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    subject_.source = "launch 1";
    subject_.entry = "launch";
    input_.baseline = input_.start = "launch 1";
    options_.budget.candidates = 40;
  }
  void TearDown() override {
    unsetenv("WARPSMITH_LLM_URL");
    unsetenv("WARPSMITH_LLM_MODEL");
    fs::remove_all(folder_);
  }

  std::unique_ptr<know::RunFile> NewFile(const std::string& name) {
    auto file = know::RunFile::Create((folder_ / name).string(), {{"seed", "1"}}, {});
    EXPECT_TRUE(file.ok());
    return std::move(file).value();
  }
  Result<Outcome> Run(know::RunFile& file, know::ExchangeRecord& record, bool replays) {
    const Means means = {
        .seed = 1, .record = &record, .replays = replays, .model = "m", .lessons = {}, .stop = {}};
    TRY(const std::unique_ptr<Proposer> proposer, FindProposer("llm")->make(subject_, means));
    return Search(input_, *proposer, NumberEvaluator(), file, options_, {});
  }
  static std::string Table(const know::RunFile& file) {
    std::string table;
    for (const know::Attempt& a : file.Attempts()) {
      AppendFormat(table, "{} {} {} {} {} {}\n", a.sequence, a.proposer, a.technique, a.parameters,
                   a.child, a.result.outcome);
    }
    return table;
  }
  static void PointAt(const test::ModelServer& server) {
    setenv("WARPSMITH_LLM_URL", server.url().c_str(), 1);
    setenv("WARPSMITH_LLM_MODEL", "m", 1);
  }

  fs::path folder_;
  Subject subject_;
  Input input_;
  Options options_;
};

TEST_F(LlmSearchTest, MendsRefusedProgramsAndReplaysToTheSameTable) {
  std::string first;
  {
    test::ModelServer server([](const std::string& body, int nth) {
      const Result<Json> request = ParseJson(body);
      const auto& messages = request.value()["messages"];
      if (messages.size() > 2) {
        const std::string told = messages[3]["content"].get<std::string>();
        EXPECT_NE(told.find("out of bounds"), std::string::npos);
        EXPECT_NE(told.find("line 7: x[13]"), std::string::npos);
        return ServerReply{.body = Completion(Format("```\nlaunch {}\n```", 200 + nth))};
      }
      switch (nth % 5) {
        case 0:
          return ServerReply{.body = Completion("```\nlaunch 13\n```")};
        case 1:
          return ServerReply{.body = Completion("I would rather not.")};
        case 2:
          return ServerReply{.body = Completion("```\nlaunch 9", "length")};
        case 3:
          return ServerReply{.body = "{\"choices\":"};
        default:
          return ServerReply{.body = Completion(Format("```\nlaunch {}\n```", 20 + nth))};
      }
    });
    PointAt(server);
    auto file = NewFile("run.sqlite");
    const auto outcome = Run(*file, *file, /*replays=*/false);
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    EXPECT_GT(outcome.value().inexpressible, 0u);
    first = Table(*file);
    EXPECT_NE(first.find(" repair=1 "), std::string::npos) << first;
    EXPECT_GT(outcome.value().progress.best_speedup, 200);
  }
  unsetenv("WARPSMITH_LLM_URL");
  auto recorded = know::RunFile::Open((folder_ / "run.sqlite").string());
  ASSERT_TRUE(recorded.ok());
  auto file = NewFile("replay.sqlite");
  know::CopiedRecord record(*recorded.value(), *file);
  const auto outcome = Run(*file, record, /*replays=*/true);
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_EQ(Table(*file), first);
}

TEST_F(LlmSearchTest, ADeadModelEndsTheRun) {
  test::ModelServer server([](const std::string&, int) { return ServerReply{.body = "nonsense"}; });
  PointAt(server);
  auto file = NewFile("run.sqlite");
  const auto outcome = Run(*file, *file, false);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().blame, Blame::kInfrastructure);
  EXPECT_NE(outcome.error().message.find("gives no answers"), std::string::npos);
  EXPECT_LE(server.requests(), 32);
}

TEST_F(LlmSearchTest, ATokenBudgetEndsTheRun) {
  test::ModelServer server([](const std::string&, int nth) {
    return ServerReply{.body = Completion(Format("```\nlaunch {}\n```", 20 + nth))};
  });
  PointAt(server);
  options_.budget = {.tokens = 15 * 20};
  auto file = NewFile("run.sqlite");
  const auto outcome = Run(*file, *file, false);
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_EQ(outcome.value().end, End::kBudget);
  EXPECT_GE(server.requests(), 20);
  EXPECT_LE(server.requests(), 32);  // the batch in flight is finished
}

TEST_F(LlmSearchTest, WithoutAnEndpointTheVariablesAreNamed) {
  unsetenv("WARPSMITH_LLM_URL");
  unsetenv("OPENAI_BASE_URL");
  auto file = NewFile("run.sqlite");
  const auto outcome = Run(*file, *file, false);
  ASSERT_FALSE(outcome.ok());
  EXPECT_NE(outcome.error().message.find("WARPSMITH_LLM_URL"), std::string::npos);
}

}  // namespace
}  // namespace ws::search
