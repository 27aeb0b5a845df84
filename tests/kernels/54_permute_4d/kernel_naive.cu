#include <cuda_runtime.h>

// (b, s, h, d) -> (b, h, s, d)
__global__ void permute_kernel(const float* in, float* out, int S, int H, int D, int total) {
    int o = blockIdx.x * blockDim.x + threadIdx.x;
    if (o >= total) return;
    int d = o % D;
    int s = (o / D) % S;
    int h = (o / (D * S)) % H;
    int b = o / (D * S * H);
    out[o] = in[((b * S + s) * H + h) * D + d];
}

void launch(float* out, const float* in, int b, int s, int h, int d) {
    int total = b * s * h * d;
    permute_kernel<<<(total + 255) / 256, 256>>>(in, out, s, h, d, total);
    cudaDeviceSynchronize();
}
