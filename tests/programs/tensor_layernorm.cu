// Layer normalisation forward and the gradients of its input and weights; cg::reduce, float4, Welford merge.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cuda_runtime.h>

namespace cg = cooperative_groups;

struct Welford {
    float mean = 0.f, m2 = 0.f, n = 0.f;
    __device__ void add(float x)
    {
        n += 1.f;
        const float d = x - mean;
        mean += d / n;
        m2 += d * (x - mean);
    }
    __device__ static Welford merge(const Welford& a, const Welford& b)
    {
        Welford r;
        r.n = a.n + b.n;
        if (r.n == 0.f) return r;
        const float d = b.mean - a.mean;
        r.mean = a.mean + d * b.n / r.n;
        r.m2 = a.m2 + b.m2 + d * d * a.n * b.n / r.n;
        return r;
    }
};

template <int WARPS>
__global__ void forward(const float* __restrict__ x, const float* __restrict__ gamma, const float* __restrict__ beta, float* __restrict__ y,
                        float2* __restrict__ stats, int rows, int cols, float eps)
{
    cg::thread_block block = cg::this_thread_block();
    cg::thread_block_tile<32> warp = cg::tiled_partition<32>(block);
    __shared__ float3 partial[WARPS];
    const int row = blockIdx.x;
    const float4* x4 = reinterpret_cast<const float4*>(x + (size_t)row * cols);
    Welford w;
    for (int i = block.thread_rank(); i < cols / 4; i += block.size()) {
        const float4 v = __ldg(x4 + i);
        w.add(v.x); w.add(v.y); w.add(v.z); w.add(v.w);
    }
    for (int d = warp.size() / 2; d > 0; d /= 2) {
        Welford o;
        o.mean = warp.shfl_down(w.mean, d);
        o.m2 = warp.shfl_down(w.m2, d);
        o.n = warp.shfl_down(w.n, d);
        w = Welford::merge(w, o);
    }
    if (warp.thread_rank() == 0) partial[warp.meta_group_rank()] = make_float3(w.mean, w.m2, w.n);
    block.sync();
    Welford all;
#pragma unroll
    for (int i = 0; i < WARPS; ++i) {
        Welford o;
        o.mean = partial[i].x; o.m2 = partial[i].y; o.n = partial[i].z;
        all = Welford::merge(all, o);
    }
    const float rstd = rsqrtf(all.m2 / cols + eps);
    for (int i = block.thread_rank(); i < cols / 4; i += block.size()) {
        const float4 v = x4[i], g = reinterpret_cast<const float4*>(gamma)[i], b = reinterpret_cast<const float4*>(beta)[i];
        float4 o;
        o.x = (v.x - all.mean) * rstd * g.x + b.x;
        o.y = (v.y - all.mean) * rstd * g.y + b.y;
        o.z = (v.z - all.mean) * rstd * g.z + b.z;
        o.w = (v.w - all.mean) * rstd * g.w + b.w;
        reinterpret_cast<float4*>(y + (size_t)row * cols)[i] = o;
    }
    if (block.thread_rank() == 0) stats[row] = make_float2(all.mean, rstd);
}

// a warp per row
__global__ void backward(const float* x, const float* dy, const float* gamma, const float2* stats, float* dx, float* dgamma, int rows, int cols)
{
    auto warp = cg::tiled_partition<32>(cg::this_thread_block());
    const int row = blockIdx.x * warp.meta_group_size() + warp.meta_group_rank();
    if (row >= rows) return;
    const float2 s = stats[row];
    float sum1 = 0.f, sum2 = 0.f;
    for (int c = warp.thread_rank(); c < cols; c += warp.size()) {
        const float h = (x[row * cols + c] - s.x) * s.y, d = dy[row * cols + c] * gamma[c];
        sum1 += d;
        sum2 += d * h;
        atomicAdd(&dgamma[c], dy[row * cols + c] * h);
    }
    sum1 = cg::reduce(warp, sum1, cg::plus<float>());
    sum2 = cg::reduce(warp, sum2, cg::plus<float>());
    for (int c = warp.thread_rank(); c < cols; c += warp.size()) {
        const float h = (x[row * cols + c] - s.x) * s.y, d = dy[row * cols + c] * gamma[c];
        dx[row * cols + c] = s.y * (d - (sum1 + h * sum2) / cols);
    }
}

