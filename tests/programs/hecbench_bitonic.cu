// Bitonic sort of key-value pairs, templates over key, value and order.
#include <algorithm>
#include <climits>
#include <cstdio>
#include <functional>
#include <utility>
#include <vector>
#include <cuda_runtime.h>

template <typename K, typename V>
struct KeyValue {
    K key;
    V value;
};

struct Ascending {
    template <typename T>
    __host__ __device__ bool operator()(const T& a, const T& b) const { return a < b; }
};
struct Descending {
    template <typename T>
    __host__ __device__ bool operator()(const T& a, const T& b) const { return b < a; }
};

template <typename T>
__device__ __host__ void exchange(T& a, T& b)
{
    T t(a);
    a = b;
    b = t;
}

template <unsigned TILE, typename K, typename V, typename Less>
__global__ void sort_tile(KeyValue<K, V>* data, Less less)
{
    __shared__ KeyValue<K, V> s[TILE];
    KeyValue<K, V>* d = data + blockIdx.x * TILE;
    for (unsigned i = threadIdx.x; i < TILE; i += blockDim.x) s[i] = d[i];
    for (unsigned size = 2; size <= TILE; size <<= 1)
        for (unsigned stride = size / 2; stride > 0; stride >>= 1) {
            __syncthreads();
            const unsigned pos = 2 * threadIdx.x - (threadIdx.x & (stride - 1));
            const bool flip = ((blockIdx.x * TILE + pos) & size) != 0;
            if (less(s[pos + stride].key, s[pos].key) != flip) exchange(s[pos], s[pos + stride]);
        }
    __syncthreads();
    for (unsigned i = threadIdx.x; i < TILE; i += blockDim.x) d[i] = s[i];
}

template <typename K, typename V, typename Less>
__global__ void merge_global(KeyValue<K, V>* data, unsigned size, unsigned stride, Less less)
{
    const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    const unsigned pos = 2 * i - (i & (stride - 1));
    const bool flip = (pos & size) != 0;
    KeyValue<K, V> a = data[pos], b = data[pos + stride];
    if (less(b.key, a.key) != flip) {
        data[pos] = b;
        data[pos + stride] = a;
    }
}

template <typename K, typename V, typename Less = Ascending>
int sort_and_check(int n, Less less = Less())
{
    constexpr unsigned TILE = 256;
    typedef KeyValue<K, V> Item;
    std::vector<Item> items(n);
    unsigned s = 77;
    for (int i = 0; i < n; ++i) {
        s = s * 1664525u + 1013904223u;
        items[i].key = (K)(s >> 4) * 4096 + (K)i;    // keys differ
        items[i].value = (V)i;
    }
    Item* d;
    if (cudaMalloc(&d, n * sizeof(Item)) != cudaSuccess) return -1;
    cudaMemcpy(d, items.data(), n * sizeof(Item), cudaMemcpyHostToDevice);
    sort_tile<TILE><<<n / TILE, TILE / 2>>>(d, less);
    for (unsigned size = 2 * TILE; size <= (unsigned)n; size <<= 1)
        for (unsigned stride = size / 2; stride > 0; stride >>= 1) merge_global<<<n / TILE, TILE / 2>>>(d, size, stride, less);
    std::vector<Item> out(n);
    cudaMemcpy(out.data(), d, n * sizeof(Item), cudaMemcpyDeviceToHost);
    cudaFree(d);
    std::sort(items.begin(), items.end(), [less](const Item& a, const Item& b) { return less(a.key, b.key); });
    int wrong = cudaGetLastError() != cudaSuccess;
    for (int i = 0; i < n; ++i) wrong += items[i].key != out[i].key || items[i].value != out[i].value;
    return wrong;
}

int main()
{
    const int a = sort_and_check<long long, int>(2048);
    const int b = sort_and_check<unsigned long long, short>(1024, Descending{});
    const int c = sort_and_check<double, unsigned>(1024);
    if (a || b || c) { printf("FAIL %d %d %d wrong\n", a, b, c); return 1; }
    printf("PASS bitonic: three instances\n");
    return 0;
}
