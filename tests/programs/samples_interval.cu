// Interval arithmetic with rounding intrinsics: an interval Newton method with a global work stack in local memory.
#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cuda_runtime.h>

template <class T>
struct rounded_arith;

template <>
struct rounded_arith<double> {
    __device__ static double add_down(double x, double y) { return __dadd_rd(x, y); }
    __device__ static double add_up(double x, double y) { return __dadd_ru(x, y); }
    __device__ static double mul_down(double x, double y) { return __dmul_rd(x, y); }
    __device__ static double mul_up(double x, double y) { return __dmul_ru(x, y); }
    __device__ static double div_down(double x, double y) { return __ddiv_rd(x, y); }
    __device__ static double div_up(double x, double y) { return __ddiv_ru(x, y); }
    __device__ static double median(double x, double y) { return (x + y) * 0.5; }
};

template <class T>
class interval_gpu {
public:
    __device__ __host__ interval_gpu() = default;
    __device__ __host__ explicit interval_gpu(T v) : low(v), up(v) {}
    __device__ __host__ interval_gpu(T l, T u) : low(l), up(u) {}
    __device__ __host__ T lower() const { return low; }
    __device__ __host__ T upper() const { return up; }
    __device__ bool contains_zero() const { return low <= 0 && up >= 0; }
    static __device__ interval_gpu empty() { return interval_gpu(T(1), T(-1)); }
    __device__ bool is_empty() const { return low > up; }

private:
    T low, up;
};

template <class T> __device__ interval_gpu<T> operator+(const interval_gpu<T>& x, const interval_gpu<T>& y)
{
    return interval_gpu<T>(rounded_arith<T>::add_down(x.lower(), y.lower()), rounded_arith<T>::add_up(x.upper(), y.upper()));
}
template <class T> __device__ interval_gpu<T> operator-(const interval_gpu<T>& x, const interval_gpu<T>& y)
{
    return interval_gpu<T>(rounded_arith<T>::add_down(x.lower(), -y.upper()), rounded_arith<T>::add_up(x.upper(), -y.lower()));
}
template <class T> __device__ interval_gpu<T> operator*(const interval_gpu<T>& x, const interval_gpu<T>& y)
{
    using R = rounded_arith<T>;
    const T a = x.lower(), b = x.upper(), c = y.lower(), d = y.upper();
    return interval_gpu<T>(fmin(fmin(R::mul_down(a, c), R::mul_down(a, d)), fmin(R::mul_down(b, c), R::mul_down(b, d))),
                           fmax(fmax(R::mul_up(a, c), R::mul_up(a, d)), fmax(R::mul_up(b, c), R::mul_up(b, d))));
}
template <class T> __device__ interval_gpu<T> intersect(const interval_gpu<T>& x, const interval_gpu<T>& y)
{
    return interval_gpu<T>(fmax(x.lower(), y.lower()), fmin(x.upper(), y.upper()));
}

template <class T> __device__ interval_gpu<T> f(const interval_gpu<T>& x, int id)
{
    const interval_gpu<T> a(T(id + 2));
    return x * x * x - a * x + interval_gpu<T>(T(1));
}
template <class T> __device__ interval_gpu<T> fd(const interval_gpu<T>& x, int id)
{
    return interval_gpu<T>(T(3)) * x * x - interval_gpu<T>(T(id + 2));
}

template <class T, int DEPTH>
__global__ void newton(interval_gpu<T>* results, int* counts, interval_gpu<T> start, double tol)
{
    const int id = blockIdx.x * blockDim.x + threadIdx.x;
    interval_gpu<T> stack[DEPTH];
    int top = 0, found = 0;
    stack[top++] = start;
    while (top > 0) {
        const interval_gpu<T> x = stack[--top];
        if (!f(x, id).contains_zero()) continue;
        if (x.upper() - x.lower() < tol) {
            // neighbours that touch at a root are one
            if (found == 0 || results[id * 8 + found - 1].upper() < x.lower()) {
                if (found < 8) results[id * 8 + found++] = x;
            } else results[id * 8 + found - 1] = interval_gpu<T>(results[id * 8 + found - 1].lower(), x.upper());
            continue;
        }
        const T m = rounded_arith<T>::median(x.lower(), x.upper());
        const interval_gpu<T> slope = fd(x, id);
        if (!slope.contains_zero()) {
            const interval_gpu<T> at(m), v = f(at, id);
            using R = rounded_arith<T>;
            const T q[4] = {v.lower() / slope.lower(), v.lower() / slope.upper(), v.upper() / slope.lower(), v.upper() / slope.upper()};
            T lo = q[0], hi = q[0];
            for (int k = 1; k < 4; ++k) { lo = fmin(lo, q[k]); hi = fmax(hi, q[k]); }
            const T slack = R::mul_up(fmax(fabs(lo), fabs(hi)), 4 * DBL_EPSILON);
            const interval_gpu<T> n = intersect(x, at - interval_gpu<T>(R::add_down(lo, -slack), R::add_up(hi, slack)));
            if (n.is_empty()) continue;
            if (n.upper() - n.lower() < 0.75 * (x.upper() - x.lower())) { stack[top++] = n; continue; }
        }
        if (top + 2 > DEPTH) break;
        stack[top++] = interval_gpu<T>(m, x.upper());
        stack[top++] = interval_gpu<T>(x.lower(), m);
    }
    counts[id] = found;
}

int main()
{
    const int n = 64;
    typedef interval_gpu<double> I;
    I* d;
    int* c;
    cudaMalloc(&d, n * 8 * sizeof(I));
    cudaMalloc(&c, n * sizeof(int));
    newton<double, 64><<<2, 32>>>(d, c, I(-12.0, 12.0), 1e-9);
    static I h[n * 8];
    int counts[n];
    cudaMemcpy(counts, c, sizeof counts, cudaMemcpyDeviceToHost);
    for (int i = 0; i < n; ++i)
        if (counts[i] > 0) cudaMemcpy(h + 8 * i, d + 8 * i, counts[i] * sizeof(I), cudaMemcpyDeviceToHost);
    cudaFree(d);
    cudaFree(c);
    if (cudaGetLastError() != cudaSuccess) { printf("FAIL cuda\n"); return 1; }
    int roots = 0;
    for (int i = 0; i < n; ++i) {
        const double a = i + 2;
        double ref[3];
        int k = 0;
        if (4 * a * a * a > 27)
            for (int j = 2; j >= 0; --j) ref[k++] = 2 * std::sqrt(a / 3) * std::cos(std::acos(-1.5 / a * std::sqrt(3 / a)) / 3 - 2 * M_PI * ((j + 1) % 3) / 3);
        for (int p = 0; p < k; ++p)
            for (int q = p + 1; q < k; ++q)
                if (ref[q] < ref[p]) { const double t = ref[p]; ref[p] = ref[q]; ref[q] = t; }
        if (counts[i] != k) { printf("FAIL %d: %d roots, expected %d\n", i, counts[i], k); return 1; }
        for (int p = 0; p < k; ++p, ++roots)
            if (!(h[8 * i + p].lower() - 1e-8 < ref[p] && ref[p] < h[8 * i + p].upper() + 1e-8)) {
                printf("FAIL %d: %.12g outside of [%.12g, %.12g]\n", i, ref[p], h[8 * i + p].lower(), h[8 * i + p].upper());
                return 1;
            }
    }
    printf("PASS interval: %d roots enclosed\n", roots);
    return 0;
}
