// The program and the task that `run`, `check` and `profile` work on.
#ifndef WARPSMITH_DRIVER_CANDIDATE_H_
#define WARPSMITH_DRIVER_CANDIDATE_H_

#include <string>
#include <string_view>

#include "base/result.h"
#include "cxx/kernels.h"
#include "driver/verb.h"
#include "task/task.h"

namespace ws::driver {

// The options that name them.
struct CandidateOptions {
  std::string file;  // a source; or a task.toml or its folder, whose baseline is then meant
  std::string task;  // --task: a task.toml or its folder; empty: the one beside `file`
};

struct Candidate {
  task::Task task;
  std::string file;  // for messages; included files are looked for beside it
  std::string source;
};

// Adds FILE and --task to a verb's options; `file_help` says what FILE is for.
void AddCandidateOptions(CLI::App& app, CandidateOptions& options, const char* file_help);

// --size of a verb that runs at one size; `default_help` says which it is without.
void AddSizeOption(CLI::App& app, std::string& text, const char* default_help);

// --front: how the kernels come to their IR; `front` is the default.
void AddFrontOption(CLI::App& app, std::string& front);
cxx::KernelSource KernelsOf(std::string_view front, const Options& options);

// The sizes that `text`, such as `rows=3,cols=257`, asks for; names it leaves out have their values
// in `others`. Errors: names or values that are none of the task's, arrays that are too large.
Result<task::Sizes> ReadSizes(std::string_view text, const task::Task& task,
                              const task::Sizes& others);

// The task.toml beside a source, or in the working directory where `file` is empty.
Result<std::string> TaskBeside(const std::string& file);

// What to do about a source without a task, as a hint: `init` where it has a launcher, `run` where
// it is a whole program, else what it lacks.
std::string HowToGetTask(const std::string& file);

// Reads both. A task or a file that the command line leaves open is looked for, and standard error
// says which was taken.
Result<Candidate> ReadCandidate(Context& context, const CandidateOptions& options);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_CANDIDATE_H_
