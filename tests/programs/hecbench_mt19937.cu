// Mersenne Twister, one generator per block with the state in shared memory, checked against <random>.
#include <cstdio>
#include <cstdint>
#include <random>
#include <vector>
#include <cuda_runtime.h>

enum : uint32_t { N = 624, M = 397, MATRIX_A = 0x9908b0df, UPPER = 0x80000000, LOWER = 0x7fffffff };

struct Generator {
    uint32_t* state;

    __device__ void seed(uint32_t s) const
    {
        if (threadIdx.x == 0) {
            state[0] = s;
            for (uint32_t i = 1; i < N; ++i) state[i] = 1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
        }
        __syncthreads();
    }
    // the recurrence reaches M back: 227 words may be renewed together
    __device__ void refill() const
    {
        constexpr uint32_t chunk = N - M;
        for (uint32_t base = 0; base < N; base += chunk) {
            const uint32_t k = base + threadIdx.x;
            uint32_t v = 0;
            const bool mine = threadIdx.x < chunk && k < N;
            if (mine) {
                const uint32_t y = (state[k] & UPPER) | (state[(k + 1) % N] & LOWER);
                v = state[(k + M) % N] ^ (y >> 1) ^ ((y & 1u) ? MATRIX_A : 0u);
            }
            __syncthreads();
            if (mine) state[k] = v;
            __syncthreads();
        }
    }
    static __device__ __forceinline__ uint32_t temper(uint32_t y)
    {
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }
};

__global__ __launch_bounds__(256) void generate(uint32_t* out, int rounds, uint32_t firstSeed)
{
    __shared__ uint32_t words[N];
    const Generator g{words};
    g.seed(firstSeed + blockIdx.x);
    for (int r = 0; r < rounds; ++r) {
        g.refill();
        for (uint32_t i = threadIdx.x; i < N; i += blockDim.x) out[(blockIdx.x * rounds + r) * N + i] = Generator::temper(words[i]);
        __syncthreads();
    }
}

int main()
{
    const int blocks = 3, rounds = 4;
    const uint32_t seed = 5489;
    uint32_t* d = nullptr;
    if (cudaMalloc(&d, blocks * rounds * N * sizeof(uint32_t)) != cudaSuccess) return 2;
    generate<<<blocks, 256>>>(d, rounds, seed);
    std::vector<uint32_t> out(blocks * rounds * N);
    if (cudaMemcpy(out.data(), d, out.size() * sizeof(uint32_t), cudaMemcpyDeviceToHost) != cudaSuccess) { printf("FAIL copy\n"); return 1; }
    cudaFree(d);
    for (int b = 0; b < blocks; ++b) {
        std::mt19937 ref(seed + b);
        for (uint32_t i = 0; i < rounds * N; ++i) {
            const uint32_t e = (uint32_t)ref();
            if (out[b * rounds * N + i] != e) { printf("FAIL block %d word %u\n", b, i); return 1; }
        }
    }
    printf("PASS mt19937: %zu words\n", out.size());
    return 0;
}
