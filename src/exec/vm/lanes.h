// Accesses of a warp's lanes at once: where they go, and moving what they move. Included by
// vm/core.h, compiled per SIMD level.

// Offsets of the lanes' accesses; true if they can be made at once.
struct Reach {
  alignas(64) uint64_t offset[32];
  bool contiguous;  // all lanes, one behind the other
};

template <typename T>
WS_INLINE void LoadLanes(T* d, const uint8_t* base, const Reach& reach, uint32_t m, uint32_t stride,
                         uint32_t at) {
  if (reach.contiguous && stride == sizeof(T)) {
    memcpy(d, base + reach.offset[0], 32 * sizeof(T));
    return;
  }
  if (m == kAllLanes) {
    for (int k = 0; k < 32; ++k) memcpy(&d[k], base + reach.offset[k] + at, sizeof(T));
    return;
  }
  for (uint32_t rest = m; rest != 0; rest &= rest - 1) {
    const int k = __builtin_ctz(rest);
    memcpy(&d[k], base + reach.offset[k] + at, sizeof(T));
  }
}
template <typename T>
WS_INLINE void StoreLanes(const T* s, uint8_t* base, const Reach& reach, uint32_t m,
                          uint32_t stride, uint32_t at) {
  if (reach.contiguous && stride == sizeof(T)) {
    memcpy(base + reach.offset[0], s, 32 * sizeof(T));
    return;
  }
  for (uint32_t rest = m; rest != 0; rest &= rest - 1) {
    const int k = __builtin_ctz(rest);
    memcpy(base + reach.offset[k] + at, &s[k], sizeof(T));
  }
}
WS_INLINE void LoadHalves(uint32_t* d, const uint8_t* base, const Reach& reach, uint32_t m,
                          uint32_t stride, uint32_t at) {
  if (reach.contiguous && stride == 2) {
    uint16_t halves[32];
    memcpy(halves, base + reach.offset[0], 64);
    WS_EACH_LANE d[k] = halves[k];
    return;
  }
  for (uint32_t rest = m; rest != 0; rest &= rest - 1) {
    const int k = __builtin_ctz(rest);
    uint16_t half;
    memcpy(&half, base + reach.offset[k] + at, 2);
    d[k] = half;
  }
}
WS_INLINE void StoreHalves(const uint32_t* s, uint8_t* base, const Reach& reach, uint32_t m,
                           uint32_t stride, uint32_t at) {
  if (reach.contiguous && stride == 2) {
    uint16_t halves[32];
    WS_EACH_LANE halves[k] = static_cast<uint16_t>(s[k]);
    memcpy(base + reach.offset[0], halves, 64);
    return;
  }
  for (uint32_t rest = m; rest != 0; rest &= rest - 1) {
    const int k = __builtin_ctz(rest);
    const uint16_t half = static_cast<uint16_t>(s[k]);
    memcpy(base + reach.offset[k] + at, &half, 2);
  }
}

template <bool load>
WS_INLINE void Move(const VmInst* i, const Vm* vm, char* r, uint8_t* base, const Reach& reach,
                    uint32_t m) {
  const uint32_t bytes = i->sub, stride = bytes * i->vec;
  const SlotRef* values = nullptr;
  if (i->vec > 1) {
    const AccessInfo& info = vm->program->accesses.data()[i->c];
    values = load ? info.dsts : info.srcs;
  }
  for (uint32_t e = 0; e < i->vec; ++e) {
    const uint32_t slot = values != nullptr ? values[e].offset : i->d;
    if (bytes == 4) {
      if constexpr (load)
        LoadLanes(At<uint32_t>(r, slot), base, reach, m, stride, e * 4);
      else
        StoreLanes(At<uint32_t>(r, slot), base, reach, m, stride, e * 4);
    } else if (bytes == 8) {
      if constexpr (load)
        LoadLanes(At<uint64_t>(r, slot), base, reach, m, stride, e * 8);
      else
        StoreLanes(At<uint64_t>(r, slot), base, reach, m, stride, e * 8);
    } else {
      if constexpr (load)
        LoadHalves(At<uint32_t>(r, slot), base, reach, m, stride, e * 2);
      else
        StoreHalves(At<uint32_t>(r, slot), base, reach, m, stride, e * 2);
    }
  }
}

