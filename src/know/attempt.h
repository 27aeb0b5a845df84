// Attempts: what was tried on which situation and what came of it (DESIGN §8). Plain values.
//
// An attempt is one step from a parent program to a child: the situation it was taken in (what kind
// of work, where, what limited the parent), the step (technique and parameters), and what the judge
// and the time model said of the child. It never holds a task's name, reference or inputs.
#ifndef WARPSMITH_KNOW_ATTEMPT_H_
#define WARPSMITH_KNOW_ATTEMPT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace ws::know {

// What is being optimised, and for what.
struct Context {
  std::string op_class;      // nest::Name(OpClass): normalise, contraction, ...
  std::string dtype;         // of the first output: f32, f16
  std::string shape_bucket;  // bytes of all arrays at bench sizes as a power of two: 2^24
  std::string features;      // JSON object: what else is known of the task; no names
  std::string target;        // cuda
  std::string arch;          // sm_90

  bool operator==(const Context&) const = default;
};

// Evidence behind one rung of the ladder (verify::Evidence made to outlive the run).
struct RungEvidence {
  std::string rung;
  std::string summary;
  uint64_t runs = 0;
  uint64_t n = 0;
  double epsilon = 0, delta = 0;
  uint64_t k = 0;
  std::vector<std::string> sizes;  // "rows=3 cols=257"
  double worst_error_ratio = 0;

  bool operator==(const RungEvidence&) const = default;
};

struct Metric {
  std::string name;  // Nsight Compute's
  std::string unit;
  double value = 0;

  bool operator==(const Metric&) const = default;
};

// What judge and time model said of a source.
struct Assessment {
  std::string outcome = "failed";    // accepted | rejected | outside | failed
  std::string rung = "none";         // highest passed
  std::string failed_rung;           // rejected: where
  std::string reason;                // one line
  std::vector<std::string> details;  // findings, witness, diagnostics: one line each
  std::vector<RungEvidence> evidence;

  bool timed = false;  // everything below is set; only accepted sources are timed
  double low_us = 0, high_us = 0;
  double roofline_us = 0;
  double speedup_low = 0, speedup_high = 0;  // over the run's baseline, paired
  std::string basis;                         // modelled-uncalibrated | modelled | measured
  std::string bottleneck;                    // short name of what limits it: dram
  std::vector<double> state;                 // share of each resource in the low time
  std::string gradient;                      // the textual gradient
  std::vector<Metric> metrics;

  double cost_ms = 0;  // wall time spent on judging; no part of any identity

  bool accepted() const { return outcome == "accepted"; }
};

enum class Certificate : uint8_t { kNone, kPassed, kFailed };

struct Attempt {
  uint64_t sequence = 0;  // order of submission in its run
  Context context;
  std::vector<double> state;  // of the parent
  std::string bottleneck;     // of the parent
  std::string technique;      // "baseline" and "start" are no steps
  std::string parameters;     // text, as the technique prints them
  std::string proposer;
  std::string parent, child;  // content hashes; the baseline has no parent
  std::string plan;           // what the child carries for further steps: a schedule as text
  std::string diff;           // unified, parent to child
  double before_low_us = 0, before_high_us = 0;
  Assessment result;
  Certificate certificate = Certificate::kNone;
  Assessment certification;  // when `certificate` is not kNone
  int64_t created = 0;       // Unix time, seconds
  std::string version;       // of Warpsmith

  bool is_step() const { return technique != "baseline" && technique != "start"; }
  // Accepted by the screen, and not refuted by certification.
  bool stands() const { return result.accepted() && certificate != Certificate::kFailed; }
};

// Identity of an attempt: a hash of what was tried on what, by which version. Trying the same thing
// again gives the same id.
std::string AttemptId(const Attempt& attempt);

// Natural logarithm of parent's over child's time, the mean of both ends; 0 where either is
// unknown.
double LogEffect(const Attempt& attempt);

Json ToJson(const Assessment& assessment);
// The error names the field that is missing or of the wrong kind.
Result<Assessment> AssessmentFromJson(std::string_view text);

}  // namespace ws::know

#endif  // WARPSMITH_KNOW_ATTEMPT_H_
