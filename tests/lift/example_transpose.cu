// ARGS: o:f32[24] x:f32[24] rows=4 cols=6
// NESTS: 1
// Matrix transpose: one thread per element.
#include <cuda_runtime.h>

__global__ void transpose_kernel(float* out, const float* in, int rows, int cols) {
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    int row = blockIdx.y * blockDim.y + threadIdx.y;
    if (row < rows && col < cols) {
        out[col * rows + row] = in[row * cols + col];
    }
}

extern "C" void launch(float* out, const float* in, int rows, int cols) {
    dim3 block(16, 16);
    dim3 grid((cols + block.x - 1) / block.x, (rows + block.y - 1) / block.y);
    transpose_kernel<<<grid, block>>>(out, in, rows, cols);
    cudaDeviceSynchronize();
}
