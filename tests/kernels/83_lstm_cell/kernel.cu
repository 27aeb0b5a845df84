#include <cuda_runtime.h>
#include <math.h>

__device__ float sigmoidf(float x) { return 1.0f / (1.0f + expf(-x)); }

__global__ void lstm_pointwise(float* h_out, float* c_out, const float* gates, const float* c_in, int batch, int hidden) {
    int idx = blockIdx.x * blockDim.x + threadIdx.x;
    if (idx >= batch * hidden) return;
    int row = idx / hidden;
    int col = idx - row * hidden;
    const float* g = gates + row * 4 * hidden;
    float i_gate = sigmoidf(g[col]);
    float f_gate = sigmoidf(g[hidden + col]);
    float g_gate = tanhf(g[2 * hidden + col]);
    float o_gate = sigmoidf(g[3 * hidden + col]);
    float c = f_gate * c_in[idx] + i_gate * g_gate;
    c_out[idx] = c;
    h_out[idx] = o_gate * tanhf(c);
}

void launch(float* h_out, float* c_out, const float* gates, const float* c_in, int b, int h) {
    lstm_pointwise<<<(b * h + 255) / 256, 256>>>(h_out, c_out, gates, c_in, b, h);
    cudaDeviceSynchronize();
}
