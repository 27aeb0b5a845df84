// Memory of the host runtime: allocation, copies, sets.
#include <algorithm>
#include <cstring>

#include "base/format.h"
#include "exec/host_call.h"
#include "exec/races.h"
#include "exec/vm/race_text.h"

namespace ws::exec {
namespace {

constexpr uint32_t kErrorMemoryAllocation = 2;  // cudaErrorMemoryAllocation

}  // namespace

bool HostCall::Find(uint64_t address, uint64_t bytes, bool writes, Range& range) {
  if (TagOf(address) == Tag::kHostLocal) {
    range.offset = address & kOffsetMask;
    range.on_host = true;
    bool inside = range.offset <= vm_.local_stride && bytes <= vm_.local_stride - range.offset;
    range.state = vm_.checks ? vm_.warp->local_state + range.offset : nullptr;
    for (uint64_t k = 0; inside && range.state != nullptr && k < bytes; ++k) {
      inside = (range.state[k] & kByteGap) == 0;
    }
    if (!inside) {
      return Fail(FindingKind::kOutOfBounds, Format("{} of {} bytes at {}", Name(), bytes,
                                                    DescribeLocal(*vm_.program, range.offset)));
    }
    range.data = vm_.local + range.offset;
    return true;
  }
  const AllocView* view = nullptr;
  int64_t offset = 0;
  switch (machine_.memory.Check(address, bytes, &view, &offset)) {
    case AccessError::kNone:
      break;
    case AccessError::kNoMemory:
      return Fail(FindingKind::kBadAddress,
                  address == 0 ? Format("{} gets a null pointer", Name())
                               : Format("{} gets {:#x}, which is no address", Name(), address));
    case AccessError::kFreed:
      return Fail(FindingKind::kUseAfterFree, Format("{} gets a pointer to {}, which was freed",
                                                     Name(), machine_.memory.InfoOf(*view).name));
    case AccessError::kOutOfBounds:
      return Fail(FindingKind::kOutOfBounds,
                  Format("{} of {} bytes at {}", Name(), bytes, machine_.Describe(*view, offset)));
  }
  range.view = const_cast<AllocView*>(view);
  range.offset = static_cast<uint64_t>(offset);
  range.data = view->data + offset;
  range.on_host = TagOf(address) == Tag::kHost;
  if (vm_.checks) {
    machine_.memory.NeedState(*range.view);
    range.state = view->state + offset;
  }
  // cudaMemcpyToSymbol may write __constant__ memory; kernels may not.
  (void)writes;
  return true;
}

bool HostCall::Allocate(uint64_t variable, uint64_t bytes) {
  Range range;
  if (!Find(variable, 8, true, range)) return false;
  if (!range.on_host && !IsManaged(range)) {
    return Fail(FindingKind::kWrongSpace, Format("{} stores the pointer in device memory", Name()));
  }
  uint64_t address = 0;
  if (bytes > machine_.options.limits.device.memory_bytes) {
    machine_.last_error = kErrorMemoryAllocation;
    machine_.Report(FindingKind::kNoMemory, site_,
                    Format("{} of {} bytes fails: the device has {}", Name(), bytes,
                           machine_.options.limits.device.memory_bytes),
                    {}, true);
    SetResult(kErrorMemoryAllocation);
    return true;
  }
  if (!NewMemory(Tag::kGlobal, bytes, machine_.options.limits.device_bytes,
                 Format("temporary {} ({})", machine_.num_temporaries++, Name()), &address)) {
    return false;
  }
  memcpy(range.data, &address, 8);
  if (range.state != nullptr) memset(range.state, kByteInit | kByteWritten, 8);
  NoteWork(bytes, false, false);
  SetResult(0);
  return true;
}

bool HostCall::AllocateManaged(uint64_t variable, uint64_t bytes) {
  if (!Allocate(variable, bytes)) return false;
  uint64_t address = 0;
  Range range;
  if (!Find(variable, 8, false, range)) return false;
  memcpy(&address, range.data, 8);
  if (AllocView* view = machine_.memory.Find(address)) view->managed = true;
  return true;
}

bool HostCall::NewMemory(Tag tag, uint64_t bytes, uint64_t limit, std::string name,
                         uint64_t* address) {
  if (bytes == 0) {
    *address = 0;
    return true;
  }
  const uint64_t live = machine_.memory.live_bytes(tag);
  if (bytes <= limit && live <= limit - bytes) {
    *address = machine_.memory.Allocate(tag, bytes, name, kPoison, 0);
  }
  if (*address == 0 && bytes <= limit && live <= limit - bytes) {
    return Fail(FindingKind::kNoMemory,
                Format("{} of {} bytes: this machine's memory, or the table of {} allocations, is "
                       "full",
                       Name(), bytes, kMaxSlots));
  }
  if (*address == 0) {
    return Fail(FindingKind::kNoMemory, Format("{} of {} bytes: {} are in use, {} is the limit",
                                               Name(), bytes, live, limit));
  }
  Allocation& a = machine_.memory.InfoOf(*machine_.memory.Find(*address));
  a.from_program = true;
  a.call = machine_.num_calls;
  a.loc = inst_.loc;
  return true;
}

bool HostCall::Release(uint64_t address, Tag tag) {
  SetResult(0);
  if (address == 0) return true;
  AllocView* view = machine_.memory.Find(address);
  if (view == nullptr || (address & kOffsetMask) != 0) {
    const AllocView* row = nullptr;
    int64_t offset = 0;
    const AccessError error = machine_.memory.Check(address, 0, &row, &offset);
    if (error == AccessError::kFreed) {
      return Fail(FindingKind::kDoubleFree,
                  Format("{} was freed before", machine_.memory.InfoOf(*row).name));
    }
    return Fail(FindingKind::kBadRuntimeCall,
                Format("{} gets a pointer that does not start an allocation", Name()));
  }
  const Allocation& info = machine_.memory.InfoOf(*view);
  if (!info.from_program || info.on_heap || TagOf(address) != tag) {
    return Fail(FindingKind::kBadRuntimeCall, Format("{} frees {}, which it may not", Name(),
                                                     machine_.memory.InfoOf(*view).name));
  }
  machine_.memory.Free(address);
  if (tag == Tag::kGlobal) NoteWork(0, false, false);
  return true;
}

void HostCall::NoteHostRace(const Range& range, uint64_t bytes, bool writes) {
  if (!IsManaged(range) || range.view->races == nullptr) return;
  const RaceFound found = FindHostRace(*range.view->races, range.offset,
                                       static_cast<uint32_t>(std::min<uint64_t>(bytes, 1u << 30)),
                                       writes, machine_.unsynced_epoch);
  if (!found.found) return;
  machine_.Report(FindingKind::kRaceHost, site_,
                  HostRaceText(machine_.Describe(*range.view, static_cast<int64_t>(range.offset)),
                               writes, found),
                  machine_.module.insts[found.other_inst].loc);
}

bool HostCall::Copy(uint64_t to, uint64_t from, uint64_t bytes, uint64_t kind) {
  SetResult(0);
  if (bytes == 0) return true;
  Range d, s;
  if (!Find(to, bytes, true, d) || !Find(from, bytes, false, s)) return false;
  if (kind == 0) {
    NoteHostRace(s, bytes, false);
    NoteHostRace(d, bytes, true);
  }
  // cudaMemcpyKind: host to host 0, host to device 1, back 2, device to device 3, default 4.
  const uint64_t actual = (s.on_host ? 0 : 2) + (d.on_host ? 0 : 1);
  // Managed memory is on both sides.
  const uint64_t either = (IsManaged(s) ? 2 : 0) | (IsManaged(d) ? 1 : 0);
  if (kind != 4 && (kind > 3 || ((kind ^ actual) & ~either) != 0)) {
    static constexpr const char* kNames[] = {"host to host", "host to device", "device to host",
                                             "device to device"};
    return Fail(FindingKind::kBadRuntimeCall,
                Format("{} copies {} but is told {}", Name(), kNames[actual],
                       kind < 4 ? kNames[kind] : "an unknown direction"));
  }
  const bool overlaps = s.data < d.data + bytes && d.data < s.data + bytes;
  if (overlaps && s.data != d.data && !s.on_host && !d.on_host) {
    return Fail(FindingKind::kBadRuntimeCall,
                Format("{} copies {} bytes between places that overlap", Name(), bytes));
  }
  memmove(d.data, s.data, bytes);
  if (d.state != nullptr) {
    for (uint64_t k = 0; k < bytes; ++k) {
      d.state[k] = static_cast<uint8_t>((s.state[k] & kByteInit) | kByteWritten);
    }
    NoteUndefined(d, bytes);
  }
  CopyShadows(d, s, bytes);
  NoteWork(bytes, !s.on_host, !d.on_host);
  return true;
}

bool HostCall::CopyRows() {
  const uint64_t bytes = Arg(4), rows = Arg(5), kind = Arg(6) & 0xffffffffu;
  SetResult(0);
  if (bytes == 0 || rows == 0) return true;
  if (bytes > Arg(1) || bytes > Arg(3)) {
    return Fail(FindingKind::kBadRuntimeCall,
                Format("{} copies rows of {} bytes, more than a pitch of {}", Name(), bytes,
                       std::min(Arg(1), Arg(3))));
  }
  for (uint64_t row = 0; row < rows; ++row) {
    if (!Copy(Arg(0) + row * Arg(1), Arg(2) + row * Arg(3), bytes, kind)) return false;
    vm_.slice -= 1;
  }
  work_.fn = ir::RtFn::kMemcpy;
  work_.bytes = rows * bytes;
  return true;
}

bool HostCall::SetRows() {
  const uint64_t bytes = Arg(3), rows = Arg(4);
  SetResult(0);
  if (bytes == 0 || rows == 0) return true;
  if (bytes > Arg(1)) {
    return Fail(
        FindingKind::kBadRuntimeCall,
        Format("{} fills rows of {} bytes, more than the pitch of {}", Name(), bytes, Arg(1)));
  }
  for (uint64_t row = 0; row < rows; ++row) {
    if (!Set(Arg(0) + row * Arg(1), Arg(2), bytes)) return false;
    vm_.slice -= 1;
  }
  work_.fn = ir::RtFn::kMemset;
  work_.bytes = rows * bytes;
  return true;
}

void HostCall::NoteUndefined(const Range& d, uint64_t bytes) {
  if (d.view == nullptr) return;
  Allocation& a = machine_.memory.InfoOf(*d.view);
  for (uint64_t k = 0; k < bytes && !a.undefined_stored; ++k) {
    if ((d.state[k] & kByteInit) != 0) continue;
    a.undefined_stored = true;
    a.undefined_loc = inst_.loc;
  }
}

void HostCall::CopyShadows(const Range& d, const Range& s, uint64_t bytes) {
  if (d.view == nullptr) return;
  const bool from = s.view != nullptr && s.view->shadows != nullptr;
  if (!from && d.view->shadows == nullptr) return;
  if (d.view->shadows == nullptr) d.view->shadows = new ShadowMap(d.view->size);
  d.view->shadows->scattered |= from && s.view->shadows->scattered;
  std::vector<ShadowEntry> moved((bytes + 1) / 2);
  if (from && s.offset % 2 == 0 && d.offset % 2 == 0) {
    for (size_t k = 0; k < moved.size(); ++k) {
      moved[k] = s.view->shadows->entries[s.offset / 2 + k];
    }
  }
  std::copy(moved.begin(), moved.end(),
            d.view->shadows->entries.begin() + static_cast<ptrdiff_t>(d.offset / 2));
}

bool HostCall::Set(uint64_t to, uint64_t value, uint64_t bytes) {
  SetResult(0);
  if (bytes == 0) return true;
  Range d;
  if (!Find(to, bytes, true, d)) return false;
  if (d.on_host) {
    return Fail(FindingKind::kWrongSpace, Format("{} of host memory", Name()));
  }
  memset(d.data, static_cast<int>(value & 0xff), bytes);
  if (d.state != nullptr) memset(d.state, kByteInit | kByteWritten, bytes);
  NoteWork(bytes, false, true);
  return true;
}

}  // namespace ws::exec
