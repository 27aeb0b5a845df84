#include <cuda_runtime.h>

__device__ int warp_inclusive_scan(int v) {
    int lane = threadIdx.x & 31;
    for (int d = 1; d < 32; d <<= 1) {
        int t = __shfl_up_sync(0xffffffff, v, d);
        if (lane >= d) v += t;
    }
    return v;
}

// A single block walks over the array with a running carry.
__global__ void scan_one_block(int* out, const int* in, int n) {
    __shared__ int warp_sums[32];
    __shared__ int carry_s;
    int tid = threadIdx.x, lane = tid & 31, warp = tid >> 5;
    if (tid == 0) carry_s = 0;
    __syncthreads();
    for (int base = 0; base < n; base += blockDim.x) {
        int i = base + tid;
        int v = i < n ? in[i] : 0;
        int s = warp_inclusive_scan(v);
        if (lane == 31) warp_sums[warp] = s;
        __syncthreads();
        if (warp == 0) {
            int w = lane < (blockDim.x >> 5) ? warp_sums[lane] : 0;
            warp_sums[lane] = warp_inclusive_scan(w);
        }
        __syncthreads();
        int offset = carry_s + (warp > 0 ? warp_sums[warp - 1] : 0);
        if (i < n) out[i] = s + offset;
        __syncthreads();
        if (tid == 0) carry_s += warp_sums[(blockDim.x >> 5) - 1];
        __syncthreads();
    }
}

void launch(int* out, const int* in, int n) {
    scan_one_block<<<1, 256>>>(out, in, n);
    cudaDeviceSynchronize();
}
