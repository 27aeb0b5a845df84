#include "search/search.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <set>

#include "base/format.h"
#include "base/hash.h"
#include "search/source_hash.h"
#include "tests/test.h"

namespace ws::search {
namespace {

namespace fs = std::filesystem;

// Programs of these tests are texts "p 3 1 4": three settings, each 0 .. 5, moved by one technique
// each. Two orders of the same moves meet in the same program.
using Settings = std::array<int, 3>;

Settings Read(const std::string& text) {
  Settings s{};
  std::sscanf(text.c_str(), "p %d %d %d", &s[0], &s[1], &s[2]);
  return s;
}

std::string Write(const Settings& s) { return Format("p {} {} {}", s[0], s[1], s[2]); }

class FakeProposer : public Proposer {
 public:
  std::string StartPlan() const override { return "p 0 0 0"; }
  std::vector<Step> Steps(const Place& place) override {
    std::vector<Step> steps;
    const Settings at = Read(std::string(place.plan));
    for (int axis = 0; axis < 3; ++axis) {
      for (int value = 0; value < 6; ++value) {
        if (value == at[axis]) continue;
        steps.push_back({.proposer = "fake",
                         .technique = Format("move_{}", axis),
                         .parameters = {{"to", value}},
                         .text = Format("to={}", value)});
      }
    }
    return steps;
  }
  Result<std::vector<Result<Proposal>>> Take(std::span<const Request> requests) override {
    std::vector<Result<Proposal>> proposals;
    for (const Request& request : requests) proposals.push_back(TakeOne(request));
    return proposals;
  }

 private:
  Result<Proposal> TakeOne(const Request& request) {
    const Step step = Steps(request.place)[request.step];
    Settings s = Read(std::string(request.place.plan));
    s[step.technique.back() - '0'] = static_cast<int>(step.parameters[0].second);
    if (s == Settings{1, 1, 1}) return Error{"cannot be expressed"};
    return Proposal{.source = Write(s), .plan = Write(s)};
  }
};

// Best at 4 2 3. Programs with a hash divisible by 5 are rejected; 4 2 2 passes the screen only.
class FakeEvaluator : public Evaluator {
 public:
  know::Assessment Screen(std::string_view source) const override {
    const Settings s = Read(std::string(source));
    know::Assessment a;
    const bool bad = source != "p 0 0 0" && source != "p 4 2 3" && HashText(source) % 5 == 0;
    a.outcome = bad ? "rejected" : "accepted";
    a.reason = bad ? "wrong" : "";
    if (bad) return a;
    a.timed = true;
    const double distance = std::abs(s[0] - 4) + std::abs(s[1] - 2) + std::abs(s[2] - 3);
    a.low_us = 1 + distance;
    a.high_us = 2 * a.low_us;
    a.speedup_low = a.speedup_high = 10 / a.low_us;
    a.bottleneck = s[0] < 3 ? "dram" : "latency";
    a.state = {distance / 9};
    a.cost_ms = 3;
    return a;
  }
  know::Assessment Certify(std::string_view source) const override {
    know::Assessment a;
    a.outcome = source == "p 4 2 2" ? "rejected" : "accepted";
    return a;
  }
};

// A journal that forgets everything after `limit` commits, as a crash would.
class CrashingJournal : public know::Journal {
 public:
  CrashingJournal(know::Journal& file, uint64_t limit) : file_(file), left_(limit) {}
  const know::Attempt* Find(uint64_t sequence) const override { return file_.Find(sequence); }
  Status Commit(const know::Attempt& attempt, std::string_view source) override {
    return Spend() ? file_.Commit(attempt, source) : Ok();
  }
  Status CommitCertificate(const know::Attempt& attempt) override {
    return Spend() ? file_.CommitCertificate(attempt) : Ok();
  }

