// Sum of n elements into out[blockIdx.x], by a tree in shared memory.
extern "C" __global__ void block_sum(float* out, const float* x, int n) {
    __shared__ float tile[256];
    int t = threadIdx.x;
    float sum = 0.0f;
    for (int i = blockIdx.x * 256 + t; i < n; i += gridDim.x * 256) sum += x[i];
    tile[t] = sum;
    __syncthreads();
    for (int half = 128; half >= 1; half /= 2) {
        if (t < half) tile[t] += tile[t + half];
        __syncthreads();
    }
    if (t == 0) out[blockIdx.x] = tile[0];
}

// y = a * x + y over a grid-stride loop.
extern "C" __global__ void scale_add(float* y, const float* x, float a, int n) {
    int stride = gridDim.x * blockDim.x;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += stride) {
        y[i] = a * x[i] + y[i];
    }
}
