#include <cuda_runtime.h>
#include <cmath>
#include <stdexcept>

template <int HEAD_DIM>
__global__ void causal_attention_kernel(float* __restrict__ o, const float* __restrict__ q, const float* __restrict__ k,
                                        const float* __restrict__ v, int seq, float scale) {
    constexpr int PER_LANE = HEAD_DIM / 32;
    const int lane = threadIdx.x;
    const int qi = blockIdx.x * blockDim.y + threadIdx.y;
    if (qi >= seq) return;
    const size_t head_off = (size_t)blockIdx.y * seq * HEAD_DIM;
    const float* qp = q + head_off + (size_t)qi * HEAD_DIM;

    float qreg[PER_LANE], acc[PER_LANE];
#pragma unroll
    for (int i = 0; i < PER_LANE; ++i) {
        qreg[i] = qp[lane + 32 * i] * scale;
        acc[i] = 0.0f;
    }
    float m = -INFINITY, l = 0.0f;
    for (int j = 0; j <= qi; ++j) {
        const float* kp = k + head_off + (size_t)j * HEAD_DIM;
        const float* vp = v + head_off + (size_t)j * HEAD_DIM;
        float s = 0.0f;
#pragma unroll
        for (int i = 0; i < PER_LANE; ++i) s = fmaf(qreg[i], kp[lane + 32 * i], s);
#pragma unroll
        for (int off = 16; off > 0; off >>= 1) s += __shfl_xor_sync(0xffffffffu, s, off);
        const float m_new = fmaxf(m, s);
        const float corr = expf(m - m_new);
        const float p = expf(s - m_new);
        l = l * corr + p;
#pragma unroll
        for (int i = 0; i < PER_LANE; ++i) acc[i] = acc[i] * corr + p * vp[lane + 32 * i];
        m = m_new;
    }
    const float inv = 1.0f / l;
#pragma unroll
    for (int i = 0; i < PER_LANE; ++i) o[head_off + (size_t)qi * HEAD_DIM + lane + 32 * i] = acc[i] * inv;
}

void launch(float* o, const float* q, const float* k, const float* v, int heads, int seq, int d) {
    const float scale = 1.0f / std::sqrt(static_cast<float>(d));
    dim3 block(32, 4);
    dim3 grid((seq + 3) / 4, heads);
    switch (d) {
        case 32: causal_attention_kernel<32><<<grid, block>>>(o, q, k, v, seq, scale); break;
        case 64: causal_attention_kernel<64><<<grid, block>>>(o, q, k, v, seq, scale); break;
        default: throw std::runtime_error("unsupported head dimension");
    }
}
