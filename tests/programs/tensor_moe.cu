// Mixture of experts: gating, counting with shared histograms, stable offsets, gather, expert product, weighted scatter.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define EXPERTS 8
#define TOPK 2
#define DIM 32

struct Route {
    int expert[TOPK];
    float weight[TOPK];
};

__global__ void gate(const float* __restrict__ x, const float* __restrict__ wg, Route* routes, int* counts, int tokens)
{
    __shared__ int local[EXPERTS];
    if (threadIdx.x < EXPERTS) local[threadIdx.x] = 0;
    __syncthreads();
    const int t = blockIdx.x * blockDim.x + threadIdx.x;
    if (t < tokens) {
        float logit[EXPERTS];
#pragma unroll
        for (int e = 0; e < EXPERTS; e++) {
            float s = 0.f;
            for (int d = 0; d < DIM; d++) s += x[t * DIM + d] * wg[e * DIM + d];
            logit[e] = s;
        }
        Route r;
        unsigned used = 0;
        float top = 0.f, sum = 0.f;
        for (int k = 0; k < TOPK; k++) {
            int best = -1;
            for (int e = 0; e < EXPERTS; e++)
                if (!(used >> e & 1u) && (best < 0 || logit[e] > logit[best])) best = e;
            used |= 1u << best;
            if (k == 0) top = logit[best];
            r.expert[k] = best;
            r.weight[k] = __expf(logit[best] - top);
            sum += r.weight[k];
        }
        for (int k = 0; k < TOPK; k++) {
            r.weight[k] /= sum;
            atomicAdd_block(&local[r.expert[k]], 1);
        }
        routes[t] = r;
    }
    __syncthreads();
    if (threadIdx.x < EXPERTS && local[threadIdx.x]) atomicAdd(&counts[threadIdx.x], local[threadIdx.x]);
}

__global__ void offsets(const int* counts, int* begin)
{
    int v = threadIdx.x < EXPERTS ? counts[threadIdx.x] : 0;
    const int own = v;
    for (int d = 1; d < EXPERTS; d <<= 1) {
        const int o = __shfl_up_sync(0xffffffff, v, d);
        if (threadIdx.x >= d) v += o;
    }
    if (threadIdx.x < EXPERTS) begin[threadIdx.x] = v - own;
    if (threadIdx.x == EXPERTS - 1) begin[EXPERTS] = v;
}

// one block per expert walks all tokens in order: a stable permutation
__global__ void permute(const Route* routes, const int* begin, int* slot_token, float* slot_weight, int tokens)
{
    __shared__ int base;
    __shared__ int warp_count[8];
    const int e = blockIdx.x, lane = threadIdx.x & 31, warp = threadIdx.x >> 5, warps = blockDim.x >> 5;
    if (threadIdx.x == 0) base = begin[e];
    __syncthreads();
    for (int t0 = 0; t0 < tokens; t0 += blockDim.x) {
        const int t = t0 + threadIdx.x;
        float w = -1.f;
        if (t < tokens)
            for (int k = 0; k < TOPK; k++)
                if (routes[t].expert[k] == e) w = routes[t].weight[k];
        const unsigned votes = __ballot_sync(0xffffffff, w >= 0.f);
        if (lane == 0) warp_count[warp] = __popc(votes);
        __syncthreads();
        int at = base + __popc(votes & ((1u << lane) - 1u));
        for (int i = 0; i < warp; i++) at += warp_count[i];
        if (w >= 0.f) {
            slot_token[at] = t;
            slot_weight[at] = w;
        }
        __syncthreads();
        if (threadIdx.x == 0)
            for (int i = 0; i < warps; i++) base += warp_count[i];
        __syncthreads();
    }
}

__global__ void expert_product(const float* __restrict__ x, const float* __restrict__ w, const int* __restrict__ begin, const int* slot_token,
                               const float* slot_weight, float* y)
{
    __shared__ float sw[DIM][DIM + 1];
    const int e = blockIdx.y;
    for (int i = threadIdx.x; i < DIM * DIM; i += blockDim.x) sw[i / DIM][i % DIM] = w[e * DIM * DIM + i];
    __syncthreads();
    const int lane = threadIdx.x & 31;
    for (int s = begin[e] + blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32; s < begin[e + 1]; s += gridDim.x * (blockDim.x / 32)) {
        const int t = slot_token[s];
        const float xv = x[t * DIM + lane];
        float acc = 0.f;
        for (int d = 0; d < DIM; d++) acc += sw[d][lane] * __shfl_sync(0xffffffff, xv, d);
        atomicAdd(&y[t * DIM + lane], slot_weight[s] * acc);
    }
}

