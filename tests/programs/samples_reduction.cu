// The classic series of reductions, dispatched over template block sizes.
#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <vector>
#include <cuda_runtime.h>

template <class T>
struct SharedMemory {
    __device__ inline operator T*()
    {
        extern __shared__ int __smem[];
        return (T*)__smem;
    }
};
template <>
struct SharedMemory<double> {
    __device__ inline operator double*()
    {
        extern __shared__ double __smem_d[];
        return (double*)__smem_d;
    }
};

// all LANES threads of the mask take part
template <class T, unsigned int LANES>
__device__ __forceinline__ T warpReduceSum(unsigned int mask, T mySum)
{
#if __CUDA_ARCH__ >= 800
    if constexpr (std::is_same<T, int>::value) return __reduce_add_sync(mask, mySum);
#endif
    for (int offset = LANES / 2; offset > 0; offset /= 2) mySum += __shfl_down_sync(mask, mySum, offset);
    return mySum;
}

template <class T>
__global__ void reduce0(T* g_idata, T* g_odata, unsigned int n)
{
    T* sdata = SharedMemory<T>();
    unsigned int tid = threadIdx.x, i = blockIdx.x * blockDim.x + threadIdx.x;
    sdata[tid] = (i < n) ? g_idata[i] : 0;
    __syncthreads();
    for (unsigned int s = 1; s < blockDim.x; s *= 2) {
        if ((tid % (2 * s)) == 0) sdata[tid] += sdata[tid + s];
        __syncthreads();
    }
    if (tid == 0) g_odata[blockIdx.x] = sdata[0];
}

template <class T>
__global__ void reduce3(T* g_idata, T* g_odata, unsigned int n)
{
    T* sdata = SharedMemory<T>();
    unsigned int tid = threadIdx.x, i = blockIdx.x * (blockDim.x * 2) + threadIdx.x;
    T mySum = (i < n) ? g_idata[i] : 0;
    if (i + blockDim.x < n) mySum += g_idata[i + blockDim.x];
    sdata[tid] = mySum;
    __syncthreads();
    for (unsigned int s = blockDim.x / 2; s > 0; s >>= 1) {
        if (tid < s) sdata[tid] = mySum = mySum + sdata[tid + s];
        __syncthreads();
    }
    if (tid == 0) g_odata[blockIdx.x] = mySum;
}

template <typename T, unsigned int blockSize, bool nIsPow2>
__global__ void reduce7(const T* __restrict__ g_idata, T* __restrict__ g_odata, unsigned int n)
{
    T* sdata = SharedMemory<T>();
    unsigned int tid = threadIdx.x, gridSize = blockSize * gridDim.x;
    constexpr unsigned int lanes = blockSize < 32 ? blockSize : 32;
    constexpr unsigned int mask = 0xffffffffu >> (32 - lanes);
    T mySum = 0;
    unsigned int i;
    if (nIsPow2) {
        i = blockIdx.x * blockSize * 2 + threadIdx.x;
        gridSize = gridSize << 1;
        while (i < n) {
            mySum += g_idata[i];
            if (i + blockSize < n) mySum += g_idata[i + blockSize];
            i += gridSize;
        }
    } else {
        i = blockIdx.x * blockSize + threadIdx.x;
        while (i < n) {
            mySum += g_idata[i];
            i += gridSize;
        }
    }
    mySum = warpReduceSum<T, lanes>(mask, mySum);
    if ((tid % warpSize) == 0) sdata[tid / warpSize] = mySum;
    __syncthreads();
    constexpr unsigned int warps = (blockSize + 31) / 32;
    if (tid < lanes) {
        mySum = tid < warps ? sdata[tid] : T(0);
        mySum = warpReduceSum<T, lanes>(mask, mySum);
    }
    if (tid == 0) g_odata[blockIdx.x] = mySum;
}

template <typename T, bool P2>
void launch7(int threads, int blocks, int smem, T* in, T* out, unsigned n)
{
    switch (threads) {
    case 256: reduce7<T, 256, P2><<<blocks, threads, smem>>>(in, out, n); break;
    case 128: reduce7<T, 128, P2><<<blocks, threads, smem>>>(in, out, n); break;
    case 64: reduce7<T, 64, P2><<<blocks, threads, smem>>>(in, out, n); break;
    case 32: reduce7<T, 32, P2><<<blocks, threads, smem>>>(in, out, n); break;
    case 16: reduce7<T, 16, P2><<<blocks, threads, smem>>>(in, out, n); break;
    }
}

template <typename T>
bool test(unsigned n, const char* name)
{
    std::vector<T> h(n);
    double ref = 0;
    for (unsigned i = 0; i < n; i++) {
        h[i] = (T)((i * 2654435761u >> 16) & 0x7f);     // sums stay exact in float
        ref += (double)h[i];
    }
    T *in, *out;
    cudaMalloc(&in, n * sizeof(T));
    cudaMalloc(&out, 1024 * sizeof(T));
    cudaMemcpy(in, h.data(), n * sizeof(T), cudaMemcpyHostToDevice);
    bool ok = true;
    const int sizes[] = {256, 128, 64, 32, 16};
    for (int threads : sizes)
        for (int which : {0, 3, 7}) {
            const int smem = (threads <= 32 ? 2 : 1) * threads * sizeof(T);
            const int blocks = which == 0 ? (n + threads - 1) / threads : which == 3 ? (n + 2 * threads - 1) / (2 * threads) : 7;
            if (which == 0) reduce0<T><<<blocks, threads, smem>>>(in, out, n);
            else if (which == 3) reduce3<T><<<blocks, threads, smem>>>(in, out, n);
            else if ((n & (n - 1)) == 0) launch7<T, true>(threads, blocks, smem, in, out, n);
            else launch7<T, false>(threads, blocks, smem, in, out, n);
            std::vector<T> part(blocks);
            cudaMemcpy(part.data(), out, blocks * sizeof(T), cudaMemcpyDeviceToHost);
            double sum = 0;
            for (T p : part) sum += (double)p;
            if (sum != ref) { printf("FAIL %s reduce%d with %d threads: %.0f, expected %.0f\n", name, which, threads, sum, ref); ok = false; }
        }
    cudaFree(in);
    cudaFree(out);
    return ok && cudaGetLastError() == cudaSuccess;
}

int main()
{
    if (!test<int>(4096, "int") || !test<float>(5000, "float") || !test<double>(3001, "double")) return 1;
    printf("PASS reduction: three types, three kernels, five block sizes\n");
    return 0;
}
