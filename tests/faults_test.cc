// Plants every fault of tests/faults/faults.txt and has the judge find it.
#include <fstream>
#include <sstream>

#include "base/cpu.h"
#include "base/format.h"
#include "task/task.h"
#include "tests/test.h"
#include "verify/judge.h"
#include "verify/verdict_text.h"

namespace ws::verify {
namespace {

struct Edit {
  std::string search, replacement;
};

struct Fault {
  std::string task, version, name, rung;
  std::vector<Edit> edits;
};

std::string ReadText(const std::string& relative) {
  const std::string path = test::RepoPath(relative);
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_TRUE(static_cast<bool>(file)) << relative;
  return text.str();
}

std::vector<Fault> ReadFaults() {
  std::vector<Fault> faults;
  const std::string text = ReadText("tests/faults/faults.txt");
  std::istringstream lines(text);
  std::string* into = nullptr;
  for (std::string line; std::getline(lines, line);) {
    if (line == "<<<") {
      into = &faults.back().edits.emplace_back().search;
    } else if (line == "===" && into != nullptr) {
      into = &faults.back().edits.back().replacement;
    } else if (line == ">>>") {
      into = nullptr;
    } else if (into != nullptr) {
      if (!into->empty()) *into += '\n';
      *into += line;
    } else if (line.starts_with("fault ")) {
      std::istringstream words(line.substr(6));
      Fault& fault = faults.emplace_back();
      words >> fault.task >> fault.version >> fault.name >> fault.rung;
      EXPECT_FALSE(fault.rung.empty()) << line;
    } else {
      EXPECT_TRUE(line.empty() || line.starts_with('#')) << line;
    }
  }
  return faults;
}

std::string SourceFile(std::string_view task, std::string_view version) {
  if (version == "naive") return Format("examples/{}/naive.cu", task);
  return Format("tests/faults/optimised/{}.cu", task);
}

JudgeOptions Options() {
  JudgeOptions options;
  options.jobs = static_cast<uint32_t>(CoreCount());
  return options;
}

// The original with the fault planted.
std::string Plant(const Fault& fault, std::string source) {
  for (const Edit& edit : fault.edits) {
    const size_t at = source.find(edit.search);
    if (at == std::string::npos || source.find(edit.search, at + 1) != std::string::npos) {
      ADD_FAILURE() << fault.task << " " << fault.version << " " << fault.name << ": `"
                    << edit.search << "` does not stand there once";
      return source;
    }
    source.replace(at, edit.search.size(), edit.replacement);
  }
  return source;
}

class Faults : public testing::TestWithParam<const char*> {};

TEST_P(Faults, AreRejectedAndOriginalsAccepted) {
  const std::string name = GetParam();
  const std::string folder = Format("examples/{}", name);
  const auto task = task::ReadTask(test::RepoPath(folder));
  ASSERT_TRUE(task.ok()) << task.error().message;
  const auto judge = Judge::Make(task.value(), 1, Options().jobs);
  ASSERT_TRUE(judge.ok()) << judge.error().message;
  for (const char* version : {"naive", "optimised"}) {
    const std::string file = SourceFile(name, version);
    const Verdict verdict = judge.value()->Check(ReadText(file), file, Options());
    EXPECT_EQ(verdict.outcome, Outcome::kAccepted) << ToText(verdict, file);
  }
  int planted = 0;
  for (const Fault& fault : ReadFaults()) {
    if (fault.task != name) continue;
    ++planted;
    const std::string file = SourceFile(name, fault.version);
    const std::string source = Plant(fault, ReadText(file));
    const std::string label = Format("{} [{}]", file, fault.name);
    const Verdict verdict = judge.value()->Check(source, label, Options());
    EXPECT_EQ(verdict.outcome, Outcome::kRejected) << ToText(verdict, label);
    if (verdict.outcome != Outcome::kRejected) continue;
    EXPECT_EQ(Name(verdict.failed_rung), fault.rung) << ToText(verdict, label);
    EXPECT_TRUE(verdict.has_witness || !verdict.findings.empty()) << label;
  }
  EXPECT_GE(planted, 10);
}

INSTANTIATE_TEST_SUITE_P(Examples, Faults,
                         testing::Values("softmax", "rmsnorm", "transpose", "sgemm", "column_sums",
                                         "bias_gelu"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace ws::verify
