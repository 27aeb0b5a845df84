// Batcher's odd-even merge sort network on keys and values, many arrays in a batch.
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

typedef unsigned int uint;
#define SHARED_SIZE_LIMIT 512U

__device__ inline void Comparator(uint& keyA, uint& valA, uint& keyB, uint& valB, uint dir)
{
    if ((keyA > keyB) == dir) {
        uint t;
        t = keyA; keyA = keyB; keyB = t;
        t = valA; valA = valB; valB = t;
    }
}

__global__ void oddEvenMergeSortShared(uint* d_DstKey, uint* d_DstVal, const uint* d_SrcKey, const uint* d_SrcVal, uint arrayLength, uint dir)
{
    __shared__ uint s_key[SHARED_SIZE_LIMIT];
    __shared__ uint s_val[SHARED_SIZE_LIMIT];
    d_SrcKey += blockIdx.x * SHARED_SIZE_LIMIT + threadIdx.x;
    d_SrcVal += blockIdx.x * SHARED_SIZE_LIMIT + threadIdx.x;
    d_DstKey += blockIdx.x * SHARED_SIZE_LIMIT + threadIdx.x;
    d_DstVal += blockIdx.x * SHARED_SIZE_LIMIT + threadIdx.x;
    s_key[threadIdx.x + 0] = d_SrcKey[0];
    s_val[threadIdx.x + 0] = d_SrcVal[0];
    s_key[threadIdx.x + (SHARED_SIZE_LIMIT / 2)] = d_SrcKey[(SHARED_SIZE_LIMIT / 2)];
    s_val[threadIdx.x + (SHARED_SIZE_LIMIT / 2)] = d_SrcVal[(SHARED_SIZE_LIMIT / 2)];
    for (uint size = 2; size <= arrayLength; size <<= 1) {
        uint stride = size / 2;
        uint offset = threadIdx.x & (stride - 1);
        {
            __syncthreads();
            uint pos = 2 * threadIdx.x - (threadIdx.x & (stride - 1));
            Comparator(s_key[pos + 0], s_val[pos + 0], s_key[pos + stride], s_val[pos + stride], dir);
            stride >>= 1;
        }
        for (; stride > 0; stride >>= 1) {
            __syncthreads();
            uint pos = 2 * threadIdx.x - (threadIdx.x & (stride - 1));
            if (offset >= stride) Comparator(s_key[pos - stride], s_val[pos - stride], s_key[pos + 0], s_val[pos + 0], dir);
        }
    }
    __syncthreads();
    d_DstKey[0] = s_key[threadIdx.x + 0];
    d_DstVal[0] = s_val[threadIdx.x + 0];
    d_DstKey[(SHARED_SIZE_LIMIT / 2)] = s_key[threadIdx.x + (SHARED_SIZE_LIMIT / 2)];
    d_DstVal[(SHARED_SIZE_LIMIT / 2)] = s_val[threadIdx.x + (SHARED_SIZE_LIMIT / 2)];
}

__global__ void oddEvenMergeGlobal(uint* key, uint* val, uint arrayLength, uint size, uint stride, uint dir)
{
    uint global_comparatorI = blockIdx.x * blockDim.x + threadIdx.x;
    uint pos = 2 * global_comparatorI - (global_comparatorI & (stride - 1));
    if (stride < size / 2) {
        uint offset = global_comparatorI & ((size / 2) - 1);
        if (offset >= stride) {
            uint keyA = key[pos - stride], valA = val[pos - stride], keyB = key[pos + 0], valB = val[pos + 0];
            Comparator(keyA, valA, keyB, valB, dir);
            key[pos - stride] = keyA; val[pos - stride] = valA; key[pos + 0] = keyB; val[pos + 0] = valB;
        }
    } else {
        uint keyA = key[pos + 0], valA = val[pos + 0], keyB = key[pos + stride], valB = val[pos + stride];
        Comparator(keyA, valA, keyB, valB, dir);
        key[pos + 0] = keyA; val[pos + 0] = valA; key[pos + stride] = keyB; val[pos + stride] = valB;
    }
}

extern "C" void oddEvenMergeSort(uint* dk, uint* dv, const uint* sk, const uint* sv, uint batchSize, uint arrayLength, uint dir)
{
    if (arrayLength < 2) return;
    dir = (dir != 0);
    uint blockCount = (batchSize * arrayLength) / SHARED_SIZE_LIMIT;
    uint threadCount = SHARED_SIZE_LIMIT / 2;
    if (arrayLength <= SHARED_SIZE_LIMIT) {
        oddEvenMergeSortShared<<<blockCount, threadCount>>>(dk, dv, sk, sv, arrayLength, dir);
    } else {
        oddEvenMergeSortShared<<<blockCount, threadCount>>>(dk, dv, sk, sv, SHARED_SIZE_LIMIT, dir);
        for (uint size = 2 * SHARED_SIZE_LIMIT; size <= arrayLength; size <<= 1)
            for (unsigned stride = size / 2; stride > 0; stride >>= 1)
                oddEvenMergeGlobal<<<(batchSize * arrayLength) / 512, 256>>>(dk, dv, arrayLength, size, stride, dir);
    }
}

int main()
{
    const uint N = 2048, numValues = 65536 / 64;
    std::vector<uint> h_key(N), h_val(N), o_key(N), o_val(N);
    srand(2001);
    for (uint i = 0; i < N; i++) {
        h_key[i] = rand() % numValues;
        h_val[i] = i;
    }
    uint *d[4];
    for (int i = 0; i < 4; i++) cudaMalloc((void**)&d[i], N * sizeof(uint));
    cudaMemcpy(d[0], h_key.data(), N * sizeof(uint), cudaMemcpyHostToDevice);
    cudaMemcpy(d[1], h_val.data(), N * sizeof(uint), cudaMemcpyHostToDevice);
    int flag = 1;
    for (uint arrayLength = 64; arrayLength <= N; arrayLength *= 2)
        for (uint dir = 0; dir < 2; dir++) {
            const uint batch = N / arrayLength;
            oddEvenMergeSort(d[2], d[3], d[0], d[1], batch, arrayLength, dir);
            cudaMemcpy(o_key.data(), d[2], N * sizeof(uint), cudaMemcpyDeviceToHost);
            cudaMemcpy(o_val.data(), d[3], N * sizeof(uint), cudaMemcpyDeviceToHost);
            for (uint b = 0; b < batch; b++) {
                std::vector<int> src(numValues, 0), dst(numValues, 0);
                for (uint i = b * arrayLength; i < (b + 1) * arrayLength; i++) {
                    src[h_key[i]]++;
                    dst[o_key[i]]++;
                    if (i > b * arrayLength && (dir ? o_key[i - 1] > o_key[i] : o_key[i - 1] < o_key[i])) flag = 0;
                    if (h_key[o_val[i]] != o_key[i]) flag = 0;
                }
                if (src != dst) flag = 0;
            }
            if (!flag) { printf("FAIL length %u, direction %u\n", arrayLength, dir); return 1; }
        }
    for (uint* p : d) cudaFree(p);
    if (cudaGetLastError() != cudaSuccess) { printf("FAIL cuda\n"); return 1; }
    printf("PASS sortingnetworks: up to %u keys\n", N);
    return 0;
}
