#include <cuda_runtime.h>
#include <stdint.h>

// Bits only: half is moved as uint16_t.
template <typename T, int TILE>
__global__ void transpose_k(T* out, const T* in, int rows, int cols) {
    __shared__ T tile[TILE][TILE + 2];
    int c0 = blockIdx.x * TILE, r0 = blockIdx.y * TILE;
    for (int i = threadIdx.x; i < TILE * TILE; i += blockDim.x) {
        int r = i / TILE, c = i % TILE;
        if (r0 + r < rows && c0 + c < cols) tile[r][c] = in[(size_t)(r0 + r) * cols + c0 + c];
    }
    __syncthreads();
    for (int i = threadIdx.x; i < TILE * TILE; i += blockDim.x) {
        int c = i / TILE, r = i % TILE;
        if (r0 + r < rows && c0 + c < cols) out[(size_t)(c0 + c) * rows + r0 + r] = tile[r][c];
    }
}

void launch(void* out, const void* in, int rows, int cols) {
    transpose_k<uint16_t, 32><<<dim3((cols + 31) / 32, (rows + 31) / 32), 256>>>((uint16_t*)out, (const uint16_t*)in, rows, cols);
}
