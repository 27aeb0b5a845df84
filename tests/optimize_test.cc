// `warpsmith optimize` as a whole, on a task so small that it takes a second.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/format.h"
#include "base/json.h"
#include "driver/driver.h"
#include "tests/test.h"

namespace ws {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTask = R"(name = "row_sums"
[[arg]]
name = "y"
role = "output"
dtype = "f32"
shape = ["rows"]
[[arg]]
name = "x"
role = "input"
dtype = "f32"
shape = ["rows", "cols"]
[[arg]]
name = "rows"
role = "scalar"
ctype = "int"
[[arg]]
name = "cols"
role = "scalar"
ctype = "int"
[sizes]
test = [{ rows = 1, cols = 1 }, { rows = 3, cols = 40 }]
bench = [{ rows = 256, cols = 256 }]
[reference]
source = "naive.cu"
[baseline]
source = "naive.cu"
)";
constexpr const char* kNaive = R"(#include "block.h"
__global__ void sums(float* y, const float* x, int rows, int cols) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= rows) return;
  float sum = kZero;
  for (int i = 0; i < cols; ++i) sum += x[row * cols + i];
  y[row] = sum;
}
extern "C" void launch(float* y, const float* x, int rows, int cols) {
  sums<<<(rows + kBlock - 1) / kBlock, kBlock>>>(y, x, rows, cols);
}
)";
constexpr const char* kHeader =
    "#pragma once\nconstexpr float kZero = 0.0f;\nconstexpr int kBlock = 64;\n";

struct Ran {
  int status = 0;
  std::string out, err;
};

class Optimize : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / Format("ws-optimize-{}", getpid());
    fs::create_directories(root_ / "task");
    Write("task/task.toml", kTask);
    Write("task/naive.cu", kNaive);
    Write("task/block.h", kHeader);
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string Path(const std::string& name) const { return (root_ / name).string(); }
  void Write(const std::string& name, std::string_view text) const {
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  std::string Read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(root_ / name, std::ios::binary).rdbuf();
    return text.str();
  }
  static Ran Run(const std::vector<std::string>& words) {
    Ran ran;
    const std::vector<std::string_view> args(words.begin(), words.end());
    ran.status = driver::Run(args, ran.out, ran.err);
    return ran;
  }
  // Into the folder `run`, with --json and these options more.
  Ran Search(const std::string& run, const std::vector<std::string>& more) const {
    std::vector<std::string> words = {"optimize", Path("task"), "--kb", "none",   "--seed",
                                      "7",        "--json",     "-o",   Path(run)};
    words.insert(words.end(), more.begin(), more.end());
    return Run(words);
  }

  fs::path root_;
};

