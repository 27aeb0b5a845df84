// Of <cuda_fp16.h> and <cuda_bf16.h>: the bits of numbers of 16 bits, as structs.

#define WS_RAW(raw, T, to_bits, of_bits)                                            \
  struct raw {                                                                      \
    unsigned short x;                                                               \
    raw() = default;                                                                \
    __host__ __device__ raw(unsigned short bits) : x(bits) {}                       \
    __host__ __device__ raw(short bits) : x((unsigned short)bits) {}                \
    __host__ __device__ raw(int bits) : x((unsigned short)bits) {}                  \
    __host__ __device__ raw(unsigned bits) : x((unsigned short)bits) {}             \
    __host__ __device__ raw(T value) : x(to_bits(value)) {}                         \
    __host__ __device__ operator T() const { return of_bits(x); }                   \
  };
#define WS_RAW_PAIR(raw, T, one_to_bits, one_of_bits, low, high, pair)              \
  struct alignas(4) raw {                                                           \
    unsigned short x;                                                               \
    unsigned short y;                                                               \
    raw() = default;                                                                \
    __host__ __device__ raw(unsigned short low_bits, unsigned short high_bits)      \
        : x(low_bits), y(high_bits) {}                                              \
    __host__ __device__ raw(T value)                                                \
        : x(one_to_bits(low(value))), y(one_to_bits(high(value))) {}                \
    __host__ __device__ operator T() const {                                        \
      return pair(one_of_bits(x), one_of_bits(y));                                  \
    }                                                                               \
  };
WS_RAW(__half_raw, __half, __half_as_ushort, __ushort_as_half)
WS_RAW(__nv_bfloat16_raw, __nv_bfloat16, __bfloat16_as_ushort, __ushort_as_bfloat16)
WS_RAW_PAIR(__half2_raw, __half2, __half_as_ushort, __ushort_as_half, __low2half, __high2half,
            __halves2half2)
WS_RAW_PAIR(__nv_bfloat162_raw, __nv_bfloat162, __bfloat16_as_ushort, __ushort_as_bfloat16,
            __low2bfloat16, __high2bfloat16, __halves2bfloat162)
#undef WS_RAW
#undef WS_RAW_PAIR
