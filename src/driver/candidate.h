// The program and the task that `run`, `check` and `profile` work on.
#ifndef WARPSMITH_DRIVER_CANDIDATE_H_
#define WARPSMITH_DRIVER_CANDIDATE_H_

#include <string>

#include "base/result.h"
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

// Reads both. A task or a file that the command line leaves open is looked for, and standard error
// says which was taken.
Result<Candidate> ReadCandidate(Context& context, const CandidateOptions& options);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_CANDIDATE_H_
