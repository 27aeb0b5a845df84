// Transposes: naive, tiled, without bank conflicts, diagonal block order; kernels in a table of pointers.
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define TILE_DIM 32
#define BLOCK_ROWS 8

__global__ void copySharedMem(float* odata, const float* idata, int width, int height)
{
    __shared__ float tile[TILE_DIM * TILE_DIM];
    int x = blockIdx.x * TILE_DIM + threadIdx.x, y = blockIdx.y * TILE_DIM + threadIdx.y;
    for (int j = 0; j < TILE_DIM; j += BLOCK_ROWS)
        if (x < width && y + j < height) tile[(threadIdx.y + j) * TILE_DIM + threadIdx.x] = idata[(y + j) * width + x];
    __syncthreads();
    for (int j = 0; j < TILE_DIM; j += BLOCK_ROWS)
        if (x < width && y + j < height) odata[(y + j) * width + x] = tile[(threadIdx.y + j) * TILE_DIM + threadIdx.x];
}

__global__ void transposeNaive(float* odata, const float* idata, int width, int height)
{
    int x = blockIdx.x * TILE_DIM + threadIdx.x, y = blockIdx.y * TILE_DIM + threadIdx.y;
    for (int j = 0; j < TILE_DIM; j += BLOCK_ROWS)
        if (x < width && y + j < height) odata[x * height + (y + j)] = idata[(y + j) * width + x];
}

template <int PAD>
__global__ void transposeTiled(float* odata, const float* idata, int width, int height)
{
    __shared__ float tile[TILE_DIM][TILE_DIM + PAD];
    int x = blockIdx.x * TILE_DIM + threadIdx.x, y = blockIdx.y * TILE_DIM + threadIdx.y;
    for (int j = 0; j < TILE_DIM; j += BLOCK_ROWS)
        if (x < width && y + j < height) tile[threadIdx.y + j][threadIdx.x] = idata[(y + j) * width + x];
    __syncthreads();
    x = blockIdx.y * TILE_DIM + threadIdx.x;
    y = blockIdx.x * TILE_DIM + threadIdx.y;
    for (int j = 0; j < TILE_DIM; j += BLOCK_ROWS)
        if (x < height && y + j < width) odata[(y + j) * height + x] = tile[threadIdx.x][threadIdx.y + j];
}

__global__ void transposeDiagonal(float* odata, const float* idata, int width, int height)
{
    __shared__ float tile[TILE_DIM][TILE_DIM + 1];
    int blockIdx_x, blockIdx_y;
    if (gridDim.x == gridDim.y) {
        blockIdx_y = blockIdx.x;
        blockIdx_x = (blockIdx.x + blockIdx.y) % gridDim.x;
    } else {
        int bid = blockIdx.x + gridDim.x * blockIdx.y;
        blockIdx_y = bid % gridDim.y;
        blockIdx_x = ((bid / gridDim.y) + blockIdx_y) % gridDim.x;
    }
    int x = blockIdx_x * TILE_DIM + threadIdx.x, y = blockIdx_y * TILE_DIM + threadIdx.y;
    for (int j = 0; j < TILE_DIM; j += BLOCK_ROWS)
        if (x < width && y + j < height) tile[threadIdx.y + j][threadIdx.x] = idata[(y + j) * width + x];
    __syncthreads();
    x = blockIdx_y * TILE_DIM + threadIdx.x;
    y = blockIdx_x * TILE_DIM + threadIdx.y;
    for (int j = 0; j < TILE_DIM; j += BLOCK_ROWS)
        if (x < height && y + j < width) odata[(y + j) * height + x] = tile[threadIdx.x][threadIdx.y + j];
}

int main()
{
    const int width = 100, height = 83;
    std::vector<float> in(width * height), out(width * height), gold(width * height);
    for (size_t i = 0; i < in.size(); i++) in[i] = (float)i;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) gold[x * height + y] = in[y * width + x];
    float *d_in, *d_out;
    const size_t bytes = in.size() * sizeof(float);
    cudaMalloc((void**)&d_in, bytes);
    cudaMalloc((void**)&d_out, bytes);
    cudaMemcpy(d_in, in.data(), bytes, cudaMemcpyHostToDevice);
    dim3 grid((width + TILE_DIM - 1) / TILE_DIM, (height + TILE_DIM - 1) / TILE_DIM), threads(TILE_DIM, BLOCK_ROWS);
    void (*kernel)(float*, const float*, int, int);
    const char* kernelName;
    for (int k = 0; k < 5; k++) {
        switch (k) {
        case 0: kernel = &copySharedMem; kernelName = "shared memory copy"; break;
        case 1: kernel = &transposeNaive; kernelName = "naive"; break;
        case 2: kernel = &transposeTiled<0>; kernelName = "coalesced"; break;
        case 3: kernel = &transposeTiled<1>; kernelName = "optimized"; break;
        default: kernel = &transposeDiagonal; kernelName = "diagonal"; break;
        }
        cudaMemset(d_out, 0, bytes);
        kernel<<<grid, threads>>>(d_out, d_in, width, height);
        if (cudaGetLastError() != cudaSuccess) { printf("FAIL launch of %s\n", kernelName); return 1; }
        cudaMemcpy(out.data(), d_out, bytes, cudaMemcpyDeviceToHost);
        const std::vector<float>& want = k == 0 ? in : gold;
        for (size_t i = 0; i < want.size(); i++)
            if (out[i] != want[i]) { printf("FAIL %s at %zu\n", kernelName, i); return 1; }
    }
    cudaFree(d_in);
    cudaFree(d_out);
    printf("PASS transpose: %dx%d, five kernels\n", width, height);
    return 0;
}
