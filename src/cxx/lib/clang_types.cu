// What CUDA's headers declare before everything else, for clang without an SDK: qualifiers, vectors,
// halves. Read before each program (cxx/clang.h).
#define __host__ __attribute__((host))
#define __device__ __attribute__((device))
#define __global__ __attribute__((global))
#define __shared__ __attribute__((shared))
#define __constant__ __attribute__((constant))
#define __managed__ __attribute__((device))
#define __forceinline__ inline __attribute__((always_inline))
#define __noinline__ __attribute__((noinline))
#define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))
#define __align__(n) __attribute__((aligned(n)))
#define __grid_constant__
#define __cudart_builtin__
#define CUDART_CB

typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;
typedef __INT8_TYPE__ int8_t;
typedef __INT16_TYPE__ int16_t;
typedef __INT32_TYPE__ int32_t;
typedef __INT64_TYPE__ int64_t;
typedef __UINT8_TYPE__ uint8_t;
typedef __UINT16_TYPE__ uint16_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __INTPTR_TYPE__ intptr_t;
typedef __UINTPTR_TYPE__ uintptr_t;
typedef long clock_t;
typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;
namespace std {
typedef ::size_t size_t;
typedef ::ptrdiff_t ptrdiff_t;
typedef decltype(nullptr) nullptr_t;
}  // namespace std

#define __WS_VECTORS(name, T, align2, align4)                                                      \
  struct name##1 { T x; };                                                                         \
  struct __align__(align2) name##2 { T x, y; };                                                    \
  struct name##3 { T x, y, z; };                                                                   \
  struct __align__(align4) name##4 { T x, y, z, w; };                                              \
  static inline __host__ __device__ name##1 make_##name##1(T x) { return {x}; }                    \
  static inline __host__ __device__ name##2 make_##name##2(T x, T y) { return {x, y}; }            \
  static inline __host__ __device__ name##3 make_##name##3(T x, T y, T z) { return {x, y, z}; }    \
  static inline __host__ __device__ name##4 make_##name##4(T x, T y, T z, T w) {                   \
    return {x, y, z, w};                                                                           \
  }
__WS_VECTORS(char, signed char, 2, 4)
__WS_VECTORS(uchar, unsigned char, 2, 4)
__WS_VECTORS(short, short, 4, 8)
__WS_VECTORS(ushort, unsigned short, 4, 8)
__WS_VECTORS(int, int, 8, 16)
__WS_VECTORS(uint, unsigned, 8, 16)
__WS_VECTORS(long, long, 16, 16)
__WS_VECTORS(ulong, unsigned long, 16, 16)
__WS_VECTORS(longlong, long long, 16, 16)
__WS_VECTORS(ulonglong, unsigned long long, 16, 16)
__WS_VECTORS(float, float, 8, 16)
__WS_VECTORS(double, double, 16, 16)
#undef __WS_VECTORS

struct dim3 {
  unsigned x, y, z;
  constexpr __host__ __device__ dim3(unsigned a = 1, unsigned b = 1, unsigned c = 1)
      : x(a), y(b), z(c) {}
  constexpr __host__ __device__ dim3(uint3 v) : x(v.x), y(v.y), z(v.z) {}
  constexpr __host__ __device__ operator uint3() const { return {x, y, z}; }
};

// Handles that signatures of host members may name.
typedef struct __ws_stream* cudaStream_t;
typedef struct __ws_event* cudaEvent_t;
enum cudaError_t { cudaSuccess = 0 };

// Boxes of memory, which kernels may be given.
struct cudaExtent {
  unsigned long width, height, depth;
};
struct cudaPos {
  unsigned long x, y, z;
};
struct cudaPitchedPtr {
  void* ptr;
  unsigned long pitch, xsize, ysize;
};

struct __align__(2) __half {
  _Float16 __x;
  __half() = default;
  __device__ __half(float x) : __x(x) {}
  __device__ __half(double x) : __x(x) {}
  __device__ __half(int x) : __x(x) {}
  __device__ __half(unsigned x) : __x(x) {}
  __device__ __half(long x) : __x(x) {}
  __device__ __half(unsigned long x) : __x(x) {}
  __device__ __half(long long x) : __x(x) {}
  __device__ __half(unsigned long long x) : __x(x) {}
  __device__ __half(short x) : __x(x) {}
  __device__ __half(unsigned short x) : __x(x) {}
  __device__ operator float() const { return __x; }
  __device__ explicit operator double() const { return __x; }
  __device__ explicit operator int() const { return (int)__x; }
  __device__ explicit operator unsigned() const { return (unsigned)__x; }
  __device__ explicit operator long long() const { return (long long)__x; }
  __device__ explicit operator unsigned long long() const { return (unsigned long long)__x; }
  __device__ explicit operator short() const { return (short)__x; }
  __device__ explicit operator unsigned short() const { return (unsigned short)__x; }
  __device__ explicit operator bool() const { return (float)__x != 0.0f; }
};
struct __align__(4) __half2 {
  __half x, y;
  __half2() = default;
  __device__ __half2(__half a, __half b) : x(a), y(b) {}
};
struct __half_raw { unsigned short x; };
inline __device__ __half __ws_half(int bits) {
  return __builtin_bit_cast(__half, (unsigned short)bits);
}
inline __device__ __half2 __ws_half2(unsigned x) { return __builtin_bit_cast(__half2, x); }
inline __device__ int __ws_held(__half x) { return __builtin_bit_cast(unsigned short, x); }
inline __device__ unsigned __ws_held(__half2 x) { return __builtin_bit_cast(unsigned, x); }