// Fills `reach` from 64-bit addresses: true if all lie in the allocation of the first lane.
WS_INLINE AllocView* ReachGlobal(const VmInst* i, Vm* vm, char* r, uint32_t m, Reach& reach) {
  const uint64_t* a = At<uint64_t>(r, i->a);
  const uint64_t stride = uint64_t{i->sub} * i->vec;
  const uint64_t first = a[__builtin_ctz(m)] + static_cast<uint64_t>(int64_t{i->imm});
  AllocView* view = vm->allocations + (first >> kOffsetBits & vm->slot_mask);
  const uint64_t key = view->key;
  if (key == 0 || key != first >> kOffsetBits) return nullptr;
  const uint64_t start = (key << kOffsetBits) - static_cast<uint64_t>(int64_t{i->imm});
  const uint64_t offset0 = first - (key << kOffsetBits);
  if (m == kAllLanes) {
    uint64_t apart = 0, highest = 0, low_bits = 0;
    WS_EACH_LANE {
      const uint64_t offset = a[k] - start;
      reach.offset[k] = offset;
      apart |= offset ^ (offset0 + stride * static_cast<uint64_t>(k));
      highest = offset > highest ? offset : highest;
      low_bits |= offset;
    }
    reach.contiguous = apart == 0;
    if (highest >= view->size || view->size - highest < stride) return nullptr;
    return (low_bits & (stride - 1)) == 0 ? view : nullptr;
  }
  reach.contiguous = false;
  uint64_t highest = 0, low_bits = 0;
  WS_EACH_LANE {
    const uint64_t offset = (m >> k & 1) != 0 ? a[k] - start : offset0;
    reach.offset[k] = offset;
    highest = offset > highest ? offset : highest;
    low_bits |= offset;
  }
  if (highest >= view->size || view->size - highest < stride) return nullptr;
  return (low_bits & (stride - 1)) == 0 ? view : nullptr;
}

// The same for addresses within shared memory (one base) and local memory (one per lane).
WS_INLINE bool ReachOffsets(const VmInst* i, Vm* vm, char* r, uint32_t m, Reach& reach,
                            uint64_t limit) {
  (void)vm;
  const uint64_t stride = uint64_t{i->sub} * i->vec;
  const uint64_t imm = static_cast<uint64_t>(int64_t{i->imm});
  uint64_t apart = 0, highest = 0, low_bits = 0;
  if (i->b != 0) {
    const uint64_t* a = At<uint64_t>(r, i->a);
    const uint64_t first = a[__builtin_ctz(m)] + imm;
    WS_EACH_LANE {
      const uint64_t offset = (m >> k & 1) != 0 ? a[k] + imm : first;
      reach.offset[k] = offset;
      apart |= offset ^ (first + stride * static_cast<uint64_t>(k));
      highest = offset > highest ? offset : highest;
      low_bits |= offset;
    }
  } else {
    const uint32_t* a = At<uint32_t>(r, i->a);
    const uint64_t first = static_cast<uint32_t>(a[__builtin_ctz(m)] + imm);
    WS_EACH_LANE {
      const uint64_t own = static_cast<uint32_t>(a[k] + static_cast<uint32_t>(imm));
      const uint64_t offset = (m >> k & 1) != 0 ? own : first;
      reach.offset[k] = offset;
      apart |= offset ^ (first + stride * static_cast<uint64_t>(k));
      highest = offset > highest ? offset : highest;
      low_bits |= offset;
    }
  }
  reach.contiguous = apart == 0 && m == kAllLanes;
  if (highest >= limit || limit - highest < stride) return false;
  return (low_bits & (stride - 1)) == 0;
}
