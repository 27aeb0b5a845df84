// Loads and stores of a warp with every check on, the common cases: lanes that touch neighbouring
// bytes of one allocation, or one place all together, or places of their own, all of them
// initialised, in bounds, aligned and plainly ordered after what was done there before. Included by
// vm/core.h, compiled per SIMD level. What is not common is left to AccessSlow.
#include "exec/vm/lanes.h"

// Where an access goes.
struct CheckedPlace {
  uint8_t* data = nullptr;
  uint8_t* state = nullptr;
  const RaceMap* races = nullptr;  // null: nothing races here
  uint64_t limit = 0;              // bytes
  uint32_t start = 0;              // earlier epochs come before this access
  uint32_t own_start = 0;          // epochs from here to vm->epoch are of this block
};

// What decides about races, by value, so that loops need no loads.
struct RaceClock {
  uint32_t start, own_start, own_count, epoch, warp_bits, base;
  bool merges_readers;
};

WS_INLINE uint32_t PlainlyOrdered(const RaceClock& c, uint32_t epoch, uint32_t who, uint32_t own) {
  const uint32_t earlier = epoch < c.start;
  const uint32_t in_block = (epoch - c.own_start < c.own_count) & ((who & kManyBlocks) == 0);
  const uint32_t now = epoch == c.epoch;
  const uint32_t itself = (who & (kThreadMask | kManyMask)) == (own & kThreadMask);
  const uint32_t in_warp =
      ((who & (kWarpMask | kManyWarps | kManyBlocks)) == c.warp_bits) & (ClockOf(who) < c.base);
  return earlier | in_block | (now & (itself | in_warp));
}

// Whether a reader comes before what the warp does now, by a bar.warp.sync of all its lanes: then a
// new reader takes its place, as whatever comes behind the new one comes behind both.
WS_INLINE uint32_t InWarpBefore(const RaceClock& c, uint32_t who) {
  return static_cast<uint32_t>((who & (kWarpMask | kManyWarps | kManyBlocks)) == c.warp_bits) &
         (ClockOf(who) < c.base);
}

// Whether a read by `own` leaves the earlier reader `who` as the one that stands for all: where the
// new one wrote the place last, it is likely to do so again, and the other is to be named then.
WS_INLINE uint32_t KeepsReader(const RaceClock& c, uint32_t epoch, uint32_t who, uint32_t own,
                               uint32_t writer) {
  return static_cast<uint32_t>(epoch == c.epoch) & (((writer ^ own) & kThreadMask) == 0) &
         (((who ^ own) & kThreadMask) != 0) & (InWarpBefore(c, who) ^ 1);
}

// The last-reader word after a read by `own`. `unordered`: an earlier reader must be looked up;
// `keeps`: KeepsReader.
WS_INLINE uint32_t MergedReader(const RaceClock& c, uint32_t epoch, uint32_t who, uint32_t own,
                                uint32_t keeps, uint32_t& unordered) {
  const uint32_t now = static_cast<uint32_t>(epoch == c.epoch) & (InWarpBefore(c, who) ^ 1);
  const uint32_t in_block = epoch - c.own_start <= c.own_count;
  unordered |= (epoch >= c.start) & (now ^ 1) & (in_block ^ 1);
  const uint32_t differ = (who ^ own) & kThreadMask;
  const uint32_t threads = differ != 0 ? kManyThreads : 0;
  const uint32_t warps = differ >= 32 ? kManyWarps : 0;
  const uint32_t clock = who & kClockMax << kClockShift;
  const uint32_t own_clock = own & kClockMax << kClockShift;
  const uint32_t later = clock > own_clock ? clock : own_clock;
  const uint32_t named = keeps != 0 ? who & kThreadMask : own & kThreadMask;
  const uint32_t same = (own & ~(kClockMax << kClockShift | kThreadMask)) | named | later |
                        (who & kManyMask) | threads | warps;
  const uint32_t before = own | (epoch >= c.start ? who & kManyBlocks : 0);
  return now != 0 ? same : before;
}

