// One program and its judge: what becomes of each of its mutants.
#ifndef WARPSMITH_TESTS_MUTATION_TRIAL_H_
#define WARPSMITH_TESTS_MUTATION_TRIAL_H_

#include <memory>
#include <set>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "task/program.h"
#include "tests/mutation/operator.h"
#include "verify/judge.h"

namespace ws::mutation {

class Bench {
 public:
  // The program must be accepted by the task's judge.
  static Result<std::unique_ptr<Bench>> Make(const std::string& task, const std::string& file_name,
                                             const std::string& source,
                                             const verify::JudgeOptions& options);

  const Subject& subject() const { return subject_; }

  // Judges a mutant. Keys: operator, line, before, after; verdict: accepted, rejected, outside,
  // failed, or `same-code`, not judged because the original or an earlier mutant has the same
  // instructions; rung and why, where rejected; where accepted worst_error (of the tolerance), runs
  // and same_bits (see CompareBits).
  Json Try(const Mutant& mutant);
  // Takes note of a mutant that was tried before.
  void Skip(const Mutant& mutant);

 private:
  Bench(const std::string& file_name, const std::string& source,
        const verify::JudgeOptions& options);

  Subject subject_;
  std::string file_name_;
  std::unique_ptr<verify::Judge> judge_;
  std::unique_ptr<task::Program> program_;
  std::set<uint64_t> codes_;  // CodeHash of the original and of the mutants met
  verify::JudgeOptions options_;
};

}  // namespace ws::mutation

#endif  // WARPSMITH_TESTS_MUTATION_TRIAL_H_
