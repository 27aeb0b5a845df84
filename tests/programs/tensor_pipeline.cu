// Staging with cuda::pipeline and cuda::memcpy_async: four stages, thread scope and block scope.
#include <cmath>
#include <cstdio>
#include <vector>
#include <cooperative_groups.h>
#include <cooperative_groups/memcpy_async.h>
#include <cuda/pipeline>
#include <cuda_runtime.h>

namespace cg = cooperative_groups;

#pragma nv_diag_suppress static_var_with_dynamic_init

template <int STAGES, int TILE>
__global__ void staged_sum(const float* __restrict__ in, float* __restrict__ out, int tiles)
{
    __shared__ alignas(16) float buffer[STAGES][TILE];
    __shared__ cuda::pipeline_shared_state<cuda::thread_scope_block, STAGES> state;
    auto block = cg::this_thread_block();
    auto pipe = cuda::make_pipeline(block, &state);
    const float* mine = in + (size_t)blockIdx.x * tiles * TILE;
    int fetched = 0;
    float sum = 0.f;
    for (int tile = 0; tile < tiles; ++tile) {
        for (; fetched < tiles && fetched < tile + STAGES; ++fetched) {
            pipe.producer_acquire();
            cuda::memcpy_async(block, buffer[fetched % STAGES], mine + fetched * TILE, cuda::aligned_size_t<16>(TILE * sizeof(float)), pipe);
            pipe.producer_commit();
        }
        pipe.consumer_wait();
        // every thread reads what others copied
        for (int i = threadIdx.x; i < TILE; i += blockDim.x) sum += buffer[tile % STAGES][TILE - 1 - i] * (tile + 1);
        pipe.consumer_release();
    }
    out[blockIdx.x * blockDim.x + threadIdx.x] = sum;
}

// a pipeline of one thread: each thread copies and reads its own elements
__global__ void own_elements(const int4* in, int4* out, int n)
{
    __shared__ int4 stage[2][64];
    cuda::pipeline<cuda::thread_scope_thread> pipe = cuda::make_pipeline();
    const int step = gridDim.x * blockDim.x;
    int i = blockIdx.x * blockDim.x + threadIdx.x, s = 0;
    if (i < n) {
        pipe.producer_acquire();
        cuda::memcpy_async(&stage[0][threadIdx.x], &in[i], sizeof(int4), pipe);
        pipe.producer_commit();
    }
    for (; i < n; i += step, s ^= 1) {
        if (i + step < n) {
            pipe.producer_acquire();
            cuda::memcpy_async(&stage[s ^ 1][threadIdx.x], &in[i + step], cuda::aligned_size_t<16>(sizeof(int4)), pipe);
            pipe.producer_commit();
            cuda::pipeline_consumer_wait_prior<1>(pipe);
        } else {
            cuda::pipeline_consumer_wait_prior<0>(pipe);
        }
        int4 v = stage[s][threadIdx.x];
        v.x += v.y;
        v.z ^= v.w;
        out[i] = v;
        pipe.consumer_release();
    }
}

// the cooperative groups interface
__global__ void group_copy(const double* in, double* out, int per)
{
    extern __shared__ double tile[];
    cg::thread_block block = cg::this_thread_block();
    cg::memcpy_async(block, tile, in + blockIdx.x * per, sizeof(double) * per);
    cg::wait(block);
    for (int i = block.thread_rank(); i < per; i += block.size()) out[blockIdx.x * per + i] = tile[per - 1 - i];
}

int main()
{
    constexpr int TILE = 128, STAGES = 4;
    const int blocks = 3, threads = 64, tiles = 10;
    std::vector<float> in(blocks * tiles * TILE), out(blocks * threads);
    for (size_t i = 0; i < in.size(); ++i) in[i] = (float)(i * 7919 % 31);
    float *din, *dout;
    cudaMalloc(&din, in.size() * sizeof(float));
    cudaMalloc(&dout, out.size() * sizeof(float));
    cudaMemcpy(din, in.data(), in.size() * sizeof(float), cudaMemcpyHostToDevice);
    staged_sum<STAGES, TILE><<<blocks, threads>>>(din, dout, tiles);
    cudaMemcpy(out.data(), dout, out.size() * sizeof(float), cudaMemcpyDeviceToHost);
    int wrong = 0;
    for (int b = 0; b < blocks; ++b)
        for (int t = 0; t < threads; ++t) {
            float e = 0;
            for (int k = 0; k < tiles; ++k)
                for (int i = t; i < TILE; i += threads) e += in[(b * tiles + k) * TILE + TILE - 1 - i] * (k + 1);
            wrong += e != out[b * threads + t];
        }
    const int n = 500;
    std::vector<int4> v(n), w(n);
    for (int i = 0; i < n; ++i) v[i] = make_int4(i, 3 * i, i ^ 77, i * i);
    int4 *dv, *dw;
    cudaMalloc(&dv, n * sizeof(int4));
    cudaMalloc(&dw, n * sizeof(int4));
    cudaMemcpy(dv, v.data(), n * sizeof(int4), cudaMemcpyHostToDevice);
    own_elements<<<2, 64>>>(dv, dw, n);
    cudaMemcpy(w.data(), dw, n * sizeof(int4), cudaMemcpyDeviceToHost);
    for (int i = 0; i < n; ++i) wrong += w[i].x != v[i].x + v[i].y || w[i].y != v[i].y || w[i].z != (v[i].z ^ v[i].w) || w[i].w != v[i].w;
    const int per = 100;
    std::vector<double> d(blocks * per), r(blocks * per);
    for (size_t i = 0; i < d.size(); ++i) d[i] = i * 0.5;
    double *dd, *dr;
    cudaMalloc(&dd, d.size() * sizeof(double));
    cudaMalloc(&dr, d.size() * sizeof(double));
    cudaMemcpy(dd, d.data(), d.size() * sizeof(double), cudaMemcpyHostToDevice);
    group_copy<<<blocks, 32, per * sizeof(double)>>>(dd, dr, per);
    cudaMemcpy(r.data(), dr, d.size() * sizeof(double), cudaMemcpyDeviceToHost);
    for (int b = 0; b < blocks; ++b)
        for (int i = 0; i < per; ++i) wrong += r[b * per + i] != d[b * per + per - 1 - i];
    cudaFree(din); cudaFree(dout); cudaFree(dv); cudaFree(dw); cudaFree(dd); cudaFree(dr);
    if (wrong || cudaGetLastError() != cudaSuccess) { printf("FAIL %d wrong\n", wrong); return 1; }
    printf("PASS pipeline: three kernels\n");
    return 0;
}
