// Split-K GEMM with a semaphore: slices add their tile to the output one after the other, in order; acquire and release by asm.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

constexpr int TM = 32, TN = 32, TK = 16;

class Semaphore {
public:
    __device__ Semaphore(int* lock, int thread_id) : lock_(lock), wait_thread_(thread_id == 0), state_(-1) {}
    __device__ void fetch()
    {
        if (wait_thread_) asm volatile("ld.global.acquire.gpu.b32 %0, [%1];\n" : "=r"(state_) : "l"(lock_) : "memory");
    }
    __device__ void wait(int status)
    {
        while (__syncthreads_and(wait_thread_ ? state_ != status : 1)) {
            fetch();
        }
        __syncthreads();
    }
    __device__ void release(int status)
    {
        __syncthreads();
        if (wait_thread_) asm volatile("st.global.release.gpu.b32 [%0], %1;\n" : : "l"(lock_), "r"(status) : "memory");
    }

private:
    int* lock_;
    bool wait_thread_;
    int state_;
};

__global__ void gemm_splitk(const float* __restrict__ A, const float* __restrict__ B, float* C, int* locks, int M, int N, int K, int slices)
{
    __shared__ float sA[TK][TM + 1];
    __shared__ float sB[TK][TN];
    const int tid = threadIdx.y * blockDim.x + threadIdx.x;
    const int row0 = blockIdx.y * TM, col0 = blockIdx.x * TN;
    const int per = (K / TK + slices - 1) / slices * TK;
    const int k_begin = blockIdx.z * per, k_end = min(K, k_begin + per);
    float acc[4] = {0.f, 0.f, 0.f, 0.f};
    for (int k0 = k_begin; k0 < k_end; k0 += TK) {
        for (int i = tid; i < TM * TK; i += 256) {
            sA[i % TK][i / TK] = A[(row0 + i / TK) * K + k0 + i % TK];
            sB[i / TN][i % TN] = B[(k0 + i / TN) * N + col0 + i % TN];
        }
        __syncthreads();
#pragma unroll
        for (int k = 0; k < TK; ++k)
#pragma unroll
            for (int r = 0; r < 4; ++r) acc[r] += sA[k][threadIdx.y + 8 * r] * sB[k][threadIdx.x];
        __syncthreads();
    }
    Semaphore semaphore(&locks[blockIdx.y * gridDim.x + blockIdx.x], tid);
    semaphore.fetch();
    semaphore.wait(blockIdx.z);
#pragma unroll
    for (int r = 0; r < 4; ++r) {
        float* c = &C[(row0 + threadIdx.y + 8 * r) * N + col0 + threadIdx.x];
        *c = blockIdx.z == 0 ? acc[r] : *c + acc[r];
    }
    semaphore.release(blockIdx.z + 1 == gridDim.z ? 0 : blockIdx.z + 1);
}

int main()
{
    const int M = 64, N = 64, K = 208, slices = 4;
    std::vector<float> A(M * K), B(K * N), C(M * N), again(M * N);
    unsigned s = 71;
    for (float& f : A) { s = s * 1664525u + 1013904223u; f = (float)(s >> 8) / 8388608.0f - 1.0f; }
    for (float& f : B) { s = s * 1664525u + 1013904223u; f = (float)(s >> 8) / 8388608.0f - 1.0f; }
    float *dA, *dB, *dC;
    int *locks, left[4];
    cudaMalloc(&dA, A.size() * sizeof(float));
    cudaMalloc(&dB, B.size() * sizeof(float));
    cudaMalloc(&dC, C.size() * sizeof(float));
    cudaMalloc(&locks, sizeof left);
    cudaMemcpy(dA, A.data(), A.size() * sizeof(float), cudaMemcpyHostToDevice);
    cudaMemcpy(dB, B.data(), B.size() * sizeof(float), cudaMemcpyHostToDevice);
    cudaMemset(locks, 0, sizeof left);
    const dim3 grid(N / TN, M / TM, slices), block(32, 8);
    gemm_splitk<<<grid, block>>>(dA, dB, dC, locks, M, N, K, slices);
    cudaMemcpy(C.data(), dC, C.size() * sizeof(float), cudaMemcpyDeviceToHost);
    gemm_splitk<<<grid, block>>>(dA, dB, dC, locks, M, N, K, slices);       // locks are back at zero
    cudaMemcpy(again.data(), dC, C.size() * sizeof(float), cudaMemcpyDeviceToHost);
    cudaMemcpy(left, locks, sizeof left, cudaMemcpyDeviceToHost);
    cudaFree(dA); cudaFree(dB); cudaFree(dC); cudaFree(locks);
    double worst = 0;
    int wrong = cudaGetLastError() != cudaSuccess;
    for (int i = 0; i < M; ++i)
        for (int j = 0; j < N; ++j) {
            double r = 0;
            for (int k = 0; k < K; ++k) r += (double)A[i * K + k] * B[k * N + j];
            worst = fmax(worst, fabs(C[i * N + j] - r));
            wrong += C[i * N + j] != again[i * N + j];       // the order of slices is fixed: the same bits
        }
    for (int l : left) wrong += l != 0;
    if (wrong || !(worst < 3e-5)) { printf("FAIL %d wrong, error %g\n", wrong, worst); return 1; }
    printf("PASS splitk: %d slices, error %.2g\n", slices, worst);
    return 0;
}
