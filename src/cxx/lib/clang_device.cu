// What device code calls and the table of builtins does not declare for it (cxx/bridge.h): templates,
// and instructions, which stand in the PTX at the place of the call.

struct __ws_threadIdx {
  __declspec(property(get = __x)) unsigned x;
  __declspec(property(get = __y)) unsigned y;
  __declspec(property(get = __z)) unsigned z;
  static __device__ unsigned __x() { return __nvvm_read_ptx_sreg_tid_x(); }
  static __device__ unsigned __y() { return __nvvm_read_ptx_sreg_tid_y(); }
  static __device__ unsigned __z() { return __nvvm_read_ptx_sreg_tid_z(); }
  __device__ operator dim3() const { return dim3(__x(), __y(), __z()); }
  __device__ operator uint3() const { return {__x(), __y(), __z()}; }
};
struct __ws_blockIdx {
  __declspec(property(get = __x)) unsigned x;
  __declspec(property(get = __y)) unsigned y;
  __declspec(property(get = __z)) unsigned z;
  static __device__ unsigned __x() { return __nvvm_read_ptx_sreg_ctaid_x(); }
  static __device__ unsigned __y() { return __nvvm_read_ptx_sreg_ctaid_y(); }
  static __device__ unsigned __z() { return __nvvm_read_ptx_sreg_ctaid_z(); }
  __device__ operator dim3() const { return dim3(__x(), __y(), __z()); }
  __device__ operator uint3() const { return {__x(), __y(), __z()}; }
};
struct __ws_blockDim {
  __declspec(property(get = __x)) unsigned x;
  __declspec(property(get = __y)) unsigned y;
  __declspec(property(get = __z)) unsigned z;
  static __device__ unsigned __x() { return __nvvm_read_ptx_sreg_ntid_x(); }
  static __device__ unsigned __y() { return __nvvm_read_ptx_sreg_ntid_y(); }
  static __device__ unsigned __z() { return __nvvm_read_ptx_sreg_ntid_z(); }
  __device__ operator dim3() const { return dim3(__x(), __y(), __z()); }
};
struct __ws_gridDim {
  __declspec(property(get = __x)) unsigned x;
  __declspec(property(get = __y)) unsigned y;
  __declspec(property(get = __z)) unsigned z;
  static __device__ unsigned __x() { return __nvvm_read_ptx_sreg_nctaid_x(); }
  static __device__ unsigned __y() { return __nvvm_read_ptx_sreg_nctaid_y(); }
  static __device__ unsigned __z() { return __nvvm_read_ptx_sreg_nctaid_z(); }
  __device__ operator dim3() const { return dim3(__x(), __y(), __z()); }
};
extern const __device__ __attribute__((weak)) __ws_threadIdx threadIdx;
extern const __device__ __attribute__((weak)) __ws_blockIdx blockIdx;
extern const __device__ __attribute__((weak)) __ws_blockDim blockDim;
extern const __device__ __attribute__((weak)) __ws_gridDim gridDim;
static constexpr int warpSize = 32;

// --- the run time

extern "C" __device__ int printf(const char*, ...);
extern "C" __device__ void* malloc(size_t);
extern "C" __device__ void free(void*);
inline __device__ void* memcpy(void* to, const void* from, size_t bytes) {
  return __builtin_memcpy(to, from, bytes);
}
inline __device__ void* memset(void* to, int value, size_t bytes) {
  return __builtin_memset(to, value, bytes);
}
extern "C" __device__ __attribute__((noreturn)) void __assertfail(const char*, const char*, unsigned,
                                                                  const char*, size_t);
