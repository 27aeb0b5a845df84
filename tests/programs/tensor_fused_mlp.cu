// A fused two-layer perceptron with GELU or SiLU gates: activations as functors, a variadic epilogue chain.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <tuple>
#include <vector>
#include <cuda_runtime.h>

struct Gelu {
    __host__ __device__ float operator()(float x) const { return 0.5f * x * (1.0f + tanhf(0.7978845608f * (x + 0.044715f * x * x * x))); }
};
struct Silu {
    __host__ __device__ float operator()(float x) const { return x / (1.0f + expf(-x)); }
};
struct Scale {
    float s;
    __host__ __device__ float operator()(float x) const { return s * x; }
};
struct Clamp {
    float lo, hi;
    __host__ __device__ float operator()(float x) const { return fminf(fmaxf(x, lo), hi); }
};

__host__ __device__ inline float chain(float x) { return x; }
template <typename F, typename... Rest>
__host__ __device__ float chain(float x, F f, Rest... rest)
{
    return chain(f(x), rest...);
}

constexpr int TOKENS = 8;

// a block keeps TOKENS tokens and their hidden values in dynamic shared memory
template <typename Act, typename... Epilogue>
__global__ void mlp(const float* __restrict__ x, const float* __restrict__ w1, const float* __restrict__ b1, const float* __restrict__ w2,
                    const float* __restrict__ b2, float* __restrict__ y, int tokens, int in, int hidden, int out, Act act, Epilogue... epilogue)
{
    extern __shared__ float smem[];
    float* sx = smem;
    float* sh = smem + TOKENS * in;
    const int t0 = blockIdx.x * TOKENS;
    for (int i = threadIdx.x; i < TOKENS * in; i += blockDim.x) sx[i] = t0 + i / in < tokens ? x[t0 * in + i] : 0.0f;
    __syncthreads();
    for (int h = threadIdx.x; h < hidden; h += blockDim.x) {
        float acc[TOKENS];
        for (float& a : acc) a = b1[h];
        for (int k = 0; k < in; ++k) {
            const float w = w1[k * hidden + h];
#pragma unroll
            for (int t = 0; t < TOKENS; ++t) acc[t] += w * sx[t * in + k];
        }
#pragma unroll
        for (int t = 0; t < TOKENS; ++t) sh[t * hidden + h] = act(acc[t]);
    }
    __syncthreads();
    for (int o = threadIdx.x; o < out; o += blockDim.x) {
        float acc[TOKENS] = {};
        for (int k = 0; k < hidden; ++k) {
            const float w = w2[k * out + o];
#pragma unroll
            for (int t = 0; t < TOKENS; ++t) acc[t] += w * sh[t * hidden + k];
        }
        for (int t = 0; t < TOKENS && t0 + t < tokens; ++t) y[(t0 + t) * out + o] = chain(acc[t] + b2[o], epilogue...);
    }
}

struct Net {
    int tokens = 21, in = 24, hidden = 96, out = 40;
    std::vector<float> x, w1, b1, w2, b2;
    Net()
    {
        unsigned s = 2;
        auto fill = [&s](std::vector<float>& v, size_t n, float scale) {
            v.resize(n);
            for (float& f : v) { s = s * 1664525u + 1013904223u; f = scale * ((s >> 8) / 8388608.0f - 1.0f); }
        };
        fill(x, tokens * in, 1.0f);
        fill(w1, in * hidden, 0.4f);
        fill(b1, hidden, 0.2f);
        fill(w2, hidden * out, 0.3f);
        fill(b2, out, 0.1f);
    }
};

template <typename Act, typename... E>
double run(const Net& n, Act act, E... epilogue)
{
    float* d[6];
    const std::vector<float>* src[5] = {&n.x, &n.w1, &n.b1, &n.w2, &n.b2};
    for (int i = 0; i < 5; ++i) {
        cudaMalloc(&d[i], src[i]->size() * sizeof(float));
        cudaMemcpy(d[i], src[i]->data(), src[i]->size() * sizeof(float), cudaMemcpyHostToDevice);
    }
    std::vector<float> y(n.tokens * n.out);
    cudaMalloc(&d[5], y.size() * sizeof(float));
    const size_t smem = TOKENS * (n.in + n.hidden) * sizeof(float);
    cudaFuncSetAttribute(mlp<Act, E...>, cudaFuncAttributeMaxDynamicSharedMemorySize, (int)smem);
    mlp<<<(n.tokens + TOKENS - 1) / TOKENS, 64, smem>>>(d[0], d[1], d[2], d[3], d[4], d[5], n.tokens, n.in, n.hidden, n.out, act, epilogue...);
    cudaMemcpy(y.data(), d[5], y.size() * sizeof(float), cudaMemcpyDeviceToHost);
    for (float* p : d) cudaFree(p);
    double worst = 0;
    for (int t = 0; t < n.tokens; ++t) {
        std::vector<double> h(n.hidden);
        for (int j = 0; j < n.hidden; ++j) {
            double s = n.b1[j];
            for (int k = 0; k < n.in; ++k) s += (double)n.w1[k * n.hidden + j] * n.x[t * n.in + k];
            h[j] = act((float)s);
        }
        for (int o = 0; o < n.out; ++o) {
            double s = n.b2[o];
            for (int k = 0; k < n.hidden; ++k) s += (double)n.w2[k * n.out + o] * h[k];
            worst = fmax(worst, fabs(y[t * n.out + o] - chain((float)s, epilogue...)));
        }
    }
    return worst;
}

int main()
{
    const Net net;
    const double a = run(net, Gelu{}), b = run(net, Silu{}, Scale{0.5f}, Clamp{-0.75f, 0.75f}), c = run(net, Gelu{}, Clamp{0.0f, 6.0f});
    if (cudaGetLastError() != cudaSuccess || !(a < 2e-5) || !(b < 2e-5) || !(c < 2e-5)) { printf("FAIL errors %g %g %g\n", a, b, c); return 1; }
    printf("PASS fused mlp: errors %.2g %.2g %.2g\n", a, b, c);
    return 0;
}
