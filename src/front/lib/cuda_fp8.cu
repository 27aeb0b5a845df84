// <cuda_fp8.h> in the dialect: numbers of 8 bits, e4m3 and e5m2. One arithmetic for host and device,
// which gives what the instructions of a chip give: a NaN becomes 0x7f, but that of a double keeps
// its sign.
#include <cuda_bf16.h>
#include <cuda_fp16.h>

typedef unsigned char __nv_fp8_storage_t;
typedef unsigned short __nv_fp8x2_storage_t;
typedef unsigned int __nv_fp8x4_storage_t;
enum __nv_saturation_t { __NV_NOSAT, __NV_SATFINITE };
enum __nv_fp8_interpretation_t { __NV_E4M3, __NV_E5M2 };

// --- to 8 bits

// The significand is rounded in units of its last place; what that carries goes into the exponent.
__host__ __device__ inline __nv_fp8_storage_t __nv_cvt_double_to_fp8(
    const double x, const __nv_saturation_t saturate, const __nv_fp8_interpretation_t kind) {
  const unsigned long long bits = (unsigned long long)__double_as_longlong(x);
  const unsigned sign = (unsigned)(bits >> 63) << 7;
  const int places = kind == __NV_E5M2 ? 2 : 3;
  const int lowest = kind == __NV_E5M2 ? -14 : -6;
  const unsigned most = kind == __NV_E5M2 ? 0x7b : 0x7e;
  int exponent = (int)((bits >> 52) & 2047) - 1023;
  unsigned code = most + 1;
  if (exponent == 1024) {
    if ((bits << 12) != 0) {
      const unsigned nan = kind == __NV_E5M2 ? 0x7eu | (unsigned)((bits >> 50) & 3) : 0x7fu;
      return (__nv_fp8_storage_t)(sign | nan);
    }
  } else {
    if (exponent < lowest) exponent = lowest;
    const double unit = __longlong_as_double((long long)(1023 + places - exponent) << 52);
    // A place below the subnormal doubles is not asked for: `exponent` is at most 1023.
    const double scaled = exponent > 900 ? 65536.0 : fabs(x) * unit;
    code = (unsigned)((exponent - lowest) << places) + (unsigned)rint(scaled);
  }
  if (code > most) {
    code = saturate == __NV_SATFINITE ? most : (kind == __NV_E5M2 ? 0x7cu : 0x7fu);
  }
  return (__nv_fp8_storage_t)(sign | code);
}
__host__ __device__ inline __nv_fp8_storage_t __nv_cvt_float_to_fp8(
    const float x, const __nv_saturation_t saturate, const __nv_fp8_interpretation_t kind) {
  if (x != x) return (__nv_fp8_storage_t)0x7f;
  return __nv_cvt_double_to_fp8((double)x, saturate, kind);
}
__host__ __device__ inline __nv_fp8_storage_t __nv_cvt_halfraw_to_fp8(
    const __half_raw x, const __nv_saturation_t saturate, const __nv_fp8_interpretation_t kind) {
  return __nv_cvt_float_to_fp8(__half2float(__ushort_as_half(x.x)), saturate, kind);
}
__host__ __device__ inline __nv_fp8_storage_t __nv_cvt_bfloat16raw_to_fp8(
    const __nv_bfloat16_raw x, const __nv_saturation_t saturate,
    const __nv_fp8_interpretation_t kind) {
  return __nv_cvt_float_to_fp8(__bfloat162float(__ushort_as_bfloat16(x.x)), saturate, kind);
}

__host__ __device__ inline __nv_fp8x2_storage_t __fp8_pair(unsigned low, unsigned high) {
  return (__nv_fp8x2_storage_t)(low | high << 8);
}
#define WS_PAIR(name, Pair, one, Raw)                                                            \
  __host__ __device__ inline __nv_fp8x2_storage_t name(const Pair x, const __nv_saturation_t s,  \
                                                       const __nv_fp8_interpretation_t kind) {   \
    return __fp8_pair(one((Raw)x.x, s, kind), one((Raw)x.y, s, kind));                           \
  }
WS_PAIR(__nv_cvt_double2_to_fp8x2, double2, __nv_cvt_double_to_fp8, double)
WS_PAIR(__nv_cvt_float2_to_fp8x2, float2, __nv_cvt_float_to_fp8, float)
WS_PAIR(__nv_cvt_halfraw2_to_fp8x2, __half2_raw, __nv_cvt_halfraw_to_fp8, __half_raw)
WS_PAIR(__nv_cvt_bfloat16raw2_to_fp8x2, __nv_bfloat162_raw, __nv_cvt_bfloat16raw_to_fp8,
        __nv_bfloat16_raw)
