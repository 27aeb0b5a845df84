#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <mma.h>
#include <cmath>

__global__ void qk_kernel(const half* q, const half* k, float* scores, int seq, int dim, float scale) {
    int j = blockIdx.x * blockDim.x + threadIdx.x;
    int i = blockIdx.y * blockDim.y + threadIdx.y;
    if (i < seq && j < seq) {
        float s = 0.0f;
        for (int d = 0; d < dim; d++) s += __half2float(q[i * dim + d]) * __half2float(k[j * dim + d]);
        scores[i * seq + j] = s * scale;
    }
}

__global__ void softmax_kernel(float* scores, int seq) {
    extern __shared__ float sm[];
    float* row = scores + (size_t)blockIdx.x * seq;
    int tid = threadIdx.x;
    float m = -INFINITY;
    for (int j = tid; j < seq; j += blockDim.x) m = fmaxf(m, row[j]);
    sm[tid] = m;
    __syncthreads();
    for (int s = blockDim.x / 2; s > 0; s >>= 1) {
        if (tid < s) sm[tid] = fmaxf(sm[tid], sm[tid + s]);
        __syncthreads();
    }
    m = sm[0];
    __syncthreads();
    float sum = 0.0f;
    for (int j = tid; j < seq; j += blockDim.x) {
        float e = expf(row[j] - m);
        row[j] = e;
        sum += e;
    }
    sm[tid] = sum;
    __syncthreads();
    for (int s = blockDim.x / 2; s > 0; s >>= 1) {
        if (tid < s) sm[tid] += sm[tid + s];
        __syncthreads();
    }
    sum = sm[0];
    for (int j = tid; j < seq; j += blockDim.x) row[j] /= sum;
}

__global__ void pv_kernel(const float* p, const half* v, half* out, int seq, int dim) {
    int d = blockIdx.x * blockDim.x + threadIdx.x;
    int i = blockIdx.y * blockDim.y + threadIdx.y;
    if (i < seq && d < dim) {
        float acc = 0.0f;
        for (int j = 0; j < seq; j++) acc += p[i * seq + j] * __half2float(v[j * dim + d]);
        out[i * dim + d] = __float2half(acc);
    }
}

void launch(void* out, void* q, void* k, void* v, int seq, int dim) {
    float* scores;
    cudaMalloc((void**)&scores, (size_t)seq * seq * sizeof(float));
    dim3 block(16, 16);
    qk_kernel<<<dim3((seq + 15) / 16, (seq + 15) / 16), block>>>((half*)q, (half*)k, scores, seq, dim, 1.0f / sqrtf((float)dim));
    softmax_kernel<<<seq, 128, 128 * sizeof(float)>>>(scores, seq);
    pv_kernel<<<dim3((dim + 15) / 16, (seq + 15) / 16), block>>>(scores, (half*)v, (half*)out, seq, dim);
    cudaDeviceSynchronize();
    cudaFree(scores);
}
