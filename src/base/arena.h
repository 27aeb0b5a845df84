// Bump allocation out of one block of memory, and the growable array that lives in it. Device-clean.
//
// One arena serves one program on its way from source bytes to verdict. It never frees; when it is
// full, allocation fails softly: `failed()` becomes true, and arrays stop growing while staying
// safe to write to. Whoever drives a phase checks `failed()` once and reports `program-too-large`.
//
// Under AddressSanitizer what was not allocated, and what an array left behind when it grew, must
// not be touched, and indices are checked.
#ifndef WARPSMITH_BASE_ARENA_H_
#define WARPSMITH_BASE_ARENA_H_

#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>

#include "base/macros.h"

#if defined(WS_ASAN)
#include <sanitizer/asan_interface.h>
#endif

namespace ws {

class Arena {
 public:
  // Uses `bytes` bytes at `memory`, which must be aligned to 16 and outlive the arena.
  WS_HD Arena(void* memory, size_t bytes)
      : base_(static_cast<char*>(memory)), used_(0), capacity_(bytes), failed_(false) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
#if defined(WS_ASAN)
  ~Arena() { ASAN_UNPOISON_MEMORY_REGION(base_, most_used_); }
#endif

  // Uninitialised memory aligned to 16 bytes, or null when the arena is full.
  WS_HD void* Allocate(size_t bytes) {
    const size_t rounded = Rounded(bytes);
    if (rounded < bytes || rounded > capacity_ - used_) {
      failed_ = true;
      return nullptr;
    }
    void* result = base_ + used_;
    used_ += rounded;
    Mark(result, bytes);
    return result;
  }

  // Tries to grow the last allocation in place; true if it could.
  WS_HD bool Extend(void* last, size_t old_bytes, size_t new_bytes) {
    const size_t old_rounded = Rounded(old_bytes);
    const size_t new_rounded = Rounded(new_bytes);
    if (static_cast<char*>(last) + old_rounded != base_ + used_) return false;
    if (new_rounded - old_rounded > capacity_ - used_) return false;
    used_ += new_rounded - old_rounded;
    Mark(last, new_bytes);
    return true;
  }

  WS_HD void Fail() { failed_ = true; }
  WS_HD bool failed() const { return failed_; }
  WS_HD size_t used() const { return used_; }
  WS_HD size_t most_used() const { return most_used_ > used_ ? most_used_ : used_; }
  WS_HD size_t capacity() const { return capacity_; }
  WS_HD void Reset() {
    Abandon(base_, used_);
    most_used_ = most_used();
    used_ = 0;
    failed_ = false;
  }
  // A place that writes may go to when the arena is full; its content means nothing.
  WS_HD void* scratch() { return scratch_; }
  static constexpr size_t kScratchBytes = 256;

  // Nobody may touch these bytes of an allocation any more.
  WS_HD void Abandon([[maybe_unused]] void* memory, [[maybe_unused]] size_t bytes) {
#if defined(WS_ASAN)
    ASAN_POISON_MEMORY_REGION(memory, bytes);
#endif
  }

 private:
#if defined(WS_ASAN)
  static constexpr size_t kGap = 16;  // behind every allocation
#else
  static constexpr size_t kGap = 0;
#endif
  WS_HD static size_t Rounded(size_t bytes) { return ((bytes + 15) & ~size_t{15}) + kGap; }

  // The last allocation, which ends at used_, is these bytes.
  WS_HD void Mark([[maybe_unused]] void* memory, [[maybe_unused]] size_t bytes) {
#if defined(WS_ASAN)
    most_used_ = most_used();
    ASAN_UNPOISON_MEMORY_REGION(memory, bytes);
    char* const end = static_cast<char*>(memory) + bytes;
    ASAN_POISON_MEMORY_REGION(end, static_cast<size_t>(base_ + used_ - end));
#endif
  }

  char* base_;
  size_t used_;
  size_t capacity_;
  bool failed_;
  size_t most_used_ = 0;  // before the last Reset
  alignas(16) char scratch_[kScratchBytes] = {};
};

// A growable array of trivially copyable elements in an arena.
template <typename T>
class Vec {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= Arena::kScratchBytes);

 public:
  Vec() = default;
  WS_HD explicit Vec(Arena& arena) : arena_(&arena) {}

