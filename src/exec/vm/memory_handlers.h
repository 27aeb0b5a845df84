// The handlers of loads and stores whose lanes go to one allocation, aligned and inside of it; what
// else there is they leave to AccessSlow. Included by vm/core.h, compiled per SIMD level.
#include "exec/vm/checked.h"

// Tells whoever asked for it of an access that was made: a tracer of where it went, a domain of
// what moved. `space`: Local: offsets count from the first lane's frame.
template <typename M>
WS_INLINE void Moved(Vm* vm, const VmInst* i, uint32_t m, ir::Space space, const AllocView* view,
                     ShadowMap** map, uint64_t bytes, const Reach& reach) {
  if constexpr (M::kCounts) {
    if (vm->executed != nullptr && m != 0) {
      vm->surcharge += __builtin_popcount(m) / kLanesPerFuel;
      TraceMoved(vm, i, m, space, view, reach.offset);
    }
  }
  if constexpr (M::kShadows) {
    if (vm->shadows != nullptr) ShadowMoved(vm, i, m, *map, bytes, map, reach.offset);
  }
}

WS_HANDLER(LdGlobal) {
  Enter<M>(i, vm, m);
  if constexpr (M::kFastMemory) {
    Reach reach;
    if (AllocView* view = ReachGlobal(i, vm, r, m, reach); view != nullptr) [[likely]] {
      vm->touching = i;
      Move<true>(i, vm, r, view->data, reach, m);
      Moved<M>(vm, i, m, ir::Space::kGlobal, view, &view->shadows, view->size, reach);
      return i + 1;
    }
  }
  if constexpr (M::kDefs && !M::kCounts) {
    m = CheckedGlobal<true>(i, vm, r, m);
    if (m == 0) [[likely]]
      return i + 1;
  }
  return AccessSlow(vm, i, m);
}
WS_HANDLER(StGlobal) {
  Enter<M>(i, vm, m);
  if constexpr (M::kFastMemory) {
    Reach reach;
    if (AllocView* view = ReachGlobal(i, vm, r, m, reach);
        view != nullptr && !view->read_only && (reach.contiguous || vm->rng == nullptr))
        [[likely]] {
      vm->touching = i;
      Move<false>(i, vm, r, view->data, reach, m);
      Moved<M>(vm, i, m, ir::Space::kGlobal, view, &view->shadows, view->size, reach);
      return i + 1;
    }
  }
  if constexpr (M::kDefs && !M::kCounts) {
    m = CheckedGlobal<false>(i, vm, r, m);
    if (m == 0) [[likely]]
      return i + 1;
  }
  return AccessSlow(vm, i, m);
}
WS_HANDLER(LdShared) {
  Enter<M>(i, vm, m);
  if constexpr (M::kFastMemory) {
    Reach reach;
    if (ReachOffsets(i, vm, r, m, reach, vm->shared_bytes)) [[likely]] {
      Move<true>(i, vm, r, vm->shared, reach, m);
      Moved<M>(vm, i, m, ir::Space::kShared, nullptr, &vm->shared_shadows, 0, reach);
      return i + 1;
    }
  }
  if constexpr (M::kDefs && !M::kCounts) {
    m = CheckedShared<true>(i, vm, r, m);
    if (m == 0) [[likely]]
      return i + 1;
  }
  return AccessSlow(vm, i, m);
}
WS_HANDLER(StShared) {
  Enter<M>(i, vm, m);
  if constexpr (M::kFastMemory) {
    Reach reach;
    if (ReachOffsets(i, vm, r, m, reach, vm->shared_bytes) &&
        (reach.contiguous || vm->rng == nullptr)) [[likely]] {
      Move<false>(i, vm, r, vm->shared, reach, m);
      Moved<M>(vm, i, m, ir::Space::kShared, nullptr, &vm->shared_shadows, 0, reach);
      return i + 1;
    }
  }
  if constexpr (M::kDefs && !M::kCounts) {
    m = CheckedShared<false>(i, vm, r, m);
    if (m == 0) [[likely]]
      return i + 1;
  }
  return AccessSlow(vm, i, m);
}
template <typename M, bool load>
WS_INLINE bool LocalFast(const VmInst* i, Vm* vm, char* r, uint32_t m) {
  Reach reach;
  if (!ReachOffsets(i, vm, r, m, reach, vm->local_stride)) return false;
  const uint64_t stride = vm->local_stride;
  WS_EACH_LANE reach.offset[k] += stride * static_cast<uint64_t>(k);
  reach.contiguous = false;
  Move<load>(i, vm, r, vm->local, reach, m);
  Moved<M>(vm, i, m, ir::Space::kLocal, nullptr, &vm->local_shadows, 0, reach);
  return true;
}
WS_HANDLER(LdLocal) {
  Enter<M>(i, vm, m);
  if constexpr (M::kFastMemory) {
    if (LocalFast<M, true>(i, vm, r, m)) [[likely]]
      return i + 1;
  }
  if constexpr (M::kDefs && !M::kCounts) {
    m = CheckedLocal<true>(i, vm, r, m);
    if (m == 0) [[likely]]
      return i + 1;
  }
  return AccessSlow(vm, i, m);
}
WS_HANDLER(StLocal) {
  Enter<M>(i, vm, m);
  if constexpr (M::kFastMemory) {
    if (LocalFast<M, false>(i, vm, r, m)) [[likely]]
      return i + 1;
  }
  if constexpr (M::kDefs && !M::kCounts) {
    m = CheckedLocal<false>(i, vm, r, m);
    if (m == 0) [[likely]]
      return i + 1;
  }
  return AccessSlow(vm, i, m);
}