int main()
{
    const int rows = 24, cols = 200;
    const float eps = 1e-5f;
    std::vector<float> x(rows * cols), dy(rows * cols), g(cols), b(cols), y(rows * cols), dx(rows * cols), dg(cols);
    srand(1);
    for (auto& v : x) v = 3.0f + 2.0f * rand() / RAND_MAX;
    for (auto& v : dy) v = (float)rand() / RAND_MAX - 0.5f;
    for (int i = 0; i < cols; ++i) { g[i] = 0.5f + i * 0.005f; b[i] = i * 0.01f; }
    float* d[7];
    const size_t n = rows * cols * sizeof(float), m = cols * sizeof(float);
    const size_t sizes[7] = {n, n, m, m, n, n, m};
    for (int i = 0; i < 7; ++i) cudaMalloc(&d[i], sizes[i]);
    float2* stats;
    cudaMalloc(&stats, rows * sizeof(float2));
    cudaMemcpy(d[0], x.data(), n, cudaMemcpyHostToDevice);
    cudaMemcpy(d[1], dy.data(), n, cudaMemcpyHostToDevice);
    cudaMemcpy(d[2], g.data(), m, cudaMemcpyHostToDevice);
    cudaMemcpy(d[3], b.data(), m, cudaMemcpyHostToDevice);
    cudaMemset(d[6], 0, m);
    forward<4><<<rows, 128>>>(d[0], d[2], d[3], d[4], stats, rows, cols, eps);
    backward<<<(rows + 3) / 4, 128>>>(d[0], d[1], d[2], stats, d[5], d[6], rows, cols);
    cudaMemcpy(y.data(), d[4], n, cudaMemcpyDeviceToHost);
    cudaMemcpy(dx.data(), d[5], n, cudaMemcpyDeviceToHost);
    cudaMemcpy(dg.data(), d[6], m, cudaMemcpyDeviceToHost);
    for (float* p : d) cudaFree(p);
    cudaFree(stats);
    double e1 = 0, e2 = 0, e3 = 0;
    std::vector<double> rdg(cols, 0.0);
    for (int r = 0; r < rows; ++r) {
        double mean = 0, var = 0, s1 = 0, s2 = 0;
        for (int c = 0; c < cols; ++c) mean += x[r * cols + c] / (double)cols;
        for (int c = 0; c < cols; ++c) var += (x[r * cols + c] - mean) * (x[r * cols + c] - mean) / cols;
        const double rs = 1 / sqrt(var + eps);
        for (int c = 0; c < cols; ++c) {
            const double h = (x[r * cols + c] - mean) * rs;
            s1 += dy[r * cols + c] * g[c];
            s2 += dy[r * cols + c] * g[c] * h;
            rdg[c] += dy[r * cols + c] * h;
            e1 = fmax(e1, fabs(y[r * cols + c] - (h * g[c] + b[c])));
        }
        for (int c = 0; c < cols; ++c) {
            const double h = (x[r * cols + c] - mean) * rs;
            e2 = fmax(e2, fabs(dx[r * cols + c] - rs * (dy[r * cols + c] * g[c] - (s1 + h * s2) / cols)));
        }
    }
    for (int c = 0; c < cols; ++c) e3 = fmax(e3, fabs(dg[c] - rdg[c]));
    if (cudaGetLastError() != cudaSuccess || !(e1 < 2e-5) || !(e2 < 2e-5) || !(e3 < 1e-4)) { printf("FAIL errors %g %g %g\n", e1, e2, e3); return 1; }
    printf("PASS layernorm: errors %.2g %.2g %.2g\n", e1, e2, e3);
    return 0;
}
