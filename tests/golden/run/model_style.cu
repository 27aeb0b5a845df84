// RUN: run %s
// RUN: run %s -- --m 20
#include <cuda_runtime.h>
#include <iostream>
#include <vector>
#include <string>
#include <stdexcept>
#include <cmath>
#include <iomanip>
#include <chrono>
#include <random>
#include <cstdlib>
#include <numeric>
#include <algorithm>
#include <memory>
#include <limits>

#define CUDA_CHECK(expr)                                                         \
    do {                                                                         \
        cudaError_t _err = (expr);                                               \
        if (_err != cudaSuccess) {                                               \
            std::cerr << "CUDA error " << cudaGetErrorName(_err) << ": "         \
                      << cudaGetErrorString(_err) << " at " << __FILE__ << ":"   \
                      << __LINE__ << std::endl;                                  \
            std::exit(EXIT_FAILURE);                                             \
        }                                                                        \
    } while (0)

inline void check(cudaError_t e, const char* what) {
    if (e != cudaSuccess)
        throw std::runtime_error(std::string(what) + ": " + cudaGetErrorString(e));
}

struct Config {
    int m = 64, n = 48, k = 32;
    float alpha = 1.0f;
    bool verbose = true;
};

struct Timer {
    cudaEvent_t a, b;
    Timer() { cudaEventCreate(&a); cudaEventCreate(&b); }
    void start() { cudaEventRecord(a); }
    float stop() { cudaEventRecord(b); cudaEventSynchronize(b); float ms = 0; cudaEventElapsedTime(&ms, a, b); return ms; }
};

__global__ void gemm(const float* __restrict__ A, const float* __restrict__ B, float* C, int M, int N, int K, float alpha) {
    int r = blockIdx.y * blockDim.y + threadIdx.y, c = blockIdx.x * blockDim.x + threadIdx.x;
    if (r < M && c < N) {
        float s = 0.f;
        for (int k = 0; k < K; ++k) s += A[r * K + k] * B[k * N + c];
        C[r * N + c] = alpha * s;
    }
}

static std::vector<float> reference(const std::vector<float>& A, const std::vector<float>& B, const Config& cfg) {
    std::vector<float> C(static_cast<size_t>(cfg.m) * cfg.n, 0.0f);
    for (int i = 0; i < cfg.m; ++i)
        for (int j = 0; j < cfg.n; ++j) {
            double s = 0.0;
            for (int k = 0; k < cfg.k; ++k) s += static_cast<double>(A[i * cfg.k + k]) * B[k * cfg.n + j];
            C[i * cfg.n + j] = cfg.alpha * static_cast<float>(s);
        }
    return C;
}

bool parse(int argc, char** argv, Config& cfg) {
    for (int i = 1; i < argc; ++i) {
        std::string arg = argv[i];
        if (arg == "--m" && i + 1 < argc) cfg.m = std::stoi(argv[++i]);
        else if (arg == "--quiet") cfg.verbose = false;
        else { std::cerr << "unknown option " << arg << "\n"; return false; }
    }
    return true;
}

int main(int argc, char** argv) {
    Config cfg;
    if (!parse(argc, argv, cfg)) return 1;
    std::mt19937 rng(1234);
    std::uniform_real_distribution<float> dist(-1.0f, 1.0f);
    std::vector<float> hA(cfg.m * cfg.k), hB(cfg.k * cfg.n), hC(cfg.m * cfg.n);
    for (auto& x : hA) x = dist(rng);
    for (auto& x : hB) x = dist(rng);
    float *dA = nullptr, *dB = nullptr, *dC = nullptr;
    CUDA_CHECK(cudaMalloc(&dA, hA.size() * sizeof(float)));
    CUDA_CHECK(cudaMalloc((void**)&dB, hB.size() * sizeof(float)));
    CUDA_CHECK(cudaMalloc(reinterpret_cast<void**>(&dC), hC.size() * sizeof(float)));
    CUDA_CHECK(cudaMemcpy(dA, hA.data(), hA.size() * sizeof(float), cudaMemcpyHostToDevice));
    CUDA_CHECK(cudaMemcpy(dB, hB.data(), hB.size() * sizeof(float), cudaMemcpyHostToDevice));
    dim3 block(16, 16), grid((cfg.n + block.x - 1) / block.x, (cfg.m + block.y - 1) / block.y);
    Timer timer;
    timer.start();
    gemm<<<grid, block>>>(dA, dB, dC, cfg.m, cfg.n, cfg.k, cfg.alpha);
    CUDA_CHECK(cudaGetLastError());
    float ms = timer.stop();
    check(cudaDeviceSynchronize(), "sync");
    CUDA_CHECK(cudaMemcpy(hC.data(), dC, hC.size() * sizeof(float), cudaMemcpyDeviceToHost));
    const auto ref = reference(hA, hB, cfg);
    float worst = 0.0f;
    for (size_t i = 0; i < ref.size(); ++i) worst = std::max(worst, std::fabs(ref[i] - hC[i]));
    const double gflops = 2.0 * cfg.m * cfg.n * cfg.k / (ms * 1e-3) / 1e9;
    std::cout << std::fixed << std::setprecision(2) << "GEMM " << cfg.m << "x" << cfg.n << "x" << cfg.k << (gflops > 0 ? " timed" : " untimed") << std::endl;
    std::cout << (worst < 1e-4f ? "PASSED" : "FAILED") << std::endl;
    cudaFree(dA); cudaFree(dB); cudaFree(dC);
    return worst < 1e-4f ? EXIT_SUCCESS : EXIT_FAILURE;
}
// STDOUT:
// GEMM 64x48x32 timed
// PASSED
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// GEMM 20x48x32 timed
// PASSED
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
