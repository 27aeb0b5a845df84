#include <cuda_runtime.h>
#include <cstdint>

struct HashRng {
    uint32_t state;
    __device__ HashRng(uint32_t seed, uint32_t idx) : state(seed ^ (idx * 0x9E3779B9u)) {}
    __device__ uint32_t next() {
        uint32_t h = state;
        h ^= h >> 16;
        h *= 0x85EBCA6Bu;
        h ^= h >> 13;
        h *= 0xC2B2AE35u;
        h ^= h >> 16;
        state = h;
        return h;
    }
    __device__ float uniform() { return (next() >> 8) * (1.0f / 16777216.0f); }
};

__global__ void dropout_kernel(float* __restrict__ out, unsigned char* __restrict__ mask,
                               const float* __restrict__ in, int n, float p, float scale, uint32_t seed) {
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += blockDim.x * gridDim.x) {
        HashRng rng(seed, (uint32_t)i);
        const bool keep = rng.uniform() >= p;
        mask[i] = keep ? 1 : 0;
        out[i] = keep ? in[i] * scale : 0.0f;
    }
}

void launch(float* out, unsigned char* mask, const float* in, int n, float p, int seed) {
    const float scale = 1.0f / (1.0f - p);
    dim3 block(256);
    dim3 grid((n + 4 * block.x - 1) / (4 * block.x));
    dropout_kernel<<<grid, block, 0, 0>>>(out, mask, in, n, p, scale, static_cast<uint32_t>(seed));
}
