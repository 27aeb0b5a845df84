// 2-D convolution with bias, stride 1, zero padding that keeps the size (NCHW): one thread per
// output element.
#include <cuda_runtime.h>

__global__ void conv2d_kernel(float* out, const float* in, const float* weight, const float* bias,
                              int batch, int c_in, int c_out, int height, int width, int k) {
    int x = blockIdx.x * blockDim.x + threadIdx.x;
    int y = blockIdx.y * blockDim.y + threadIdx.y;
    int oc = blockIdx.z % c_out;
    int n = blockIdx.z / c_out;
    if (x >= width || y >= height) return;

    int pad = k / 2;
    float sum = bias[oc];
    for (int ic = 0; ic < c_in; ic++) {
        for (int ky = 0; ky < k; ky++) {
            for (int kx = 0; kx < k; kx++) {
                int iy = y + ky - pad;
                int ix = x + kx - pad;
                if (iy >= 0 && iy < height && ix >= 0 && ix < width) {
                    sum += in[((n * c_in + ic) * height + iy) * width + ix] *
                           weight[((oc * c_in + ic) * k + ky) * k + kx];
                }
            }
        }
    }
    out[((n * c_out + oc) * height + y) * width + x] = sum;
}

extern "C" void launch(float* out, const float* in, const float* weight, const float* bias,
                       int batch, int c_in, int c_out, int height, int width, int k) {
    dim3 block(16, 16);
    dim3 grid((width + 15) / 16, (height + 15) / 16, batch * c_out);
    conv2d_kernel<<<grid, block>>>(out, in, weight, bias, batch, c_in, c_out, height, width, k);
    cudaDeviceSynchronize();
}
