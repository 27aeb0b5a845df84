// Radix-4/radix-2 Stockham FFT in shared memory with a complex struct, forward and inverse.
#include <cmath>
#include <complex>
#include <cstdio>
#include <vector>
#include <cuda_runtime.h>

struct cplx {
    float x, y;
    __host__ __device__ cplx() {}
    __host__ __device__ constexpr cplx(float re, float im) : x(re), y(im) {}
};
__device__ __forceinline__ cplx operator+(cplx a, cplx b) { return {a.x + b.x, a.y + b.y}; }
__device__ __forceinline__ cplx operator-(cplx a, cplx b) { return {a.x - b.x, a.y - b.y}; }
__device__ __forceinline__ cplx operator*(cplx a, cplx b) { return {a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x}; }
__device__ __forceinline__ cplx& operator*=(cplx& a, float s) { a.x *= s; a.y *= s; return a; }

template <int SIGN> __device__ __forceinline__ cplx turn(cplx a) { return SIGN < 0 ? cplx(a.y, -a.x) : cplx(-a.y, a.x); }

template <int R, int SIGN> struct Butterfly;

template <int SIGN> struct Butterfly<2, SIGN> {
    static __device__ void run(cplx (&v)[2])
    {
        const cplx t = v[0] - v[1];
        v[0] = v[0] + v[1];
        v[1] = t;
    }
};

template <int SIGN> struct Butterfly<4, SIGN> {
    static __device__ void run(cplx (&v)[4])
    {
        const cplx a = v[0] + v[2], b = v[0] - v[2], c = v[1] + v[3], d = turn<SIGN>(v[1] - v[3]);
        v[0] = a + c;
        v[1] = b + d;
        v[2] = a - c;
        v[3] = b - d;
    }
};

template <int N, int R, int SIGN>
__device__ void stage(cplx* s, int p)
{
    constexpr int T = N / R;
    cplx v[R];
    const int i = threadIdx.x;
    const int k = i & (p - 1);
    if (i < T) {
#pragma unroll
        for (int r = 0; r < R; ++r) {
            float sn, cs;
            sincospif((float)(SIGN * 2 * r * k) / (float)(p * R), &sn, &cs);
            v[r] = s[i + r * T] * cplx(cs, sn);
        }
        Butterfly<R, SIGN>::run(v);
    }
    __syncthreads();
    if (i < T) {
        const int j = (i - k) * R + k;
#pragma unroll
        for (int r = 0; r < R; ++r) s[j + r * p] = v[r];
    }
    __syncthreads();
}

template <int N, int SIGN, int P = 1>
__device__ void all_stages(cplx* s)
{
    if constexpr (P * 4 <= N) {
        stage<N, 4, SIGN>(s, P);
        all_stages<N, SIGN, P * 4>(s);
    } else if constexpr (P * 2 <= N) {
        stage<N, 2, SIGN>(s, P);
        all_stages<N, SIGN, P * 2>(s);
    }
}

template <int N, int SIGN>
__global__ void fft(cplx* data)
{
    __shared__ cplx s[N];
    cplx* mine = data + blockIdx.x * N;
    for (int i = threadIdx.x; i < N; i += blockDim.x) s[i] = mine[i];
    __syncthreads();
    all_stages<N, SIGN>(s);
    for (int i = threadIdx.x; i < N; i += blockDim.x) {
        cplx v = s[i];
        if (SIGN > 0) v *= 1.0f / N;
        mine[i] = v;
    }
}

template <int N>
double test(int batch, double* roundTrip)
{
    std::vector<cplx> in(N * batch), out(N * batch);
    unsigned seed = N;
    for (auto& c : in) {
        seed = seed * 1664525u + 1013904223u; c.x = (seed >> 8) / 8388608.0f - 1;
        seed = seed * 1664525u + 1013904223u; c.y = (seed >> 8) / 8388608.0f - 1;
    }
    cplx* d;
    cudaMalloc(&d, in.size() * sizeof(cplx));
    cudaMemcpy(d, in.data(), in.size() * sizeof(cplx), cudaMemcpyHostToDevice);
    fft<N, -1><<<batch, N / 2>>>(d);
    cudaMemcpy(out.data(), d, in.size() * sizeof(cplx), cudaMemcpyDeviceToHost);
    double worst = 0;
    for (int b = 0; b < batch; ++b)
        for (int k = 0; k < N; k += 3) {
            std::complex<double> s = 0;
            for (int j = 0; j < N; ++j)
                s += std::complex<double>(in[b * N + j].x, in[b * N + j].y) * std::polar(1.0, -2 * M_PI * ((long)j * k % N) / N);
            worst = std::max(worst, std::abs(s - std::complex<double>(out[b * N + k].x, out[b * N + k].y)));
        }
    fft<N, +1><<<batch, N / 2>>>(d);
    cudaMemcpy(out.data(), d, in.size() * sizeof(cplx), cudaMemcpyDeviceToHost);
    cudaFree(d);
    for (size_t i = 0; i < in.size(); ++i) *roundTrip = std::max(*roundTrip, (double)std::hypot(in[i].x - out[i].x, in[i].y - out[i].y));
    return worst / std::sqrt((double)N);
}

int main()
{
    double rt = 0;
    const double a = test<256>(4, &rt), b = test<128>(5, &rt), c = test<1024>(1, &rt);
    if (cudaGetLastError() != cudaSuccess || !(a < 3e-6) || !(b < 3e-6) || !(c < 3e-6) || !(rt < 3e-6)) {
        printf("FAIL errors %g %g %g, round trip %g\n", a, b, c, rt);
        return 1;
    }
    printf("PASS fft: errors %.2g %.2g %.2g, round trip %.2g\n", a, b, c, rt);
    return 0;
}