#undef WS_PAIR

// --- from 8 bits: every one is a half

__host__ __device__ inline __half_raw __nv_cvt_fp8_to_halfraw(
    const __nv_fp8_storage_t x, const __nv_fp8_interpretation_t kind) {
  __half_raw result;
  const unsigned sign = (x & 0x80u) << 8;
  const unsigned magnitude = x & 0x7fu;
  if (magnitude > (kind == __NV_E5M2 ? 0x7cu : 0x7eu)) {
    result.x = (unsigned short)0x7fff;
  } else if (kind == __NV_E5M2) {
    result.x = (unsigned short)(sign | magnitude << 8);
  } else if (magnitude < 8) {  // units of 2^-9
    result.x = (unsigned short)(sign | __half_as_ushort(__float2half((float)magnitude * 0.001953125f)));
  } else {
    result.x = (unsigned short)(sign | ((magnitude << 7) + 0x2000u));
  }
  return result;
}
__host__ __device__ inline __half2_raw __nv_cvt_fp8x2_to_halfraw2(
    const __nv_fp8x2_storage_t x, const __nv_fp8_interpretation_t kind) {
  __half2_raw result;
  result.x = __nv_cvt_fp8_to_halfraw((__nv_fp8_storage_t)(x & 255), kind).x;
  result.y = __nv_cvt_fp8_to_halfraw((__nv_fp8_storage_t)(x >> 8), kind).x;
  return result;
}
__host__ __device__ inline float __fp8_to_float(unsigned x, const __nv_fp8_interpretation_t kind) {
  return __half2float(__ushort_as_half(__nv_cvt_fp8_to_halfraw((__nv_fp8_storage_t)x, kind).x));
}
__host__ __device__ inline int __fp8_between(float x, int least, int most) {
  if (x != x) return 0;
  return x > (float)most ? most : (x < (float)least ? least : (int)x);
}

// --- the types

#define WS_OF(From, expression)                                                            \
  explicit __host__ __device__ WS_FP8(const From f) { __x = expression; }
#define WS_OF_INTEGER(From) WS_OF(From, __nv_cvt_float_to_fp8((float)f, __NV_SATFINITE, WS_KIND))
#define WS_TO(To, expression) \
  explicit __host__ __device__ operator To() const { return expression; }
#define WS_ONE                                                                             \
  struct WS_FP8 {                                                                          \
    __nv_fp8_storage_t __x;                                                                \
    WS_FP8() = default;                                                                    \
    WS_OF(__half, __nv_cvt_float_to_fp8(__half2float(f), __NV_SATFINITE, WS_KIND))         \
    WS_OF(__nv_bfloat16, __nv_cvt_float_to_fp8(__bfloat162float(f), __NV_SATFINITE, WS_KIND)) \
    WS_OF(float, __nv_cvt_float_to_fp8(f, __NV_SATFINITE, WS_KIND))                        \
    WS_OF(double, __nv_cvt_double_to_fp8(f, __NV_SATFINITE, WS_KIND))                      \
    WS_OF_INTEGER(unsigned short)                                                          \
    WS_OF_INTEGER(unsigned int)                                                            \
    WS_OF_INTEGER(unsigned long)                                                           \
    WS_OF_INTEGER(unsigned long long)                                                      \
    WS_OF_INTEGER(short)                                                                   \
    WS_OF_INTEGER(int)                                                                     \
    WS_OF_INTEGER(long)                                                                    \
    WS_OF_INTEGER(long long)                                                               \
    __host__ __device__ __half __as_half() const {                                         \
      return __ushort_as_half(__nv_cvt_fp8_to_halfraw(__x, WS_KIND).x);                    \
    }                                                                                      \
    __host__ __device__ float __as_float() const { return __fp8_to_float(__x, WS_KIND); }  \
    WS_TO(__half, __as_half())                                                             \
    WS_TO(float, __as_float())                                                             \
    WS_TO(__nv_bfloat16, __float2bfloat16_rz(__as_float()))                                \
    WS_TO(double, (double)__as_float())                                                    \
    WS_TO(unsigned char, (unsigned char)__fp8_between(__as_float(), 0, 255))               \
    WS_TO(signed char, (signed char)__fp8_between(__as_float(), -128, 127))                \
    WS_TO(char, (char)__fp8_between(__as_float(), -128, 127))                              \
    WS_TO(unsigned short, __half2ushort_rz(__as_half()))                                   \
    WS_TO(unsigned int, __half2uint_rz(__as_half()))                                       \
    WS_TO(unsigned long, (unsigned long)__half2ull_rz(__as_half()))                        \
    WS_TO(unsigned long long, __half2ull_rz(__as_half()))                                  \
    WS_TO(short, __half2short_rz(__as_half()))                                             \
    WS_TO(int, __half2int_rz(__as_half()))                                                 \
    WS_TO(long, (long)__half2ll_rz(__as_half()))                                           \
    WS_TO(long long, __half2ll_rz(__as_half()))                                            \
    WS_TO(bool, (__x & 0x7f) != 0)                                                         \
  };