  WS_HD uint32_t size() const { return size_; }
  WS_HD bool empty() const { return size_ == 0; }
  WS_HD T* data() { return data_; }
  WS_HD const T* data() const { return data_; }
  WS_HD T* begin() { return data_; }
  WS_HD T* end() { return data_ + size_; }
  WS_HD const T* begin() const { return data_; }
  WS_HD const T* end() const { return data_ + size_; }
  WS_HD T& operator[](uint32_t i) {
    WS_ASAN_CHECK(i < size_);
    return data_[i];
  }
  WS_HD const T& operator[](uint32_t i) const {
    WS_ASAN_CHECK(i < size_);
    return data_[i];
  }
  WS_HD T& back() { return size_ > 0 ? data_[size_ - 1] : Scratch(); }
  WS_HD const T& back() const {
    WS_ASAN_CHECK(size_ > 0);
    return data_[size_ - 1];
  }
  WS_HD std::span<const T> span() const { return {data_, size_}; }
  WS_HD std::span<T> span() { return {data_, size_}; }
  WS_HD void clear() { size_ = 0; }
  WS_HD void truncate(uint32_t size) { size_ = size < size_ ? size : size_; }
  WS_HD void pop_back() {
    if (size_ > 0) --size_;
  }

  // Appends; on a full arena the element goes to scratch memory and the arena is marked failed.
  WS_HD T& push_back(const T& value) {
    if (size_ == capacity_ && !Grow(size_ + 1)) {
      T& scratch = Scratch();
      scratch = value;
      return scratch;
    }
    data_[size_] = value;
    return data_[size_++];
  }

  // Appends `count` elements for the caller to fill; null (and unchanged) on a full arena.
  WS_HD T* extend(uint32_t count) {
    if (count > capacity_ - size_ && !Grow(size_ + count)) return nullptr;
    T* first = data_ + size_;
    size_ += count;
    return first;
  }

  // Appends `count` copies of `value`; false (and unchanged) on a full arena.
  WS_HD bool append(uint32_t count, const T& value) {
    if (count > capacity_ - size_ && !Grow(size_ + count)) return false;
    if (count == 0) return true;
    // Doubling copies: whole elements at once, whatever their members are.
    T* first = data_ + size_;
    first[0] = value;
    for (uint32_t filled = 1; filled < count;) {
      const uint32_t next = filled < count - filled ? filled : count - filled;
      memcpy(static_cast<void*>(first + filled), static_cast<const void*>(first),
             size_t{next} * sizeof(T));
      filled += next;
    }
    size_ += count;
    return true;
  }
  WS_HD bool reserve(uint32_t count) { return count <= capacity_ || Grow(count); }

 private:
  WS_HD T& Scratch() { return *static_cast<T*>(arena_->scratch()); }

  WS_HD bool Grow(uint32_t wanted) {
    uint32_t capacity = capacity_ < 8 ? 8 : capacity_ * 2;
    if (capacity < wanted) capacity = wanted;
    if (data_ != nullptr &&
        arena_->Extend(data_, size_t{capacity_} * sizeof(T), size_t{capacity} * sizeof(T))) {
      capacity_ = capacity;
      return true;
    }
    void* memory = arena_->Allocate(size_t{capacity} * sizeof(T));
    if (memory == nullptr) return false;
    if (size_ > 0) memcpy(memory, static_cast<const void*>(data_), size_t{size_} * sizeof(T));
    arena_->Abandon(data_, size_t{capacity_} * sizeof(T));
    data_ = static_cast<T*>(memory);
    capacity_ = capacity;
    return true;
  }

  Arena* arena_ = nullptr;
  T* data_ = nullptr;
  uint32_t size_ = 0;
  uint32_t capacity_ = 0;
};

// Copies text into the arena; empty when it is full.
WS_HD inline std::string_view CopyText(Arena& arena, const char* text, size_t size) {
  char* memory = static_cast<char*>(arena.Allocate(size));
  if (memory == nullptr) return {};
  memcpy(memory, text, size);
  return {memory, size};
}

// Byte equality of two texts, usable on the device.
WS_HD inline bool SameText(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a.data()[i] != b.data()[i]) return false;
  }
  return true;
}

}  // namespace ws

#endif  // WARPSMITH_BASE_ARENA_H_
