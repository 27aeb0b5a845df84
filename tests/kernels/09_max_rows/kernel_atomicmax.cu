#include <cuda_runtime.h>

// Order-preserving map of floats to signed ints, so that atomicMax works on them.
__device__ __forceinline__ int float_to_ordered(float f) {
    int i = __float_as_int(f);
    return i >= 0 ? i : i ^ 0x7fffffff;
}
__device__ __forceinline__ float ordered_to_float(int i) {
    return __int_as_float(i >= 0 ? i : i ^ 0x7fffffff);
}

__global__ void init_kernel(int* best, int rows) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r < rows) best[r] = 0x80000000;
}

__global__ void max_kernel(int* best, const float* x, int rows, int cols) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    int r = blockIdx.y;
    if (c < cols) atomicMax(&best[r], float_to_ordered(x[r * cols + c]));
}

__global__ void finish_kernel(float* out, const int* best, int rows) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r < rows) out[r] = ordered_to_float(best[r]);
}

void launch(float* out, const float* x, int rows, int cols) {
    int* best;
    cudaMalloc((void**)&best, rows * sizeof(int));
    init_kernel<<<(rows + 63) / 64, 64>>>(best, rows);
    dim3 grid((cols + 127) / 128, rows);
    max_kernel<<<grid, 128>>>(best, x, rows, cols);
    finish_kernel<<<(rows + 63) / 64, 64>>>(out, best, rows);
    cudaDeviceSynchronize();
    cudaFree(best);
}
