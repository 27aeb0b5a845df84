#include "driver/candidate.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/format.h"
#include "base/nearest.h"
#include "driver/files.h"
#include "driver/values.h"
#include "task/check_sizes.h"
#include "task/launchers.h"
#include "task/program.h"

namespace ws::driver {
namespace {

namespace fs = std::filesystem;

bool IsTask(const std::string& path) {
  std::error_code code;
  return path.ends_with(".toml") || fs::is_directory(path, code);
}

}  // namespace

Result<std::string> TaskBeside(const std::string& file) {
  const std::string path = fs::path(file).replace_filename("task.toml").string();
  std::error_code code;
  if (fs::is_regular_file(path, code)) return path;
  if (file.empty()) {
    return Error{"no file and no task are given, and there is no task.toml here", Blame::kUser,
                 "give FILE, --task TASK, or both"};
  }
  if (file.ends_with(".ptx")) {
    return Error{Format("{} is PTX, which has no host code to launch it", file), Blame::kUser,
                 Format("`warpsmith compile {}` checks it; the Python package, the C interface and "
                        "ptx_run launch it: docs/library.md",
                        file)};
  }
  return Error{Format("--task is missing, and there is no task.toml beside {}", file), Blame::kUser,
               HowToGetTask(file)};
}

std::string HowToGetTask(const std::string& file) {
  const Result<std::string> source = ReadSource(file);
  if (!source.ok()) return Format("name one with --task: {}", source.error().message);
  const auto program = task::Program::Compile(source.value(), file);
  if (!program->ok()) {
    return Format("name one with --task; {0} does not compile, `warpsmith compile {0}` says why",
                  file);
  }
  const auto launcher = task::ChooseLauncher(program->module(), {});
  if (launcher.ok()) {
    return Format("name one with --task; `warpsmith init {}` writes a first one", file);
  }
  const std::vector<std::string> names = task::Launchers(program->module());
  if (!names.empty()) {
    return Format("name one with --task; `warpsmith init {} --entry {}` writes a first one", file,
                  names.back());
  }
  const Error& error = launcher.error();
  return error.hint.empty() ? error.message : Format("{}; {}", error.message, error.hint);
}

void AddCandidateOptions(CLI::App& app, CandidateOptions& options, const char* file_help) {
  app.add_option("FILE", options.file, file_help);
  app.add_option("--task", options.task,
                 "task.toml, or its folder (default: the task.toml beside FILE)");
}

void AddSizeOption(CLI::App& app, std::string& text, const char* default_help) {
  app.add_option("--size", text,
                 Format("sizes such as rows=3,cols=257; those left out are as {}", default_help));
}

void AddFrontOption(CLI::App& app, std::string& front) {
  app.add_option("--front", front,
                 "how kernels are compiled: native; nvrtc; nvcc; clang; auto, natively, and where "
                 "that refuses device code by the first of the others that is here; printed, "
                 "natively to PTX, which is read back")
      ->check(Choice({"auto", "native", "nvrtc", "nvcc", "clang", "printed"}))
      ->capture_default_str();
}

cxx::KernelSource KernelsOf(std::string_view front, const Options& options) {
  cxx::KernelSource kernels;
  kernels.arch = options.arch;
  kernels.path = cxx::PathOf(front);
  return kernels;
}

Result<task::Sizes> ReadSizes(std::string_view text, const task::Task& task,
                              const task::Sizes& others) {
  task::Sizes sizes = others;
  std::vector<std::string_view> names;
  for (const auto& [name, value] : others) names.emplace_back(name);
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    const std::string_view word = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    const size_t equals = word.find('=');
    if (equals == std::string_view::npos) {
      return Error{Format("--size: `{}` is not of the form NAME=VALUE", word), Blame::kUser,
                   Format("the sizes of the task: {}", task::ToText(others))};
    }
    const std::string name(word.substr(0, equals));
    if (!others.contains(name)) {
      return Error{Format("--size: the task has no size `{}`", name), Blame::kUser,
                   DidYouMean(name, names, Format("its sizes are {}", Join(names, ", ")))};
    }
    const auto value = ParseWhole(word.substr(equals + 1), 0, uint64_t{1} << 31);
    if (!value.ok()) return Error{Format("--size {}: {}", name, value.error().message)};
    sizes[name] = static_cast<int64_t>(value.value());
  }
  TRY_OK(task::CheckSizes(task, sizes));
  return sizes;
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
