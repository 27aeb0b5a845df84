#include <cuda_runtime.h>

__global__ void sum_dim1(const float* x, float* out, int dim1, int dim2) {
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    int batch = blockIdx.y;
    if (col >= dim2) return;
    float total = 0.0f;
    const float* ptr = x + (size_t)batch * dim1 * dim2 + col;
    for (int i = 0; i < dim1; ++i, ptr += dim2) total += *ptr;
    out[batch * dim2 + col] = total;
}

void launch(float* out, const float* x, int b, int m, int d) {
    dim3 grid((d + 127) / 128, b);
    sum_dim1<<<grid, 128>>>(x, out, m, d);
    cudaDeviceSynchronize();
}
