// y = gelu(x + bias) over half: two elements per access where the row length is even.
#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <math.h>

__device__ __forceinline__ float Gelu(float v) {
  const float inner = 0.7978845608f * (v + 0.044715f * v * v * v);
  return 0.5f * v * (1.0f + tanhf(inner));
}

__global__ void BiasGeluPairs(half2* __restrict__ y, const half2* __restrict__ x,
                              const half2* __restrict__ bias, int pairs) {
  const int c = blockIdx.x * blockDim.x + threadIdx.x;
  if (c >= pairs) return;
  const size_t at = (size_t)blockIdx.y * pairs + c;
  const float2 v = __half22float2(x[at]);
  const float2 b = __half22float2(bias[c]);
  y[at] = __floats2half2_rn(Gelu(v.x + b.x), Gelu(v.y + b.y));
}

__global__ void BiasGelu(half* __restrict__ y, const half* __restrict__ x,
                         const half* __restrict__ bias, int cols) {
  const int c = blockIdx.x * blockDim.x + threadIdx.x;
  if (c >= cols) return;
  const size_t at = (size_t)blockIdx.y * cols + c;
  y[at] = __float2half(Gelu(__half2float(x[at]) + __half2float(bias[c])));
}

extern "C" void launch(half* y, const half* x, const half* bias, int rows, int cols) {
  if (cols % 2 == 0) {
    const int pairs = cols / 2;
    dim3 grid((pairs + 127) / 128, rows);
    BiasGeluPairs<<<grid, 128>>>(reinterpret_cast<half2*>(y), reinterpret_cast<const half2*>(x),
                                 reinterpret_cast<const half2*>(bias), pairs);
  } else {
    dim3 grid((cols + 127) / 128, rows);
    BiasGelu<<<grid, 128>>>(y, x, bias, cols);
  }
}
