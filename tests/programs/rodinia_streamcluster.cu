// Online clustering: the gain of opening a new centre, computed for all points at once.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cuda_runtime.h>

#define THREADS_PER_BLOCK 128
#define CACHE_LINE 512

typedef struct {
    float weight;
    float* coord;
    long assign;
    float cost;
} Point;

typedef struct {
    long num;
    int dim;
    Point* p;
} Points;

// what the device sees of a point
struct __align__(16) PointDev {
    float weight;
    float cost;
    int assign;
    int pad;
};

__device__ float d_dist(int p1, int p2, int num, int dim, const float* coord_d)
{
    float retval = 0.0f;
    for (int i = 0; i < dim; i++) {
        float tmp = coord_d[i * num + p1] - coord_d[i * num + p2];
        retval += tmp * tmp;
    }
    return retval;
}

__global__ void kernel_compute_cost(int num, int dim, long x, const PointDev* p, int K, int stride, const float* coord_d,
                                    float* work_mem_d, const int* center_table_d, bool* switch_membership_d)
{
    const int bid = blockIdx.x + gridDim.x * blockIdx.y;
    const int tid = blockDim.x * bid + threadIdx.x;
    if (tid < num) {
        float* lower = &work_mem_d[tid * stride];
        float x_cost = d_dist(tid, (int)x, num, dim, coord_d) * p[tid].weight;
        if (x_cost < p[tid].cost) {
            switch_membership_d[tid] = 1;
            lower[K] += x_cost - p[tid].cost;
        } else {
            lower[center_table_d[p[tid].assign]] += p[tid].cost - x_cost;
        }
    }
}

static float dist(Point p1, Point p2, int dim)
{
    float result = 0.0f;
    for (int i = 0; i < dim; i++) result += (p1.coord[i] - p2.coord[i]) * (p1.coord[i] - p2.coord[i]);
    return result;
}

class StreamGen {
public:
    explicit StreamGen(long n) : left(n), state(1u) {}
    int read(float* dest, int dim, int num)
    {
        int count = 0;
        for (int i = 0; i < num && left > 0; ++i, --left, ++count)
            for (int k = 0; k < dim; k++) {
                state = state * 1103515245u + 12345u;
                dest[i * dim + k] = ((state >> 16) & 0x7fff) / 32767.0f;
            }
        return count;
    }
    bool feof() const { return left <= 0; }

private:
    long left;
    unsigned state;
};

