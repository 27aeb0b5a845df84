// Top-k per row and softmax over the winners: thread-local insertion, then a warp merges by repeated arg-max.
#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <vector>
#include <cuda_runtime.h>

template <typename T, int MAX_K>
struct TopK {
    int p[MAX_K];
    T u[MAX_K];

    __device__ __forceinline__ void insert(T elem, int elem_id)
    {
        if (elem > u[MAX_K - 1] || p[MAX_K - 1] == -1 || (elem == u[MAX_K - 1] && elem_id < p[MAX_K - 1])) {
            u[MAX_K - 1] = elem;
            p[MAX_K - 1] = elem_id;
        }
        for (int k = MAX_K - 2; k >= 0; --k) {
            if (u[k + 1] > u[k] || p[k] == -1 || (u[k + 1] == u[k] && p[k + 1] < p[k])) {
                T u2 = u[k];
                int p2 = p[k];
                u[k] = u[k + 1];
                p[k] = p[k + 1];
                u[k + 1] = u2;
                p[k + 1] = p2;
            }
        }
    }
    __device__ __forceinline__ void init()
    {
#pragma unroll
        for (int i = 0; i < MAX_K; i++) {
            p[i] = -1;
            u[i] = -FLT_MAX;
        }
    }
    __device__ __forceinline__ void pop()
    {
#pragma unroll
        for (int i = 0; i + 1 < MAX_K; i++) {
            u[i] = u[i + 1];
            p[i] = p[i + 1];
        }
        u[MAX_K - 1] = -FLT_MAX;
        p[MAX_K - 1] = -1;
    }
};

// an order-preserving key: larger float, then smaller index
__device__ __forceinline__ unsigned long long key_of(float v, int id)
{
    unsigned b = __float_as_uint(v);
    b = (b & 0x80000000u) ? ~b : b | 0x80000000u;
    return (unsigned long long)b << 32 | (unsigned)~id;
}

template <int K>
__global__ void topk_softmax(const float* __restrict__ logits, int* __restrict__ ids, float* __restrict__ probs, int rows, int cols)
{
    const int row = (blockIdx.x * blockDim.x + threadIdx.x) / 32, lane = threadIdx.x & 31;
    if (row >= rows) return;
    TopK<float, K> mine;
    mine.init();
    for (int c = lane; c < cols; c += 32) mine.insert(logits[(size_t)row * cols + c], c);
    float win = 0.f, first = 0.f, sum = 0.f;
    int winId = -1;
    for (int k = 0; k < K; ++k) {
        unsigned long long best = mine.p[0] < 0 ? 0ull : key_of(mine.u[0], mine.p[0]);
        const unsigned long long own = best;
        for (int m = 16; m > 0; m /= 2) {
            const unsigned long long o = __shfl_xor_sync(0xffffffffu, best, m);
            best = o > best ? o : best;
        }
        const unsigned who = __ballot_sync(0xffffffffu, own == best);
        const int src = __ffs((int)who) - 1;
        const float v = __shfl_sync(0xffffffffu, mine.u[0], src);
        const int id = __shfl_sync(0xffffffffu, mine.p[0], src);
        if (lane == src) mine.pop();
        if (k == 0) first = v;
        sum += expf(v - first);
        if (lane == k) { win = v; winId = id; }
    }
    if (lane < K) {
        ids[row * K + lane] = winId;
        probs[row * K + lane] = expf(win - first) / sum;
    }
}

int main()
{
    const int rows = 33, cols = 777;
    constexpr int K = 6;
    std::vector<float> x(rows * cols), p(rows * K);
    std::vector<int> ids(rows * K);
    unsigned s = 13;
    for (float& f : x) { s = s * 1664525u + 1013904223u; f = (float)((int)(s >> 20) - 2048) / 256.0f; }   // ties on purpose
    float *dx, *dp;
    int* di;
    cudaMalloc(&dx, x.size() * sizeof(float));
    cudaMalloc(&dp, p.size() * sizeof(float));
    cudaMalloc(&di, ids.size() * sizeof(int));
    cudaMemcpy(dx, x.data(), x.size() * sizeof(float), cudaMemcpyHostToDevice);
    topk_softmax<K><<<(rows * 32 + 127) / 128, 128>>>(dx, di, dp, rows, cols);
    cudaMemcpy(p.data(), dp, p.size() * sizeof(float), cudaMemcpyDeviceToHost);
    cudaMemcpy(ids.data(), di, ids.size() * sizeof(int), cudaMemcpyDeviceToHost);
    cudaFree(dx);
    cudaFree(dp);
    cudaFree(di);
    if (cudaGetLastError() != cudaSuccess) { printf("FAIL cuda\n"); return 1; }
    double worst = 0;
    for (int r = 0; r < rows; ++r) {
        const float* row = &x[r * cols];
        std::vector<int> order(cols);
        std::iota(order.begin(), order.end(), 0);
        std::partial_sort(order.begin(), order.begin() + K, order.end(), [row](int a, int b) { return row[a] > row[b] || (row[a] == row[b] && a < b); });
        double sum = 0;
        for (int k = 0; k < K; ++k) sum += std::exp((double)row[order[k]] - row[order[0]]);
        for (int k = 0; k < K; ++k) {
            if (ids[r * K + k] != order[k]) { printf("FAIL row %d place %d: %d, expected %d\n", r, k, ids[r * K + k], order[k]); return 1; }
            worst = std::max(worst, std::fabs(p[r * K + k] - std::exp((double)row[order[k]] - row[order[0]]) / sum));
        }
    }
    if (!(worst < 1e-6)) { printf("FAIL probabilities off by %g\n", worst); return 1; }
    printf("PASS topk: %d rows, error %.2g\n", rows, worst);
    return 0;
}
