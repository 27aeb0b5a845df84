#include <cuda_runtime.h>

struct WelfordData {
    float mean, m2, count;
    __device__ WelfordData() : mean(0.f), m2(0.f), count(0.f) {}
    __device__ void update(float v) {
        count += 1.0f;
        float delta = v - mean;
        mean += delta / count;
        m2 += delta * (v - mean);
    }
    __device__ void merge(float o_mean, float o_m2, float o_count) {
        float n = count + o_count;
        if (n == 0.0f) return;
        float delta = o_mean - mean;
        float ratio = o_count / n;
        mean += delta * ratio;
        m2 += o_m2 + delta * delta * count * ratio;
        count = n;
    }
};

__device__ void warp_reduce(WelfordData& w) {
    for (int off = 16; off > 0; off >>= 1) {
        float om = __shfl_down_sync(0xffffffff, w.mean, off);
        float o2 = __shfl_down_sync(0xffffffff, w.m2, off);
        float oc = __shfl_down_sync(0xffffffff, w.count, off);
        w.merge(om, o2, oc);
    }
}

__global__ void welford_kernel(float* __restrict__ mean, float* __restrict__ var, const float* __restrict__ x, int cols) {
    __shared__ float s_mean[32], s_m2[32], s_cnt[32];
    const float* row = x + (size_t)blockIdx.x * cols;
    WelfordData w;
    for (int i = threadIdx.x; i < cols; i += blockDim.x) w.update(row[i]);
    warp_reduce(w);
    int lane = threadIdx.x & 31, wid = threadIdx.x >> 5;
    if (lane == 0) {
        s_mean[wid] = w.mean;
        s_m2[wid] = w.m2;
        s_cnt[wid] = w.count;
    }
    __syncthreads();
    if (wid == 0) {
        WelfordData t;
        if (lane < (blockDim.x >> 5)) {
            t.mean = s_mean[lane];
            t.m2 = s_m2[lane];
            t.count = s_cnt[lane];
        }
        warp_reduce(t);
        if (lane == 0) {
            mean[blockIdx.x] = t.mean;
            var[blockIdx.x] = t.m2 / t.count;
        }
    }
}

void launch(float* mean, float* var, const float* x, int rows, int cols) {
    welford_kernel<<<rows, 128>>>(mean, var, x, cols);
}
