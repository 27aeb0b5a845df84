// Sparse matrix-vector product in CSR (thread and warp per row), ELL and COO with segmented atomics.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

template <typename T>
struct CsrView {
    int rows;
    const int* __restrict__ ptr;
    const int* __restrict__ col;
    const T* __restrict__ val;
};

template <typename T>
struct EllView {
    int rows, width;
    const int* col;
    const T* val;
};

template <typename T>
__global__ void csr_scalar(CsrView<T> A, const T* __restrict__ x, T* __restrict__ y)
{
    const int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= A.rows) return;
    T sum = T(0);
    for (int k = A.ptr[r]; k < A.ptr[r + 1]; ++k) sum += A.val[k] * __ldg(&x[A.col[k]]);
    y[r] = sum;
}

template <typename T, int LANES>
__global__ void csr_vector(CsrView<T> A, const T* __restrict__ x, T* __restrict__ y)
{
    static_assert(LANES <= 32 && (LANES & (LANES - 1)) == 0, "a power of two within a warp");
    const int t = blockIdx.x * blockDim.x + threadIdx.x, lane = threadIdx.x & (LANES - 1);
    const int r = t / LANES;
    T sum = T(0);
    if (r < A.rows)
        for (int k = A.ptr[r] + lane; k < A.ptr[r + 1]; k += LANES) sum += A.val[k] * x[A.col[k]];
#pragma unroll
    for (int d = LANES / 2; d > 0; d /= 2) sum += __shfl_xor_sync(0xffffffff, sum, d, LANES);
    if (r < A.rows && lane == 0) y[r] = sum;
}

template <typename T>
__global__ void ell(EllView<T> A, const T* x, T* y)
{
    const int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= A.rows) return;
    T sum = T(0);
    for (int k = 0; k < A.width; ++k) {
        const int c = A.col[k * A.rows + r];
        if (c >= 0) sum += A.val[k * A.rows + r] * x[c];
    }
    y[r] = sum;
}

template <typename T>
__global__ void coo(int nnz, const int* row, const int* col, const T* val, const T* x, T* y)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x, lane = threadIdx.x & 31;
    const int r = i < nnz ? row[i] : -1;
    T v = i < nnz ? val[i] * x[col[i]] : T(0);
    for (int d = 1; d < 32; d <<= 1) {
        const T o = __shfl_up_sync(0xffffffff, v, d);
        const int orow = __shfl_up_sync(0xffffffff, r, d);
        if (lane >= d && orow == r) v += o;
    }
    const int next = __shfl_down_sync(0xffffffff, r, 1);
    if (r >= 0 && (lane == 31 || next != r)) atomicAdd(&y[r], v);
}

template <typename T>
T* to_device(const std::vector<T>& v)
{
    T* p;
    if (cudaMalloc(&p, v.size() * sizeof(T)) != cudaSuccess) exit(1);
    cudaMemcpy(p, v.data(), v.size() * sizeof(T), cudaMemcpyHostToDevice);
    return p;
}

template <typename T>
int run(double tol)
{
    const int n = 700, width = 24;
    std::vector<int> ptr{0}, col, row, ecol(n * width, -1);
    std::vector<T> val, x(n), eval(n * width, T(0)), y(n);
    unsigned s = 8;
    auto rnd = [&] { return s = s * 1664525u + 1013904223u, s >> 9; };
    for (int r = 0; r < n; ++r) {
        const int len = r % 50 == 0 ? 0 : 1 + rnd() % (r % 7 == 0 ? width : 6);
        for (int k = 0; k < len; ++k) {
            col.push_back(rnd() % n);
            val.push_back(T(int(rnd() % 2001) - 1000) / T(512));
            row.push_back(r);
            ecol[k * n + r] = col.back();
            eval[k * n + r] = val.back();
        }
        ptr.push_back((int)col.size());
    }
    for (auto& v : x) v = T(int(rnd() % 2001) - 1000) / T(1024);
    std::vector<double> ref(n, 0.0);
    for (size_t k = 0; k < col.size(); ++k) ref[row[k]] += double(val[k]) * x[col[k]];

    int *dptr = to_device(ptr), *dcol = to_device(col), *drow = to_device(row), *decol = to_device(ecol);
    T *dval = to_device(val), *dx = to_device(x), *deval = to_device(eval), *dy = to_device(y);
    const CsrView<T> A{n, dptr, dcol, dval};
    const EllView<T> E{n, width, decol, deval};
    const int nnz = (int)col.size();
    int bad = 0;
    for (int variant = 0; variant < 5; ++variant) {
        cudaMemset(dy, variant == 4 ? 0 : 0xff, n * sizeof(T));
        switch (variant) {
        case 0: csr_scalar<<<(n + 127) / 128, 128>>>(A, dx, dy); break;
        case 1: csr_vector<T, 32><<<(n * 32 + 127) / 128, 128>>>(A, dx, dy); break;
        case 2: csr_vector<T, 4><<<(n * 4 + 127) / 128, 128>>>(A, dx, dy); break;
        case 3: ell<<<(n + 127) / 128, 128>>>(E, dx, dy); break;
        case 4: coo<<<(nnz + 127) / 128, 128>>>(nnz, drow, dcol, dval, dx, dy); break;
        }
        cudaMemcpy(y.data(), dy, n * sizeof(T), cudaMemcpyDeviceToHost);
        for (int r = 0; r < n; ++r) bad += !(std::fabs(y[r] - ref[r]) <= tol);
    }
    cudaFree(dptr); cudaFree(dcol); cudaFree(drow); cudaFree(decol); cudaFree(dval); cudaFree(dx); cudaFree(deval); cudaFree(dy);
    return bad + (cudaGetLastError() != cudaSuccess);
}

int main()
{
    const int f = run<float>(1e-4), d = run<double>(1e-12);
    if (f || d) { printf("FAIL %d and %d rows\n", f, d); return 1; }
    printf("PASS spmv: five variants, two types\n");
    return 0;
}
