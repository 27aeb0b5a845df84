// Profiles a source on a task's bench sizes: counters, time range, what limits it, what to try.
//
// The engine runs the launcher with sampled blocks; the model (model.h) prices each launch; the
// textual gradient (gradient.h) says in words what the numbers say. Host code; thread-safe.
#ifndef WARPSMITH_TARGET_CUDA_PROFILE_H_
#define WARPSMITH_TARGET_CUDA_PROFILE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "target/cuda/arch.h"
#include "target/cuda/counters.h"
#include "target/cuda/host_cost.h"
#include "target/cuda/model.h"
#include "task/program.h"
#include "task/task.h"

namespace ws::target::cuda {

struct LaunchProfile {
  std::string kernel;
  exec::Dim3 grid{}, block{};
  bool sampled = false;
  uint32_t blocks_run = 0;
  double sampling_error = 0;   // LaunchStats's
  std::string registers_from;  // "ptxas" or "liveness estimate"
  Counters counters;
  LaunchTime time;
};

// One bench size.
struct SizeProfile {
  task::Sizes sizes;
  double weight = 1;
  TimeRange time;                // all launches and host calls
  double sampling_error_us = 0;  // standard error of `low` by sampling blocks
  double roofline_us = 0;  // compulsory bytes over bandwidth or operations over peak: no version
                           // runs faster
  std::vector<LaunchProfile> launches;
  std::vector<HostCallProfile> host_calls;
};

struct Profile {
  std::string arch;
  std::string basis = "modelled-uncalibrated";
  TimeRange time;             // weighted over bench sizes
  double sampling_error = 0;  // standard error by sampling blocks, relative
  double roofline_us = 0;     // weighted
  Resource limiter = Resource::kLaunch;
  std::vector<SizeProfile> sizes;
  std::vector<double> state;  // state vector for retrieval: each resource's share of the low time
  std::string gradient;       // a few sentences
  std::string front = "native", front_note;  // which way kernels were compiled; why, if it is news
};

// Speedup of `candidate` over `baseline`: paired ratios of like ends, wider by two standard errors
// of what was sampled.
struct SpeedupRange {
  double low = 0, high = 0;
};
SpeedupRange Speedup(const Profile& baseline, const Profile& candidate);

struct ProfileOptions {
  const Arch* arch = nullptr;
  bool use_ptxas = true;        // registers from `ptxas -v` where it is found
  double compulsory_flops = 0;  // per weighted bench size, if known (nest analysis); 0: bytes alone
  uint64_t fuel = uint64_t{1} << 32;
  task::KernelSource kernels = {};  // how sources are compiled
};

// Holds a task's bench inputs, made once and shared by all candidates.
class Profiler {
 public:
  static Result<std::unique_ptr<Profiler>> Make(const task::Task& task,
                                                const ProfileOptions& options);
  virtual ~Profiler() = default;

  // Compiles, normalises as ptxas would, runs sampled, prices. Errors: does not compile, does not
  // run (out of fuel, trapped), cannot be launched on the architecture.
  virtual Result<Profile> Run(std::string_view source, std::string_view file_name) const = 0;
};

Json ToJson(const Profile& profile);
std::string ToText(const Profile& profile);  // the tables that `warpsmith profile` prints

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_PROFILE_H_
