// Headers of CUDA for clang without an SDK, each behind a line `// FILE: name`: what of them device
// code commonly uses. What is missing clang says by name.
// FILE: cuda_fp16.h
typedef __half half;
typedef __half2 half2;
// FILE: cuda_runtime.h
// FILE: cuda_runtime_api.h
// FILE: cuda.h
// FILE: device_launch_parameters.h
// FILE: device_functions.h
// FILE: vector_types.h
// FILE: vector_functions.h
// FILE: math_constants.h
#define CUDART_INF_F __int_as_float(0x7f800000)
#define CUDART_NAN_F __int_as_float(0x7fffffff)
#define CUDART_MIN_DENORM_F __int_as_float(0x00000001)
#define CUDART_MAX_NORMAL_F __int_as_float(0x7f7fffff)
#define CUDART_NEG_ZERO_F __int_as_float(0x80000000)
#define CUDART_ZERO_F 0.0F
#define CUDART_ONE_F 1.0F
#define CUDART_SQRT_HALF_F 0.707106781F
#define CUDART_SQRT_TWO_F 1.414213562F
#define CUDART_L2E_F 1.442695041F
#define CUDART_L2T_F 3.321928094F
#define CUDART_LG2_F 0.301029996F
#define CUDART_LGE_F 0.434294482F
#define CUDART_LN2_F 0.693147181F
#define CUDART_LNT_F 2.302585093F
#define CUDART_LNPI_F 1.144729886F
#define CUDART_PIO2_F 1.570796327F
#define CUDART_PIO4_F 0.785398163F
#define CUDART_PI_F 3.141592654F
#define CUDART_2OVERPI_F 0.636619772F
#define CUDART_INF __longlong_as_double(0x7ff0000000000000LL)
#define CUDART_NAN __longlong_as_double(0xfff8000000000000LL)
#define CUDART_PI 3.1415926535897931e+0
#define CUDART_PIO2 1.5707963267948966e+0
#define CUDART_PIO4 7.8539816339744828e-1
#define CUDART_2OVERPI 6.3661977236758138e-1
#define CUDART_SQRT_TWO 1.4142135623730951e+0
#define CUDART_SQRT_HALF 7.0710678118654757e-1
#define CUDART_LN2_HI 6.9314718036912382e-1
#define CUDART_LN2_LO 1.9082149292705877e-10
#define CUDART_L2E 1.4426950408889634e+0
// FILE: cuda_bf16.h
struct __align__(2) __nv_bfloat16 {
  unsigned short __x;
  __nv_bfloat16() = default;
  __device__ __nv_bfloat16(float x) {
    asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(__x) : "f"(x));
  }
  __device__ operator float() const { return __uint_as_float((unsigned)__x << 16); }
};
struct __align__(4) __nv_bfloat162 {
  __nv_bfloat16 x, y;
  __nv_bfloat162() = default;
  __device__ __nv_bfloat162(__nv_bfloat16 a, __nv_bfloat16 b) : x(a), y(b) {}
};
typedef __nv_bfloat16 nv_bfloat16;
typedef __nv_bfloat162 nv_bfloat162;
inline __device__ __nv_bfloat16 __float2bfloat16(float x) { return __nv_bfloat16(x); }
inline __device__ __nv_bfloat16 __float2bfloat16_rn(float x) { return __nv_bfloat16(x); }
inline __device__ float __bfloat162float(__nv_bfloat16 x) { return x; }
inline __device__ unsigned short __bfloat16_as_ushort(__nv_bfloat16 x) { return x.__x; }
inline __device__ __nv_bfloat16 __ushort_as_bfloat16(unsigned short x) {
  return __builtin_bit_cast(__nv_bfloat16, x);
}
inline __device__ __nv_bfloat162 __floats2bfloat162_rn(float a, float b) {
  return __nv_bfloat162(__nv_bfloat16(a), __nv_bfloat16(b));
}
inline __device__ float2 __bfloat1622float2(__nv_bfloat162 v) { return {(float)v.x, (float)v.y}; }
inline __device__ float __low2float(__nv_bfloat162 v) { return v.x; }
inline __device__ float __high2float(__nv_bfloat162 v) { return v.y; }
