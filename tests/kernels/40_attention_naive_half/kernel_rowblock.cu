#include <cuda_runtime.h>
#include <cuda_fp16.h>

// One block per query row; scores of the row in dynamic shared memory.
__global__ void attn_row(half* out, const half* q, const half* k, const half* v, int seq, int dim) {
    extern __shared__ float scores[];
    __shared__ float red[64];
    const int r = blockIdx.x, t = threadIdx.x;
    const float scale = 1.0f / sqrtf((float)dim);
    float m = -INFINITY;
    for (int j = t; j < seq; j += 64) {
        float dot = 0.0f;
        for (int d = 0; d < dim; ++d) dot += __half2float(q[r * dim + d]) * __half2float(k[j * dim + d]);
        scores[j] = dot * scale;
        m = fmaxf(m, scores[j]);
    }
    red[t] = m;
    __syncthreads();
    for (int s = 32; s > 0; s >>= 1) {
        if (t < s) red[t] = fmaxf(red[t], red[t + s]);
        __syncthreads();
    }
    m = red[0];
    __syncthreads();
    float sum = 0.0f;
    for (int j = t; j < seq; j += 64) {
        float e = expf(scores[j] - m);
        scores[j] = e;
        sum += e;
    }
    red[t] = sum;
    __syncthreads();
    for (int s = 32; s > 0; s >>= 1) {
        if (t < s) red[t] += red[t + s];
        __syncthreads();
    }
    sum = red[0];
    for (int d = t; d < dim; d += 64) {
        float acc = 0.0f;
        for (int j = 0; j < seq; ++j) acc += scores[j] * __half2float(v[j * dim + d]);
        out[r * dim + d] = __float2half(acc / sum);
    }
}

void launch(void* out, void* q, void* k, void* v, int seq, int dim) {
    attn_row<<<seq, 64, seq * sizeof(float)>>>((half*)out, (const half*)q, (const half*)k, (const half*)v, seq, dim);
    cudaDeviceSynchronize();
}
