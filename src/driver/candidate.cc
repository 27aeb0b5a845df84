#include "driver/candidate.h"

#include <filesystem>

#include "base/format.h"
#include "driver/files.h"

namespace ws::driver {
namespace {

namespace fs = std::filesystem;

bool IsTask(const std::string& path) {
  std::error_code code;
  return path.ends_with(".toml") || fs::is_directory(path, code);
}

// The task.toml beside a source, or in the working directory where no source was given.
Result<std::string> TaskBeside(const std::string& file) {
  const std::string path = fs::path(file).replace_filename("task.toml").string();
  std::error_code code;
  if (fs::is_regular_file(path, code)) return path;
  if (file.empty()) {
    return Error{"no file and no task are given, and there is no task.toml here", Blame::kUser,
                 "give FILE, --task TASK, or both"};
  }
  return Error{Format("--task is missing, and there is no task.toml beside {}", file), Blame::kUser,
               Format("name one with --task; `warpsmith init {}` writes a first one", file)};
}

}  // namespace

void AddCandidateOptions(CLI::App& app, CandidateOptions& options, const char* file_help) {
  app.add_option("FILE", options.file, file_help);
  app.add_option("--task", options.task,
                 "task.toml, or its folder (default: the task.toml beside FILE)");
}

Result<Candidate> ReadCandidate(Context& context, const CandidateOptions& options) {
  std::string file = options.file, task_path = options.task;
  if (task_path.empty() && IsTask(file)) std::swap(file, task_path);
  Candidate candidate;
  if (!file.empty()) {
    TRY(candidate.source, ReadSource(file));
  }
  if (task_path.empty()) {
    TRY(task_path, TaskBeside(file));
    context.Err(Format("task: {}\n", task_path));
  }
  TRY(candidate.task, task::ReadTask(task_path));
  if (file.empty()) {
    file = candidate.task.baseline_file;
    candidate.source = candidate.task.baseline_text;
    context.Err(Format("file: {}, the task's baseline\n", file));
  }
  candidate.file = file;
  return candidate;
}

}  // namespace ws::driver
