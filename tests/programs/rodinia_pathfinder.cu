// Dynamic programming over a grid of weights, ghost zones in shared memory.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <vector>
#include <cuda_runtime.h>

#define BLOCK_SIZE 256
#define HALO 1
#define IN_RANGE(x, min, max) ((x) >= (min) && (x) <= (max))
#define MIN(a, b) ((a) <= (b) ? (a) : (b))

using namespace std;

__global__ void dynproc_kernel(int iteration, const int* gpuWall, const int* gpuSrc, int* gpuResults, int cols,
                               int startStep, int border)
{
    __shared__ int prev[BLOCK_SIZE];
    __shared__ int result[BLOCK_SIZE];
    int bx = blockIdx.x;
    int tx = threadIdx.x;
    int small_block_cols = BLOCK_SIZE - iteration * HALO * 2;
    int blkX = small_block_cols * bx - border;
    int blkXmax = blkX + BLOCK_SIZE - 1;
    int xidx = blkX + tx;
    int validXmin = (blkX < 0) ? -blkX : 0;
    int validXmax = (blkXmax > cols - 1) ? BLOCK_SIZE - 1 - (blkXmax - cols + 1) : BLOCK_SIZE - 1;
    int W = tx - 1;
    int E = tx + 1;
    W = (W < validXmin) ? validXmin : W;
    E = (E > validXmax) ? validXmax : E;
    bool isValid = IN_RANGE(tx, validXmin, validXmax);

    if (IN_RANGE(xidx, 0, cols - 1)) prev[tx] = gpuSrc[xidx];
    __syncthreads();
    bool computed;
    for (int i = 0; i < iteration; i++) {
        computed = false;
        if (IN_RANGE(tx, i + 1, BLOCK_SIZE - i - 2) && isValid) {
            computed = true;
            int left = prev[W];
            int up = prev[tx];
            int right = prev[E];
            int shortest = MIN(left, up);
            shortest = MIN(shortest, right);
            int index = cols * (startStep + i) + xidx;
            result[tx] = shortest + gpuWall[index];
        }
        __syncthreads();
        if (i == iteration - 1) break;
        if (computed) prev[tx] = result[tx];
        __syncthreads();
    }
    if (computed) gpuResults[xidx] = result[tx];
}

struct Grid {
    int rows, cols;
    int** wall;
    int* data;
    Grid(int r, int c) : rows(r), cols(c)
    {
        data = new int[rows * cols];
        wall = new int*[rows];
        for (int n = 0; n < rows; n++) wall[n] = data + cols * n;
        srand(7);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < cols; j++) wall[i][j] = rand() % 10;
    }
    ~Grid()
    {
        delete[] data;
        delete[] wall;
    }
};

int main(int argc, char** argv)
{
    int pyramid_height = 4;
    Grid g(41, 1000);
    if (argc == 4) pyramid_height = atoi(argv[3]);

    vector<int> ref(g.wall[0], g.wall[0] + g.cols), nxt(g.cols);
    for (int t = 1; t < g.rows; t++) {
        for (int n = 0; n < g.cols; n++) {
            int m = ref[n];
            if (n > 0) m = min(m, ref[n - 1]);
            if (n < g.cols - 1) m = min(m, ref[n + 1]);
            nxt[n] = g.wall[t][n] + m;
        }
        ref.swap(nxt);
    }

    int *gpuWall, *gpuResult[2];
    int size = g.rows * g.cols;
    cudaMalloc((void**)&gpuResult[0], sizeof(int) * g.cols);
    cudaMalloc((void**)&gpuResult[1], sizeof(int) * g.cols);
    cudaMemcpy(gpuResult[0], g.data, sizeof(int) * g.cols, cudaMemcpyHostToDevice);
    cudaMalloc((void**)&gpuWall, sizeof(int) * (size - g.cols));
    cudaMemcpy(gpuWall, g.data + g.cols, sizeof(int) * (size - g.cols), cudaMemcpyHostToDevice);

    int borderCols = pyramid_height * HALO;
    int smallBlockCol = BLOCK_SIZE - pyramid_height * HALO * 2;
    int blockCols = g.cols / smallBlockCol + ((g.cols % smallBlockCol == 0) ? 0 : 1);
    dim3 dimBlock(BLOCK_SIZE);
    dim3 dimGrid(blockCols);
    int src = 1, dst = 0;
    for (int t = 0; t < g.rows - 1; t += pyramid_height) {
        swap(src, dst);
        dynproc_kernel<<<dimGrid, dimBlock>>>(MIN(pyramid_height, g.rows - t - 1), gpuWall, gpuResult[src],
                                              gpuResult[dst], g.cols, t, borderCols);
    }
    if (cudaDeviceSynchronize() != cudaSuccess) {
        cerr << "FAIL kernel" << endl;
        return 1;
    }
    vector<int> result(g.cols);
    cudaMemcpy(result.data(), gpuResult[dst], sizeof(int) * g.cols, cudaMemcpyDeviceToHost);
    cudaFree(gpuWall);
    cudaFree(gpuResult[0]);
    cudaFree(gpuResult[1]);

    for (int i = 0; i < g.cols; i++)
        if (result[i] != ref[i]) {
            cout << "FAIL column " << i << ": " << result[i] << " not " << ref[i] << endl;
            return 1;
        }
    cout << "PASS pathfinder " << g.rows << "x" << g.cols << ", first " << result[0] << endl;
    return 0;
}
