#include "exec/memory.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <type_traits>

#include "exec/domain/shadow_map.h"

namespace ws::exec {

Memory::Memory(bool host_addresses)
    : first_(host_addresses ? kHostWindows : 1), used_(first_), host_addresses_(host_addresses) {
  GrowViews();
  process_.name = "process memory";
  process_.uniform_state = kByteInit | kByteWritten;
}

Memory::~Memory() {
  for (uint32_t i = first_; i < used_; ++i) Release(views_[i]);
}

bool Memory::GrowViews() {
  static_assert(std::is_trivially_copyable_v<AllocView>);
  const uint32_t count = num_views_ == 0 ? 2 * std::max(first_, 128u) : 2 * num_views_;
  auto* views = static_cast<AllocView*>(std::calloc(count, sizeof(AllocView)));
  if (views == nullptr) return false;
  if (num_views_ > 0)
    memcpy(static_cast<void*>(views), views_.get(), num_views_ * sizeof(AllocView));
  views_.reset(views);
  num_views_ = count;
  return true;
}

// The row of the process's memory around an address; null where it is none.
AllocView* Memory::OpenWindow(uint64_t address) {
  const uint32_t slot = SlotOf(address);
  if (address >> kOffsetBits >= kHostWindows) return nullptr;
  AllocView& view = views_[slot];
  view.key = slot;  // 0, that of a free row, for the lowest: those addresses come here each time
  view.size = uint64_t{1} << kOffsetBits;
  view.data = reinterpret_cast<uint8_t*>(uintptr_t{slot} << kOffsetBits);
  view.foreign = true;
  return &view;
}

void Memory::Release(AllocView& view) {
  if (view.key == 0 || view.foreign) return;
  std::free(InfoOf(view).base);
  InfoOf(view).base = nullptr;
  std::free(view.state);
  delete view.races;
  delete view.shadows;
  view = AllocView{};
}

constexpr size_t kMostWaiting = 256;

uint64_t Memory::Allocate(Tag tag, uint64_t bytes, std::string_view name, uint8_t poison,
                          uint8_t state) {
  if (bytes >= uint64_t{1} << (kOffsetBits - 2)) return 0;
  uint32_t slot = 0;
  // Slots wait a while before they are used again, so that stale pointers stay recognisable.
  if (free_.size() - free_head_ > kMostWaiting ||
      (used_ == kMaxSlots && free_head_ < free_.size())) {
    slot = free_[free_head_++];
    if (free_head_ > 1024 && free_head_ * 2 > free_.size()) {
      free_.erase(free_.begin(), free_.begin() + static_cast<ptrdiff_t>(free_head_));
      free_head_ = 0;
    }
  } else if (used_ < kMaxSlots) {
    slot = used_;
  } else {
    return 0;
  }
  if (slot == num_views_ && !GrowViews()) return 0;
  const uint64_t rounded = (bytes + 63) / 64 * 64 + 64;  // room for whole-vector reads at the end
  // Zeros come from the system, which gives pages only where they are touched.
  void* base = poison == 0 ? std::calloc(rounded + 64, 1) : std::aligned_alloc(64, rounded);
  if (base == nullptr) return 0;
  uint8_t* data =
      reinterpret_cast<uint8_t*>((reinterpret_cast<uintptr_t>(base) + 63) & ~uintptr_t{63});
  if (poison != 0) memset(data, poison, rounded);
  if (slot == used_) {
    ++used_;
    infos_.emplace_back();
  }
  AllocView& view = views_[slot];
  Allocation& info = infos_[slot - first_];
  const uint32_t generation = info.generation;
  info = Allocation{
      .name = std::string(name), .base = base, .uniform_state = state, .generation = generation};
  view.key = MakeAddress(tag, slot, generation, 0) >> kOffsetBits;
  view.size = bytes;
  view.data = data;
  view.flat = next_flat_;
  next_flat_ += (bytes + 255) / 256 * 256;
  live_bytes_[static_cast<int>(tag)] += bytes;
  return view.key << kOffsetBits;
}

bool Memory::Free(uint64_t address) {
  AllocView* view = Find(address);
  if (view == nullptr || view->foreign || (address & kOffsetMask) != 0) return false;
  const uint32_t slot = SlotOf(address);
  live_bytes_[static_cast<int>(TagOf(address))] -= view->size;
  Release(*view);
  Allocation& info = infos_[slot - first_];
  info.generation = (info.generation + 1) & kGenerationMask;
  free_.push_back(slot);
  return true;
}

AllocView* Memory::Find(uint64_t address) {
  if (host_addresses_ && TagOf(address) == Tag::kNone) {
    // A null pointer with an offset is no address of the process.
    return address < 4096 ? nullptr : OpenWindow(address);
  }
  if (SlotOf(address) >= used_) return nullptr;
  AllocView& view = views_[SlotOf(address)];
  return view.key != 0 && view.key == address >> kOffsetBits ? &view : nullptr;
}

AccessError Memory::Check(uint64_t address, uint64_t bytes, const AllocView** row,
                          int64_t* offset) {
  *row = nullptr;
  *offset = static_cast<int64_t>(address & kOffsetMask);
  if (host_addresses_ && TagOf(address) == Tag::kNone) {
    *row = Find(address);
    return *row == nullptr ? AccessError::kNoMemory : AccessError::kNone;
  }
  if ((address & kOffsetMask) >> (kOffsetBits - 1) != 0) {
    *offset -= int64_t{1} << kOffsetBits;
    address += uint64_t{1} << kOffsetBits;
  }
  if (SlotOf(address) >= used_) return AccessError::kNoMemory;
  const AllocView* view = &views_[SlotOf(address)];
  if (view->key != address >> kOffsetBits || view->key == 0) {
    const Tag tag = TagOf(address);
    const uint32_t slot = SlotOf(address);
    const bool known = tag == Tag::kGlobal || tag == Tag::kConst || tag == Tag::kHost;
    if (known && slot >= first_ &&
        (view->key == 0 || GenerationOf(address) != infos_[slot - first_].generation)) {
      *row = view;
      return AccessError::kFreed;
    }
    return AccessError::kNoMemory;
  }
  *row = view;
  if (*offset < 0 || static_cast<uint64_t>(*offset) > view->size ||
      bytes > view->size - static_cast<uint64_t>(*offset)) {
    return AccessError::kOutOfBounds;
  }
  return AccessError::kNone;
}

void Memory::NeedState(AllocView& view) {
  if (view.state != nullptr || view.key == 0 || view.foreign) return;
  view.state = static_cast<uint8_t*>(std::malloc(view.size + 64));
  memset(view.state, InfoOf(view).uniform_state, view.size + 64);
}

void Memory::NeedState() {
  for (uint32_t i = first_; i < used_; ++i) NeedState(views_[i]);
}

void Memory::SetState(AllocView& view, uint64_t offset, uint64_t bytes, uint8_t state) {
  if (bytes == 0 || view.foreign) return;
  Allocation& info = InfoOf(view);
  if (offset == 0 && bytes == view.size) {
    info.uniform_state = state;
    if (view.state != nullptr) memset(view.state, state, bytes);
    return;
  }
  if (view.state == nullptr && info.uniform_state == state) return;
  NeedState(view);
  memset(view.state + offset, state, bytes);
}

void Memory::AssumeInitialised() {
  for (uint32_t i = first_; i < used_; ++i) {
    AllocView& view = views_[i];
    if (view.key == 0) continue;
    InfoOf(view).uniform_state |= kByteInit;
    for (uint64_t k = 0; view.state != nullptr && k < view.size; ++k) view.state[k] |= kByteInit;
  }
}

}  // namespace ws::exec
