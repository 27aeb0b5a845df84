// Leaky rectifier, four elements per thread.
extern "C" __global__ void leaky_relu(float* y, const float* x, float slope, int n) {
    int base = (blockIdx.x * blockDim.x + threadIdx.x) * 4;
#pragma unroll
    for (int k = 0; k < 4; k++) {
        int i = base + k;
        if (i < n) y[i] = x[i] > 0.0f ? x[i] : slope * x[i];
    }
}
