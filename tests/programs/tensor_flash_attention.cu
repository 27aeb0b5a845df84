// Attention with online softmax: a block per tile of queries, keys and values in shared tiles, causal mask.
#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

template <int D, int BQ, int BK>
__global__ void __launch_bounds__(BQ * 4) attention(const half* __restrict__ Q, const half* __restrict__ K, const half* __restrict__ V,
                                                    half* __restrict__ O, float* __restrict__ LSE, int n, float scale, bool causal)
{
    static_assert(D % 8 == 0, "vector loads");
    constexpr int PER = D / 4;                       // four threads share a query, each holds a quarter of the output
    __shared__ __align__(16) half sK[BK][D + 8];
    __shared__ __align__(16) half sV[BK][D + 8];
    __shared__ float sP[BQ][BK + 1];
    const int head = blockIdx.y, q0 = blockIdx.x * BQ;
    const int row = threadIdx.x / 4, part = threadIdx.x % 4;
    const int qi = q0 + row;
    Q += (size_t)head * n * D;
    K += (size_t)head * n * D;
    V += (size_t)head * n * D;
    O += (size_t)head * n * D;

    float q[D], acc[PER];
#pragma unroll
    for (int d = 0; d < D; d += 2) {
        const float2 f = qi < n ? __half22float2(*reinterpret_cast<const half2*>(&Q[qi * D + d])) : make_float2(0.f, 0.f);
        q[d] = f.x * scale;
        q[d + 1] = f.y * scale;
    }
#pragma unroll
    for (int d = 0; d < PER; ++d) acc[d] = 0.f;
    float m = -INFINITY, l = 0.f;
    const int last = causal ? min(n, q0 + BQ) : n;
    for (int k0 = 0; k0 < last; k0 += BK) {
        for (int i = threadIdx.x; i < BK * D / 8; i += blockDim.x) {
            const int r = i / (D / 8), c = i % (D / 8) * 8;
            const int4 zero = make_int4(0, 0, 0, 0);
            *reinterpret_cast<int4*>(&sK[r][c]) = k0 + r < n ? *reinterpret_cast<const int4*>(&K[(k0 + r) * D + c]) : zero;
            *reinterpret_cast<int4*>(&sV[r][c]) = k0 + r < n ? *reinterpret_cast<const int4*>(&V[(k0 + r) * D + c]) : zero;
        }
        __syncthreads();
        float mNew = m;
        for (int j = part; j < BK; j += 4) {
            float s = 0.f;
#pragma unroll
            for (int d = 0; d < D; ++d) s = fmaf(q[d], __half2float(sK[j][d]), s);
            if (k0 + j >= n || (causal && k0 + j > qi)) s = -INFINITY;
            sP[row][j] = s;
            mNew = fmaxf(mNew, s);
        }
        mNew = fmaxf(mNew, __shfl_xor_sync(0xffffffff, mNew, 1));
        mNew = fmaxf(mNew, __shfl_xor_sync(0xffffffff, mNew, 2));
        const float correction = m == -INFINITY ? 0.f : __expf(m - mNew);
        float sum = 0.f;
        for (int j = part; j < BK; j += 4) {
            const float p = mNew == -INFINITY ? 0.f : __expf(sP[row][j] - mNew);
            sP[row][j] = p;
            sum += p;
        }
        sum += __shfl_xor_sync(0xffffffff, sum, 1);
        sum += __shfl_xor_sync(0xffffffff, sum, 2);
        l = l * correction + sum;
        m = mNew;
        __syncwarp();
#pragma unroll
        for (int d = 0; d < PER; ++d) acc[d] *= correction;
        for (int j = 0; j < BK; ++j) {
            const float p = sP[row][j];
#pragma unroll
            for (int d = 0; d < PER; ++d) acc[d] = fmaf(p, __half2float(sV[j][part * PER + d]), acc[d]);
        }
        __syncthreads();
    }
    if (qi < n) {
        const float inv = 1.f / l;
#pragma unroll
        for (int d = 0; d < PER; d += 2)
            *reinterpret_cast<half2*>(&O[qi * D + part * PER + d]) = __floats2half2_rn(acc[d] * inv, acc[d + 1] * inv);
        if (part == 0) LSE[head * n + qi] = m + logf(l);
    }
}

int main()
{
    constexpr int D = 32;
    const int heads = 2, n = 75;
    const float scale = 1.0f / sqrtf((float)D);
    std::vector<half> Q(heads * n * D), K(Q.size()), V(Q.size()), O(Q.size());
    std::vector<float> L(heads * n);
    unsigned s = 3;
    for (auto* t : {&Q, &K, &V})
        for (auto& h : *t) { s = s * 1664525u + 1013904223u; h = __float2half((s >> 8) / 8388608.0f * 2 - 2); }
    half *dQ, *dK, *dV, *dO;
    float* dL;
    const size_t bytes = Q.size() * sizeof(half);
    cudaMalloc(&dQ, bytes); cudaMalloc(&dK, bytes); cudaMalloc(&dV, bytes); cudaMalloc(&dO, bytes);
    cudaMalloc(&dL, L.size() * sizeof(float));
    cudaMemcpy(dQ, Q.data(), bytes, cudaMemcpyHostToDevice);
    cudaMemcpy(dK, K.data(), bytes, cudaMemcpyHostToDevice);
    cudaMemcpy(dV, V.data(), bytes, cudaMemcpyHostToDevice);
    double worst = 0, worstL = 0;
    for (int causal = 0; causal < 2; ++causal) {
        attention<D, 16, 32><<<dim3((n + 15) / 16, heads), 64>>>(dQ, dK, dV, dO, dL, n, scale, causal != 0);
        cudaMemcpy(O.data(), dO, bytes, cudaMemcpyDeviceToHost);
        cudaMemcpy(L.data(), dL, L.size() * sizeof(float), cudaMemcpyDeviceToHost);
        for (int h = 0; h < heads; ++h)
            for (int i = 0; i < n; ++i) {
                const int keys = causal ? i + 1 : n;
                std::vector<double> p(keys);
                double mx = -1e300, sum = 0;
                for (int j = 0; j < keys; ++j) {
                    double dot = 0;
                    for (int d = 0; d < D; ++d) dot += (double)__half2float(Q[(h * n + i) * D + d]) * __half2float(K[(h * n + j) * D + d]);
                    p[j] = dot * scale;
                    mx = fmax(mx, p[j]);
                }
                for (double& x : p) sum += x = exp(x - mx);
                for (int d = 0; d < D; ++d) {
                    double o = 0;
                    for (int j = 0; j < keys; ++j) o += p[j] / sum * __half2float(V[(h * n + j) * D + d]);
                    worst = fmax(worst, fabs(o - __half2float(O[(h * n + i) * D + d])));
                }
                worstL = fmax(worstL, fabs(L[h * n + i] - (mx + log(sum))));
            }
    }
    cudaFree(dQ); cudaFree(dK); cudaFree(dV); cudaFree(dO); cudaFree(dL);
    if (cudaGetLastError() != cudaSuccess || !(worst < 2e-3) || !(worstL < 1e-4)) { printf("FAIL errors %g %g\n", worst, worstL); return 1; }
    printf("PASS flash attention: error %.2g, log-sum-exp %.2g\n", worst, worstL);
    return 0;
}
