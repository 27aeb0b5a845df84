// Warp-specialised producer and consumers with cuda::barrier and two buffers; a split arrive and wait; cuda::atomic_ref.
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>
#include <cooperative_groups.h>
#include <cuda/atomic>
#include <cuda/barrier>
#include <cuda_runtime.h>

using barrier = cuda::barrier<cuda::thread_scope_block>;
namespace cg = cooperative_groups;

#pragma nv_diag_suppress static_var_with_dynamic_init

__device__ void produce(barrier ready[], barrier filled[], float* buffer, int buffer_len, const float* in, int N)
{
    for (int i = 0; i < N / buffer_len; ++i) {
        ready[i % 2].arrive_and_wait();
        for (int k = threadIdx.x; k < buffer_len; k += 32) buffer[(i % 2) * buffer_len + k] = in[i * buffer_len + k] * 2.0f;
        barrier::arrival_token token = filled[i % 2].arrive();
        (void)token;
    }
}

__device__ void consume(barrier ready[], barrier filled[], const float* buffer, int buffer_len, float* out, int N)
{
    barrier::arrival_token token1 = ready[0].arrive();
    barrier::arrival_token token2 = ready[1].arrive();
    (void)token1;
    (void)token2;
    const int me = threadIdx.x - 32, many = blockDim.x - 32;
    for (int i = 0; i < N / buffer_len; ++i) {
        filled[i % 2].arrive_and_wait();
        for (int k = me; k < buffer_len; k += many) out[i * buffer_len + k] = buffer[(i % 2) * buffer_len + (k + 1) % buffer_len] + 1.0f;
        barrier::arrival_token token = ready[i % 2].arrive();
        (void)token;
    }
}

__global__ void producer_consumer(int N, int buffer_len, const float* in, float* out)
{
    extern __shared__ float buffer[];
    __shared__ barrier bar[4];
    auto block = cg::this_thread_block();
    if (block.thread_rank() < 4) init(bar + block.thread_rank(), block.size());
    block.sync();
    in += blockIdx.x * N;
    out += blockIdx.x * N;
    if (block.thread_rank() < warpSize) produce(bar, bar + 2, buffer, buffer_len, in, N);
    else consume(bar, bar + 2, buffer, buffer_len, out, N);
}

__global__ void split_arrive_wait(const int* data, int* result, int iterations)
{
    __shared__ barrier bar;
    __shared__ int sum;
    auto block = cg::this_thread_block();
    if (block.thread_rank() == 0) {
        init(&bar, block.size());
        sum = 0;
    }
    block.sync();
    int v = data[blockIdx.x * block.size() + block.thread_rank()], independent = 0;
    for (int i = 0; i < iterations; ++i) {
        cuda::atomic_ref<int, cuda::thread_scope_block> s(sum);
        s.fetch_add(v, cuda::memory_order_relaxed);
        barrier::arrival_token token = bar.arrive();
        independent += i * (int)block.thread_rank();
        bar.wait(std::move(token));
        v = sum % 1000 + (int)block.thread_rank();
        bar.arrive_and_wait();
    }
    result[blockIdx.x * block.size() + block.thread_rank()] = v + independent;
}

// a message through global memory: a flag with release and acquire
__global__ void message(int* payload, int* flag, int* got)
{
    cuda::atomic_ref<int, cuda::thread_scope_device> f(*flag);
    if (blockIdx.x == 0) {
        if (threadIdx.x == 0) {
            payload[0] = 40;
            payload[1] = 2;
            f.store(1, cuda::std::memory_order_release);
        }
    } else if (threadIdx.x == 0) {
        while (f.load(cuda::std::memory_order_acquire) == 0) {}
        got[blockIdx.x - 1] = payload[0] + payload[1];
    }
}

int main()
{
    const int N = 320, L = 64, blocks = 2;
    std::vector<float> in(N * blocks), out(N * blocks);
    for (size_t i = 0; i < in.size(); ++i) in[i] = (float)(i * 37 % 113);
    float *din, *dout;
    cudaMalloc(&din, in.size() * sizeof(float));
    cudaMalloc(&dout, in.size() * sizeof(float));
    cudaMemcpy(din, in.data(), in.size() * sizeof(float), cudaMemcpyHostToDevice);
    producer_consumer<<<blocks, 128, 2 * L * sizeof(float)>>>(N, L, din, dout);
    cudaMemcpy(out.data(), dout, in.size() * sizeof(float), cudaMemcpyDeviceToHost);
    int wrong = 0;
    for (int b = 0; b < blocks; ++b)
        for (int i = 0; i < N; ++i) wrong += out[b * N + i] != in[b * N + i / L * L + (i % L + 1) % L] * 2 + 1;

    const int threads = 64, iterations = 5;
    std::vector<int> data(threads), result(threads);
    for (int i = 0; i < threads; ++i) data[i] = i * i % 17;
    int *dd, *dr, *df;
    cudaMalloc(&dd, threads * sizeof(int));
    cudaMalloc(&dr, threads * sizeof(int));
    cudaMalloc(&df, sizeof(int));
    cudaMemcpy(dd, data.data(), threads * sizeof(int), cudaMemcpyHostToDevice);
    split_arrive_wait<<<1, threads>>>(dd, dr, iterations);
    cudaMemcpy(result.data(), dr, threads * sizeof(int), cudaMemcpyDeviceToHost);
    std::vector<int> v(data);
    int sum = 0;
    for (int k = 0; k < iterations; ++k) {
        for (int x : v) sum += x;
        for (int i = 0; i < threads; ++i) v[i] = sum % 1000 + i;
    }
    for (int i = 0; i < threads; ++i) wrong += result[i] != v[i] + i * iterations * (iterations - 1) / 2;
    int got[3] = {};
    cudaMemset(df, 0, sizeof(int));
    message<<<4, 32>>>(dd, df, dr);
    cudaMemcpy(got, dr, sizeof got, cudaMemcpyDeviceToHost);
    for (int g : got) wrong += g != 42;
    cudaFree(din); cudaFree(dout); cudaFree(dd); cudaFree(dr); cudaFree(df);
    if (wrong || cudaGetLastError() != cudaSuccess) { printf("FAIL %d wrong\n", wrong); return 1; }
    printf("PASS barrier: three kernels\n");
    return 0;
}
