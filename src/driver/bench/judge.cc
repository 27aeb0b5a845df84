// `warpsmith bench judge`: verdicts per second of a search's judge, on the baselines of tasks.
//
// A verdict is what a candidate of `optimize` gets: source text compiled, run with every check on
// in several schedules, and screened against the reference on the shared pool. Setting a task up
// (reference with shadows, controls) is told by itself; certification on fresh inputs as well.
#include "verify/judge.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/format.h"
#include "driver/bench.h"
#include "driver/values.h"
#include "task/task.h"

namespace ws::driver {
namespace {

namespace fs = std::filesystem;

struct Row {
  std::string task;
  double setup_s = 0;
  double verdicts_per_second = 0;  // all jobs together, median of the runs
  double certified_s = 0;          // one certified verdict on one thread
  uint64_t warp_instructions = 0;  // of a screen
  uint64_t runs = 0;               // executions in a screen
  uint64_t n = 0;                  // fresh inputs of a certification
  std::string sizes;               // of the screen
};

template <typename Work>
double SecondsOf(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// task.toml files: `path` itself, or those in its folders.
Result<std::vector<std::string>> FindTasks(const std::string& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error) || fs::is_regular_file(path + "/task.toml", error)) {
    return std::vector<std::string>{path};
  }
  std::vector<std::string> tasks;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
    if (fs::is_regular_file(entry.path() / "task.toml", error)) {
      tasks.push_back(entry.path().string());
    }
  }
  if (tasks.empty()) {
    return Error{Format("no task.toml in {} or its folders", path), Blame::kUser,
                 "name a task, or a folder of tasks, with --set tasks=PATH"};
  }
  std::ranges::sort(tasks);
  return tasks;
}

Result<Row> Measure(const task::Task& task, const Options& options, uint64_t runs) {
  const auto jobs = static_cast<uint32_t>(options.jobs);
  Row row;
  row.task = task.name;
  Result<std::unique_ptr<verify::Judge>> judge = Error{"not made"};
  row.setup_s = SecondsOf([&] { judge = verify::Judge::Make(task, options.seed, jobs); });
  if (!judge.ok()) return judge.error();
  verify::JudgeOptions how;
  how.seed = options.seed;
  how.certify = false;
  const auto check = [&](verify::Verdict& verdict) {
    verdict = judge.value()->Check(task.baseline_text, task.baseline_file, how);
  };
  std::vector<double> rates;
  for (uint64_t run = 0; run < runs; ++run) {
    std::vector<verify::Verdict> verdicts(jobs);
    const double seconds = SecondsOf([&] {
      std::vector<std::jthread> threads;
      threads.reserve(verdicts.size());
      for (verify::Verdict& verdict : verdicts) threads.emplace_back([&] { check(verdict); });
    });
    for (const verify::Verdict& verdict : verdicts) {
      if (verdict.outcome != verify::Outcome::kAccepted) {
        return Error{Format("{}: the baseline is {}: {}", task.name, verify::Name(verdict.outcome),
                            verdict.reason)};
      }
    }
    rates.push_back(jobs / seconds);
    row.warp_instructions = verdicts[0].warp_instructions;
    row.runs = 0;
    for (const verify::Evidence& evidence : verdicts[0].evidence) {
      row.runs += evidence.runs;
      if (evidence.rung != verify::Rung::kTested) continue;
      row.sizes.clear();
      for (const task::Sizes& sizes : evidence.sizes) {
        AppendFormat(row.sizes, "{}{}", row.sizes.empty() ? "" : "; ", task::ToText(sizes));
      }
    }
  }
  row.verdicts_per_second = Median(rates);
  how.certify = true;
  verify::Verdict certified;
  row.certified_s = SecondsOf([&] { check(certified); });
  for (const verify::Evidence& evidence : certified.evidence) row.n = std::max(row.n, evidence.n);
  return row;
}

Result<BenchResult> RunJudge(const Options& options) {
  uint64_t runs = 3;
  if (const auto it = options.settings.find("runs"); it != options.settings.end()) {
    const Result<uint64_t> number = ParseWhole(it->second, 1, 1000);
    if (!number.ok()) return Error{"--set runs: " + number.error().message};
    runs = number.value();
  }
  const auto it = options.settings.find("tasks");
  TRY(const std::vector<std::string> tasks,
      FindTasks(it == options.settings.end() ? "examples" : it->second));

  BenchResult result;
  result.text = Format(
      "Verdicts on the baseline of each task, --jobs {}, median of {} runs\n"
      "{:<20} {:>8} {:>11} {:>6} {:>16} {:>12} {:>6}\n",
      options.jobs, runs, "task", "setup s", "verdicts/s", "runs", "warp insts", "certified s",
      "n");
  Json rows = Json::array();
  for (const std::string& path : tasks) {
    TRY(const task::Task task, task::ReadTask(path));
    TRY(const Row row, Measure(task, options, runs));
    AppendFormat(result.text, "{:<20} {:>8.2f} {:>11.2f} {:>6} {:>16} {:>12.2f} {:>6}\n", row.task,
                 row.setup_s, row.verdicts_per_second, row.runs, row.warp_instructions,
                 row.certified_s, row.n);
    rows.push_back(Json{{"task", row.task},
                        {"setup_seconds", row.setup_s},
                        {"verdicts_per_second", row.verdicts_per_second},
                        {"executions", row.runs},
                        {"warp_instructions", row.warp_instructions},
                        {"certified_seconds", row.certified_s},
                        {"n", row.n},
                        {"sizes", row.sizes}});
  }
  result.object["name"] = "judge";
  result.object["unit"] = "screened verdicts per second, all threads";
  result.object["jobs"] = options.jobs;
  result.object["runs"] = runs;
  result.object["rows"] = std::move(rows);
  result.object["ratio_geomean"] = nullptr;
  result.object["peer"] = nullptr;
  result.text +=
      "A verdict: compiled, every check on in several schedules, screened against the reference.\n"
      "No other judge that does this without a GPU was found to compare with.\n";
  return result;
}

}  // namespace

namespace benches {
extern const Bench kJudge = {"judge", "verdicts per second on the baselines of tasks",
                             "tasks=PATH   a task, or a folder of tasks (examples)\n"
                             "runs=N       measured rounds per task, 1 to 1000 (3)",
                             RunJudge};
}  // namespace benches

}  // namespace ws::driver
