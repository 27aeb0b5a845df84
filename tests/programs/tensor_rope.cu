// Rotary position embeddings, both pairings, on half and float, in place, with grouped key heads.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

template <typename T> __device__ __host__ inline float to_float(T v);
template <> __device__ __host__ inline float to_float<float>(float v) { return v; }
template <> __device__ __host__ inline float to_float<__half>(__half v) { return __half2float(v); }
template <typename T> __device__ __host__ inline T from_float(float v);
template <> __device__ __host__ inline float from_float<float>(float v) { return v; }
template <> __device__ __host__ inline __half from_float<__half>(float v) { return __float2half_rn(v); }

template <typename T>
__device__ inline void rotate(T* arr, float2 cs, int x_index, int y_index)
{
    const float x = to_float<T>(arr[x_index]), y = to_float<T>(arr[y_index]);
    arr[x_index] = from_float<T>(x * cs.x - y * cs.y);
    arr[y_index] = from_float<T>(y * cs.x + x * cs.y);
}

__global__ void make_cache(float2* cache, int positions, int half_dim, float theta)
{
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < positions * half_dim; i += gridDim.x * blockDim.x) {
        const int p = i / half_dim, k = i % half_dim;
        const float freq = exp2f(-log2f(theta) * (float)k / (float)half_dim);
        float2 v;
        sincosf(p * freq, &v.y, &v.x);
        cache[i] = v;
    }
}

template <typename T, bool NEOX>
__global__ void rope(const int* __restrict__ positions, T* __restrict__ query, T* __restrict__ key, const float2* __restrict__ cache, int heads,
                     int kv_heads, int dim)
{
    const int token = blockIdx.x, half_dim = dim / 2;
    const float2* cs = cache + positions[token] * half_dim;
    for (int i = threadIdx.x; i < (heads + kv_heads) * half_dim; i += blockDim.x) {
        const int h = i / half_dim, k = i % half_dim;
        T* p = h < heads ? query + ((size_t)token * heads + h) * dim : key + ((size_t)token * kv_heads + h - heads) * dim;
        if (NEOX) rotate(p, cs[k], k, half_dim + k);
        else rotate(p, cs[k], 2 * k, 2 * k + 1);
    }
}

template <typename T, bool NEOX>
static double test(double* norm)
{
    const int tokens = 9, heads = 6, kv = 2, dim = 32, max_pos = 128;
    std::vector<int> pos(tokens);
    for (int i = 0; i < tokens; ++i) pos[i] = (i * 37 + 3) % max_pos;
    std::vector<T> q(tokens * heads * dim), k(tokens * kv * dim), q2(q.size()), k2(k.size());
    unsigned s = 12;
    for (size_t i = 0; i < q.size(); ++i) { s = s * 1664525u + 1013904223u; q[i] = from_float<T>((s >> 8) / 8388608.0f - 1.0f); }
    for (size_t i = 0; i < k.size(); ++i) { s = s * 1664525u + 1013904223u; k[i] = from_float<T>((s >> 8) / 8388608.0f - 1.0f); }
    int* dp;
    T *dq, *dk;
    float2* dc;
    cudaMalloc((void**)&dp, tokens * sizeof(int));
    cudaMalloc((void**)&dq, q.size() * sizeof(T));
    cudaMalloc((void**)&dk, k.size() * sizeof(T));
    cudaMalloc((void**)&dc, max_pos * dim / 2 * sizeof(float2));
    cudaMemcpy(dp, pos.data(), tokens * sizeof(int), cudaMemcpyHostToDevice);
    cudaMemcpy(dq, q.data(), q.size() * sizeof(T), cudaMemcpyHostToDevice);
    cudaMemcpy(dk, k.data(), k.size() * sizeof(T), cudaMemcpyHostToDevice);
    make_cache<<<4, 128>>>(dc, max_pos, dim / 2, 10000.0f);
    rope<T, NEOX><<<tokens, 64>>>(dp, dq, dk, dc, heads, kv, dim);
    cudaMemcpy(q2.data(), dq, q.size() * sizeof(T), cudaMemcpyDeviceToHost);
    cudaMemcpy(k2.data(), dk, k.size() * sizeof(T), cudaMemcpyDeviceToHost);
    cudaFree(dp); cudaFree(dq); cudaFree(dk); cudaFree(dc);
    double worst = 0;
    for (int t = 0; t < tokens; ++t)
        for (int h = 0; h < heads + kv; ++h) {
            const T* in = h < heads ? &q[(t * heads + h) * dim] : &k[(t * kv + h - heads) * dim];
            const T* out = h < heads ? &q2[(t * heads + h) * dim] : &k2[(t * kv + h - heads) * dim];
            for (int j = 0; j < dim / 2; ++j) {
                const int a = NEOX ? j : 2 * j, b = NEOX ? j + dim / 2 : 2 * j + 1;
                const double angle = pos[t] * pow(10000.0, -2.0 * j / dim), c = cos(angle), sn = sin(angle);
                const double x = to_float(in[a]), y = to_float(in[b]);
                worst = fmax(worst, fabs(to_float(out[a]) - (x * c - y * sn)));
                worst = fmax(worst, fabs(to_float(out[b]) - (y * c + x * sn)));
                *norm = fmax(*norm, fabs(hypot(x, y) - hypot(to_float(out[a]), to_float(out[b]))));
            }
        }
    return worst;
}

int main()
{
    double norm = 0;
    const double a = test<float, true>(&norm), b = test<float, false>(&norm), c = test<__half, true>(&norm), d = test<__half, false>(&norm);
    // float: angles up to 127 are off by some 2^-17; half: rounding of values below 1.42
    if (cudaGetLastError() != cudaSuccess || !(a < 5e-5) || !(b < 5e-5) || !(c < 1e-3) || !(d < 1e-3) || !(norm < 2e-3)) {
        printf("FAIL errors %g %g %g %g, norms %g\n", a, b, c, d, norm);
        return 1;
    }
    printf("PASS rope: errors %.2g %.2g %.2g %.2g\n", a, b, c, d);
    return 0;
}
