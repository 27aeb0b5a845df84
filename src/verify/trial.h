// One run of a candidate on one sample, compared with what the reference says.
#ifndef WARPSMITH_VERIFY_TRIAL_H_
#define WARPSMITH_VERIFY_TRIAL_H_

#include <string>
#include <vector>

#include "verify/rung.h"

namespace ws::verify {

struct Trial {
  bool failed = false;   // the candidate is wrong
  bool refused = false;  // it stopped on its own at a size that the task does not list
  std::string internal;  // our failure
  std::string reason;    // failed without a wrong element: it stopped or did not end
  SampleComparison comparison;
  std::vector<RenderedFinding> findings;
  uint64_t warp_instructions = 0;
};

// Whether a program stopped on its own (assert, abort, trap) at a size beyond all listed ones: that
// is no fault, as it may say that it is not made for it.
bool Refuses(const Climb& climb, const task::Sizes& sizes,
             const std::vector<RenderedFinding>& findings);

// Runs without checks unless they are asked for. Odd `order`s take blocks and warps in a random
// order of their own: what depends on the order of atomics is compared under these alone.
Trial RunTrial(const Climb& climb, const Sample& sample, uint64_t order, bool checks = false);

// Tries smaller sizes with the family and seed of a failed trial, at most `tries`; the smallest
// failure found, which is `trial` itself where there is none. Only sizes count that reference and
// baseline admit.
Trial Smallest(const Climb& climb, Trial trial, uint64_t order, int tries, bool checks = false);

// Fills the verdict from a failed trial.
bool RejectWith(const Trial& trial, Verdict& verdict);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_TRIAL_H_