// Lanes [low, low + n) touch neighbouring places of `1 << per_lane_log2` grains each from grain
// `first` on. True, and all is noted, if every grain is plainly ordered.
template <bool load>
WS_INLINE bool NoteRun(const RaceMap& map, const RaceClock& c, const uint32_t* who, uint64_t first,
                       uint32_t low, uint32_t n, uint32_t per_lane_log2, uint32_t inst) {
  uint32_t* const we = map.Field(kWriteEpoch) + first;
  uint32_t* const ww = map.Field(kWriteWho) + first;
  uint32_t* const re = map.Field(kReadEpoch) + first;
  uint32_t* const rw = map.Field(kReadWho) + first;
  const uint32_t count = n << per_lane_log2;
  alignas(64) uint32_t own[512];
  if (per_lane_log2 == 0) {
    for (uint32_t k = 0; k < count; ++k) own[k] = who[low + k];
  } else {
    for (uint32_t k = 0; k < count; ++k) own[k] = who[low + (k >> per_lane_log2)];
  }
  uint32_t ordered = 1, unordered = 0;
  if constexpr (load) {
    alignas(64) uint32_t merged[512], keeps[512];
    WS_INDEPENDENT for (uint32_t k = 0; k < count; ++k) {
      ordered &= PlainlyOrdered(c, we[k], ww[k], own[k]);
      keeps[k] = KeepsReader(c, re[k], rw[k], own[k], ww[k]);
      merged[k] = MergedReader(c, re[k], rw[k], own[k], keeps[k], unordered);
    }
    if (!c.merges_readers) {
      for (uint32_t k = 0; k < count; ++k) {
        unordered |= PlainlyOrdered(c, re[k], rw[k], own[k]) ^ 1;
      }
    }
    if ((ordered & (unordered ^ 1)) == 0) return false;
    uint32_t* const ri = map.Field(kReadInst) + first;
    WS_INDEPENDENT for (uint32_t k = 0; k < count; ++k) {
      re[k] = c.epoch;
      rw[k] = merged[k];
      ri[k] = keeps[k] != 0 ? ri[k] : inst;
    }
  } else {
    WS_INDEPENDENT for (uint32_t k = 0; k < count; ++k) {
      ordered &= PlainlyOrdered(c, we[k], ww[k], own[k]) & PlainlyOrdered(c, re[k], rw[k], own[k]);
    }
    if (ordered == 0) return false;
    uint32_t* const wi = map.Field(kWriteInst) + first;
    WS_INDEPENDENT for (uint32_t k = 0; k < count; ++k) {
      we[k] = c.epoch;
      ww[k] = own[k];
      wi[k] = inst;
    }
  }
  return true;
}

// One place of `count` grains that the lanes read together (`own`: the first of them; `second`: the
// next, or the same).
WS_INLINE bool NoteTogether(const RaceMap& map, const RaceClock& c, uint32_t own, uint32_t second,
                            uint64_t first, uint32_t count, uint32_t inst) {
  const bool several = own != second;
  uint32_t* const epochs = map.words + first;
  uint32_t merged[16], keeps[16];
  for (uint32_t k = 0; k < count; ++k) {
    const uint32_t* const e = epochs + k;
    const uint32_t we = e[kWriteEpoch * map.grains], ww = e[kWriteWho * map.grains];
    const uint32_t re = e[kReadEpoch * map.grains], rw = e[kReadWho * map.grains];
    // Of several lanes no single one is the writer.
    const bool first_wrote = ((ww ^ own) & kThreadMask) == 0;
    const uint32_t reader = several ? (first_wrote ? second : own) | kManyThreads : own;
    uint32_t unordered = 0;
    if (PlainlyOrdered(c, we, several ? ww | kManyThreads : ww, own) == 0) return false;
    keeps[k] = KeepsReader(c, re, rw, reader, ww);
    merged[k] = MergedReader(c, re, rw, reader, keeps[k], unordered);
    if (!c.merges_readers) unordered |= PlainlyOrdered(c, re, rw, own) ^ 1;
    if (unordered != 0) return false;
  }
  for (uint32_t k = 0; k < count; ++k) {
    uint32_t* const e = epochs + k;
    e[kReadEpoch * map.grains] = c.epoch;
    e[kReadWho * map.grains] = merged[k];
    if (keeps[k] == 0) e[kReadInst * map.grains] = inst;
  }
  return true;
}

// States of bytes that a load must look at more closely.
inline constexpr uint8_t kNotCommon = kByteGap | kByteKept;

// Every one of the bytes has all bits of `bits`; none has one of `none`.
WS_INLINE bool StatesAre(const uint8_t* state, uint64_t bytes, uint8_t bits, uint8_t none) {
  uint8_t all = 0xff, any = 0;
  for (uint64_t k = 0; k < bytes; ++k) {
    all &= state[k];
    any |= state[k];
  }
  return (all & bits) == bits && (any & none) == 0;
}

