// The way to a language model and back, with the faults that servers and models have.
#include <filesystem>
#include <fstream>

#include "base/format.h"
#include "know/run_file.h"
#include "search/llm/endpoint.h"
#include "search/llm/prompt.h"
#include "tests/model_server.h"
#include "tests/test.h"

namespace ws::search::llm {
namespace {

namespace fs = std::filesystem;
using test::Completion;
using test::ModelServer;
using test::ServerReply;

constexpr const char* kKey = "sk-a-key-that-nobody-may-see";

HttpLimits Quick() {
  HttpLimits limits;
  limits.tries = 3;
  limits.first_pause_seconds = 0.01;
  limits.longest_pause_seconds = 0.05;
  limits.total_seconds = 0.4;
  return limits;
}

std::vector<Result<HttpReply>> Post(const ModelServer& server, size_t count,
                                    const HttpLimits& limits = Quick()) {
  const std::vector<std::string> bodies(count, "{}");
  return PostAll(server.url(), kKey, bodies, limits, nullptr);
}

TEST(Http, ManyRequestsAreOnTheWayAtOnce) {
  ModelServer server(
      [](const std::string&, int) { return ServerReply{.body = "ok", .delay_ms = 200}; });
  const auto begin = std::chrono::steady_clock::now();
  const auto replies = Post(server, 16);
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  for (const auto& reply : replies) EXPECT_TRUE(reply.ok());
  EXPECT_LT(spent.count(), 16 * 0.2 / 2);
}

TEST(Http, BusyAndBrokenServersAreAskedAgain) {
  for (const int status : {408, 429, 500, 503}) {
    ModelServer server([status](const std::string&, int nth) {
      return nth < 2 ? ServerReply{.status = status, .headers = "Retry-After: 0\r\n"}
                     : ServerReply{.body = "ok"};
    });
    const auto replies = Post(server, 1);
    ASSERT_TRUE(replies[0].ok()) << status << replies[0].error().message;
    EXPECT_EQ(replies[0].value().tries, 3u);
  }
}

TEST(Http, ARefusedKeyIsTheUsersAndNotTriedAgain) {
  ModelServer server([](const std::string&, int) {
    return ServerReply{.status = 401, .body = R"({"error":{"message":"no such key"}})"};
  });
  const auto replies = Post(server, 1);
  ASSERT_FALSE(replies[0].ok());
  EXPECT_EQ(replies[0].error().blame, Blame::kUser);
  EXPECT_EQ(replies[0].error().message, "the server answers with status 401: no such key");
  EXPECT_EQ(server.requests(), 1);
}

TEST(Http, SlowAndCutOffRepliesFailAfterAllTries) {
  ModelServer slow(
      [](const std::string&, int) { return ServerReply{.body = "late", .delay_ms = 3000}; });
  const auto late = Post(slow, 1);
  ASSERT_FALSE(late[0].ok());
  EXPECT_EQ(late[0].error().blame, Blame::kInfrastructure);
  EXPECT_EQ(slow.requests(), 3);
  ModelServer broken([](const std::string&, int) {
    return ServerReply{.body = "a reply that breaks off", .cut_after = 5};
  });
  EXPECT_FALSE(Post(broken, 1)[0].ok());
  EXPECT_EQ(broken.requests(), 3);
}

TEST(Http, RepliesAreBounded) {
  ModelServer server(
      [](const std::string&, int) { return ServerReply{.body = std::string(100000, 'x')}; });
  HttpLimits limits = Quick();
  limits.reply_bytes = 1000;
  const auto replies = Post(server, 1, limits);
  ASSERT_FALSE(replies[0].ok());
  EXPECT_EQ(replies[0].error().message, "the reply is larger than 1000 bytes");
  EXPECT_EQ(server.requests(), 1);
}

TEST(Http, StopEndsWaiting) {
  ModelServer server(
      [](const std::string&, int) { return ServerReply{.body = "late", .delay_ms = 5000}; });
  HttpLimits limits;
  const std::vector<std::string> bodies(2, "{}");
  const auto replies = PostAll(server.url(), kKey, bodies, limits, [] { return true; });
  for (const auto& reply : replies) EXPECT_FALSE(reply.ok());
}

TEST(Chat, RepliesThatAreNoneAreNamed) {
  const auto why = [](const char* body) {
    const auto reply = ParseReply(body, "");
    return reply.ok() ? "" : reply.error().message;
  };
  EXPECT_EQ(why(""), "the model's reply is empty");
  EXPECT_NE(why("<html>"), "");
  EXPECT_EQ(why("[]"), "the model's reply has no `choices`");
  EXPECT_EQ(why(R"({"choices":[]})"), "the model's reply has no `choices`");
  EXPECT_EQ(why(R"({"choices":[{"text":"x"}]})"),
            "the model's reply has no `choices[0].message.content`");
  EXPECT_EQ(why(R"({"choices":[{"message":{"content":null}}]})"),
            "the model's reply holds no text");
  EXPECT_EQ(why(R"({"choices":[{"message":{"content":"x"}}]})"), "");
}

TEST(Chat, ProgramsAreFoundInAnswers) {
  const auto found = [](const char* answer) {
    const auto program = FindProgram(answer, "launch");
    return program.ok() ? program.value() : "error: " + program.error().message;
  };
  EXPECT_EQ(found("Here:\n```cuda\nvoid launch() {}\n```\nDone."), "void launch() {}\n");
  EXPECT_EQ(found("```\nvoid launch() {}\n```\nUsage:\n```\nmake\n```\n"), "void launch() {}\n");
  EXPECT_EQ(found("```cpp\nvoid launch() {}\n"), "void launch() {}\n");
  EXPECT_EQ(found("__global__ void k() {}\nvoid launch() {}"),
            "__global__ void k() {}\nvoid launch() {}");
  EXPECT_EQ(found("I cannot do that."),
            "error: the answer holds no fenced code block and no `launch`");
  EXPECT_EQ(found("```"), "error: the answer holds no fenced code block and no `launch`");
}

TEST(Chat, EqualRequestsGiveEqualBytes) {
  const ChatRequest request{.model = "m", .messages = {{"user", "x\"\n"}}, .seed = 3};
  EXPECT_EQ(ToJsonText(request),
            R"({"model":"m","messages":[{"role":"user","content":"x\"\n"}],"temperature":0.7,)"
            R"("max_tokens":16384,"seed":3,"stream":false})");
}

class AskerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / Format("ws_llm_{}_{}", info->name(), getpid());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<know::RunFile> NewFile(const std::string& name) {
    auto file = know::RunFile::Create((folder_ / name).string(), {{"seed", "1"}}, {});
    EXPECT_TRUE(file.ok());
    return std::move(file).value();
  }
  static Endpoint At(const ModelServer& server) {
    return {
        .url = server.url() + "/chat/completions", .model = "m", .key = kKey, .limits = Quick()};
  }
  static std::vector<ChatRequest> Requests(uint64_t count) {
    std::vector<ChatRequest> list;
    for (uint64_t i = 0; i < count; ++i) {
      list.push_back({.model = "m", .messages = {{"user", "x"}}, .seed = i});
    }
    return list;
  }

  fs::path folder_;
};

TEST_F(AskerTest, RecordedAnswersAreNotAskedForAgain) {
  ModelServer server([](const std::string&, int nth) {
    return ServerReply{.body = Completion(Format("answer {}", nth))};
  });
  auto file = NewFile("run.sqlite");
  std::vector<std::string> first;
  {
    Asker asker(At(server), *file);
    const auto answers = asker.Ask(Requests(4), false, nullptr);
    ASSERT_TRUE(answers.ok());
    for (const auto& a : answers.value()) first.push_back(a.value().text);
    EXPECT_EQ(asker.usage().total(), 4u * 15);
  }
  file.reset();
  auto opened = know::RunFile::Open((folder_ / "run.sqlite").string());
  ASSERT_TRUE(opened.ok());
  auto copy = NewFile("copy.sqlite");
  know::CopiedRecord record(*opened.value(), *copy);
  Asker replayed(std::nullopt, record);
  const auto answers = replayed.Ask(Requests(4), false, nullptr);
  ASSERT_TRUE(answers.ok());
  for (size_t i = 0; i < 4; ++i) EXPECT_EQ(answers.value()[i].value().text, first[i]);
  EXPECT_EQ(replayed.usage().total(), 4u * 15);
  EXPECT_EQ(server.requests(), 4);
  // A replay that meets a new request says so; the copy is whole.
  EXPECT_FALSE(replayed.Ask(Requests(5), false, nullptr).ok());
  Asker again(std::nullopt, *copy);
  EXPECT_TRUE(again.Ask(Requests(4), false, nullptr).ok());
}

