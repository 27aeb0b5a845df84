// C = A * B by its definition, summed in float and rounded to half once.
#include <cuda_fp16.h>

__global__ void reference(half* C, const half* A, const half* B, int M, int N, int K) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < M * N) {
        const half* a = A + (i / N) * K;
        const half* b = B + i % N;
        float s = 0.0f;
        for (int k = 0; k < K; ++k) s += __half2float(a[k]) * __half2float(b[k * N]);
        C[i] = __float2half(s);
    }
}

extern "C" void launch(half* C, const half* A, const half* B, int M, int N, int K) {
    reference<<<(M * N + 127) / 128, 128>>>(C, A, B, M, N, K);
}
