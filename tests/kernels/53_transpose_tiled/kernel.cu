#include <cuda_runtime.h>
#include <cuda_fp16.h>

template <typename T, int TILE_DIM = 32, int BLOCK_ROWS = 8>
__global__ void transpose_kernel(T* __restrict__ out, const T* __restrict__ in, int rows, int cols) {
    __shared__ T tile[TILE_DIM][TILE_DIM + 2];
    int x = blockIdx.x * TILE_DIM + threadIdx.x;
    int y = blockIdx.y * TILE_DIM + threadIdx.y;
#pragma unroll
    for (int j = 0; j < TILE_DIM; j += BLOCK_ROWS) {
        if (x < cols && y + j < rows) tile[threadIdx.y + j][threadIdx.x] = in[(y + j) * cols + x];
    }
    __syncthreads();
    x = blockIdx.y * TILE_DIM + threadIdx.x;
    y = blockIdx.x * TILE_DIM + threadIdx.y;
#pragma unroll
    for (int j = 0; j < TILE_DIM; j += BLOCK_ROWS) {
        if (x < rows && y + j < cols) out[(y + j) * rows + x] = tile[threadIdx.x][threadIdx.y + j];
    }
}

void launch(void* out, const void* in, int rows, int cols) {
    dim3 block(32, 8);
    dim3 grid((cols + 31) / 32, (rows + 31) / 32);
    transpose_kernel<half><<<grid, block>>>(static_cast<half*>(out), static_cast<const half*>(in), rows, cols);
    cudaDeviceSynchronize();
}
