#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <cfloat>

#define BR 16
#define BC 16

// One thread per query row of the tile and key column group: block is (BC, BR).
__global__ void flash_fwd(half* __restrict__ O, const half* __restrict__ Q, const half* __restrict__ K,
                          const half* __restrict__ V, int n, int d, float scale) {
    extern __shared__ float smem[];
    float* sQ = smem;              // BR x d
    float* sK = sQ + BR * d;       // BC x d
    float* sV = sK + BC * d;       // BC x d
    float* sO = sV + BC * d;       // BR x d
    float* sP = sO + BR * d;       // BR x BC
    __shared__ float row_m[BR], row_l[BR], row_corr[BR];

    const int tx = threadIdx.x, ty = threadIdx.y;
    const int tid = ty * BC + tx;
    const int nthreads = BR * BC;
    const size_t base = (size_t)blockIdx.y * n * d;
    const int q0 = blockIdx.x * BR;

    for (int i = tid; i < BR * d; i += nthreads) {
        int r = q0 + i / d;
        sQ[i] = r < n ? __half2float(Q[base + (size_t)r * d + i % d]) * scale : 0.0f;
        sO[i] = 0.0f;
    }
    if (tx == 0) {
        row_m[ty] = -FLT_MAX;
        row_l[ty] = 0.0f;
    }
    __syncthreads();

    for (int k0 = 0; k0 < n; k0 += BC) {
        for (int i = tid; i < BC * d; i += nthreads) {
            int r = k0 + i / d;
            bool ok = r < n;
            sK[i] = ok ? __half2float(K[base + (size_t)r * d + i % d]) : 0.0f;
            sV[i] = ok ? __half2float(V[base + (size_t)r * d + i % d]) : 0.0f;
        }
        __syncthreads();
        float s = -FLT_MAX;
        if (k0 + tx < n) {
            s = 0.0f;
            for (int c = 0; c < d; ++c) s += sQ[ty * d + c] * sK[tx * d + c];
        }
        sP[ty * BC + tx] = s;
        __syncthreads();
        if (tx == 0) {
            float m_old = row_m[ty];
            float m_new = m_old;
            for (int c = 0; c < BC; ++c) m_new = fmaxf(m_new, sP[ty * BC + c]);
            float corr = expf(m_old - m_new);
            float l = row_l[ty] * corr;
            for (int c = 0; c < BC; ++c) {
                float p = (k0 + c < n) ? expf(sP[ty * BC + c] - m_new) : 0.0f;
                sP[ty * BC + c] = p;
                l += p;
            }
            row_m[ty] = m_new;
            row_l[ty] = l;
            row_corr[ty] = corr;
        }
        __syncthreads();
        for (int c = tx; c < d; c += BC) {
            float acc = sO[ty * d + c] * row_corr[ty];
            for (int j = 0; j < BC; ++j) acc += sP[ty * BC + j] * sV[j * d + c];
            sO[ty * d + c] = acc;
        }
        __syncthreads();
    }
    if (q0 + ty < n) {
        for (int c = tx; c < d; c += BC) O[base + (size_t)(q0 + ty) * d + c] = __float2half(sO[ty * d + c] / row_l[ty]);
    }
}

void launch(void* O, const void* Q, const void* K, const void* V, int bh, int n, int d) {
    dim3 grid((n + BR - 1) / BR, bh);
    dim3 block(BC, BR);
    size_t smem = (2 * BR * d + 2 * BC * d + BR * BC) * sizeof(float);
    flash_fwd<<<grid, block, smem>>>((half*)O, (const half*)Q, (const half*)K, (const half*)V, n, d, 1.0f / sqrtf((float)d));
    cudaDeviceSynchronize();
}
