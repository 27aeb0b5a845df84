// Recursion in device code: quicksort of small arrays, Ackermann, recursive integration; printf from the device.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>
#include <cuda_runtime.h>

__device__ void selection_sort(unsigned* data, int left, int right)
{
    for (int i = left; i <= right; ++i) {
        unsigned min_val = data[i];
        int min_idx = i;
        for (int j = i + 1; j <= right; ++j)
            if (data[j] < min_val) { min_idx = j; min_val = data[j]; }
        if (i != min_idx) { data[min_idx] = data[i]; data[i] = min_val; }
    }
}

__device__ __noinline__ void quicksort(unsigned* data, int left, int right, int depth)
{
    if (depth >= 12 || right - left <= 8) {
        selection_sort(data, left, right);
        return;
    }
    unsigned *lptr = data + left, *rptr = data + right;
    const unsigned pivot = data[(left + right) / 2];
    while (lptr <= rptr) {
        unsigned lval = *lptr, rval = *rptr;
        while (lval < pivot) lval = *++lptr;
        while (rval > pivot) rval = *--rptr;
        if (lptr <= rptr) { *lptr++ = rval; *rptr-- = lval; }
    }
    const int nright = (int)(rptr - data), nleft = (int)(lptr - data);
    if (left < nright) quicksort(data, left, nright, depth + 1);
    if (nleft < right) quicksort(data, nleft, right, depth + 1);
}

__global__ void sort_all(unsigned* data, int n)
{
    unsigned* mine = data + (blockIdx.x * blockDim.x + threadIdx.x) * n;
    quicksort(mine, 0, n - 1, 0);
}

__device__ double simpson(double a, double b) { return (b - a) / 6 * (sin(a) + 4 * sin((a + b) / 2) + sin(b)); }

__device__ double adaptive(double a, double b, double whole, double eps, int depth)
{
    const double m = (a + b) / 2, l = simpson(a, m), r = simpson(m, b);
    if (depth == 0 || fabs(l + r - whole) < 15 * eps) return l + r;
    return adaptive(a, m, l, eps / 2, depth - 1) + adaptive(m, b, r, eps / 2, depth - 1);
}

__device__ int ackermann(int m, int n) { return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1)); }

__global__ void recursive(double* integrals, int* acks)
{
    const int t = threadIdx.x;
    integrals[t] = adaptive(0, t + 1, simpson(0, t + 1), 1e-9, 12);
    acks[t] = ackermann(t % 3, t % 4);
    if (t == 0) printf("device: %d %s %.3f\n", acks[t], "recursive", integrals[t]);
}

int main()
{
    cudaDeviceSetLimit(cudaLimitStackSize, 8 * 1024);
    size_t stack = 0;
    cudaDeviceGetLimit(&stack, cudaLimitStackSize);
    const int arrays = 64, n = 100;
    std::vector<unsigned> h(arrays * n), out(arrays * n);
    unsigned s = 19;
    for (auto& x : h) { s = s * 1664525u + 1013904223u; x = s >> 12; }
    unsigned* d;
    cudaMalloc(&d, h.size() * sizeof(unsigned));
    cudaMemcpy(d, h.data(), h.size() * sizeof(unsigned), cudaMemcpyHostToDevice);
    sort_all<<<2, arrays / 2>>>(d, n);
    cudaMemcpy(out.data(), d, h.size() * sizeof(unsigned), cudaMemcpyDeviceToHost);
    cudaFree(d);
    int wrong = stack < 8 * 1024;
    for (int a = 0; a < arrays; ++a) {
        std::sort(h.begin() + a * n, h.begin() + (a + 1) * n);
        for (int i = 0; i < n; ++i) wrong += h[a * n + i] != out[a * n + i];
    }
    double *di, hi[32];
    int *da, ha[32];
    cudaMalloc(&di, sizeof hi);
    cudaMalloc(&da, sizeof ha);
    recursive<<<1, 32>>>(di, da);
    cudaMemcpy(hi, di, sizeof hi, cudaMemcpyDeviceToHost);
    cudaMemcpy(ha, da, sizeof ha, cudaMemcpyDeviceToHost);
    cudaFree(di);
    cudaFree(da);
    for (int t = 0; t < 32; ++t) {
        const int m = t % 3, k = t % 4;
        wrong += ha[t] != (m == 0 ? k + 1 : m == 1 ? k + 2 : 2 * k + 3);
        wrong += std::fabs(hi[t] - (1 - std::cos(t + 1.0))) > 1e-8;
    }
    if (wrong || cudaGetLastError() != cudaSuccess) { printf("FAIL %d wrong\n", wrong); return 1; }
    printf("PASS quicksort: %d arrays\n", arrays);
    return 0;
}