TEST_F(AskerTest, FailuresAreRecordedAndTriedAgainOnlyAtTheEnd) {
  std::atomic<bool> broken = true;
  ModelServer server([&](const std::string&, int) {
    return broken ? ServerReply{.status = 500} : ServerReply{.body = Completion("fine")};
  });
  auto file = NewFile("run.sqlite");
  Asker asker(At(server), *file);
  EXPECT_FALSE(asker.Ask(Requests(1), false, nullptr).value()[0].ok());
  broken = false;
  EXPECT_FALSE(asker.Ask(Requests(1), /*past=*/true, nullptr).value()[0].ok());
  EXPECT_TRUE(asker.Ask(Requests(1), /*past=*/false, nullptr).value()[0].ok());
}

TEST_F(AskerTest, TheKeyIsSentAndIsInNoFile) {
  // Even where the server repeats it.
  ModelServer server([](const std::string&, int nth) {
    if (nth % 2 == 0) return ServerReply{.body = Completion(Format("your key is {}", kKey))};
    return ServerReply{.status = 500,
                       .body = Format(R"({{"error":{{"message":"bad key {}"}}}})", kKey)};
  });
  auto file = NewFile("run.sqlite");
  std::string said;
  {
    Asker asker(At(server), *file);
    const auto answers = asker.Ask(Requests(6), false, nullptr);
    ASSERT_TRUE(answers.ok());
    for (const auto& a : answers.value()) said += a.ok() ? a.value().text : a.error().message;
  }
  file.reset();
  EXPECT_NE(server.seen().find(Format("Authorization: Bearer {}", kKey)), std::string::npos);
  EXPECT_EQ(said.find(kKey), std::string::npos);
  int files = 0;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    EXPECT_EQ(bytes.find(kKey), std::string::npos) << entry.path();
    ++files;
  }
  EXPECT_GT(files, 0);
}

TEST(Prompts, HoldWhatIsKnownAndGoOnWithRefusals) {
  const Briefing briefing{.entry = "launch", .signature = "  y: output f32 [n]\n", .arch = "sm_90"};
  Assignment assignment{.source = "void launch() {}",
                        .gradient = "device memory limits it",
                        .focus = "wider accesses",
                        .tried = {{"block_shape", "threads=64", "1.10x slower"}}};
  const std::vector<Message> first = Prompt(briefing, assignment);
  ASSERT_EQ(first.size(), 2u);
  for (const char* part : {"y: output f32 [n]", "void launch() {}", "device memory limits it",
                           "wider accesses", "block_shape threads=64: 1.10x slower", "sm_90"}) {
    EXPECT_NE(first[1].text.find(part), std::string::npos) << part;
  }
  const std::vector<Message> repair = RepairPrompt(
      briefing, assignment, {.source = "bad", .reason = "race", .details = {"line 3"}});
  ASSERT_EQ(repair.size(), 4u);
  EXPECT_EQ(repair[1].text, first[1].text);
  EXPECT_NE(repair[3].text.find("race"), std::string::npos);
  EXPECT_NE(repair[3].text.find("line 3"), std::string::npos);
}

}  // namespace
}  // namespace ws::search::llm
