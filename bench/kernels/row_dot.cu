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
