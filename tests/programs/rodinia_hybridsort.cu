// Sorting floats: buckets by sampled pivots, then each bucket by a bitonic sort in shared memory.
#include <algorithm>
#include <cfloat>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define DIVISIONS 32
#define CAPACITY 512

#define cutilSafeCall(err) __cudaSafeCall(err, __FILE__, __LINE__)
inline void __cudaSafeCall(cudaError err, const char* file, const int line)
{
    if (cudaSuccess != err) {
        printf("FAIL %s(%i): %s\n", file, line, cudaGetErrorString(err));
        exit(-1);
    }
}

__device__ int findBucket(float v, const float* pivots)
{
    int lo = 0, step = DIVISIONS / 2;
    for (; step > 0; step >>= 1)
        if (v >= pivots[lo + step - 1]) lo += step;
    return lo;
}

__global__ void bucketcount(const float* input, int* indice, unsigned* counts, const float* pivots, int size)
{
    __shared__ float s_pivots[DIVISIONS];
    if (threadIdx.x < DIVISIONS - 1) s_pivots[threadIdx.x] = pivots[threadIdx.x];
    __syncthreads();
    for (int tid = blockIdx.x * blockDim.x + threadIdx.x; tid < size; tid += gridDim.x * blockDim.x) {
        const int b = findBucket(input[tid], s_pivots);
        const unsigned at = atomicInc(&counts[b], 0xffffffffu);
        indice[tid] = (int)(at << 8 | b);
    }
}

__global__ void bucketsort(const float* input, const int* indice, float* output, const unsigned* offsets, int size)
{
    for (int tid = blockIdx.x * blockDim.x + threadIdx.x; tid < size; tid += gridDim.x * blockDim.x) {
        const int id = indice[tid];
        output[offsets[id & 255] + (id >> 8)] = input[tid];
    }
}

__device__ inline void compareSwap(float& a, float& b, bool up)
{
    if ((a > b) == up) {
        const float t = a;
        a = b;
        b = t;
    }
}

extern __shared__ float tile[];

__global__ void sortBuckets(float* data, const unsigned* offsets, const unsigned* counts)
{
    const unsigned n = counts[blockIdx.x];
    float* mine = data + offsets[blockIdx.x];
    unsigned padded = 1;
    while (padded < n) padded <<= 1;
    for (unsigned i = threadIdx.x; i < padded; i += blockDim.x) tile[i] = i < n ? mine[i] : FLT_MAX;
    __syncthreads();
    for (unsigned k = 2; k <= padded; k <<= 1)
        for (unsigned j = k >> 1; j > 0; j >>= 1) {
            for (unsigned i = threadIdx.x; i < padded; i += blockDim.x) {
                const unsigned l = i ^ j;
                if (l > i) compareSwap(tile[i], tile[l], (i & k) == 0);
            }
            __syncthreads();
        }
    for (unsigned i = threadIdx.x; i < n; i += blockDim.x) mine[i] = tile[i];
}

static int compare(const void* a, const void* b)
{
    if (*((float*)a) < *((float*)b)) return -1;
    else if (*((float*)a) > *((float*)b)) return 1;
    else return 0;
}

int main()
{
    const int n = 4096;
    float* host = (float*)malloc(n * sizeof(float));
    srand(11);
    for (int i = 0; i < n; i++) host[i] = (float)rand() / RAND_MAX * (i % 3 ? 1.0f : 8.0f) - 2.0f;
    float* gold = (float*)malloc(n * sizeof(float));
    memcpy(gold, host, n * sizeof(float));
    qsort(gold, n, sizeof(float), compare);

    // pivots from a sorted sample
    std::vector<float> sample;
    for (int i = 0; i < n; i += 4) sample.push_back(host[i]);
    std::sort(sample.begin(), sample.end());
    std::vector<float> pivots(DIVISIONS - 1);
    for (int i = 1; i < DIVISIONS; i++) pivots[i - 1] = sample[i * sample.size() / DIVISIONS];

    float *d_in, *d_out, *d_piv;
    int* d_ind;
    unsigned *d_counts, *d_off;
    cutilSafeCall(cudaMalloc((void**)&d_in, n * sizeof(float)));
    cutilSafeCall(cudaMalloc((void**)&d_out, n * sizeof(float)));
    cutilSafeCall(cudaMalloc((void**)&d_piv, pivots.size() * sizeof(float)));
    cutilSafeCall(cudaMalloc((void**)&d_ind, n * sizeof(int)));
    cutilSafeCall(cudaMalloc((void**)&d_counts, DIVISIONS * sizeof(unsigned)));
    cutilSafeCall(cudaMalloc((void**)&d_off, DIVISIONS * sizeof(unsigned)));
    cutilSafeCall(cudaMemcpy(d_in, host, n * sizeof(float), cudaMemcpyHostToDevice));
    cutilSafeCall(cudaMemcpy(d_piv, &pivots[0], pivots.size() * sizeof(float), cudaMemcpyHostToDevice));
    cutilSafeCall(cudaMemset(d_counts, 0, DIVISIONS * sizeof(unsigned)));

    bucketcount<<<8, 128>>>(d_in, d_ind, d_counts, d_piv, n);
    unsigned counts[DIVISIONS], offsets[DIVISIONS] = {0}, most = 0;
    cutilSafeCall(cudaMemcpy(counts, d_counts, sizeof(counts), cudaMemcpyDeviceToHost));
    for (int i = 0; i < DIVISIONS; i++) {
        if (i) offsets[i] = offsets[i - 1] + counts[i - 1];
        most = counts[i] > most ? counts[i] : most;
    }
    if (most > CAPACITY) { printf("FAIL bucket of %u\n", most); return 1; }
    cutilSafeCall(cudaMemcpy(d_off, offsets, sizeof(offsets), cudaMemcpyHostToDevice));
    bucketsort<<<8, 128>>>(d_in, d_ind, d_out, d_off, n);
    sortBuckets<<<DIVISIONS, 64, CAPACITY * sizeof(float)>>>(d_out, d_off, d_counts);
    cutilSafeCall(cudaGetLastError());
    cutilSafeCall(cudaMemcpy(host, d_out, n * sizeof(float), cudaMemcpyDeviceToHost));
    cutilSafeCall(cudaFree(d_in));
    cutilSafeCall(cudaFree(d_out));
    cutilSafeCall(cudaFree(d_piv));
    cutilSafeCall(cudaFree(d_ind));
    cutilSafeCall(cudaFree(d_counts));
    cutilSafeCall(cudaFree(d_off));
    int bad = -1;
    for (int i = 0; i < n && bad < 0; i++)
        if (host[i] != gold[i]) bad = i;
    free(host);
    free(gold);
    if (bad >= 0) { printf("FAIL at %d\n", bad); return 1; }
    printf("PASS hybridsort: %d floats, largest bucket %u\n", n, most);
    return 0;
}
