// Single-pass prefix sum by decoupled look-back: tile descriptors of status and value in one 64-bit word.
#include <cstdint>
#include <cstdio>
#include <vector>
#include <cuda_runtime.h>

constexpr int THREADS = 128;
constexpr int ITEMS = 4;
constexpr int TILE = THREADS * ITEMS;

enum Status : unsigned { INVALID = 0, AGGREGATE = 1, PREFIX = 2 };

struct alignas(8) Descriptor {
    unsigned status;
    int value;
};

__device__ unsigned tile_counter;

__device__ __forceinline__ void publish(unsigned long long* d, Status s, int v)
{
    union { Descriptor d; unsigned long long w; } u;
    u.d = {s, v};
    atomicExch(d, u.w);
}

__device__ __forceinline__ Descriptor observe(unsigned long long* d)
{
    union { Descriptor d; unsigned long long w; } u;
    u.w = atomicAdd(d, 0ull);
    return u.d;
}

__device__ int warp_scan(int v, int lane)
{
#pragma unroll
    for (int o = 1; o < 32; o *= 2) {
        const int t = __shfl_up_sync(0xffffffffu, v, o);
        if (lane >= o) v += t;
    }
    return v;
}

__global__ void __launch_bounds__(THREADS) scan(const int* __restrict__ in, int* __restrict__ out, unsigned long long* desc, int n)
{
    __shared__ unsigned tile_s;
    __shared__ int warp_total[THREADS / 32];
    __shared__ int exclusive_s;
    if (threadIdx.x == 0) tile_s = atomicAdd(&tile_counter, 1u);     // tiles in the order in which blocks begin
    __syncthreads();
    const unsigned tile = tile_s;
    const int lane = threadIdx.x & 31, warp = threadIdx.x >> 5;
    const int base = tile * TILE + threadIdx.x * ITEMS;
    int v[ITEMS];
    if (base + ITEMS <= n) {
        const int4 q = *reinterpret_cast<const int4*>(in + base);
        v[0] = q.x; v[1] = q.y; v[2] = q.z; v[3] = q.w;
    } else {
#pragma unroll
        for (int i = 0; i < ITEMS; ++i) v[i] = base + i < n ? in[base + i] : 0;
    }
#pragma unroll
    for (int i = 1; i < ITEMS; ++i) v[i] += v[i - 1];
    const int thread_incl = warp_scan(v[ITEMS - 1], lane);
    if (lane == 31) warp_total[warp] = thread_incl;
    __syncthreads();
    int warp_excl = 0, total = 0;
#pragma unroll
    for (int w = 0; w < THREADS / 32; ++w) {
        if (w < warp) warp_excl += warp_total[w];
        total += warp_total[w];
    }
    if (warp == 0) {
        if (tile == 0) {
            if (lane == 0) {
                publish(&desc[0], PREFIX, total);
                exclusive_s = 0;
            }
        } else {
            if (lane == 0) publish(&desc[tile], AGGREGATE, total);
            int exclusive = 0;
            int at = (int)tile - 1 - lane;
            while (true) {
                Descriptor d = {PREFIX, 0};
                if (at >= 0) {
                    d = observe(&desc[at]);
                    while (d.status == INVALID) {
                        __nanosleep(20);
                        d = observe(&desc[at]);
                    }
                }
                const unsigned prefixes = __ballot_sync(0xffffffffu, d.status == PREFIX);
                const int stop = prefixes ? __ffs(prefixes) - 1 : 31;
                exclusive += __reduce_add_sync(0xffffffffu, lane <= stop ? d.value : 0);
                if (prefixes) break;
                at -= 32;
            }
            if (lane == 0) {
                publish(&desc[tile], PREFIX, exclusive + total);
                exclusive_s = exclusive;
            }
        }
    }
    __syncthreads();
    const int before = exclusive_s + warp_excl + thread_incl - v[ITEMS - 1];
#pragma unroll
    for (int i = 0; i < ITEMS; ++i)
        if (base + i < n) out[base + i] = before + v[i];
}

int main()
{
    const int n = 40 * TILE + 77, tiles = (n + TILE - 1) / TILE;
    std::vector<int> h(n), out(n);
    uint32_t s = 17;
    for (auto& x : h) {
        s = s * 1664525u + 1013904223u;
        x = (int)(s >> 20) - 2048;
    }
    int *din, *dout;
    unsigned long long* desc;
    unsigned zero = 0;
    cudaMalloc(&din, n * sizeof(int));
    cudaMalloc(&dout, n * sizeof(int));
    cudaMalloc(&desc, tiles * sizeof(unsigned long long));
    cudaMemcpy(din, h.data(), n * sizeof(int), cudaMemcpyHostToDevice);
    cudaMemset(desc, 0, tiles * sizeof(unsigned long long));
    cudaMemcpyToSymbol(tile_counter, &zero, sizeof zero);
    scan<<<tiles, THREADS>>>(din, dout, desc, n);
    cudaMemcpy(out.data(), dout, n * sizeof(int), cudaMemcpyDeviceToHost);
    cudaFree(din);
    cudaFree(dout);
    cudaFree(desc);
    if (cudaError_t e = cudaGetLastError(); e != cudaSuccess) { printf("FAIL %s\n", cudaGetErrorString(e)); return 1; }
    int sum = 0;
    for (int i = 0; i < n; ++i) {
        sum += h[i];
        if (out[i] != sum) { printf("FAIL at %d: %d, expected %d\n", i, out[i], sum); return 1; }
    }
    printf("PASS lookbackscan: %d elements in %d tiles\n", n, tiles);
    return 0;
}
