// Merge sort: each thread's part of a merge found by a diagonal binary search (merge path).
#include <algorithm>
#include <cstdio>
#include <vector>
#include <cuda_runtime.h>

#define VT 7
#define NT 64
#define NV (VT * NT)

template <typename T, typename Comp>
__device__ int merge_path(const T* a, int na, const T* b, int nb, int diag, Comp comp)
{
    int begin = max(0, diag - nb), end = min(diag, na);
    while (begin < end) {
        const int mid = (begin + end) / 2;
        if (comp(b[diag - 1 - mid], a[mid])) end = mid;
        else begin = mid + 1;
    }
    return begin;
}

template <typename T, typename Comp>
__device__ void serial_merge(const T* keys, int a, int aEnd, int b, int bEnd, T* r, Comp comp)
{
#pragma unroll
    for (int i = 0; i < VT; ++i) {
        bool fromA;
        if (b >= bEnd) fromA = true;
        else if (a >= aEnd) fromA = false;
        else fromA = !comp(keys[b], keys[a]);
        if (a >= aEnd && b >= bEnd) break;
        r[i] = fromA ? keys[a++] : keys[b++];
    }
}

struct by_low_half {
    __host__ __device__ bool operator()(unsigned x, unsigned y) const { return (x & 0xffff) < (y & 0xffff); }
};

template <typename T, typename Comp>
__global__ void block_sort(T* data, int n, Comp comp)
{
    __shared__ T s[NV];
    const int base = blockIdx.x * NV, count = min(NV, n - base);
    for (int i = threadIdx.x; i < count; i += NT) s[i] = data[base + i];
    __syncthreads();
    // insertion sort of a thread's own run, then pairwise merges
    const int first = threadIdx.x * VT, last = min(first + VT, count);
    for (int i = first + 1; i < last; ++i) {
        const T x = s[i];
        int j = i;
        for (; j > first && comp(x, s[j - 1]); --j) s[j] = s[j - 1];
        s[j] = x;
    }
    __syncthreads();
    for (int coop = 2; coop <= NT; coop *= 2) {
        const int list = ~(coop - 1) & threadIdx.x, half = VT * (coop / 2);
        const int a0 = min(count, list * VT), b0 = min(count, a0 + half), bEnd = min(count, b0 + half);
        const int diag = min(bEnd - a0, (int)((threadIdx.x & (coop - 1)) * VT));
        const int p = merge_path(s + a0, b0 - a0, s + b0, bEnd - b0, diag, comp);
        T r[VT];
        serial_merge(s, a0 + p, b0, b0 + diag - p, bEnd, r, comp);
        const int mine = min(VT, bEnd - a0 - diag);
        __syncthreads();
#pragma unroll
        for (int i = 0; i < VT; ++i)
            if (i < mine) s[a0 + diag + i] = r[i];
        __syncthreads();
    }
    for (int i = threadIdx.x; i < count; i += NT) data[base + i] = s[i];
}

template <typename T, typename Comp>
__global__ void merge_pass(const T* __restrict__ in, T* __restrict__ out, int n, int run, Comp comp)
{
    __shared__ T s[NV];
    const int tile = blockIdx.x * NV;
    const int list = tile / (2 * run) * (2 * run);
    const int a0 = list, a1 = min(n, list + run), b0 = a1, b1 = min(n, list + 2 * run);
    const int d0 = tile - list, d1 = min(d0 + NV, b1 - a0);
    const int p0 = merge_path(in + a0, a1 - a0, in + b0, b1 - b0, d0, comp);
    const int p1 = merge_path(in + a0, a1 - a0, in + b0, b1 - b0, d1, comp);
    const int na = p1 - p0, nb = (d1 - p1) - (d0 - p0);
    for (int i = threadIdx.x; i < na + nb; i += NT) s[i] = i < na ? in[a0 + p0 + i] : in[b0 + d0 - p0 + i - na];
    __syncthreads();
    const int diag = min(na + nb, (int)threadIdx.x * VT);
    const int p = merge_path(s, na, s + na, nb, diag, comp);
    T r[VT];
    serial_merge(s, p, na, na + diag - p, na + nb, r, comp);
    for (int i = 0; i < VT && diag + i < na + nb; ++i) out[tile + diag + i] = r[i];
}

int main()
{
    const int n = 6000, blocks = (n + NV - 1) / NV;
    std::vector<unsigned> h(n), ref, out(n);
    unsigned s = 55;
    for (int i = 0; i < n; ++i) {
        s = s * 1664525u + 1013904223u;
        h[i] = (unsigned)i << 16 | ((s >> 16) % 500);      // many equal keys: stability shows in the upper half
    }
    ref = h;
    std::stable_sort(ref.begin(), ref.end(), by_low_half());
    unsigned *a, *b;
    cudaMalloc(&a, n * sizeof(unsigned));
    cudaMalloc(&b, n * sizeof(unsigned));
    cudaMemcpy(a, h.data(), n * sizeof(unsigned), cudaMemcpyHostToDevice);
    block_sort<<<blocks, NT>>>(a, n, by_low_half());
    int passes = 0;
    for (int run = NV; run < n; run *= 2, ++passes) {
        merge_pass<<<blocks, NT>>>(a, b, n, run, by_low_half{});
        std::swap(a, b);
    }
    cudaMemcpy(out.data(), a, n * sizeof(unsigned), cudaMemcpyDeviceToHost);
    cudaFree(a);
    cudaFree(b);
    if (cudaGetLastError() != cudaSuccess) { printf("FAIL cuda\n"); return 1; }
    for (int i = 0; i < n; ++i)
        if (out[i] != ref[i]) { printf("FAIL at %d: %u, expected %u\n", i, out[i], ref[i]); return 1; }
    printf("PASS mergesort: %d keys, %d passes\n", n, passes);
    return 0;
}
