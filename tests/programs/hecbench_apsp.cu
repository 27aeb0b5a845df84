// All-pairs shortest paths: blocked Floyd-Warshall in three phases, with next hops.
#include <algorithm>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

constexpr int B = 16;
constexpr int INF = INT_MAX / 2;

struct Cell {
    int dist;
    int via;
};

__device__ __forceinline__ Cell relax(Cell c, int a, int b, int via)
{
    const int d = a + b;
    if (d < c.dist) {
        c.dist = d;
        c.via = via;
    }
    return c;
}

__global__ void phase1(Cell* m, int n, int k0)
{
    __shared__ int t[B][B];
    const int x = threadIdx.x, y = threadIdx.y;
    Cell* mine = &m[(k0 + y) * n + k0 + x];
    Cell c = *mine;
    t[y][x] = c.dist;
    __syncthreads();
    for (int k = 0; k < B; ++k) {
        c = relax(c, t[y][k], t[k][x], k0 + k);
        __syncthreads();
        t[y][x] = c.dist;
        __syncthreads();
    }
    *mine = c;
}

__global__ void phase2(Cell* m, int n, int k0)
{
    __shared__ int pivot[B][B], t[B][B];
    const int x = threadIdx.x, y = threadIdx.y;
    const int b = blockIdx.x + (blockIdx.x >= k0 / B);     // skip the pivot
    const bool row = blockIdx.y == 0;
    const int r = row ? k0 + y : b * B + y, col = row ? b * B + x : k0 + x;
    pivot[y][x] = m[(k0 + y) * n + k0 + x].dist;
    Cell c = m[r * n + col];
    t[y][x] = c.dist;
    __syncthreads();
    for (int k = 0; k < B; ++k) {
        c = row ? relax(c, pivot[y][k], t[k][x], k0 + k) : relax(c, t[y][k], pivot[k][x], k0 + k);
        __syncthreads();
        t[y][x] = c.dist;
        __syncthreads();
    }
    m[r * n + col] = c;
}

__global__ void phase3(Cell* m, int n, int k0)
{
    __shared__ int left[B][B + 1], top[B][B + 1];
    const int bx = blockIdx.x + (blockIdx.x >= k0 / B), by = blockIdx.y + (blockIdx.y >= k0 / B);
    const int r = by * B + threadIdx.y, col = bx * B + threadIdx.x;
    left[threadIdx.y][threadIdx.x] = m[r * n + k0 + threadIdx.x].dist;
    top[threadIdx.y][threadIdx.x] = m[(k0 + threadIdx.y) * n + col].dist;
    __syncthreads();
    Cell c = m[r * n + col];
#pragma unroll
    for (int k = 0; k < B; ++k) c = relax(c, left[threadIdx.y][k], top[k][threadIdx.x], k0 + k);
    m[r * n + col] = c;
}

static int path_length(const std::vector<Cell>& m, const std::vector<int>& edge, int n, int a, int b, int depth = 0)
{
    if (depth > 2 * n) return INF;
    const int v = m[a * n + b].via;
    if (a == b) return 0;
    if (v < 0) return edge[a * n + b];
    return path_length(m, edge, n, a, v, depth + 1) + path_length(m, edge, n, v, b, depth + 1);
}

int main()
{
    const int n = 96;
    std::vector<int> edge(n * n, INF);
    std::vector<Cell> cells(n * n);
    unsigned s = 4;
    for (int i = 0; i < n; ++i) {
        edge[i * n + i] = 0;
        for (int e = 0; e < 5; ++e) {
            s = s * 1664525u + 1013904223u;
            const int j = (s >> 10) % n;
            if (j != i) edge[i * n + j] = 1 + (s >> 24) % 50;
        }
    }
    for (int i = 0; i < n * n; ++i) { cells[i].dist = edge[i]; cells[i].via = -1; }
    Cell* d;
    cudaMalloc((void**)&d, n * n * sizeof(Cell));
    cudaMemcpy(d, cells.data(), n * n * sizeof(Cell), cudaMemcpyHostToDevice);
    const dim3 block(B, B);
    for (int k0 = 0; k0 < n; k0 += B) {
        phase1<<<1, block>>>(d, n, k0);
        phase2<<<dim3(n / B - 1, 2), block>>>(d, n, k0);
        phase3<<<dim3(n / B - 1, n / B - 1), block>>>(d, n, k0);
    }
    cudaMemcpy(cells.data(), d, n * n * sizeof(Cell), cudaMemcpyDeviceToHost);
    cudaFree(d);
    if (cudaGetLastError() != cudaSuccess) { printf("FAIL cuda\n"); return 1; }
    std::vector<int> ref(edge);
    for (int k = 0; k < n; ++k)
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < n; ++j) ref[i * n + j] = std::min(ref[i * n + j], ref[i * n + k] + ref[k * n + j]);
    long total = 0;
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) {
            const int dist = cells[i * n + j].dist;
            if (dist != ref[i * n + j] || (dist < INF && path_length(cells, edge, n, i, j) != dist)) {
                printf("FAIL %d to %d: %d, expected %d\n", i, j, dist, ref[i * n + j]);
                return 1;
            }
            if (dist < INF) total += dist;
        }
    printf("PASS apsp: %d nodes, sum of distances %ld\n", n, total);
    return 0;
}
