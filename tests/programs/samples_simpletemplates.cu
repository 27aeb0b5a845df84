// Templates over element types and policies: traits, CRTP, variadic reductions, type lists.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>
#include <cuda_runtime.h>

template <typename T>
struct SharedMemory {
    __device__ T* getPointer()
    {
        extern __device__ void error(void);
        error();
        return NULL;
    }
};
template <> struct SharedMemory<int> {
    __device__ int* getPointer() { extern __shared__ int s_int[]; return s_int; }
};
template <> struct SharedMemory<float> {
    __device__ float* getPointer() { extern __shared__ float s_float[]; return s_float; }
};
template <> struct SharedMemory<double> {
    __device__ double* getPointer() { extern __shared__ double s_double[]; return s_double; }
};

template <class T>
__global__ void testKernel(const T* g_idata, T* g_odata)
{
    SharedMemory<T> smem;
    T* sdata = smem.getPointer();
    const unsigned int tid = threadIdx.x, num_threads = blockDim.x;
    sdata[tid] = g_idata[tid];
    __syncthreads();
    sdata[tid] = (T)num_threads * sdata[tid];
    __syncthreads();
    g_odata[tid] = sdata[num_threads - 1 - tid];
}

// compile-time polymorphism
template <typename Derived>
struct Shape {
    __host__ __device__ double area() const { return static_cast<const Derived*>(this)->compute(); }
};
struct Square : Shape<Square> {
    double side;
    __host__ __device__ explicit Square(double s) : side(s) {}
    __host__ __device__ double compute() const { return side * side; }
};
struct Disc : Shape<Disc> {
    double r;
    __host__ __device__ explicit Disc(double radius) : r(radius) {}
    __host__ __device__ double compute() const { return 3.0 * r * r; }
};

template <typename... Ts>
__host__ __device__ auto sum_all(Ts... xs)
{
    return (xs + ... + 0);
}

template <typename First, typename... Rest>
__host__ __device__ constexpr size_t largest()
{
    if constexpr (sizeof...(Rest) == 0) return sizeof(First);
    else return sizeof(First) > largest<Rest...>() ? sizeof(First) : largest<Rest...>();
}
static_assert(largest<char, double, int>() == 8, "largest of a list");

template <typename T>
__global__ void shapes(double* out, T scale)
{
    const int i = threadIdx.x;
    const Square sq(i * scale);
    const Disc d(i + 0.5);
    out[i] = sum_all(sq.area(), d.area(), i, 1.5f);
    using Wide = std::conditional_t<(sizeof(T) > 4), double, float>;
    static_assert(std::is_same<Wide, std::conditional_t<std::is_same<T, double>::value, double, float>>::value, "");
    if constexpr (std::is_integral_v<T>) out[i] += 1000;
}

template <int... Is>
struct Sequence {
    static constexpr int count = sizeof...(Is);
    __device__ static int pick(int k)
    {
        const int values[] = {Is...};
        return values[k % count];
    }
};

__global__ void sequence(int* out) { out[threadIdx.x] = Sequence<2, 3, 5, 7, 11>::pick(threadIdx.x); }

template <class T>
int runTest(int len)
{
    std::vector<T> in(len), out(len);
    for (int i = 0; i < len; ++i) in[i] = (T)(i * 3);
    T *d_in, *d_out;
    cudaMalloc((void**)&d_in, len * sizeof(T));
    cudaMalloc((void**)&d_out, len * sizeof(T));
    cudaMemcpy(d_in, in.data(), len * sizeof(T), cudaMemcpyHostToDevice);
    testKernel<T><<<1, len, len * sizeof(T)>>>(d_in, d_out);
    cudaMemcpy(out.data(), d_out, len * sizeof(T), cudaMemcpyDeviceToHost);
    cudaFree(d_in);
    cudaFree(d_out);
    int wrong = 0;
    for (int i = 0; i < len; ++i) wrong += out[i] != (T)(len * (len - 1 - i) * 3);

    double* d;
    double h[32];
    cudaMalloc(&d, sizeof h);
    shapes<T><<<1, 32>>>(d, (T)2);
    cudaMemcpy(h, d, sizeof h, cudaMemcpyDeviceToHost);
    cudaFree(d);
    for (int i = 0; i < 32; ++i) {
        const double e = 4.0 * i * i + 3.0 * (i + 0.5) * (i + 0.5) + i + 1.5 + (std::is_integral<T>::value ? 1000 : 0);
        wrong += std::fabs(h[i] - e) > 1e-9;
    }
    return wrong;
}

int main()
{
    const std::tuple<int, int, int> wrong{runTest<float>(32), runTest<int>(64), runTest<double>(48)};
    int *d, h[20], odd = 0;
    cudaMalloc(&d, sizeof h);
    sequence<<<1, 20>>>(d);
    cudaMemcpy(h, d, sizeof h, cudaMemcpyDeviceToHost);
    cudaFree(d);
    const int primes[] = {2, 3, 5, 7, 11};
    for (int i = 0; i < 20; ++i) odd += h[i] != primes[i % 5];
    const std::string summary = std::to_string(std::get<0>(wrong)) + " " + std::to_string(std::get<1>(wrong)) + " " + std::to_string(std::get<2>(wrong));
    if (odd || summary != "0 0 0" || cudaGetLastError() != cudaSuccess) { printf("FAIL %s, %d\n", summary.c_str(), odd); return 1; }
    printf("PASS simpletemplates\n");
    return 0;
}
