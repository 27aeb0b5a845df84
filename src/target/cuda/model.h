// The time model: what a launch costs on an architecture, from its counters (DESIGN §7).
//
// Six resources are priced on their own, each as if nothing else took time: instruction issue and
// pipes, shared memory, L1, L2 and device memory bandwidth, and the latency chain of a warp times
// the rounds of warps a multiprocessor has to run. `low` assumes that all of them overlap perfectly
// (their maximum), `high` that arithmetic, memory and latency do not overlap at all (their sum).
// The truth of a chip lies between, as far as the counters are right. Nothing is fitted to measured
// examples, so every time is `modelled-uncalibrated`.
#ifndef WARPSMITH_TARGET_CUDA_MODEL_H_
#define WARPSMITH_TARGET_CUDA_MODEL_H_

#include <string>
#include <vector>

#include "ir/module.h"
#include "target/cuda/arch.h"
#include "target/cuda/counters.h"
#include "target/cuda/memory_model.h"
#include "target/cuda/occupancy.h"

namespace ws::target::cuda {

// What can limit a launch.
enum class Resource : uint8_t {
  kIssue,
  kFp32,
  kHalf,
  kFp64,
  kInteger,
  kSpecial,
  kCross,
  kShared,
  kL1,
  kL2,
  kDram,
  kLatency,
  kLaunch,
  kCount
};
const char* Name(Resource resource);       // "device memory bandwidth"
const char* StateName(Resource resource);  // stable short key: "dram"

struct TimeRange {
  double low_us = 0;   // perfect overlap
  double high_us = 0;  // in order
};

// A source line's share of a launch.
struct LineShare {
  diag::Loc loc;  // of the costliest instruction on the line
  uint32_t line = 0;
  double share[static_cast<size_t>(Resource::kCount)] = {};  // of the resource's use, 0..1
};

struct LaunchTime {
  TimeRange time;
  double resource_us[static_cast<size_t>(Resource::kCount)] = {};
  Resource limiter = Resource::kLaunch;
  Occupancy occupancy;
  double waves = 0;
  std::vector<LineShare> lines;  // the most expensive first, at most 16
};

// Fills `counters` with totals and prices the launch; `l2` is carried from launch to launch.
LaunchTime PriceLaunch(const Arch& arch, const ir::Module& module, const LaunchStats& stats,
                       L2State& l2, Counters& counters);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_MODEL_H_
