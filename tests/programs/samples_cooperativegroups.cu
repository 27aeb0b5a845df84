// Cooperative groups: generic sum over any group, tiles of tiles, labeled partitions, coalesced threads.
#include <cstdio>
#include <vector>
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cooperative_groups/scan.h>
#include <cuda_runtime.h>

using namespace cooperative_groups;
namespace cg = cooperative_groups;

__device__ int sumReduction(thread_group g, int* x, int val)
{
    int lane = g.thread_rank();
    for (int i = g.size() / 2; i > 0; i /= 2) {
        x[lane] = val;
        g.sync();
        if (lane < i) val += x[lane + i];
        g.sync();
    }
    return g.thread_rank() == 0 ? val : -1;
}

__global__ void nested(int* out)
{
    thread_block threadBlockGroup = this_thread_block();
    extern __shared__ int workspace[];
    const int input = threadBlockGroup.thread_rank();
    const int total = sumReduction(threadBlockGroup, workspace, input);
    if (threadBlockGroup.thread_rank() == 0) out[0] = total;
    threadBlockGroup.sync();
    thread_block_tile<16> tiledPartition16 = tiled_partition<16>(threadBlockGroup);
    const int workspaceOffset = threadBlockGroup.thread_rank() - tiledPartition16.thread_rank();
    const int part = sumReduction(tiledPartition16, workspace + workspaceOffset, tiledPartition16.thread_rank());
    if (tiledPartition16.thread_rank() == 0) out[1 + tiledPartition16.meta_group_rank()] = part;
}

struct MinLoc {
    float v;
    int at;
};

__global__ void collective(const float* x, int n, float* sums, int* maxima, MinLoc* least, int* scanned)
{
    auto block = cg::this_thread_block();
    auto warp = cg::tiled_partition<32>(block);
    auto quad = cg::tiled_partition<4>(warp);
    const int i = block.group_index().x * block.size() + block.thread_rank();
    const float v = i < n ? x[i] : 0.0f;
    const float s = cg::reduce(warp, v, cg::plus<float>());
    const int m = cg::reduce(quad, (int)(v * 8), cg::greater<int>());
    // a reduction of a struct with a function object of one's own
    const MinLoc mine = {v, i};
    const MinLoc lo = cg::reduce(warp, mine, [](MinLoc a, MinLoc b) { return b.v < a.v || (b.v == a.v && b.at < a.at) ? b : a; });
    const int sc = cg::inclusive_scan(warp, i & 7);
    scanned[i] = sc;
    if (warp.thread_rank() == 0) {
        sums[i / 32] = s;
        least[i / 32] = lo;
    }
    if (quad.thread_rank() == 0) maxima[i / 4] = m;
}

__global__ void divergent(const int* data, int n, int* counts, int* leaders)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    if (data[i] % 3 == 0) {
        coalesced_group active = coalesced_threads();
        if (active.thread_rank() == 0) atomicAdd(&counts[0], (int)active.size());
    }
    coalesced_group here = coalesced_threads();
    auto same = cg::labeled_partition(here, data[i] & 3);
    const int sum = cg::reduce(same, data[i], cg::plus<int>());
    if (same.thread_rank() == 0) atomicAdd(&counts[1 + (data[i] & 3)], sum);
    // how the warp splits is not promised, but every thread is in one part of one group
    auto odd = cg::binary_partition(here, (data[i] & 1) != 0);
    if (odd.thread_rank() == 0) atomicAdd(leaders, (int)odd.size());
    const int last = here.shfl(i, here.size() - 1);
    if (here.all(i <= last) && here.thread_rank() == 0) atomicAdd(leaders + 1, (int)here.num_threads());
}

int main()
{
    const int threads = 64, n = 256;
    int* out;
    cudaMallocManaged(&out, 16 * sizeof(int));
    nested<<<1, threads, threads * sizeof(int)>>>(out);
    cudaDeviceSynchronize();
    int wrong = out[0] != (threads - 1) * threads / 2;
    for (int t = 0; t < threads / 16; t++) wrong += out[1 + t] != 15 * 16 / 2;

    float *x, *sums;
    int *maxima, *scanned, *data, *counts;
    MinLoc* least;
    cudaMallocManaged(&x, n * sizeof(float));
    cudaMallocManaged(&sums, n / 32 * sizeof(float));
    cudaMallocManaged(&maxima, n / 4 * sizeof(int));
    cudaMallocManaged(&least, n / 32 * sizeof(MinLoc));
    cudaMallocManaged(&scanned, n * sizeof(int));
    cudaMallocManaged(&data, n * sizeof(int));
    cudaMallocManaged(&counts, 8 * sizeof(int));
    for (int i = 0; i < n; i++) {
        x[i] = (float)((i * 37) % 101) / 8.0f;
        data[i] = (i * 29) % 97;
    }
    for (int i = 0; i < 8; i++) counts[i] = 0;
    collective<<<2, n / 2>>>(x, n, sums, maxima, least, scanned);
    divergent<<<2, n / 2>>>(data, n - 9, counts, counts + 6);
    cudaDeviceSynchronize();
    int ref[5] = {};
    for (int w = 0; w < n / 32; w++) {
        float s = 0;
        MinLoc lo = {1e9f, -1};
        int run = 0;
        for (int i = w * 32; i < w * 32 + 32; i++) {
            s += x[i];
            if (x[i] < lo.v) lo = {x[i], i};
            run += i & 7;
            wrong += scanned[i] != run;
        }
        wrong += s != sums[w] || least[w].v != lo.v || least[w].at != lo.at;
    }
    for (int q = 0; q < n / 4; q++) {
        int m = 0;
        for (int k = 0; k < 4; k++) m = (int)(x[4 * q + k] * 8) > m ? (int)(x[4 * q + k] * 8) : m;
        wrong += m != maxima[q];
    }
    for (int i = 0; i < n - 9; i++) {
        ref[0] += data[i] % 3 == 0;
        ref[1 + (data[i] & 3)] += data[i];
    }
    for (int k = 0; k < 5; k++) wrong += counts[k] != ref[k];
    wrong += counts[6] != n - 9 || counts[7] != n - 9;
    cudaError_t e = cudaGetLastError();
    cudaFree(out); cudaFree(x); cudaFree(sums); cudaFree(maxima); cudaFree(least); cudaFree(scanned); cudaFree(data); cudaFree(counts);
    if (wrong || e != cudaSuccess) { printf("FAIL %d wrong (%s)\n", wrong, cudaGetErrorString(e)); return 1; }
    printf("PASS cooperativegroups\n");
    return 0;
}