int main()
{
    const int tokens = 300;
    std::vector<float> x(tokens * DIM), wg(EXPERTS * DIM), w(EXPERTS * DIM * DIM), y(tokens * DIM);
    unsigned s = 31;
    for (float& f : x) { s = s * 1664525u + 1013904223u; f = (float)(s >> 8) / 8388608.0f - 1.0f; }
    for (float& f : wg) { s = s * 1664525u + 1013904223u; f = (float)(s >> 8) / 8388608.0f - 1.0f; }
    for (float& f : w) { s = s * 1664525u + 1013904223u; f = ((float)(s >> 8) / 8388608.0f - 1.0f) * 0.2f; }
    float *dx, *dwg, *dw, *dy, *dsw;
    Route* dr;
    int *dc, *db, *dst;
    cudaMalloc(&dx, x.size() * 4); cudaMalloc(&dwg, wg.size() * 4); cudaMalloc(&dw, w.size() * 4); cudaMalloc(&dy, y.size() * 4);
    cudaMalloc(&dsw, tokens * TOPK * 4); cudaMalloc(&dr, tokens * sizeof(Route)); cudaMalloc(&dc, EXPERTS * 4);
    cudaMalloc(&db, (EXPERTS + 1) * 4); cudaMalloc(&dst, tokens * TOPK * 4);
    cudaMemcpy(dx, x.data(), x.size() * 4, cudaMemcpyHostToDevice);
    cudaMemcpy(dwg, wg.data(), wg.size() * 4, cudaMemcpyHostToDevice);
    cudaMemcpy(dw, w.data(), w.size() * 4, cudaMemcpyHostToDevice);
    cudaMemset(dc, 0, EXPERTS * 4);
    cudaMemset(dy, 0, y.size() * 4);
    gate<<<(tokens + 63) / 64, 64>>>(dx, dwg, dr, dc, tokens);
    offsets<<<1, 32>>>(dc, db);
    permute<<<EXPERTS, 128>>>(dr, db, dst, dsw, tokens);
    expert_product<<<dim3(2, EXPERTS), 128>>>(dx, dw, db, dst, dsw, dy);
    std::vector<int> begin(EXPERTS + 1), slots(tokens * TOPK);
    cudaMemcpy(y.data(), dy, y.size() * 4, cudaMemcpyDeviceToHost);
    cudaMemcpy(begin.data(), db, begin.size() * 4, cudaMemcpyDeviceToHost);
    cudaMemcpy(slots.data(), dst, slots.size() * 4, cudaMemcpyDeviceToHost);
    cudaFree(dx); cudaFree(dwg); cudaFree(dw); cudaFree(dy); cudaFree(dsw); cudaFree(dr); cudaFree(dc); cudaFree(db); cudaFree(dst);
    if (cudaGetLastError() != cudaSuccess || begin[EXPERTS] != tokens * TOPK) { printf("FAIL %d routes\n", begin[EXPERTS]); return 1; }
    for (int e = 0; e < EXPERTS; e++)
        for (int i = begin[e] + 1; i < begin[e + 1]; i++)
            if (slots[i] <= slots[i - 1]) { printf("FAIL order at %d\n", i); return 1; }
    double worst = 0;
    for (int t = 0; t < tokens; t++) {
        double logit[EXPERTS];
        int a = 0, b = -1;
        for (int e = 0; e < EXPERTS; e++) {
            logit[e] = 0;
            for (int d = 0; d < DIM; d++) logit[e] += (double)x[t * DIM + d] * wg[e * DIM + d];
            if (logit[e] > logit[a]) a = e;
        }
        for (int e = 0; e < EXPERTS; e++)
            if (e != a && (b < 0 || logit[e] > logit[b])) b = e;
        const double q = exp(logit[b] - logit[a]), wa = 1 / (1 + q), wb = q / (1 + q);
        for (int o = 0; o < DIM; o++) {
            double v = 0;
            for (int d = 0; d < DIM; d++) v += x[t * DIM + d] * (wa * w[(a * DIM + d) * DIM + o] + wb * w[(b * DIM + d) * DIM + o]);
            worst = fmax(worst, fabs(v - y[t * DIM + o]));
        }
    }
    if (!(worst < 1e-5)) { printf("FAIL error %g\n", worst); return 1; }
    printf("PASS moe: %d tokens, error %.2g\n", tokens, worst);
    return 0;
}
