// Clocks, special registers, assert, predicated barriers, early exits, and a spin on a volatile flag within a block.
#include <cassert>
#include <cstdio>
#include <vector>
#include <cuda_runtime.h>

struct Stamp {
    long long begin, end;
    unsigned ticks;
    int counted, any, all;
};

__global__ void timed(const float* in, float* out, Stamp* stamps)
{
    extern __shared__ float shared[];
    const int tid = threadIdx.x, bid = blockIdx.x;
    const clock_t c0 = clock();
    if (tid == 0) stamps[bid].begin = clock64();
    shared[tid] = in[tid];
    shared[tid + blockDim.x] = in[tid + blockDim.x];
    for (int d = blockDim.x; d > 0; d /= 2) {
        __syncthreads();
        if (tid < d) {
            const float f0 = shared[tid], f1 = shared[tid + d];
            if (f1 < f0) shared[tid] = f1;
        }
    }
    if (tid == 0) out[bid] = shared[0];
    const int counted = __syncthreads_count(in[tid] < 100.f);
    const int any = __syncthreads_or(tid == 3 && bid == 1);
    const int all = __syncthreads_and(tid < 1000);
    assert(counted <= (int)blockDim.x);
    __nanosleep(50);
    if (tid == 0) {
        stamps[bid].end = clock64();
        stamps[bid].ticks = (unsigned)(clock() - c0);
        stamps[bid].counted = counted;
        stamps[bid].any = any;
        stamps[bid].all = all;
    }
}

__global__ void handshake(int* out)
{
    __shared__ volatile int flag;
    __shared__ volatile int value;
    if (threadIdx.x == 0) flag = 0;
    __syncthreads();
    if (threadIdx.x == 32) {
        value = 1234;
        __threadfence_block();
        atomicExch((int*)&flag, 1);
    } else if (threadIdx.x == 0) {
        while (atomicAdd((int*)&flag, 0) == 0) __nanosleep(10);
        __threadfence_block();
        out[0] = value;
    }
    if (threadIdx.x >= 64) return;
    out[1 + threadIdx.x] = (int)(threadIdx.x % warpSize) + 100 * (int)gridDim.x;
}

int main()
{
    const int blocks = 8, threads = 64;
    std::vector<float> in(2 * threads), out(blocks);
    for (int i = 0; i < 2 * threads; i++) in[i] = (float)((i * 97 + 31) % 211);
    float lowest = in[0];
    int below = 0;
    for (int i = 0; i < 2 * threads; i++) {
        lowest = in[i] < lowest ? in[i] : lowest;
        below += i < threads && in[i] < 100.f;
    }
    float *din, *dout;
    Stamp* ds;
    int* dh;
    cudaMalloc((void**)&din, in.size() * sizeof(float));
    cudaMalloc((void**)&dout, blocks * sizeof(float));
    cudaMalloc((void**)&ds, blocks * sizeof(Stamp));
    cudaMalloc((void**)&dh, 65 * sizeof(int));
    cudaMemcpy(din, in.data(), in.size() * sizeof(float), cudaMemcpyHostToDevice);
    timed<<<blocks, threads, 2 * threads * sizeof(float)>>>(din, dout, ds);
    handshake<<<1, 96>>>(dh);
    std::vector<Stamp> st(blocks);
    int h[65];
    cudaMemcpy(out.data(), dout, blocks * sizeof(float), cudaMemcpyDeviceToHost);
    cudaMemcpy(st.data(), ds, blocks * sizeof(Stamp), cudaMemcpyDeviceToHost);
    cudaMemcpy(h, dh, sizeof h, cudaMemcpyDeviceToHost);
    cudaFree(din); cudaFree(dout); cudaFree(ds); cudaFree(dh);
    int wrong = cudaGetLastError() != cudaSuccess || h[0] != 1234;
    for (int b = 0; b < blocks; b++)
        wrong += out[b] != lowest || st[b].end <= st[b].begin || st[b].ticks == 0 || st[b].counted != below || (st[b].any != 0) != (b == 1) || !st[b].all;
    for (int i = 0; i < 64; i++) wrong += h[1 + i] != i % 32 + 100;
    if (wrong) { printf("FAIL %d wrong\n", wrong); return 1; }
    printf("PASS clock: %d blocks\n", blocks);
    return 0;
}
