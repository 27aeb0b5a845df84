// The interpreter's core: one handler per row of vm_ops.def, each a loop over 32 lanes that the
// compiler turns into SIMD. Included by vm_baseline.cc, vm_avx2.cc and vm_avx512.cc, each of which
// puts it in a namespace of its own (WS_VM_LEVEL). Nothing but always-inlined code may be called
// from here, apart from the functions declared in vm.h.
//
// A handler gets its instruction, the interpreter, the registers and the lanes to run, and returns
// the next instruction, or null when the warp stops.
#include <cstdint>
#include <cstring>

#if defined(__AVX512F__)
#include <immintrin.h>
#endif

#include "base/independent.h"
#include "exec/vm/vm.h"
#include "ir/eval.h"

namespace ws::exec::WS_VM_LEVEL {
namespace {

#define WS_INLINE [[gnu::always_inline]] inline

// What an instantiation of the core does beyond computing bits.
template <bool defs, bool fast_memory, bool counts, bool shadows>
struct ModeOf {
  static constexpr bool kDefs = defs;               // carries definedness
  static constexpr bool kFastMemory = fast_memory;  // common accesses without any record of them
  static constexpr bool kCounts = counts;           // counts executed instructions
  static constexpr bool kShadows = shadows;         // a value domain rides along
};
using Plain = ModeOf<false, true, false, false>;
using Checked = ModeOf<true, false, false, false>;
using Traced = ModeOf<false, true, true, false>;
using Full = ModeOf<true, false, true, true>;
using Shadowed = ModeOf<false, true, true, true>;

template <typename T>
WS_INLINE T* At(char* regs, uint32_t offset) {
  return static_cast<T*>(__builtin_assume_aligned(regs + offset, 128));
}

// Keeps what lanes outside of the mask held, around an instruction that writes all lanes.
template <typename T>
struct Kept {
  alignas(64) T old[32];
  WS_INLINE void Save(const T* d) { WS_EACH_LANE old[k] = d[k]; }
  WS_INLINE void Restore(T* d, uint32_t lanes) const {
    WS_EACH_LANE d[k] = (lanes >> k & 1) != 0 ? d[k] : old[k];
  }
};

WS_INLINE uint32_t DefOf(const Vm* vm, uint32_t offset) { return vm->defs[offset >> 7]; }
WS_INLINE void SetDef(Vm* vm, uint32_t offset, uint32_t lanes, uint32_t defined) {
  uint32_t& word = vm->defs[offset >> 7];
  word = (word & ~lanes) | (defined & lanes);
}
WS_INLINE uint32_t& Pred(char* regs, uint32_t offset) {
  return *reinterpret_cast<uint32_t*>(regs + offset);
}
WS_INLINE uint32_t PredDef(const char* regs, uint32_t offset) {
  return *reinterpret_cast<const uint32_t*>(regs + offset + 4);
}
WS_INLINE void SetPred(char* regs, uint32_t offset, uint32_t lanes, uint32_t value) {
  uint32_t& word = *reinterpret_cast<uint32_t*>(regs + offset);
  word = (word & ~lanes) | (value & lanes);
}
WS_INLINE void SetPredDef(char* regs, uint32_t offset, uint32_t lanes, uint32_t value) {
  uint32_t& word = *reinterpret_cast<uint32_t*>(regs + offset + 4);
  word = (word & ~lanes) | (value & lanes);
}

template <typename M>
WS_INLINE void Enter(const VmInst* i, Vm* vm, uint32_t m) {
  if constexpr (M::kCounts) {
    if (vm->executed != nullptr) {
      const uint32_t at = vm->count_index[i - vm->code];
      ++vm->executed[at];
      vm->executed_lanes[at] += static_cast<uint64_t>(__builtin_popcount(m));
    }
  }
  if constexpr (M::kShadows) {
    if (vm->shadows != nullptr) ShadowStep(vm, i, m);
  }
}

#define WS_HANDLER(name)                                                        \
  template <typename M>                                                         \
  const VmInst* name([[maybe_unused]] const VmInst* i, [[maybe_unused]] Vm* vm, \
                     [[maybe_unused]] char* r, [[maybe_unused]] uint32_t m)

#define VM_1(name, D, A, expr)                                    \
  WS_HANDLER(name) {                                              \
    Enter<M>(i, vm, m);                                           \
    D* d = At<D>(r, i->d);                                        \
    const A* a = At<A>(r, i->a);                                  \
    if (m == kAllLanes) [[likely]] {                              \
      WS_EACH_LANE {                                              \
        const A x = a[k];                                         \
        d[k] = static_cast<D>(expr);                              \
      }                                                           \
    } else {                                                      \
      Kept<D> kept;                                               \
      kept.Save(d);                                               \
      WS_EACH_LANE {                                              \
        const A x = a[k];                                         \
        d[k] = static_cast<D>(expr);                              \
      }                                                           \
      kept.Restore(d, m);                                         \
    }                                                             \
    if constexpr (M::kDefs) SetDef(vm, i->d, m, DefOf(vm, i->a)); \
    return i + 1;                                                 \
  }
#define VM_2(name, D, A, B, expr)                                                   \
  WS_HANDLER(name) {                                                                \
    Enter<M>(i, vm, m);                                                             \
    D* d = At<D>(r, i->d);                                                          \
    const A* a = At<A>(r, i->a);                                                    \
    const B* b = At<B>(r, i->b);                                                    \
    if (m == kAllLanes) [[likely]] {                                                \
      WS_EACH_LANE {                                                                \
        const A x = a[k];                                                           \
        const B y = b[k];                                                           \
        d[k] = static_cast<D>(expr);                                                \
      }                                                                             \
    } else {                                                                        \
      Kept<D> kept;                                                                 \
      kept.Save(d);                                                                 \
      WS_EACH_LANE {                                                                \
        const A x = a[k];                                                           \
        const B y = b[k];                                                           \
        d[k] = static_cast<D>(expr);                                                \
      }                                                                             \
      kept.Restore(d, m);                                                           \
    }                                                                               \
    if constexpr (M::kDefs) SetDef(vm, i->d, m, DefOf(vm, i->a) & DefOf(vm, i->b)); \
    return i + 1;                                                                   \
  }
#define VM_3(name, D, A, B, C, expr)                                            \
  WS_HANDLER(name) {                                                            \
    Enter<M>(i, vm, m);                                                         \
    D* d = At<D>(r, i->d);                                                      \
    const A* a = At<A>(r, i->a);                                                \
    const B* b = At<B>(r, i->b);                                                \
    const C* c = At<C>(r, i->c);                                                \
    if (m == kAllLanes) [[likely]] {                                            \
      WS_EACH_LANE {                                                            \
        const A x = a[k];                                                       \
        const B y = b[k];                                                       \
        const C z = c[k];                                                       \
        d[k] = static_cast<D>(expr);                                            \
      }                                                                         \
    } else {                                                                    \
      Kept<D> kept;                                                             \
      kept.Save(d);                                                             \
      WS_EACH_LANE {                                                            \
        const A x = a[k];                                                       \
        const B y = b[k];                                                       \
        const C z = c[k];                                                       \
        d[k] = static_cast<D>(expr);                                            \
      }                                                                         \
      kept.Restore(d, m);                                                       \
    }                                                                           \
    if constexpr (M::kDefs) {                                                   \
      SetDef(vm, i->d, m, DefOf(vm, i->a) & DefOf(vm, i->b) & DefOf(vm, i->c)); \
    }                                                                           \
    return i + 1;                                                               \
  }
// With checks on, a zero divisor is reported.
#define VM_DIV(name, D, A, B, expr)                                    \
  VM_2(name##OfAny, D, A, B, expr)                                     \
  WS_HANDLER(name) {                                                   \
    if constexpr (M::kDefs) {                                          \
      const B* b = At<B>(r, i->b);                                     \
      uint32_t zero = 0;                                               \
      for (int k = 0; k < 32; ++k) zero |= (b[k] == 0 ? 1u : 0u) << k; \
      zero &= m & DefOf(vm, i->b);                                     \
      if (zero != 0) [[unlikely]]                                      \
        ReportZeroDivisor(vm, i, zero);                                \
    }                                                                  \
    return name##OfAny<M>(i, vm, r, m);                                \
  }
// An operand of that value gives a defined result whatever the other one is.
#define VM_ALONE(name, T, value, expr)                                      \
  VM_2(name##OfAny, T, T, T, expr)                                          \
  WS_HANDLER(name) {                                                        \
    if constexpr (M::kDefs) {                                               \
      const uint32_t of_a = DefOf(vm, i->a), of_b = DefOf(vm, i->b);        \
      if ((m & ~(of_a & of_b)) != 0) [[unlikely]] {                         \
        const T* a = At<T>(r, i->a);                                        \
        const T* b = At<T>(r, i->b);                                        \
        uint32_t by_a = 0, by_b = 0;                                        \
        for (int k = 0; k < 32; ++k) {                                      \
          by_a |= (a[k] == T{value} ? 1u : 0u) << k;                        \
          by_b |= (b[k] == T{value} ? 1u : 0u) << k;                        \
        }                                                                   \
        const VmInst* next = name##OfAny<M>(i, vm, r, m);                   \
        SetDef(vm, i->d, m, (of_a & of_b) | (of_a & by_a) | (of_b & by_b)); \
        return next;                                                        \
      }                                                                     \
    }                                                                       \
    return name##OfAny<M>(i, vm, r, m);                                     \
  }
// The flushing forms read and write through FtzF32.
#define VM_F1(name, expr)                                    \
  VM_1(name, uint32_t, uint32_t, expr)                       \
  WS_INLINE uint32_t name##Lane(uint32_t x) { return expr; } \
  VM_1(name##Ftz, uint32_t, uint32_t, ir::FtzF32(name##Lane(ir::FtzF32(x))))
#define VM_F2(name, expr)                                                \
  VM_2(name, uint32_t, uint32_t, uint32_t, expr)                         \
  WS_INLINE uint32_t name##Lane(uint32_t x, uint32_t y) { return expr; } \
  VM_2(name##Ftz, uint32_t, uint32_t, uint32_t,                          \
       ir::FtzF32(name##Lane(ir::FtzF32(x), ir::FtzF32(y))))
#define VM_F3(name, expr)                                                            \
  VM_3(name, uint32_t, uint32_t, uint32_t, uint32_t, expr)                           \
  WS_INLINE uint32_t name##Lane(uint32_t x, uint32_t y, uint32_t z) { return expr; } \
  VM_3(name##Ftz, uint32_t, uint32_t, uint32_t, uint32_t,                            \
       ir::FtzF32(name##Lane(ir::FtzF32(x), ir::FtzF32(y), ir::FtzF32(z))))

// One bit per lane, from a 0 or 1 per lane.
WS_INLINE uint32_t MaskOfLanes(const uint32_t* lanes) {
#if defined(__AVX512F__)
  const __m512i low = _mm512_load_si512(lanes), high = _mm512_load_si512(lanes + 16);
  return static_cast<uint32_t>(_mm512_test_epi32_mask(low, low)) |
         static_cast<uint32_t>(_mm512_test_epi32_mask(high, high)) << 16;
#else
  uint32_t mask = 0;
  for (int k = 0; k < 32; ++k) mask |= (lanes[k] & 1) << k;
  return mask;
#endif
}
#define VM_CMP(name, T, expr)                                                          \
  WS_HANDLER(name) {                                                                   \
    Enter<M>(i, vm, m);                                                                \
    const T* a = At<T>(r, i->a);                                                       \
    const T* b = At<T>(r, i->b);                                                       \
    alignas(64) uint32_t hit[32];                                                      \
    WS_EACH_LANE {                                                                     \
      const T x = a[k];                                                                \
      const T y = b[k];                                                                \
      hit[k] = (expr) ? 1u : 0u;                                                       \
    }                                                                                  \
    SetPred(r, i->d, m, MaskOfLanes(hit));                                             \
    if constexpr (M::kDefs) SetPredDef(r, i->d, m, DefOf(vm, i->a) & DefOf(vm, i->b)); \
    return i + 1;                                                                      \
  }
#define VM_X(name)
#include "exec/vm/vm_ops.def"
#undef VM_1
#undef VM_2
#undef VM_3
#undef VM_DIV
#undef VM_ALONE
#undef VM_F1
#undef VM_F2
#undef VM_F3
#undef VM_CMP
#undef VM_X

// --- moves under predicates

template <typename T>
WS_INLINE void Select(const VmInst* i, char* r, uint32_t m) {
  const uint32_t p = Pred(r, i->c);
  T* d = At<T>(r, i->d);
  const T* a = At<T>(r, i->a);
  const T* b = At<T>(r, i->b);
  WS_EACH_LANE {
    const T chosen = (p >> k & 1) != 0 ? a[k] : b[k];
    d[k] = (m >> k & 1) != 0 ? chosen : d[k];
  }
}
template <typename M>
WS_INLINE void SelectDef(const VmInst* i, Vm* vm, char* r, uint32_t m) {
  if constexpr (M::kDefs) {
    const uint32_t p = Pred(r, i->c);
    const uint32_t chosen = (p & DefOf(vm, i->a)) | (~p & DefOf(vm, i->b));
    SetDef(vm, i->d, m, chosen & PredDef(r, i->c));
  }
}
WS_HANDLER(Selp32) {
  Enter<M>(i, vm, m);
  SelectDef<M>(i, vm, r, m);
  Select<uint32_t>(i, r, m);
  return i + 1;
}
WS_HANDLER(Selp64) {
  Enter<M>(i, vm, m);
  SelectDef<M>(i, vm, r, m);
  Select<uint64_t>(i, r, m);
  return i + 1;
}

#define WS_PREDICATE(name, value, defined)                   \
  WS_HANDLER(name) {                                         \
    Enter<M>(i, vm, m);                                      \
    [[maybe_unused]] const uint32_t x = Pred(r, i->a);       \
    [[maybe_unused]] const uint32_t y = Pred(r, i->b);       \
    if constexpr (M::kDefs) {                                \
      [[maybe_unused]] const uint32_t dx = PredDef(r, i->a); \
      [[maybe_unused]] const uint32_t dy = PredDef(r, i->b); \
      SetPredDef(r, i->d, m, defined);                       \
    }                                                        \
    SetPred(r, i->d, m, value);                              \
    return i + 1;                                            \
  }
WS_PREDICATE(MovPred, x, dx)
// A false operand decides an and, a true one an or, whatever the other is.
WS_PREDICATE(AndPred, x& y, (dx & dy) | (dx & ~x) | (dy & ~y))
WS_PREDICATE(OrPred, x | y, (dx & dy) | (dx & x) | (dy & y))
WS_PREDICATE(XorPred, x ^ y, dx& dy)
WS_PREDICATE(NotPred, ~x, dx)
#undef WS_PREDICATE

// --- control

template <typename M>
WS_INLINE const VmInst* Jump(Vm* vm, uint32_t position) {
  if constexpr (M::kDefs) vm->reached[position] = 1;
  if (position < vm->next_wait && vm->slice >= 0) [[likely]]
    return vm->code + position;
  return BranchSlow(vm, position);
}
WS_HANDLER(Bra) {
  Enter<M>(i, vm, m);
  vm->slice -= i->imm;
  return Jump<M>(vm, i->d);
}
WS_HANDLER(CondBra) {
  Enter<M>(i, vm, m);
  if constexpr (M::kDefs) {
    const uint32_t undefined = m & ~PredDef(r, i->a);
    if (undefined != 0) [[unlikely]]
      ReportUndefinedBranch(vm, i, undefined);
  }
  vm->slice -= i->imm;
  const uint32_t taken = Pred(r, i->a) & m;
  if (taken == m) return Jump<M>(vm, i->b);
  if (taken == 0) return Jump<M>(vm, i->c);
  return Diverge(vm, taken, i->b, i->c);
}
WS_HANDLER(Guard) {
  if constexpr (M::kShadows) {
    if (vm->shadows != nullptr) ShadowStep(vm, i, m);
  }
  if constexpr (M::kDefs) {
    const uint32_t undefined = m & ~PredDef(r, i->a);
    if (undefined != 0) [[unlikely]]
      ReportUndefinedBranch(vm, i, undefined);
  }
  const uint32_t p = Pred(r, i->a) ^ (i->sub != 0 ? kAllLanes : 0);
  vm->unguarded = m;
  vm->active = m & p;
  return vm->active != 0 ? i + 1 : i + i->imm;
}
WS_HANDLER(Unguard) {
  vm->active = vm->unguarded;
  return i + 1;
}
WS_HANDLER(CallFn) {
  Enter<M>(i, vm, m);
  uint32_t* back = At<uint32_t>(r, i->a);
  const uint32_t position = i->b;
  WS_EACH_LANE back[k] = (m >> k & 1) != 0 ? position : back[k];
  vm->slice -= i->imm;
  return Jump<M>(vm, i->d);
}
WS_HANDLER(RetFn) {
  Enter<M>(i, vm, m);
  vm->slice -= i->imm;
  const uint32_t* back = At<uint32_t>(r, i->a);
  const uint32_t first = back[__builtin_ctz(m)];
  uint32_t differ = 0;
  for (int k = 0; k < 32; ++k) differ |= (m >> k & 1) != 0 ? back[k] ^ first : 0;
  if (differ == 0) return Jump<M>(vm, first);
  return ReturnSlow(vm, back);
}
WS_HANDLER(Enter) { return EnterStep(vm, i, m); }
WS_HANDLER(Leave) { return LeaveStep(vm, i, m); }
WS_HANDLER(Push) { return PushStep(vm, i, m); }
WS_HANDLER(Pop) { return PopStep(vm, i, m); }
WS_HANDLER(MathEnter) {
  if constexpr (M::kShadows) Enter<M>(i, vm, m);
  return i + 1;
}
WS_HANDLER(MathLeave) {
  if constexpr (M::kShadows) Enter<M>(i, vm, m);
  return i + 1;
}
WS_HANDLER(Exit) {
  Enter<M>(i, vm, m);
  vm->slice -= i->imm;
  return ExitLanes(vm, i);
}
WS_HANDLER(Trap) {
  Enter<M>(i, vm, m);
  return TrapLanes(vm, i);
}

// --- what is compiled once

WS_HANDLER(Generic) {
  Enter<M>(i, vm, m);
  return GenericStep(vm, i, m);
}
WS_HANDLER(Cross) {
  Enter<M>(i, vm, m);
  return CrossStep(vm, i, m);
}
WS_HANDLER(BarSync) {
  Enter<M>(i, vm, m);
  return BarrierStep(vm, i, m);
}
WS_HANDLER(Fence) {
  Enter<M>(i, vm, m);
  if constexpr (M::kDefs) return FenceStep(vm, i, m);
  return i + 1;
}
WS_HANDLER(CopyGroup) {
  Enter<M>(i, vm, m);
  if constexpr (M::kDefs) return CopyGroupStep(vm, i, m);
  return i + 1;
}
WS_HANDLER(Clock32) {
  Enter<M>(i, vm, m);
  const uint64_t now = ReadClock(vm);
  for (int k = 0; k < 32; ++k) {
    if ((m >> k & 1) != 0) At<uint32_t>(r, i->d)[k] = static_cast<uint32_t>(now);
  }
  if constexpr (M::kDefs) SetDef(vm, i->d, m, kAllLanes);
  return i + 1;
}
WS_HANDLER(Clock64) {
  Enter<M>(i, vm, m);
  const uint64_t now = ReadClock(vm);
  for (int k = 0; k < 32; ++k) {
    if ((m >> k & 1) != 0) At<uint64_t>(r, i->d)[k] = now;
  }
  if constexpr (M::kDefs) SetDef(vm, i->d, m, kAllLanes);
  return i + 1;
}
WS_HANDLER(HostCall) {
  Enter<M>(i, vm, m);
  return HostStep(vm, i);
}
WS_HANDLER(Access) {
  Enter<M>(i, vm, m);
  return AccessSlow(vm, i, m);
}

#include "exec/vm/memory_handlers.h"

template <typename M>
inline constexpr Handler kHandlers[static_cast<int>(VmOp::kCount)] = {
#define VM_1(name, D, A, expr) &name<M>,
#define VM_2(name, D, A, B, expr) &name<M>,
#define VM_DIV(name, D, A, B, expr) &name<M>,
#define VM_ALONE(name, T, value, expr) &name<M>,
#define VM_3(name, D, A, B, C, expr) &name<M>,
#define VM_F1(name, expr) &name<M>, &name##Ftz<M>,
#define VM_F2(name, expr) &name<M>, &name##Ftz<M>,
#define VM_F3(name, expr) &name<M>, &name##Ftz<M>,
#define VM_CMP(name, T, expr) &name<M>,
#define VM_X(name) &name<M>,
#include "exec/vm/vm_ops.def"
#undef VM_1
#undef VM_2
#undef VM_3
#undef VM_DIV
#undef VM_ALONE
#undef VM_F1
#undef VM_F2
#undef VM_F3
#undef VM_CMP
#undef VM_X
};

template <typename M>
void Run(Vm* vm, const VmInst* i) {
  char* const regs = vm->regs;
  while (i != nullptr) i = kHandlers<M>[static_cast<int>(i->op)](i, vm, regs, vm->active);
}

}  // namespace
}  // namespace ws::exec::WS_VM_LEVEL
