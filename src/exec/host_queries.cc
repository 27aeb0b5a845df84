// What host code asks of the runtime: times, facts of the device and of kernels.
#include <algorithm>
#include <cstring>

#include "base/format.h"
#include "exec/host_call.h"

namespace ws::exec {
namespace {

constexpr uint64_t kAttributeMaxDynamicShared = 8;  // cudaFuncAttributeMaxDynamicSharedMemorySize

}  // namespace

bool HostCall::SetAttribute(uint64_t function, uint64_t attribute, uint64_t value) {
  SetResult(0);
  if (attribute != kAttributeMaxDynamicShared) return true;
  const uint64_t limit = machine_.options.limits.max_shared_bytes_opt_in;
  if (value > limit) {
    return Fail(FindingKind::kBadRuntimeCall,
                Format("{} asks for {} bytes of dynamic shared memory; at most {} exist", Name(),
                       value, limit));
  }
  machine_.opted_in_shared[static_cast<uint32_t>(function)] = static_cast<uint32_t>(value);
  return true;
}

// A limit beyond what a device can do is an error that the program is told of.
bool HostCall::SetLimit(uint64_t limit, uint64_t value) {
  constexpr uint32_t kInvalidValue = 1, kUnsupportedLimit = 215;
  constexpr uint64_t kMostLocalBytes = 512 * 1024;  // of a thread, of every architecture
  const bool known = limit < machine_.device_limits.size();
  const bool fits = limit != kLimitStackBytes || value <= kMostLocalBytes;
  SetResult(!known ? kUnsupportedLimit : !fits ? kInvalidValue : 0);
  if (known && fits) machine_.device_limits[limit] = value;
  return true;
}

int64_t HostCall::Now() const {
  const uint64_t left = static_cast<uint64_t>(std::max<int64_t>(vm_.fuel + vm_.slice, 0));
  return static_cast<int64_t>(machine_.options.limits.fuel - left);
}

int64_t* HostCall::Event(uint64_t handle) {
  if (handle == 0 || handle > machine_.events.size()) {
    Fail(FindingKind::kBadRuntimeCall, Format("{} gets an event that was not created", Name()));
    return nullptr;
  }
  return &machine_.events[handle - 1];
}

bool HostCall::ElapsedTime() {
  constexpr uint32_t kInvalidResourceHandle = 400;
  const int64_t* start = Event(Arg(1));
  const int64_t* stop = Event(Arg(2));
  Range to;
  if (start == nullptr || stop == nullptr || !Find(Arg(0), 4, true, to)) return false;
  if (*start < 0 || *stop < 0) {
    SetResult(kInvalidResourceHandle);
    return true;
  }
  const float milliseconds = static_cast<float>(static_cast<double>(*stop - *start) * 1e-6);
  memcpy(to.data, &milliseconds, 4);
  if (to.state != nullptr) memset(to.state, kByteInit | kByteWritten, 4);
  SetResult(0);
  return true;
}

uint64_t HostCall::Fact(int32_t code) {
  const uint64_t most = machine_.options.limits.device_bytes;
  if (code == kFactEngineBytes) return most;
  if (code == kFactFreeBytes) {
    return most - std::min(most, machine_.memory.live_bytes(Tag::kGlobal));
  }
  const int32_t limit = kFactLimit - code;
  if (limit >= 0 && static_cast<size_t>(limit) < machine_.device_limits.size()) {
    return machine_.device_limits[static_cast<size_t>(limit)];
  }
  return static_cast<uint64_t>(DeviceFact(machine_.options.limits.device, code));
}

bool HostCall::KernelQuestion() {
  const ir::FunctionId id(static_cast<uint32_t>(Arg(0)));
  const Program* program = machine_.ProgramOf(id, site_);
  if (program == nullptr) return false;
  const uint32_t bound = machine_.module.functions[id.index].max_threads;
  KernelNeeds needs{.shared_bytes = program->static_shared_bytes,
                    .local_bytes = program->frame_bytes,
                    .max_threads = bound != 0 ? bound : 1024};
  for (const ir::Global& global : machine_.module.globals) {
    if (global.space == ir::Space::kConst) needs.const_bytes += global.bytes;
  }
  SetResult(static_cast<uint64_t>(FactOfKernel(machine_.options.limits.device, needs,
                                               static_cast<KernelFact>(Arg(1)), Arg(2), Arg(3))));
  return true;
}

}  // namespace ws::exec
