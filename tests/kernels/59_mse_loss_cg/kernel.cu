#include <cuda_runtime.h>
#include <cooperative_groups.h>
namespace cg = cooperative_groups;

__global__ void mse_kernel(float* loss, const float* p, const float* t, int n) {
    __shared__ float part[8];
    auto block = cg::this_thread_block();
    auto warp = cg::tiled_partition<32>(block);
    float s = 0.0f;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
        float d = p[i] - t[i];
        s += d * d;
    }
    for (int o = warp.size() / 2; o > 0; o /= 2) s += warp.shfl_down(s, o);
    if (warp.thread_rank() == 0) part[threadIdx.x / 32] = s;
    block.sync();
    if (block.thread_rank() == 0) {
        float total = 0.0f;
        for (int i = 0; i < 8; ++i) total += part[i];
        atomicAdd(loss, total / n);
    }
}

void launch(float* loss, const float* p, const float* t, int n) {
    cudaMemset(loss, 0, sizeof(float));
    int blocks = (n + 255) / 256;
    mse_kernel<<<blocks > 64 ? 64 : blocks, 256>>>(loss, p, t, n);
}
