#include "exec/engine.h"

#include <cstring>

#include "base/cpu.h"
#include "base/format.h"
#include "exec/domain/shadow.h"
#include "exec/host.h"
#include "exec/launch.h"
#include "exec/machine.h"

namespace ws::exec {

struct Instance::State {
  State(const ir::Module& module, std::shared_ptr<Memory> memory)
      : machine(module, std::move(memory)) {}
  Machine machine;
  std::optional<uint64_t> returned;

  void Begin(const RunOptions& options) {
    machine.options = options;
    machine.report = RunReport{};
    machine.fuel = static_cast<int64_t>(
        options.limits.fuel < uint64_t{1} << 60 ? options.limits.fuel : uint64_t{1} << 60);
    machine.num_launches = 0;
    machine.streams.SetRoot(options.files);
    machine.exceptions.clear();
    machine.pending_exception = 0;
    machine.last_error = 0;
    machine.unsynced_epoch = machine.memory.next_epoch;
    machine.lone_shuffle = {};
    machine.undefined_read_text.clear();
    returned.reset();
    ++machine.num_calls;
    if (!options.checks) machine.memory.AssumeInitialised();
    machine.CheckVariables();
  }
  RunReport End() {
    if (machine.options.checks && !machine.stopped()) {
      ReportLeftovers(machine, machine.num_calls);
      MarkKept(machine);
    }
    if (machine.options.checks) {
      machine.ListBlocks(machine.report.reached_blocks, machine.report.unreached_blocks);
    }
    return std::move(machine.report);
  }
  AllocView& View(DevicePtr ptr) {
    AllocView* view = machine.memory.Find(ptr);
    WS_CHECK(view != nullptr);
    return *view;
  }
};

bool RunReport::clean() const {
  if (status != RunStatus::kOk) return false;
  for (const Finding& f : findings) {
    if (!f.is_note) return false;
  }
  return true;
}

Instance::Instance(const ir::Module& module, std::shared_ptr<Memory> memory)
    : state_(std::make_unique<State>(module, std::move(memory))) {}
Instance::~Instance() = default;
Instance::Instance(Instance&&) noexcept = default;
Instance& Instance::operator=(Instance&&) noexcept = default;

DevicePtr Instance::Allocate(uint64_t bytes, std::string_view name, uint8_t poison) {
  return state_->machine.memory.Allocate(Tag::kGlobal, bytes, name, poison, 0);
}

DevicePtr Instance::AllocateHost(uint64_t bytes, std::string_view name) {
  return state_->machine.memory.Allocate(Tag::kHost, bytes, name, 0xa5, 0);
}

void Instance::Free(DevicePtr ptr) { WS_CHECK(state_->machine.memory.Free(ptr)); }

void Instance::Write(DevicePtr ptr, std::span<const uint8_t> bytes) {
  AllocView& view = state_->View(ptr);
  const uint64_t offset = ptr & kOffsetMask;
  WS_CHECK(offset <= view.size && bytes.size() <= view.size - offset);
  if (bytes.empty()) return;
  memcpy(view.data + offset, bytes.data(), bytes.size());
  state_->machine.memory.SetState(view, offset, bytes.size(), kByteInit);
}

std::span<const uint8_t> Instance::Read(DevicePtr ptr) const {
  const AllocView& view = state_->View(ptr);
  return {view.data, view.size};
}

void Instance::Poison(DevicePtr ptr, uint8_t poison) {
  AllocView& view = state_->View(ptr);
  memset(view.data, poison, view.size);
  state_->machine.memory.SetState(view, 0, view.size, 0);
  delete view.shadows;
  view.shadows = nullptr;
}

uint64_t Instance::UnwrittenBytes(DevicePtr ptr, uint64_t* first) const {
  const AllocView& view = state_->View(ptr);
  if (view.state == nullptr) {
    const uint8_t uniform = state_->machine.memory.InfoOf(view).uniform_state;
    *first = 0;
    return (uniform & kByteWritten) != 0 ? 0 : view.size;
  }
  uint64_t count = 0;
  for (uint64_t k = 0; k < view.size; ++k) {
    if ((view.state[k] & kByteWritten) != 0) continue;
    if (count++ == 0) *first = k;
  }
  return count;
}

DevicePtr Instance::AddressOf(ir::GlobalId variable) const {
  return state_->machine.global_address[variable.index];
}

uint64_t Instance::FlatAddress(DevicePtr ptr) const {
  return state_->View(ptr).flat + (ptr & kOffsetMask);
}

RunReport Instance::Call(ir::FunctionId entry, std::span<const ArgValue> args,
                         const RunOptions& options) {
  state_->Begin(options);
  Machine& machine = state_->machine;
  if (machine.stopped()) return state_->End();
  if (entry.index >= machine.module.functions.size() ||
      machine.module.functions[entry.index].kind != ir::FunctionKind::kHost) {
    machine.Report(FindingKind::kBadLaunch, {}, "the entry is not a host function");
  } else {
    state_->returned = RunHost(machine, entry, args);
    machine.streams.FlushAll();
  }
  return state_->End();
}

std::optional<uint64_t> Instance::returned() const { return state_->returned; }

RunReport Instance::LaunchKernel(const Launch& launch, const RunOptions& options) {
  state_->Begin(options);
  // What is wrong with the launch itself is said at the kernel.
  Site site;
  const auto& functions = state_->machine.module.functions;
  if (launch.kernel.index < functions.size()) site.loc = functions[launch.kernel.index].loc;
  if (!state_->machine.stopped()) RunLaunch(state_->machine, launch, site);
  return state_->End();
}

Shadow Instance::ReadShadow(DevicePtr ptr, uint64_t index, ir::Type type) const {
  const AllocView& view = state_->View(ptr);
  const uint32_t bytes = ir::BytesOf(type);
  const uint64_t offset = (ptr & kOffsetMask) + index * bytes;
  WS_CHECK(bytes > 0 && offset <= view.size && bytes <= view.size - offset);
  uint64_t bits = 0;
  memcpy(&bits, view.data + offset, bytes);
  const ShadowValue v = StoredShadow(view.shadows, offset, type, bits);
  return {.value = v.value,
          .magnitude = v.magnitude,
          .variance = v.variance,
          .roundings = v.roundings,
          .lost = v.lost,
          .ambiguous = v.ambiguous};
}

const Core& BestCore() {
  switch (SimdLevelHere()) {
    case ws::SimdLevel::kAvx512:
      return CoreAvx512();
    case ws::SimdLevel::kAvx2:
      return CoreAvx2();
    case ws::SimdLevel::kBaseline:
      break;
  }
  return CoreBaseline();
}

std::string_view SimdLevel() { return SimdName(SimdLevelHere()); }

}  // namespace ws::exec
