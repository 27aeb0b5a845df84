// The evaluator of CUDA runs: the judge of verify/ for verdicts, the time model for speed.
#ifndef WARPSMITH_SEARCH_JUDGE_EVALUATOR_H_
#define WARPSMITH_SEARCH_JUDGE_EVALUATOR_H_

#include <memory>
#include <string>

#include "base/result.h"
#include "search/evaluator.h"
#include "target/cuda/profile.h"
#include "verify/judge.h"

namespace ws::search {

class JudgeEvaluator : public Evaluator {
 public:
  struct Options {
    uint64_t seed = 1;
    uint64_t competitors = 1;  // k of certification
    uint32_t jobs = 1;         // threads for one certification
    // Names candidates in messages; files that they include are looked for beside it.
    std::string file_name = "candidate.cu";
    verify::LaunchLimits limits = {};  // of the architecture
  };

  // Judge and profiler must outlive the evaluator. Times the baseline, which the judge has
  // validated; an error if it cannot be timed.
  static Result<std::unique_ptr<JudgeEvaluator>> Make(const verify::Judge& judge,
                                                      const target::cuda::Profiler& profiler,
                                                      const Options& options);

  know::Assessment Screen(std::string_view source) const override;
  know::Assessment Certify(std::string_view source) const override;

 private:
  JudgeEvaluator(const verify::Judge& judge, const target::cuda::Profiler& profiler,
                 const Options& options)
      : judge_(judge), profiler_(profiler), options_(options) {}
  know::Assessment Judge(std::string_view source, bool certify) const;

  const verify::Judge& judge_;
  const target::cuda::Profiler& profiler_;
  Options options_;
  target::cuda::Profile baseline_;
};

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_JUDGE_EVALUATOR_H_