#if __has_include(<new>)
#include <new>
#else
inline __device__ void* operator new(size_t bytes) { return malloc(bytes); }
inline __device__ void* operator new[](size_t bytes) { return malloc(bytes); }
inline __device__ void* operator new(size_t, void* at) noexcept { return at; }
inline __device__ void operator delete(void* p) noexcept { free(p); }
inline __device__ void operator delete[](void* p) noexcept { free(p); }
inline __device__ void operator delete(void* p, size_t) noexcept { free(p); }
inline __device__ void operator delete[](void* p, size_t) noexcept { free(p); }
#endif
#undef assert
#ifdef NDEBUG
#define assert(holds) ((void)0)
#else
#define assert(holds) \
  ((holds) ? (void)0 : __assertfail(#holds, __FILE__, __LINE__, __PRETTY_FUNCTION__, 1))
#endif
inline __device__ void __trap() { asm volatile("trap;"); }
inline __device__ void __brkpt() { asm volatile("brkpt;"); }

// --- barriers, fences, clocks

inline __device__ void __syncwarp(unsigned mask = 0xffffffffu) {
  asm volatile("bar.warp.sync %0;" ::"r"(mask) : "memory");
}
inline __device__ void __threadfence_block() { asm volatile("membar.cta;" ::: "memory"); }
inline __device__ void __threadfence() { asm volatile("membar.gl;" ::: "memory"); }
inline __device__ void __threadfence_system() { asm volatile("membar.sys;" ::: "memory"); }
#define __WS_IS_IN(name, space)                                                                    \
  inline __device__ unsigned name(const void* p) {                                                 \
    unsigned holds;                                                                                \
    asm("{\n.reg .pred p;\nisspacep." space " p, %1;\nselp.u32 %0, 1, 0, p;\n}"                     \
        : "=r"(holds) : "l"(p));                                                                   \
    return holds;                                                                                  \
  }
__WS_IS_IN(__isGlobal, "global")
__WS_IS_IN(__isShared, "shared")
__WS_IS_IN(__isLocal, "local")
__WS_IS_IN(__isConstant, "const")
#undef __WS_IS_IN
inline __device__ long clock() {
  unsigned ticks;
  asm volatile("mov.u32 %0, %%clock;" : "=r"(ticks)::"memory");
  return ticks;
}
inline __device__ long long clock64() {
  long long ticks;
  asm volatile("mov.u64 %0, %%clock64;" : "=l"(ticks)::"memory");
  return ticks;
}
inline __device__ void __nanosleep(unsigned ns) { asm volatile("nanosleep.u32 %0;" ::"r"(ns)); }

// --- votes, matches, shuffles

inline __device__ unsigned __activemask() {
  unsigned mask;
  asm volatile("activemask.b32 %0;" : "=r"(mask)::"memory");
  return mask;
}
inline __device__ unsigned __ballot_sync(unsigned mask, int holds) {
  unsigned votes;
  asm volatile("{\n.reg .pred p;\nsetp.ne.s32 p, %1, 0;\nvote.sync.ballot.b32 %0, p, %2;\n}"
               : "=r"(votes) : "r"(holds), "r"(mask) : "memory");
  return votes;
}
#define __WS_VOTE(name, mode)                                                                      \
  inline __device__ int name(unsigned mask, int holds) {                                           \
    int vote;                                                                                      \
    asm volatile("{\n.reg .pred p, q;\nsetp.ne.s32 p, %1, 0;\nvote.sync." mode                     \
                 ".pred q, p, %2;\nselp.s32 %0, 1, 0, q;\n}"                                       \
                 : "=r"(vote) : "r"(holds), "r"(mask) : "memory");                                 \
    return vote;                                                                                   \
  }
__WS_VOTE(__all_sync, "all")
__WS_VOTE(__any_sync, "any")
__WS_VOTE(__uni_sync, "uni")
#undef __WS_VOTE
#define __WS_REDUX(name, T, op)                                                                    \
  inline __device__ T name(unsigned mask, T value) {                                               \
    T all;                                                                                         \
    asm volatile("redux.sync." op " %0, %1, %2;" : "=r"(all) : "r"(value), "r"(mask) : "memory");  \
    return all;                                                                                    \
  }
__WS_REDUX(__reduce_add_sync, unsigned, "add.u32")
__WS_REDUX(__reduce_add_sync, int, "add.s32")
__WS_REDUX(__reduce_min_sync, unsigned, "min.u32")
__WS_REDUX(__reduce_min_sync, int, "min.s32")
__WS_REDUX(__reduce_max_sync, unsigned, "max.u32")
__WS_REDUX(__reduce_max_sync, int, "max.s32")
__WS_REDUX(__reduce_and_sync, unsigned, "and.b32")
__WS_REDUX(__reduce_or_sync, unsigned, "or.b32")
__WS_REDUX(__reduce_xor_sync, unsigned, "xor.b32")
#undef __WS_REDUX

inline __device__ unsigned __ws_match_any(unsigned mask, unsigned value) {
  unsigned same;
  asm volatile("match.any.sync.b32 %0, %1, %2;" : "=r"(same) : "r"(value), "r"(mask) : "memory");
  return same;
}
inline __device__ unsigned __ws_match_any(unsigned mask, unsigned long long value) {
  unsigned same;
  asm volatile("match.any.sync.b64 %0, %1, %2;" : "=r"(same) : "l"(value), "r"(mask) : "memory");
  return same;
}
inline __device__ unsigned __ws_match_all(unsigned mask, unsigned value, int* all) {
  unsigned same;
  asm volatile("{\n.reg .pred p;\nmatch.all.sync.b32 %0|p, %2, %3;\nselp.s32 %1, 1, 0, p;\n}"
               : "=r"(same), "=r"(*all) : "r"(value), "r"(mask) : "memory");
  return same;
}
inline __device__ unsigned __ws_match_all(unsigned mask, unsigned long long value, int* all) {
  unsigned same;
  asm volatile("{\n.reg .pred p;\nmatch.all.sync.b64 %0|p, %2, %3;\nselp.s32 %1, 1, 0, p;\n}"
               : "=r"(same), "=r"(*all) : "l"(value), "r"(mask) : "memory");
  return same;
}
// Values as words, and the registers that these go to.
template <int bytes> struct __ws_word;
template <> struct __ws_word<1> { typedef unsigned char type; typedef unsigned wide; };
template <> struct __ws_word<2> { typedef unsigned short type; typedef unsigned wide; };
template <> struct __ws_word<4> { typedef unsigned type; typedef unsigned wide; };
template <> struct __ws_word<8> {
  typedef unsigned long long type;
  typedef unsigned long long wide;
};
template <class T>
inline __device__ typename __ws_word<sizeof(T)>::wide __ws_wide(T value) {
  return __builtin_bit_cast(typename __ws_word<sizeof(T)>::type, value);
}
template <class T>
inline __device__ unsigned __match_any_sync(unsigned mask, T value) {
  return __ws_match_any(mask, __ws_wide(value));
}
template <class T>
inline __device__ unsigned __match_all_sync(unsigned mask, T value, int* all) {
  return __ws_match_all(mask, __ws_wide(value), all);
}

// The last operand of shfl: where segments begin, and the lane at which they end.
#define __WS_SHUFFLE(name, mode, By, clamp)                                                        \
  inline __device__ unsigned __ws##name(unsigned mask, unsigned value, By by, int width) {         \
    unsigned got;                                                                                  \
    asm volatile("shfl.sync." mode ".b32 %0, %1, %2, %3, %4;"                                      \
                 : "=r"(got)                                                                       \
                 : "r"(value), "r"(by), "r"(((32 - width) << 8) | clamp), "r"(mask)                \
                 : "memory");                                                                      \
    return got;                                                                                    \
  }                                                                                                \
  inline __device__ unsigned short __ws##name(unsigned mask, unsigned short value, By by,          \
                                              int width) {                                         \
    return (unsigned short)__ws##name(mask, (unsigned)value, by, width);                           \
  }                                                                                                \
  inline __device__ unsigned char __ws##name(unsigned mask, unsigned char value, By by,            \
                                             int width) {                                          \
    return (unsigned char)__ws##name(mask, (unsigned)value, by, width);                            \
  }                                                                                                \
  inline __device__ unsigned long long __ws##name(unsigned mask, unsigned long long value, By by,  \
                                                  int width) {                                     \
    const unsigned low = __ws##name(mask, (unsigned)value, by, width);                             \
    const unsigned high = __ws##name(mask, (unsigned)(value >> 32), by, width);                    \
    return (unsigned long long)high << 32 | low;                                                   \
  }                                                                                                \
  template <class T>                                                                               \
  inline __device__ T name(unsigned mask, T value, By by, int width = 32) {                        \
    typedef typename __ws_word<sizeof(T)>::type Word;                                              \
    return __builtin_bit_cast(T, __ws##name(mask, __builtin_bit_cast(Word, value), by, width));    \
  }
__WS_SHUFFLE(__shfl_sync, "idx", int, 0x1f)
__WS_SHUFFLE(__shfl_up_sync, "up", unsigned, 0)
__WS_SHUFFLE(__shfl_down_sync, "down", unsigned, 0x1f)
__WS_SHUFFLE(__shfl_xor_sync, "bfly", int, 0x1f)
#undef __WS_SHUFFLE

// --- loads and stores with cache hints, which are for speed alone

#define __WS_LOAD(name) \
  template <class T> inline __device__ T name(const T* p) { return *p; }
__WS_LOAD(__ldg)
__WS_LOAD(__ldca)
__WS_LOAD(__ldcg)
__WS_LOAD(__ldcs)
__WS_LOAD(__ldlu)
template <class T> inline __device__ T __ldcv(const T* p) { return *(const volatile T*)p; }
#undef __WS_LOAD
#define __WS_STORE(name) \
  template <class T> inline __device__ void name(T* p, T value) { *p = value; }
__WS_STORE(__stwb)
__WS_STORE(__stcg)
__WS_STORE(__stcs)
__WS_STORE(__stwt)
#undef __WS_STORE

// --- bits as they are

inline __device__ int __float_as_int(float x) { return __builtin_bit_cast(int, x); }
inline __device__ unsigned __float_as_uint(float x) { return __builtin_bit_cast(unsigned, x); }
inline __device__ float __int_as_float(int x) { return __builtin_bit_cast(float, x); }
inline __device__ float __uint_as_float(unsigned x) { return __builtin_bit_cast(float, x); }
inline __device__ long long __double_as_longlong(double x) {
  return __builtin_bit_cast(long long, x);
}
inline __device__ double __longlong_as_double(long long x) { return __builtin_bit_cast(double, x); }
inline __device__ short __half_as_short(__half x) { return __builtin_bit_cast(short, x); }
inline __device__ unsigned short __half_as_ushort(__half x) {
  return __builtin_bit_cast(unsigned short, x);
}
inline __device__ __half __short_as_half(short x) { return __builtin_bit_cast(__half, x); }
inline __device__ __half __ushort_as_half(unsigned short x) { return __builtin_bit_cast(__half, x); }
template <class P> inline __device__ unsigned __cvta_generic_to_shared(P* p) {
  return (unsigned)(size_t)(__attribute__((address_space(3))) const void*)(const void*)p;
}

// --- halves

inline __device__ float2 __half22float2(__half2 a) { return {(float)a.x, (float)a.y}; }
inline __device__ __half2 __float22half2_rn(float2 a) { return __floats2half2_rn(a.x, a.y); }
#define __WS_HALF_OPERATOR(op, function)                                                           \
  inline __device__ __half operator op(__half a, __half b) { return function(a, b); }              \
  inline __device__ __half& operator op##=(__half& a, __half b) { return a = function(a, b); }     \
  inline __device__ __half2 operator op(__half2 a, __half2 b) { return function##2(a, b); }        \
  inline __device__ __half2& operator op##=(__half2& a, __half2 b) { return a = function##2(a, b); }
inline __device__ __half2 __hdiv2(__half2 a, __half2 b) { return __h2div(a, b); }
__WS_HALF_OPERATOR(+, __hadd)
__WS_HALF_OPERATOR(-, __hsub)
__WS_HALF_OPERATOR(*, __hmul)
__WS_HALF_OPERATOR(/, __hdiv)
#undef __WS_HALF_OPERATOR
inline __device__ __half operator-(__half a) { return __hneg(a); }
inline __device__ __half operator+(__half a) { return a; }
inline __device__ __half2 operator-(__half2 a) { return __hneg2(a); }
#define __WS_HALF_COMPARISON(op, function)                                                         \
  inline __device__ bool operator op(__half a, __half b) { return function(a, b); }
__WS_HALF_COMPARISON(==, __heq)
__WS_HALF_COMPARISON(!=, __hneu)
__WS_HALF_COMPARISON(<, __hlt)
__WS_HALF_COMPARISON(<=, __hle)
__WS_HALF_COMPARISON(>, __hgt)
__WS_HALF_COMPARISON(>=, __hge)
#undef __WS_HALF_COMPARISON