TEST_F(Optimize, HandsBackAFasterKernelThatStandsAlone) {
  const Ran ran = Search("run", {"--budget", "20"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const auto parsed = ParseJson(ran.out);
  ASSERT_TRUE(parsed.ok()) << ran.out;
  const Json& result = parsed.value();
  EXPECT_EQ(result["verdict"], "accepted");
  EXPECT_EQ(result["basis"], "modelled-uncalibrated");
  EXPECT_EQ(result["best"], Path("run/best.cu"));
  EXPECT_EQ(result["candidates"], 20);
  EXPECT_GT(result["speedup"].get<double>(), 1.5);
  ASSERT_EQ(result["speedup_range"].size(), 2u);
  EXPECT_EQ(result["speedup_range"][0], result["speedup"]);
  EXPECT_FALSE(result["evidence"].empty());
  ASSERT_FALSE(result["steps"].empty());
  EXPECT_FALSE(result["steps"][0]["meanings"].empty());

  // Away from its folder, and judged as anybody's kernel would be.
  fs::create_directories(root_ / "elsewhere");
  fs::copy_file(root_ / "run/best.cu", root_ / "elsewhere/best.cu");
  EXPECT_EQ(Read("elsewhere/best.cu").find("#include \""), std::string::npos);
  const Ran check = Run({"check", Path("elsewhere/best.cu"), "--task", Path("task")});
  EXPECT_EQ(check.status, 0) << check.out << check.err;
  EXPECT_NE(check.out.find("accepted through tested"), std::string::npos) << check.out;

  const std::string report = Read("run/report.html");
  EXPECT_TRUE(report.starts_with("<!DOCTYPE html>"));
  EXPECT_TRUE(report.ends_with("</html>\n"));
  for (const char* outside : {"<link", "<img", "src=", "@import", "url("}) {
    EXPECT_EQ(report.find(outside), std::string::npos) << outside;
  }
}

TEST_F(Optimize, ResumingAFinishedRunChangesNothing) {
  const Ran first = Search("run", {"--budget", "12"});
  ASSERT_EQ(first.status, 0) << first.err;
  const std::string best = Read("run/best.cu"), report = Read("run/report.html");
  const Ran second = Search("run", {"--budget", "12", "--resume"});
  ASSERT_EQ(second.status, 0) << second.err;
  EXPECT_EQ(Read("run/best.cu"), best);
  EXPECT_EQ(Read("run/report.html"), report);
  const auto result = ParseJson(second.out);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.value()["recorded"], 12);
  EXPECT_EQ(result.value()["candidates"], 12);
}

TEST_F(Optimize, TheNumberOfThreadsChangesNothing) {
  const Ran one = Search("one", {"--budget", "20", "--jobs", "1"});
  const Ran four = Search("four", {"--budget", "20", "--jobs", "4"});
  ASSERT_EQ(one.status, 0) << one.err;
  ASSERT_EQ(four.status, 0) << four.err;
  EXPECT_EQ(Read("one/best.cu"), Read("four/best.cu"));
  for (const char* key : {"speedup_range", "candidates", "accepted", "refused", "duplicates",
                          "certifications", "best_hash", "best_candidate", "evidence"}) {
    EXPECT_EQ(ParseJson(one.out).value()[key], ParseJson(four.out).value()[key]) << key;
  }
}

TEST_F(Optimize, ResumingNoticesWhatHasChanged) {
  ASSERT_EQ(Search("run", {"--budget", "2"}).status, 0);
  const auto refused = [&](std::string_view what) {
    const Ran again = Search("run", {"--budget", "2", "--resume"});
    EXPECT_EQ(again.status, 2);
    EXPECT_NE(again.err.find(what), std::string::npos) << again.err;
  };
  Write("task/block.h", std::string(kHeader) + "// a comment\n");
  EXPECT_EQ(Search("run", {"--budget", "2", "--resume"}).status, 0);
  Write("task/block.h", "constexpr float kZero = 0.0f;\nconstexpr int kBlock = 32;\n");
  refused("block.h has changed");
  Write("task/block.h", kHeader);
  std::string task = kTask;
  Write("task/task.toml", task.replace(task.find("cols = 40"), 9, "cols = 41"));
  refused("the task has changed");
  Write("task/task.toml", kTask);
  std::string naive = kNaive;
  Write("task/naive.cu", naive.replace(naive.find("sum += x"), 8, "sum -= x"));
  refused("naive.cu has changed");
}

TEST_F(Optimize, WhatWasLearntTravels) {
  const std::string base = Path("base.sqlite"), other = Path("other.sqlite");
  ASSERT_EQ(
      Run({"optimize", Path("task"), "--kb", base, "--budget", "8", "-o", Path("run")}).status, 0);
  ASSERT_EQ(Run({"kb", "export", "--kb", base, "-o", Path("base.jsonl")}).status, 0);
  const Ran imported = Run({"kb", "import", Path("base.jsonl"), "--kb", other});
  EXPECT_EQ(imported.out, "8 attempts read, 8 of them new in " + other + "\n") << imported.err;
  EXPECT_EQ(Run({"kb", "show", "--kb", other, "--json"}).out.substr(other.size() + 10),
            Run({"kb", "show", "--kb", base, "--json"}).out.substr(base.size() + 10));
  EXPECT_EQ(Run({"kb", "export", "--kb", other}).out, Read("base.jsonl"));
  // Merging what is there changes nothing; a run's file serves as well as a knowledge base.
  EXPECT_EQ(Run({"kb", "merge", base, Path("run/run.sqlite"), "--kb", other}).out,
            "16 attempts read, 0 of them new in " + other + "\n");
  EXPECT_EQ(Run({"kb", "merge", Path("run"), "--kb", other}).out,
            "8 attempts read, 0 of them new in " + other + "\n");
  // What cannot be read in full changes nothing.
  EXPECT_EQ(Run({"kb", "merge", base, Path("typo.sqlite"), "--kb", Path("new.sqlite")}).status, 2);
  EXPECT_FALSE(fs::exists(Path("new.sqlite")));
}

// A source stands for the task beside it, and is where the search starts.
TEST_F(Optimize, TakesASource) {
  const Ran naive = Run({"optimize", Path("task/naive.cu"), "--kb", "none", "--budget", "1", "-o",
                         Path("run"), "--json"});
  ASSERT_EQ(naive.status, 0) << naive.err;
  EXPECT_NE(naive.err.find("the task's baseline"), std::string::npos) << naive.err;
}

// A program to start from that is wrong is rejected like any other.
TEST_F(Optimize, AStartThatIsWrongIsRejected) {
  std::string wrong = kNaive;
  Write("task/wrong.cu", wrong.replace(wrong.find("sum += x"), 8, "sum -= x"));
  const Ran ran = Run({"optimize", Path("task"), "--start", Path("task/wrong.cu"), "--kb", "none",
                       "--budget", "1", "-o", Path("run")});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_NE(ran.err.find("the start is not accepted"), std::string::npos) << ran.err;
}

// `init` runs the launcher to see how far it reaches into each array.
TEST_F(Optimize, DraftsSayWhichShapesArraysHave) {
  Write(
      "dots.cu",
      "__global__ void dots(float* y, const float* x, const float* w, const float* bias, int rows,"
      " int cols) {\n"
      "  int row = blockIdx.x;\n"
      "  float sum = bias[0];\n"
      "  for (int c = 0; c < cols; ++c) sum += x[row * cols + c] * w[c];\n"
      "  if (threadIdx.x == 0) y[row] = sum;\n"
      "}\n"
      "void dots_launch(float* y, const float* x, const float* w, const float* bias, int rows,"
      " int cols) { dots<<<rows, 32>>>(y, x, w, bias, rows, cols); }\n");
  ASSERT_EQ(Run({"init", Path("dots.cu"), "-o", Path("dots.toml")}).status, 0);
  const std::string draft = Read("dots.toml");
  size_t at = 0;
  for (const char* shape : {"[\"rows\"]", "[\"rows\", \"cols\"]", "[\"cols\"]", "[\"1\"]"}) {
    at = draft.find(Format("shape = {}  # CHECK", shape), at);
    ASSERT_NE(at, std::string::npos) << shape << " in\n" << draft;
  }
}

// What tools/gpu_runner replays: launches with addresses marked, inputs, and what must come out.
TEST_F(Optimize, LaunchesCanBeWrittenDown) {
  const Ran ran = Run({"run", Path("task"), "--dump-launches", Path("dump")});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const std::string list = Read("dump/check/launches.txt");
  EXPECT_NE(list.find("size cols=40 rows=3\n"), std::string::npos) << list;
  EXPECT_NE(list.find("buffer 0 output 12 f32 y\nbuffer 1 input 480 f32 x\n"), std::string::npos);
  EXPECT_NE(list.find("launch sums 1 1 1 64 1 1 0 "), std::string::npos);
  EXPECT_NE(list.find(" 0:0:0,8:1:0\n"), std::string::npos);
  EXPECT_EQ(Read("dump/check/out0.bin").size(), 12u);
  EXPECT_EQ(Read("dump/check/in1.bin").size(), 480u);
  EXPECT_NE(Read("dump/check/kernels.ptx").find(".entry sums("), std::string::npos);
  EXPECT_NE(Read("dump/time/launches.txt").find("random 1 f32\n"), std::string::npos);
}

TEST_F(Optimize, ABudgetOfTimeGoesOnWhereItStopped) {
  ASSERT_EQ(Search("run", {"--budget", "1s"}).status, 0);
  const auto first = ParseJson(Search("run", {"--budget", "1s", "--resume"}).out);
  ASSERT_TRUE(first.ok());
  EXPECT_GT(first.value()["recorded"].get<int>(), 0);
  EXPECT_EQ(first.value()["recorded"], first.value()["candidates"]);  // the time was spent
}

}  // namespace
}  // namespace ws