int main()
{
    const int num = 600, dim = 8;
    const float z = 3.0f;
    float* block = (float*)malloc(num * dim * sizeof(float));
    StreamGen* stream = new StreamGen(num);
    const int got = stream->read(block, dim, num);
    if (got != num || !stream->feof()) { printf("FAIL stream\n"); return 1; }
    delete stream;
    Points points;
    points.num = num;
    points.dim = dim;
    points.p = (Point*)malloc(num * sizeof(Point));
    for (int i = 0; i < num; i++) {
        points.p[i].coord = &block[i * dim];
        points.p[i].weight = 1.0f + (i % 3);
    }
    // every point belongs to point 0 or 300 at first
    int numcenters = 2;
    for (int i = 0; i < num; i++) {
        const float d0 = dist(points.p[i], points.p[0], dim), d1 = dist(points.p[i], points.p[300], dim);
        points.p[i].assign = d0 <= d1 ? 0 : 300;
        points.p[i].cost = std::min(d0, d1) * points.p[i].weight;
    }

    float* coord_h = (float*)malloc(num * dim * sizeof(float));
    for (int i = 0; i < dim; i++)
        for (int j = 0; j < num; j++) coord_h[num * i + j] = points.p[j].coord[i];
    float *coord_d, *work_d;
    PointDev* p_d;
    int* table_d;
    bool* switch_d;
    const int maxStride = 32;
    cudaMalloc((void**)&coord_d, num * dim * sizeof(float));
    cudaMalloc((void**)&work_d, num * maxStride * sizeof(float));
    cudaMalloc((void**)&p_d, num * sizeof(PointDev));
    cudaMalloc((void**)&table_d, num * sizeof(int));
    cudaMalloc((void**)&switch_d, num * sizeof(bool));
    cudaMemcpy(coord_d, coord_h, num * dim * sizeof(float), cudaMemcpyHostToDevice);

    PointDev* p_h = (PointDev*)calloc(num, sizeof(PointDev));
    int* table = (int*)calloc(num, sizeof(int));
    float* work = (float*)malloc(num * maxStride * sizeof(float));
    bool* sw = (bool*)malloc(num);
    int opened = 0, failed = 0;
    float totalGain = 0;
    for (int round = 0; round < 12 && !failed; round++) {
        const long x = (round * 53 + 17) % num;
        const int stride = numcenters + 1;
        int count = 0;
        for (int i = 0; i < num; i++) table[i] = points.p[i].assign == i ? count++ : 0;
        for (int i = 0; i < num; i++) {
            p_h[i].weight = points.p[i].weight;
            p_h[i].cost = points.p[i].cost;
            p_h[i].assign = (int)points.p[i].assign;
        }
        cudaMemcpy(p_d, p_h, num * sizeof(PointDev), cudaMemcpyHostToDevice);
        cudaMemcpy(table_d, table, num * sizeof(int), cudaMemcpyHostToDevice);
        cudaMemset(switch_d, 0, num * sizeof(bool));
        cudaMemset(work_d, 0, stride * num * sizeof(float));
        int num_blocks = (num + THREADS_PER_BLOCK - 1) / THREADS_PER_BLOCK;
        int num_blocks_y = (num_blocks + 2) / 3;
        dim3 grid_size((num_blocks + num_blocks_y - 1) / num_blocks_y, num_blocks_y, 1);
        kernel_compute_cost<<<grid_size, THREADS_PER_BLOCK>>>(num, dim, x, p_d, count, stride, coord_d, work_d, table_d, switch_d);
        cudaError_t error = cudaGetLastError();
        if (error != cudaSuccess) { printf("FAIL kernel: %s\n", cudaGetErrorString(error)); return 1; }
        cudaMemcpy(work, work_d, stride * num * sizeof(float), cudaMemcpyDeviceToHost);
        cudaMemcpy(sw, switch_d, num * sizeof(bool), cudaMemcpyDeviceToHost);

        double gain = z, refGain = z;
        for (int i = 0; i < num; i++) {
            gain += work[i * stride + count];
            const float xc = dist(points.p[i], points.p[x], dim) * points.p[i].weight;
            const bool refSwitch = xc < points.p[i].cost;
            if (refSwitch) refGain += xc - points.p[i].cost;
            if (refSwitch != sw[i] && fabsf(xc - points.p[i].cost) > 1e-4f) failed = 1;
        }
        if (fabs(gain - refGain) > 1e-3 * (1 + fabs(refGain))) failed = 2;
        if (gain < 0 && points.p[x].assign != x && numcenters + 1 < maxStride) {
            for (int i = 0; i < num; i++) {
                const bool closer = sw[i] || points.p[i].assign == x;
                if (closer) {
                    points.p[i].cost = points.p[i].weight * dist(points.p[i], points.p[x], dim);
                    points.p[i].assign = x;
                }
            }
            points.p[x].assign = x;
            numcenters = 0;
            for (int i = 0; i < num; i++) numcenters += points.p[i].assign == i;
            opened++;
            totalGain -= (float)gain;
        }
    }
    cudaFree(coord_d); cudaFree(work_d); cudaFree(p_d); cudaFree(table_d); cudaFree(switch_d);
    free(coord_h); free(p_h); free(table); free(work); free(sw); free(points.p); free(block);
    if (failed) { printf("FAIL %s differ\n", failed == 1 ? "switches" : "gains"); return 1; }
    printf("PASS streamcluster: %d centres opened, gain %.2f\n", opened, totalGain);
    return 0;
}
