// 0/1 knapsack, a launch per item with alternating rows; chosen items recovered from a bit matrix.
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define CUDA(call)                                                     \
    do {                                                               \
        const cudaError_t e = call;                                    \
        if (e != cudaSuccess) {                                        \
            std::printf("FAIL %s\n", cudaGetErrorString(e));           \
            std::exit(1);                                              \
        }                                                              \
    } while (0)

struct Item {
    unsigned short weight;
    unsigned int value;
};

__global__ void knapsack(const unsigned* __restrict__ in, unsigned* __restrict__ out, unsigned* taken, Item item, int capacity)
{
    const int c = blockIdx.x * blockDim.x + threadIdx.x;
    bool take = false;
    if (c <= capacity) {
        unsigned best = in[c];
        if (c >= item.weight) {
            const unsigned with = in[c - item.weight] + item.value;
            take = with > best;
            best = take ? with : best;
        }
        out[c] = best;
    }
    const unsigned bits = __ballot_sync(0xffffffffu, take);
    if ((threadIdx.x & 31) == 0 && c <= capacity) taken[c >> 5] = bits;
}

int main()
{
    const int items = 60, capacity = 1500;
    std::vector<Item> it(items);
    unsigned s = 31;
    for (int i = 0; i < items; ++i) {
        s = s * 1103515245u + 12345u;
        it[i].weight = (unsigned short)(1 + (s >> 16) % 97);
        s = s * 1103515245u + 12345u;
        it[i].value = 1 + (s >> 16) % 1000;
    }
    const int words = (capacity + 32) / 32;
    unsigned *row[2], *taken;
    CUDA(cudaMalloc(&row[0], (capacity + 1) * sizeof(unsigned)));
    CUDA(cudaMalloc(&row[1], (capacity + 1) * sizeof(unsigned)));
    CUDA(cudaMalloc(&taken, items * words * sizeof(unsigned)));
    CUDA(cudaMemset(row[0], 0, (capacity + 1) * sizeof(unsigned)));
    cudaStream_t stream;
    CUDA(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
    CUDA(cudaDeviceSynchronize());
    for (int i = 0; i < items; ++i)
        knapsack<<<(capacity + 256) / 256, 256, 0, stream>>>(row[i & 1], row[~i & 1], taken + i * words, it[i], capacity);
    unsigned best = 0;
    CUDA(cudaMemcpyAsync(&best, row[items & 1] + capacity, sizeof best, cudaMemcpyDeviceToHost, stream));
    std::vector<unsigned> bits(items * words);
    CUDA(cudaMemcpyAsync(bits.data(), taken, bits.size() * sizeof(unsigned), cudaMemcpyDeviceToHost, stream));
    CUDA(cudaStreamSynchronize(stream));
    CUDA(cudaStreamDestroy(stream));
    CUDA(cudaFree(row[0]));
    CUDA(cudaFree(row[1]));
    CUDA(cudaFree(taken));

    std::vector<unsigned> dp(capacity + 1, 0);
    for (const Item& x : it)
        for (int c = capacity; c >= x.weight; --c)
            if (dp[c - x.weight] + x.value > dp[c]) dp[c] = dp[c - x.weight] + x.value;
    unsigned value = 0;
    int left = capacity, chosen = 0;
    for (int i = items - 1; i >= 0; --i)
        if (bits[i * words + (left >> 5)] >> (left & 31) & 1u) {
            value += it[i].value;
            left -= it[i].weight;
            ++chosen;
        }
    if (best != dp[capacity] || value != best || left < 0) {
        std::printf("FAIL %u, recovered %u, host %u, left %d\n", best, value, dp[capacity], left);
        return 1;
    }
    std::printf("PASS knapsack: value %u with %d of %d items, %d left\n", best, chosen, items, left);
    return 0;
}
