// Softmax over rows, one block per row: maximum and sum by shuffles, then across warps.
__device__ float warp_max(float v) {
    for (int offset = 16; offset > 0; offset >>= 1) {
        v = fmaxf(v, __shfl_down_sync(0xffffffffu, v, offset));
    }
    return v;
}

extern "C" __global__ void softmax_rows(float* y, const float* x, int rows, int cols) {
    __shared__ float partial[32];
    int row = blockIdx.x;
    if (row >= rows) return;
    const float* in = x + (long long)row * cols;
    float* out = y + (long long)row * cols;
    int lane = threadIdx.x % 32;
    int warp = threadIdx.x / 32;
    int warps = blockDim.x / 32;

    float m = -3.402823466e+38f;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) m = fmaxf(m, in[c]);
    m = warp_max(m);
    if (lane == 0) partial[warp] = m;
    __syncthreads();
    if (warp == 0) {
        m = lane < warps ? partial[lane] : -3.402823466e+38f;
        m = warp_max(m);
        if (lane == 0) partial[0] = m;
    }
    __syncthreads();
    m = partial[0];
    __syncthreads();

    float s = 0.0f;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) s += __expf(in[c] - m);
    for (int offset = 16; offset > 0; offset >>= 1) s += __shfl_down_sync(0xffffffffu, s, offset);
    if (lane == 0) partial[warp] = s;
    __syncthreads();
    if (warp == 0) {
        s = lane < warps ? partial[lane] : 0.0f;
        for (int offset = 16; offset > 0; offset >>= 1) s += __shfl_down_sync(0xffffffffu, s, offset);
        if (lane == 0) partial[0] = s;
    }
    __syncthreads();
    s = 1.0f / partial[0];
    for (int c = threadIdx.x; c < cols; c += blockDim.x) out[c] = __expf(in[c] - m) * s;
}

// Bias and the tanh form of GELU, rows of `cols` elements.
__device__ float gelu(float x) {
    float inner = 0.7978845608f * (x + 0.044715f * x * x * x);
    return 0.5f * x * (1.0f + tanhf(inner));
}

extern "C" __global__ void gelu_bias(float* y, const float* x, const float* bias, int rows,
                                     int cols) {
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    if (col >= cols) return;
    float b = bias[col];
    for (int row = blockIdx.y; row < rows; row += gridDim.y) {
        long long i = (long long)row * cols + col;
        y[i] = gelu(x[i] + b);
    }
}
