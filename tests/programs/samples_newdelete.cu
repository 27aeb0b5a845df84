// Device new, delete and malloc; classes with virtual functions, placement new, a shared stack.
#include <cstdio>
#include <cstdlib>
#include <new>
#include <cuda_runtime.h>

template <class T>
class Container {
public:
    __device__ Container() {}
    __device__ virtual ~Container() {}
    __device__ virtual void push(T e) = 0;
    __device__ virtual bool pop(T& e) = 0;
};

template <class T>
class Vector : public Container<T> {
public:
    __device__ Vector(unsigned int max_size) : m_top(0), m_max(max_size), m_owned(true) { m_data = new T[max_size]; }
    __device__ Vector(unsigned int max_size, T* preallocated) : m_top(0), m_max(max_size), m_owned(false), m_data(preallocated) {}
    __device__ ~Vector()
    {
        if (m_owned && m_data) delete[] m_data;
    }
    __device__ void push(T e) override
    {
        const int idx = atomicAdd(&m_top, 1);
        if (idx < (int)m_max) m_data[idx] = e;
    }
    __device__ bool pop(T& e) override
    {
        const int idx = atomicSub(&m_top, 1) - 1;
        if (idx >= 0) {
            e = m_data[idx];
            return true;
        }
        atomicExch(&m_top, 0);
        return false;
    }

private:
    int m_top;
    unsigned m_max;
    bool m_owned;
    T* m_data;
};

__device__ Container<int>* g_container;

__global__ void vectorCreate(int max_size) { g_container = new Vector<int>(max_size); }
__global__ void containerFill()
{
    if (threadIdx.x < 100) g_container->push(blockIdx.x * 100 + threadIdx.x);
}
__global__ void containerConsume(int* d_result)
{
    const int idx = blockIdx.x * blockDim.x + threadIdx.x;
    int v;
    d_result[idx] = g_container->pop(v) ? v : -1;
}
__global__ void containerDelete() { delete g_container; }

struct Node {
    int value;
    Node* next;
};

__global__ void lists(int* sums)
{
    Node* head = nullptr;
    for (int i = 0; i <= (int)threadIdx.x % 8; ++i) {
        Node* n = (Node*)malloc(sizeof(Node));
        if (!n) { sums[blockIdx.x * blockDim.x + threadIdx.x] = -1; return; }
        n->value = i + threadIdx.x;
        n->next = head;
        head = n;
    }
    int s = 0;
    while (head) {
        Node* n = head;
        s += n->value;
        head = n->next;
        free(n);
    }
    sums[blockIdx.x * blockDim.x + threadIdx.x] = s;
}

__global__ void placement(int* d_result)
{
    __shared__ __align__(alignof(Vector<int>)) unsigned char buffer[sizeof(Vector<int>)];
    __shared__ int storage[64];
    __shared__ Vector<int>* v;
    if (threadIdx.x == 0) v = new (buffer) Vector<int>(64, storage);
    __syncthreads();
    if ((threadIdx.x & 1) == 0) v->push(threadIdx.x >> 1);
    __syncthreads();
    int e = -1;
    if (threadIdx.x < 40) v->pop(e);
    __syncthreads();
    d_result[threadIdx.x] = e;
    if (threadIdx.x == 0) v->~Vector();
}

int main()
{
    cudaDeviceSetLimit(cudaLimitMallocHeapSize, 8 << 20);
    const int blocks = 3, threads = 128, n = blocks * threads;
    int *d, h[n];
    if (cudaMalloc(&d, n * sizeof(int)) != cudaSuccess) return 2;
    vectorCreate<<<1, 1>>>(1000);
    containerFill<<<blocks, threads>>>();
    containerConsume<<<blocks, threads>>>(d);
    containerDelete<<<1, 1>>>();
    cudaMemcpy(h, d, sizeof h, cudaMemcpyDeviceToHost);
    int seen[blocks * 100] = {}, wrong = 0, misses = 0;
    for (int v : h)
        if (v < 0) ++misses;
        else ++seen[v];
    for (int s : seen) wrong += s > 1;
    // pops of an empty vector meet each other: some may see one another's decrement, none may see a value twice
    wrong += misses < n - blocks * 100;

    lists<<<blocks, threads>>>(d);
    cudaMemcpy(h, d, sizeof h, cudaMemcpyDeviceToHost);
    for (int i = 0; i < n; ++i) {
        const int t = i % threads, k = t % 8 + 1;
        wrong += h[i] != k * t + k * (k - 1) / 2;
    }
    placement<<<1, 64>>>(d);
    cudaMemcpy(h, d, 64 * sizeof(int), cudaMemcpyDeviceToHost);
    int count[32] = {}, none = 0;
    for (int i = 0; i < 64; ++i)
        if (h[i] >= 0) ++count[h[i]];
        else ++none;
    for (int c : count) wrong += c > 1;
    wrong += none < 32;
    cudaFree(d);
    if (wrong || cudaGetLastError() != cudaSuccess) { printf("FAIL %d wrong\n", wrong); return 1; }
    printf("PASS newdelete\n");
    return 0;
}