 private:
  bool Spend() { return left_ > 0 && left_-- > 0; }
  know::Journal& file_;
  std::atomic<uint64_t> left_;
};

class SearchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / Format("ws_search_{}_{}", getpid(), info->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    input_.baseline = input_.start = "p 0 0 0";
    options_.budget.candidates = 60;
    options_.version = "test";
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<know::RunFile> NewFile(const std::string& name) {
    auto file = know::RunFile::Create((folder_ / name).string(), {{"seed", "1"}}, {});
    EXPECT_TRUE(file.ok()) << file.error().message;
    return std::move(file).value();
  }
  Outcome Run(know::Journal& journal, const Hooks& hooks = {}) {
    FakeProposer proposer;
    const Result<Outcome> outcome =
        Search(input_, proposer, FakeEvaluator(), journal, options_, hooks);
    EXPECT_TRUE(outcome.ok()) << outcome.error().message;
    return outcome.ok() ? outcome.value() : Outcome{};
  }
  // The attempt table without what may differ: nothing of it in these tests.
  static std::string Table(const know::RunFile& file) {
    std::string table;
    for (const know::Attempt& a : file.Attempts()) {
      AppendFormat(table, "{} {} {} {} {} {} {}\n", a.sequence, a.technique, a.parameters, a.parent,
                   a.child, a.result.outcome, static_cast<int>(a.certificate));
    }
    return table;
  }

  fs::path folder_;
  Input input_;
  Options options_;
};

TEST_F(SearchTest, FindsTheBestAndCertifiesIt) {
  auto file = NewFile("run.sqlite");
  options_.budget.candidates = 120;
  const Outcome outcome = Run(*file);
  const know::Attempt* best = file->Find(outcome.best);
  ASSERT_NE(best, nullptr);
  EXPECT_EQ(best->child, ContentHash("p 4 2 3"));
  EXPECT_EQ(best->certificate, know::Certificate::kPassed);
  EXPECT_EQ(outcome.progress.best_speedup, 10);
}

TEST_F(SearchTest, SpendsExactlyTheBudgetOnDifferentPrograms) {
  auto file = NewFile("run.sqlite");
  options_.budget.candidates = 37;
  const Outcome outcome = Run(*file);
  EXPECT_EQ(outcome.end, End::kBudget);
  EXPECT_EQ(outcome.progress.done, 37u);
  std::set<std::string> programs;
  for (const know::Attempt& a : file->Attempts()) programs.insert(a.child);
  EXPECT_EQ(programs.size(), 38u);  // the baseline too
}

TEST_F(SearchTest, StopsWhenNothingIsLeft) {
  auto file = NewFile("run.sqlite");
  options_.budget.candidates = 1000;
  const Outcome outcome = Run(*file);
  EXPECT_EQ(outcome.end, End::kExhausted);
  EXPECT_LE(outcome.progress.done, 6u * 6 * 6);
  EXPECT_GT(outcome.duplicates, 0u);
  EXPECT_GT(outcome.inexpressible, 0u);
}

TEST_F(SearchTest, WhatCertificationRefutesIsNeverTheBest) {
  auto file = NewFile("run.sqlite");
  options_.budget.candidates = 1000;
  Run(*file);
  for (const know::Attempt& a : file->Attempts()) {
    if (a.child == ContentHash("p 4 2 2")) {
      EXPECT_NE(a.certificate, know::Certificate::kPassed);
    }
  }
}

TEST_F(SearchTest, ThreadsDoNotChangeTheResult) {
  auto one = NewFile("one.sqlite"), four = NewFile("four.sqlite");
  Run(*one);
  options_.jobs = 4;
  Run(*four);
  EXPECT_EQ(Table(*one), Table(*four));
}

TEST_F(SearchTest, OtherSeedsSearchElsewhere) {
  auto one = NewFile("one.sqlite"), two = NewFile("two.sqlite");
  Run(*one);
  options_.seed = 2;
  Run(*two);
  EXPECT_NE(Table(*one), Table(*two));
}

TEST_F(SearchTest, ACrashAfterAnyCommitChangesNothing) {
  options_.budget.candidates = 24;
  auto whole = NewFile("whole.sqlite");
  const Outcome expected = Run(*whole);
  const std::string table = Table(*whole);
  for (uint64_t limit = 0; limit < 28; ++limit) {
    const std::string name = Format("crash{}.sqlite", limit);
    {
      auto file = NewFile(name);
      CrashingJournal crashing(*file, limit);
      options_.jobs = 1 + static_cast<int>(limit % 3);
      Run(crashing);
    }
    auto file = know::RunFile::Open((folder_ / name).string());
    ASSERT_TRUE(file.ok()) << file.error().message;
    const Outcome resumed = Run(*file.value());
    EXPECT_EQ(resumed.best, expected.best) << limit;
    EXPECT_EQ(Table(*file.value()), table) << limit;
  }
}

TEST_F(SearchTest, ResumingJudgesNothingTwice) {
  auto file = NewFile("run.sqlite");
  const Outcome first = Run(*file);
  const Outcome second = Run(*file);
  EXPECT_EQ(first.progress.recorded, 0u);
  EXPECT_EQ(second.progress.recorded, second.progress.done);
  EXPECT_EQ(first.best, second.best);
}

TEST_F(SearchTest, InterruptedRunGoesOnWhereItStopped) {
  auto whole = NewFile("whole.sqlite"), file = NewFile("run.sqlite");
  Run(*whole);
  bool stop = false;
  Hooks hooks;
  hooks.on_attempt = [&](const know::Attempt&, const Progress& p) { stop = p.done >= 21; };
  hooks.stop = [&] { return stop; };
  const Outcome interrupted = Run(*file, hooks);
  EXPECT_EQ(interrupted.end, End::kInterrupted);
  EXPECT_EQ(file->Attempts().size(), 22u);
  Run(*file);
  EXPECT_EQ(Table(*file), Table(*whole));
}

TEST_F(SearchTest, AnotherStartIsComparedWithTheBaseline) {
  input_.start = "p 3 0 0";
  auto file = NewFile("run.sqlite");
  Run(*file);
  const know::Attempt* start = file->Find(kStartSequence);
  ASSERT_NE(start, nullptr);
  EXPECT_EQ(start->technique, "start");
  EXPECT_EQ(start->parent, ContentHash("p 0 0 0"));
}

}  // namespace
}  // namespace ws::search
