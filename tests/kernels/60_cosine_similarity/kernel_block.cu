#include <cuda_runtime.h>

__global__ void cosine_kernel(float* out, const float* a, const float* b, int d) {
    extern __shared__ float sm[];
    float* dot = sm;
    float* na = &sm[blockDim.x];
    float* nb = &sm[2 * blockDim.x];
    int tid = threadIdx.x;
    float p = 0.0f, q = 0.0f, r = 0.0f;
    for (int i = tid; i < d; i += blockDim.x) {
        float u = a[blockIdx.x * d + i];
        float v = b[blockIdx.x * d + i];
        p += u * v;
        q += u * u;
        r += v * v;
    }
    dot[tid] = p;
    na[tid] = q;
    nb[tid] = r;
    __syncthreads();
    for (int s = blockDim.x / 2; s > 0; s >>= 1) {
        if (tid < s) {
            dot[tid] += dot[tid + s];
            na[tid] += na[tid + s];
            nb[tid] += nb[tid + s];
        }
        __syncthreads();
    }
    if (tid == 0) {
        float denom = fmaxf(sqrtf(na[0]), 1e-8f) * fmaxf(sqrtf(nb[0]), 1e-8f);
        out[blockIdx.x] = dot[0] / denom;
    }
}

void launch(float* out, const float* a, const float* b, int rows, int d) {
    int threads = 64;
    cosine_kernel<<<rows, threads, 3 * threads * sizeof(float)>>>(out, a, b, d);
    cudaDeviceSynchronize();
}
