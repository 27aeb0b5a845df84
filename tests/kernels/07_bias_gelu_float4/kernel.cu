#include <cuda_runtime.h>
#include <cmath>
#include <vector>

enum ActKind { ACT_RELU = 0, ACT_GELU = 1, ACT_NONE = 2 };

template <int ACT>
__device__ __forceinline__ float activate(float v) {
    if constexpr (ACT == ACT_GELU) {
        return 0.5f * v * (1.0f + erff(v * 0.70710678118654752f));
    } else if constexpr (ACT == ACT_RELU) {
        return fmaxf(v, 0.0f);
    } else {
        return v;
    }
}

template <int ACT>
__global__ void bias_act_kernel(float* __restrict__ out, const float* __restrict__ x, const float* __restrict__ bias,
                                int total4, int cols4) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= total4) return;
    const float4 a = reinterpret_cast<const float4*>(x)[i];
    const float4 b = __ldg(reinterpret_cast<const float4*>(bias) + (i % cols4));
    float4 r = make_float4(activate<ACT>(a.x + b.x), activate<ACT>(a.y + b.y),
                           activate<ACT>(a.z + b.z), activate<ACT>(a.w + b.w));
    reinterpret_cast<float4*>(out)[i] = r;
}

void launch(float* out, const float* x, const float* bias, int rows, int cols) {
    const int total4 = rows * cols / 4;
    const int threads = 256;
    bias_act_kernel<ACT_GELU><<<(total4 + threads - 1) / threads, threads>>>(out, x, bias, total4, cols / 4);
}