template <bool load>
WS_INLINE uint32_t CheckedMove(const VmInst* i, Vm* vm, char* r, uint32_t m,
                               const CheckedPlace& place, Reach& reach) {
  const uint32_t bytes = uint32_t{i->sub} * i->vec;
  const AccessInfo& info = vm->program->accesses.data()[i->c];
  if (!load) {
    for (uint32_t e = 0; e < i->vec; ++e) {
      if ((m & ~DefOf(vm, info.srcs[e].offset)) != 0) return m;
    }
  }
  const WarpSync& sync = *vm->warp->sync;
  const uint32_t low = static_cast<uint32_t>(__builtin_ctz(m));
  const uint32_t n = static_cast<uint32_t>(__builtin_popcount(m));
  const RaceMap* const map = place.races;
  uint32_t per_lane_log2 = 0;
  RaceClock c = {};
  if (map != nullptr) {
    if (map->words == nullptr || bytes >> map->grain_log2 == 0) return m;
    if (load && sync.partial) return m;  // lanes know of each other by pairs
    per_lane_log2 = static_cast<uint32_t>(__builtin_ctz(bytes >> map->grain_log2));
    c = {place.start, place.own_start, vm->epoch - place.own_start, vm->epoch, vm->warp->index << 5,
         sync.base,   !vm->has_fence};
  }
  const uint64_t first = reach.offset[low];
  const bool is_run = (m >> low) == (n == 32 ? kAllLanes : (1u << n) - 1);
  uint64_t apart = 0, differ = 0;
  WS_EACH_LANE {
    const uint64_t active = (m >> k & 1) != 0 ? ~uint64_t{0} : 0;
    apart |= active & (reach.offset[k] ^ (first + bytes * (static_cast<uint64_t>(k) - low)));
    differ |= active & (reach.offset[k] ^ first);
  }
  if (is_run && apart == 0) {
    const uint64_t span = uint64_t{n} * bytes;
    if (!StatesAre(place.state + first, span, load ? kByteInit : 0, load ? kNotCommon : kByteGap))
      return m;
    if (map != nullptr && !NoteRun<load>(*map, c, sync.who, first >> map->grain_log2, low, n,
                                         per_lane_log2, info.inst)) {
      return m;
    }
    if (!load) memset(place.state + first, kByteInit | kByteWritten, span);
    reach.contiguous = m == kAllLanes;
    Move<load>(i, vm, r, place.data, reach, m);
  } else if (load && differ == 0) {
    if (!StatesAre(place.state + first, bytes, kByteInit, kNotCommon)) return m;
    const uint32_t second = n > 1 ? static_cast<uint32_t>(__builtin_ctz(m & (m - 1))) : low;
    if (map != nullptr && !NoteTogether(*map, c, sync.who[low], sync.who[second],
                                        first >> map->grain_log2, 1u << per_lane_log2, info.inst)) {
      return m;
    }
    reach.contiguous = false;
    Move<load>(i, vm, r, place.data, reach, m);
  } else {
    if (!load && vm->rng != nullptr) return m;
    // Lane by lane; those up to the first that needs more thought are done.
    uint32_t rest = m;
    for (; rest != 0; rest &= rest - 1) {
      const uint32_t lane = static_cast<uint32_t>(__builtin_ctz(rest));
      const uint64_t at = reach.offset[lane];
      uint8_t all = 0xff, any = 0;
      for (uint32_t k = 0; k < bytes; ++k) {
        all &= place.state[at + k];
        any |= place.state[at + k];
      }
      if ((any & (load ? kNotCommon : kByteGap)) != 0 || (load && (all & kByteInit) == 0)) break;
      if (map != nullptr && !NoteRun<load>(*map, c, sync.who, at >> map->grain_log2, lane, 1,
                                           per_lane_log2, info.inst)) {
        break;
      }
      if (!load) {
        for (uint32_t k = 0; k < bytes; ++k) place.state[at + k] = kByteInit | kByteWritten;
      }
    }
    m &= ~rest;
    if (m == 0) return rest;
    reach.contiguous = false;
    Move<load>(i, vm, r, place.data, reach, m);
    if (load) {
      for (uint32_t e = 0; e < i->vec; ++e) SetDef(vm, info.dsts[e].offset, m, kAllLanes);
    }
    return rest;
  }
  if (load) {
    for (uint32_t e = 0; e < i->vec; ++e) SetDef(vm, info.dsts[e].offset, m, kAllLanes);
  }
  return 0;
}

