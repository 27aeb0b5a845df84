// Layer norm over rows with Welford's recurrence, one warp per row.
__device__ void merge(float& mean, float& m2, float& count, float mean_b, float m2_b,
                      float count_b) {
    float total = count + count_b;
    if (total == 0.0f) return;
    float delta = mean_b - mean;
    float share = count_b / total;
    mean += delta * share;
    m2 += m2_b + delta * delta * count * share;
    count = total;
}

extern "C" __global__ void layer_norm(float* y, const float* x, const float* gain,
                                      const float* shift, int rows, int cols, float eps) {
    int warps = blockDim.x / 32;
    int row = blockIdx.x * warps + threadIdx.x / 32;
    int lane = threadIdx.x % 32;
    if (row >= rows) return;
    const float* in = x + (long long)row * cols;
    float mean = 0.0f, m2 = 0.0f, count = 0.0f;
    for (int c = lane; c < cols; c += 32) {
        float v = in[c];
        count += 1.0f;
        float delta = v - mean;
        mean += delta / count;
        m2 += delta * (v - mean);
    }
    for (int offset = 16; offset > 0; offset >>= 1) {
        float mean_b = __shfl_xor_sync(0xffffffffu, mean, offset);
        float m2_b = __shfl_xor_sync(0xffffffffu, m2, offset);
        float count_b = __shfl_xor_sync(0xffffffffu, count, offset);
        merge(mean, m2, count, mean_b, m2_b, count_b);
    }
    float scale = rsqrtf(m2 / (float)cols + eps);
    float* out = y + (long long)row * cols;
    for (int c = lane; c < cols; c += 32) {
        out[c] = (in[c] - mean) * scale * gain[c] + shift[c];
    }
}

// RMS norm over rows, one block per row, float4 loads.
extern "C" __global__ void rms_norm(float4* y, const float4* x, const float4* gain, int cols4,
                                    float eps) {
    __shared__ float warp_sums[32];
    const float4* in = x + (long long)blockIdx.x * cols4;
    float4* out = y + (long long)blockIdx.x * cols4;
    float sum = 0.0f;
    for (int c = threadIdx.x; c < cols4; c += blockDim.x) {
        float4 v = in[c];
        sum += v.x * v.x + v.y * v.y + v.z * v.z + v.w * v.w;
    }
    for (int offset = 16; offset > 0; offset >>= 1) {
        sum += __shfl_xor_sync(0xffffffffu, sum, offset);
    }
    if (threadIdx.x % 32 == 0) warp_sums[threadIdx.x / 32] = sum;
    __syncthreads();
    if (threadIdx.x < 32) {
        int warps = (blockDim.x + 31) / 32;
        sum = threadIdx.x < warps ? warp_sums[threadIdx.x] : 0.0f;
        for (int offset = 16; offset > 0; offset >>= 1) {
            sum += __shfl_xor_sync(0xffffffffu, sum, offset);
        }
        if (threadIdx.x == 0) warp_sums[0] = sum;
    }
    __syncthreads();
    float scale = rsqrtf(warp_sums[0] / (float)(cols4 * 4) + eps);
    for (int c = threadIdx.x; c < cols4; c += blockDim.x) {
        float4 v = in[c];
        float4 g = gain[c];
        v.x = v.x * scale * g.x;
        v.y = v.y * scale * g.y;
        v.z = v.z * scale * g.z;
        v.w = v.w * scale * g.w;
        out[c] = v;
    }
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

// Dot product of each row with a vector, one warp per row.
extern "C" __global__ void row_dot(float* y, const float* a, const float* x, int rows, int cols) {
    int row = (blockIdx.x * blockDim.x + threadIdx.x) / 32;
    int lane = threadIdx.x & 31;
    if (row >= rows) return;
    const float* in = a + (long long)row * cols;
    float sum0 = 0.0f, sum1 = 0.0f;
    int c = lane;
    for (; c + 32 < cols; c += 64) {
        sum0 += in[c] * x[c];
        sum1 += in[c + 32] * x[c + 32];
    }
    if (c < cols) sum0 += in[c] * x[c];
    float sum = sum0 + sum1;
#pragma unroll
    for (int offset = 16; offset > 0; offset /= 2) {
        sum += __shfl_xor_sync(0xffffffffu, sum, offset);
    }
    if (lane == 0) y[row] = sum;
}
