#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>

namespace cg = cooperative_groups;

__global__ void l2_normalize(half* out, const half* x, int rows, int cols, float eps) {
    cg::thread_block block = cg::this_thread_block();
    cg::thread_block_tile<32> tile = cg::tiled_partition<32>(block);
    int row = blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32;
    if (row >= rows) return;
    const half* xr = x + (size_t)row * cols;
    half* yr = out + (size_t)row * cols;
    float ss = 0.f;
    for (int i = tile.thread_rank(); i < cols; i += tile.size()) {
        float v = __half2float(xr[i]);
        ss += v * v;
    }
    ss = cg::reduce(tile, ss, cg::plus<float>());
    float inv = 1.0f / sqrtf(ss + eps);
    for (int i = tile.thread_rank(); i < cols; i += tile.size())
        yr[i] = __float2half(__half2float(xr[i]) * inv);
}

void launch(void* out, void* x, int rows, int cols, float eps) {
    l2_normalize<<<(rows + 3) / 4, 128>>>((half*)out, (const half*)x, rows, cols, eps);
    cudaDeviceSynchronize();
}