// Offsets of the lanes from `base`; false if one is out of bounds or not aligned.
template <typename A>
WS_INLINE bool OffsetsFrom(const A* a, A base, uint32_t m, uint64_t stride, uint64_t limit,
                           Reach& reach) {
  const uint64_t first = static_cast<A>(a[__builtin_ctz(m)] - base);
  uint64_t highest = 0, low_bits = 0;
  WS_EACH_LANE {
    const uint64_t own = static_cast<A>(a[k] - base);
    const uint64_t offset = (m >> k & 1) != 0 ? own : first;
    reach.offset[k] = offset;
    highest = offset > highest ? offset : highest;
    low_bits |= offset;
  }
  return highest < limit && limit - highest >= stride && (low_bits & (stride - 1)) == 0;
}

WS_INLINE CheckedPlace SharedPlace(const Vm* vm) {
  return {vm->shared,       vm->shared_state, vm->shared_races,
          vm->shared_bytes, vm->shared_epoch, vm->shared_epoch};
}

// Each returns the lanes that are left for AccessSlow.
template <bool load>
WS_INLINE uint32_t CheckedGlobal(const VmInst* i, Vm* vm, char* r, uint32_t m) {
  if (vm->is_host || m == 0 || (m & ~DefOf(vm, i->a)) != 0) return m;
  const uint64_t* a = At<uint64_t>(r, i->a);
  const uint64_t imm = static_cast<uint64_t>(int64_t{i->imm});
  const uint64_t first = a[__builtin_ctz(m)] + imm;
  const uint64_t base = first >> kOffsetBits << kOffsetBits;
  CheckedPlace place;
  if (i->b == static_cast<uint32_t>(ir::Space::kGeneric) &&
      base == MakeAddress(Tag::kShared, 0, 0, 0)) {
    place = SharedPlace(vm);
  } else {
    const AllocView* view = vm->allocations + (first >> kOffsetBits & vm->slot_mask);
    if (view->key == 0 || view->key != first >> kOffsetBits || view->state == nullptr) return m;
    const bool is_const = i->b == static_cast<uint32_t>(ir::Space::kConst);
    if (is_const && TagOf(first) != Tag::kConst) return m;
    if (view->read_only) {
      if (!load) return m;
    } else if (TagOf(first) != Tag::kGlobal || view->races == nullptr) {
      return m;
    }
    place = {view->data, view->state,     view->read_only ? nullptr : view->races,
             view->size, vm->first_epoch, vm->block_epoch};
  }
  Reach reach;
  const uint64_t stride = uint64_t{i->sub} * i->vec;
  if (!OffsetsFrom<uint64_t>(a, base - imm, m, stride, place.limit, reach)) return m;
  return CheckedMove<load>(i, vm, r, m, place, reach);
}
template <bool load>
WS_INLINE uint32_t CheckedShared(const VmInst* i, Vm* vm, char* r, uint32_t m) {
  if (m == 0 || (m & ~DefOf(vm, i->a)) != 0) return m;
  const CheckedPlace place = SharedPlace(vm);
  const uint64_t stride = uint64_t{i->sub} * i->vec;
  const uint64_t imm = static_cast<uint64_t>(int64_t{i->imm});
  Reach reach;
  const bool inside =
      i->b != 0
          ? OffsetsFrom<uint64_t>(At<uint64_t>(r, i->a), 0 - imm, m, stride, place.limit, reach)
          : OffsetsFrom<uint32_t>(At<uint32_t>(r, i->a), static_cast<uint32_t>(0 - imm), m, stride,
                                  place.limit, reach);
  return inside ? CheckedMove<load>(i, vm, r, m, place, reach) : m;
}
template <bool load>
WS_INLINE uint32_t CheckedLocal(const VmInst* i, Vm* vm, char* r, uint32_t m) {
  if (vm->is_host || m == 0 || (m & ~DefOf(vm, i->a)) != 0) return m;
  Reach reach;
  if (!ReachOffsets(i, vm, r, m, reach, vm->local_stride)) return m;
  const uint64_t frame = vm->local_stride;
  WS_EACH_LANE reach.offset[k] += frame * static_cast<uint64_t>(k);
  const CheckedPlace place = {.data = vm->local, .state = vm->warp->local_state};
  return CheckedMove<load>(i, vm, r, m, place, reach);
}