#define WS_TWO                                                                             \
  struct WS_FP8 {                                                                          \
    __nv_fp8x2_storage_t __x;                                                              \
    WS_FP8() = default;                                                                    \
    WS_OF(__half2, __nv_cvt_halfraw2_to_fp8x2(__half2_raw(f), __NV_SATFINITE, WS_KIND))    \
    WS_OF(__nv_bfloat162,                                                                  \
          __nv_cvt_bfloat16raw2_to_fp8x2(__nv_bfloat162_raw(f), __NV_SATFINITE, WS_KIND))  \
    WS_OF(float2, __nv_cvt_float2_to_fp8x2(f, __NV_SATFINITE, WS_KIND))                    \
    WS_OF(double2, __nv_cvt_double2_to_fp8x2(f, __NV_SATFINITE, WS_KIND))                  \
    WS_TO(__half2, (__half2)__nv_cvt_fp8x2_to_halfraw2(__x, WS_KIND))                      \
    WS_TO(float2, make_float2(__fp8_to_float(__x & 255, WS_KIND),                          \
                              __fp8_to_float(__x >> 8, WS_KIND)))                          \
  };
#define WS_FOUR                                                                            \
  struct WS_FP8 {                                                                          \
    __nv_fp8x4_storage_t __x;                                                              \
    WS_FP8() = default;                                                                    \
    __host__ __device__ void __set(unsigned low, unsigned high) { __x = low | high << 16; } \
    explicit __host__ __device__ WS_FP8(const __half2 low, const __half2 high) {           \
      __set(__nv_cvt_halfraw2_to_fp8x2(__half2_raw(low), __NV_SATFINITE, WS_KIND),         \
            __nv_cvt_halfraw2_to_fp8x2(__half2_raw(high), __NV_SATFINITE, WS_KIND));       \
    }                                                                                      \
    explicit __host__ __device__ WS_FP8(const __nv_bfloat162 low, const __nv_bfloat162 high) { \
      __set(__nv_cvt_bfloat16raw2_to_fp8x2(__nv_bfloat162_raw(low), __NV_SATFINITE, WS_KIND),  \
            __nv_cvt_bfloat16raw2_to_fp8x2(__nv_bfloat162_raw(high), __NV_SATFINITE, WS_KIND)); \
    }                                                                                      \
    explicit __host__ __device__ WS_FP8(const float4 f) {                                  \
      __set(__nv_cvt_float2_to_fp8x2(make_float2(f.x, f.y), __NV_SATFINITE, WS_KIND),      \
            __nv_cvt_float2_to_fp8x2(make_float2(f.z, f.w), __NV_SATFINITE, WS_KIND));     \
    }                                                                                      \
    explicit __host__ __device__ WS_FP8(const double4 f) {                                 \
      __set(__nv_cvt_double2_to_fp8x2(make_double2(f.x, f.y), __NV_SATFINITE, WS_KIND),    \
            __nv_cvt_double2_to_fp8x2(make_double2(f.z, f.w), __NV_SATFINITE, WS_KIND));   \
    }                                                                                      \
    WS_TO(float4, make_float4(__fp8_to_float(__x & 255, WS_KIND),                          \
                              __fp8_to_float(__x >> 8 & 255, WS_KIND),                     \
                              __fp8_to_float(__x >> 16 & 255, WS_KIND),                    \
                              __fp8_to_float(__x >> 24, WS_KIND)))                         \
  };
#define WS_KIND __NV_E5M2
#define WS_FP8 __nv_fp8_e5m2
WS_ONE
#undef WS_FP8
#define WS_FP8 __nv_fp8x2_e5m2
WS_TWO
#undef WS_FP8
#define WS_FP8 __nv_fp8x4_e5m2
WS_FOUR
#undef WS_FP8
#undef WS_KIND
#define WS_KIND __NV_E4M3
#define WS_FP8 __nv_fp8_e4m3
WS_ONE
#undef WS_FP8
#define WS_FP8 __nv_fp8x2_e4m3
WS_TWO
#undef WS_FP8
#define WS_FP8 __nv_fp8x4_e4m3
WS_FOUR
#undef WS_FP8
#undef WS_KIND
#undef WS_ONE
#undef WS_TWO
#undef WS_FOUR
#undef WS_OF
#undef WS_OF_INTEGER
#undef WS_TO
