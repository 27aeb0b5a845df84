// Philox4x32-10 counter-based generator as a class, uniform and Box-Muller normal moments, Monte Carlo pi.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>
#include <cuda_runtime.h>

class Philox4x32 {
public:
    __host__ __device__ Philox4x32(uint64_t seed, uint64_t subsequence)
        : key_{static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)},
          counter_{0, 0, static_cast<uint32_t>(subsequence), static_cast<uint32_t>(subsequence >> 32)}, used_(4)
    {
    }
    __host__ __device__ uint32_t operator()()
    {
        if (used_ == 4) {
            generate();
            if (++counter_[0] == 0) ++counter_[1];
            used_ = 0;
        }
        return out_[used_++];
    }
    __host__ __device__ float uniform() { return ((*this)() >> 8) * (1.0f / 16777216.0f); }

private:
    static __host__ __device__ uint32_t mulhilo(uint32_t a, uint32_t b, uint32_t* lo)
    {
        *lo = a * b;
#ifdef __CUDA_ARCH__
        return __umulhi(a, b);
#else
        return static_cast<uint32_t>((static_cast<uint64_t>(a) * b) >> 32);
#endif
    }
    __host__ __device__ void generate()
    {
        uint32_t c[4] = {counter_[0], counter_[1], counter_[2], counter_[3]};
        uint32_t k0 = key_[0], k1 = key_[1];
        for (int round = 0; round < 10; ++round) {
            uint32_t lo0, lo1;
            const uint32_t hi0 = mulhilo(0xD2511F53u, c[0], &lo0);
            const uint32_t hi1 = mulhilo(0xCD9E8D57u, c[2], &lo1);
            const uint32_t n0 = hi1 ^ c[1] ^ k0, n2 = hi0 ^ c[3] ^ k1;
            c[0] = n0;
            c[1] = lo1;
            c[2] = n2;
            c[3] = lo0;
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        for (int i = 0; i < 4; ++i) out_[i] = c[i];
    }

    uint32_t key_[2];
    uint32_t counter_[4];
    uint32_t out_[4];
    int used_;
};

__global__ void raw(uint32_t* out, int perThread, uint64_t seed)
{
    const int id = blockIdx.x * blockDim.x + threadIdx.x;
    Philox4x32 rng(seed, id);
    for (int i = 0; i < perThread; ++i) out[id * perThread + i] = rng();
}

__global__ void monteCarlo(unsigned long long* inside, double* moments, int perThread, uint64_t seed)
{
    const int id = blockIdx.x * blockDim.x + threadIdx.x;
    Philox4x32 rng(seed, id);
    unsigned hits = 0;
    double m1 = 0, m2 = 0;
    for (int i = 0; i < perThread; ++i) {
        const float x = rng.uniform(), y = rng.uniform();
        hits += x * x + y * y < 1.0f;
        const float r = sqrtf(-2.0f * logf(1.0f - x));
        float s, c;
        sincosf(6.2831853f * y, &s, &c);
        m1 += r * c + r * s;
        m2 += r * c * r * c + r * s * r * s;
    }
    hits = __reduce_add_sync(0xffffffffu, hits);
    if (threadIdx.x % warpSize == 0) atomicAdd(inside, (unsigned long long)hits);
    atomicAdd(&moments[0], m1);
    atomicAdd(&moments[1], m2);
}

int main()
{
    const int threads = 256, blocks = 4, per = 50;
    const uint64_t seed = 0x299f31d0a4093822ull;
    uint32_t* d;
    unsigned long long* di;
    double* dm;
    cudaMalloc(&d, sizeof(uint32_t) * threads * blocks * per);
    cudaMalloc(&di, sizeof *di);
    cudaMalloc(&dm, 2 * sizeof *dm);
    cudaMemset(di, 0, sizeof *di);
    cudaMemset(dm, 0, 2 * sizeof *dm);
    raw<<<blocks, threads>>>(d, per, seed);
    monteCarlo<<<blocks, threads>>>(di, dm, per, seed);
    std::vector<uint32_t> out(threads * blocks * per);
    unsigned long long inside = 0, expect = 0;
    double m[2];
    cudaMemcpy(out.data(), d, out.size() * 4, cudaMemcpyDeviceToHost);
    cudaMemcpy(&inside, di, sizeof inside, cudaMemcpyDeviceToHost);
    cudaMemcpy(m, dm, sizeof m, cudaMemcpyDeviceToHost);
    cudaFree(d);
    cudaFree(di);
    cudaFree(dm);
    if (cudaGetLastError() != cudaSuccess) { printf("FAIL cuda\n"); return 1; }
    double h1 = 0, h2 = 0;
    for (int id = 0; id < threads * blocks; ++id) {
        Philox4x32 a(seed, id), b(seed, id);
        for (int i = 0; i < per; ++i) {
            if (a() != out[id * per + i]) { printf("FAIL stream %d at %d\n", id, i); return 1; }
            const float x = b.uniform(), y = b.uniform();
            expect += (double)x * x + (double)y * y < 1.0;
            const double r = std::sqrt(-2 * std::log(1.0 - x)), c = r * std::cos(6.2831853f * y), s = r * std::sin(6.2831853f * y);
            h1 += c + s;
            h2 += c * c + s * s;
        }
    }
    const double n = 2.0 * threads * blocks * per;
    const long long gap = (long long)inside - (long long)expect;
    if (gap > 3 || gap < -3 || std::fabs(m[0] - h1) > 0.05 || std::fabs(m[1] - h2) > 0.5) {
        printf("FAIL %llu and %llu inside, moments %g %g, %g %g\n", inside, expect, m[0], h1, m[1], h2);
        return 1;
    }
    printf("PASS philox: pi about %.4f, mean %.4f, variance %.4f\n", 8.0 * inside / n, m[0] / n, m[1] / n);
    return 0;
}
