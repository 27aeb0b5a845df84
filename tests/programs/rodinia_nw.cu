// Needleman-Wunsch global alignment: tiles along anti-diagonals, score in shared memory.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>
#include <cuda_runtime.h>

#define TILE 16

static void gpuAssert(cudaError_t code, const char* file, int line, bool abort = true)
{
    if (code != cudaSuccess) {
        fprintf(stderr, "GPUassert: %s %s %d\n", cudaGetErrorString(code), file, line);
        if (abort) exit(code);
    }
}
#define gpuErrchk(ans) { gpuAssert((ans), __FILE__, __LINE__); }

__constant__ signed char subst[4][4];

__device__ __host__ inline int maximum(int a, int b, int c)
{
    int k = a <= b ? b : a;
    return k <= c ? c : k;
}

enum class Half { TopLeft, BottomRight };

template <Half H>
__global__ void sweep(const char* __restrict__ a, const char* __restrict__ b, int* score, int cols, int penalty,
                      int i, int tiles)
{
    __shared__ int temp[TILE + 1][TILE + 1];
    __shared__ int ref[TILE][TILE];
    const int bx = blockIdx.x, tx = threadIdx.x;
    int bx_idx, by_idx;
    if constexpr (H == Half::TopLeft) {
        bx_idx = bx;
        by_idx = i - 1 - bx;
    } else {
        bx_idx = bx + tiles - i;
        by_idx = tiles - bx - 1;
    }
    const int base = cols * TILE * by_idx + TILE * bx_idx;   // the north-west corner of the tile

    const char mine = b[bx_idx * TILE + tx];
#pragma unroll 4
    for (int ty = 0; ty < TILE; ty++) ref[ty][tx] = subst[(int)a[by_idx * TILE + ty]][(int)mine];
    if (tx == 0) temp[0][0] = score[base];
    temp[tx + 1][0] = score[base + cols * (tx + 1)];
    temp[0][tx + 1] = score[base + tx + 1];
    __syncthreads();

    for (int m = 0; m < TILE; m++) {
        if (tx <= m) {
            const int x = tx + 1, y = m - tx + 1;
            temp[y][x] = maximum(temp[y - 1][x - 1] + ref[y - 1][x - 1], temp[y][x - 1] - penalty, temp[y - 1][x] - penalty);
        }
        __syncthreads();
    }
    for (int m = TILE - 2; m >= 0; m--) {
        if (tx <= m) {
            const int x = tx + TILE - m, y = TILE - tx;
            temp[y][x] = maximum(temp[y - 1][x - 1] + ref[y - 1][x - 1], temp[y][x - 1] - penalty, temp[y - 1][x] - penalty);
        }
        __syncthreads();
    }
    for (int ty = 0; ty < TILE; ty++) score[base + cols * (ty + 1) + tx + 1] = temp[ty + 1][tx + 1];
}

int main()
{
    const int n = 160, cols = n + 1, penalty = 4, tiles = n / TILE;
    static_assert(n % TILE == 0, "whole tiles");
    signed char table[4][4] = {{5, -1, -2, -1}, {-1, 5, -3, -2}, {-2, -3, 5, -2}, {-1, -2, -2, 5}};
    std::string a, b;
    unsigned x = 2463534242u;
    auto xorshift = [&]() { x ^= x << 13; x ^= x >> 17; x ^= x << 5; return x; };
    for (int i = 0; i < n; ++i) {
        a += (char)(xorshift() % 4);
        b += (xorshift() % 3) ? a[i] : (char)(xorshift() % 4);
    }
    std::vector<int> ref(cols * cols, 0);
    for (int i = 1; i < cols; ++i) ref[i * cols] = ref[i] = -i * penalty;
    std::vector<int> score(ref);
    for (int i = 1; i < cols; ++i)
        for (int j = 1; j < cols; ++j)
            ref[i * cols + j] = std::max({ref[(i - 1) * cols + j - 1] + table[(int)a[i - 1]][(int)b[j - 1]],
                                          ref[i * cols + j - 1] - penalty, ref[(i - 1) * cols + j] - penalty});

    char *da, *db;
    int* ds;
    gpuErrchk(cudaMalloc(&da, n));
    gpuErrchk(cudaMalloc(&db, n));
    gpuErrchk(cudaMalloc(&ds, score.size() * sizeof(int)));
    gpuErrchk(cudaMemcpy(da, a.c_str(), n, cudaMemcpyHostToDevice));
    gpuErrchk(cudaMemcpy(db, b.data(), n, cudaMemcpyHostToDevice));
    gpuErrchk(cudaMemcpy(ds, &score[0], score.size() * sizeof(int), cudaMemcpyHostToDevice));
    gpuErrchk(cudaMemcpyToSymbol(subst, table, sizeof table));

    for (int i = 1; i <= tiles; i++) sweep<Half::TopLeft><<<i, TILE>>>(da, db, ds, cols, penalty, i, tiles);
    for (int i = tiles - 1; i >= 1; i--) sweep<Half::BottomRight><<<i, TILE>>>(da, db, ds, cols, penalty, i, tiles);
    gpuErrchk(cudaPeekAtLastError());
    gpuErrchk(cudaDeviceSynchronize());
    gpuErrchk(cudaMemcpy(&score[0], ds, score.size() * sizeof(int), cudaMemcpyDeviceToHost));
    gpuErrchk(cudaFree(da));
    gpuErrchk(cudaFree(db));
    gpuErrchk(cudaFree(ds));

    auto bad = std::mismatch(score.begin(), score.end(), ref.begin());
    if (bad.first != score.end()) {
        printf("FAIL at %d: %d, expected %d\n", (int)(bad.first - score.begin()), *bad.first, *bad.second);
        return 1;
    }
    printf("PASS nw %d x %d, score %d\n", n, n, score.back());
    return 0;
}
