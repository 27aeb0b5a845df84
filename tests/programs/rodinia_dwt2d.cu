// Two levels of the reversible 5/3 wavelet transform by lifting, forward and back.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>
#include <cuda_runtime.h>

namespace dwt_cuda {

__host__ __device__ inline int mirror(int i, int n)
{
    if (i < 0) i = -i;
    if (i >= n) i = 2 * (n - 1) - i;
    return i;
}

// one line in shared memory; Forward and Inverse have the same interface
struct Forward53 {
    static __device__ void apply(int* line, int n)
    {
        for (int i = 2 * threadIdx.x + 1; i < n; i += 2 * blockDim.x)
            line[i] -= (line[i - 1] + line[mirror(i + 1, n)]) >> 1;
        __syncthreads();
        for (int i = 2 * threadIdx.x; i < n; i += 2 * blockDim.x)
            line[i] += (line[mirror(i - 1, n)] + line[mirror(i + 1, n)] + 2) >> 2;
        __syncthreads();
    }
    static __device__ int from(int i, int) { return i; }
    static __device__ int to(int i, int n) { return (i & 1) ? (n + 1) / 2 + i / 2 : i / 2; }
};

struct Inverse53 {
    static __device__ void apply(int* line, int n)
    {
        for (int i = 2 * threadIdx.x; i < n; i += 2 * blockDim.x)
            line[i] -= (line[mirror(i - 1, n)] + line[mirror(i + 1, n)] + 2) >> 2;
        __syncthreads();
        for (int i = 2 * threadIdx.x + 1; i < n; i += 2 * blockDim.x)
            line[i] += (line[i - 1] + line[mirror(i + 1, n)]) >> 1;
        __syncthreads();
    }
    static __device__ int from(int i, int n) { return (i & 1) ? (n + 1) / 2 + i / 2 : i / 2; }
    static __device__ int to(int i, int) { return i; }
};

template <class Lift, bool COLUMNS>
__global__ void lines(int* data, int n, int pitch)
{
    extern __shared__ int line[];
    const int which = blockIdx.x;
    const int stride = COLUMNS ? pitch : 1, base = COLUMNS ? which : which * pitch;
    for (int i = threadIdx.x; i < n; i += blockDim.x) line[i] = data[base + Lift::from(i, n) * stride];
    __syncthreads();
    Lift::apply(line, n);
    for (int i = threadIdx.x; i < n; i += blockDim.x) data[base + Lift::to(i, n) * stride] = line[i];
}

template <class Lift>
void level(int* d, int w, int h, int pitch, bool rowsFirst)
{
    const int t = 64;
    auto rows = [=] { lines<Lift, false><<<h, t, w * sizeof(int)>>>(d, w, pitch); };
    auto cols = [=] { lines<Lift, true><<<w, t, h * sizeof(int)>>>(d, h, pitch); };
    if (rowsFirst) { rows(); cols(); } else { cols(); rows(); }
}

}  // namespace dwt_cuda

static void hostLine(std::vector<int>& x)
{
    const int n = (int)x.size();
    std::vector<int> hi, lo;
    auto at = [&](int i) { return x[dwt_cuda::mirror(i, n)]; };
    for (int i = 1; i < n; i += 2) hi.push_back(x[i] - ((x[i - 1] + at(i + 1)) >> 1));
    const int nh = (int)hi.size();
    for (int i = 0; i < n; i += 2) {
        const int l = i / 2 - 1 < 0 ? 0 : i / 2 - 1, r = i / 2 >= nh ? nh - 1 : i / 2;
        lo.push_back(x[i] + ((hi[l] + hi[r] + 2) >> 2));
    }
    x = lo;
    x.insert(x.end(), hi.begin(), hi.end());
}

int main()
{
    const int W = 75, H = 62;
    std::vector<uint8_t> rgb(W * H);
    uint32_t seed = 2024;
    for (auto& p : rgb) { seed = seed * 1664525u + 1013904223u; p = static_cast<uint8_t>(seed >> 24); }
    std::vector<int> img(rgb.begin(), rgb.end()), ref(img), back(W * H), out(W * H);
    for (int& p : img) p -= 128;
    ref = img;
    for (int lev = 0, w = W, h = H; lev < 2; ++lev, w = (w + 1) / 2, h = (h + 1) / 2) {
        for (int y = 0; y < h; ++y) {
            std::vector<int> x(ref.begin() + y * W, ref.begin() + y * W + w);
            hostLine(x);
            std::copy(x.begin(), x.end(), ref.begin() + y * W);
        }
        for (int c = 0; c < w; ++c) {
            std::vector<int> x(h);
            for (int y = 0; y < h; ++y) x[y] = ref[y * W + c];
            hostLine(x);
            for (int y = 0; y < h; ++y) ref[y * W + c] = x[y];
        }
    }
    int* d = nullptr;
    if (cudaMalloc(&d, W * H * sizeof(int)) != cudaSuccess) { printf("FAIL malloc\n"); return 1; }
    cudaMemcpy(d, img.data(), W * H * sizeof(int), cudaMemcpyHostToDevice);
    const std::pair<int, int> size[2] = {{W, H}, {(W + 1) / 2, (H + 1) / 2}};
    for (const auto& [w, h] : size) dwt_cuda::level<dwt_cuda::Forward53>(d, w, h, W, true);
    cudaMemcpy(out.data(), d, W * H * sizeof(int), cudaMemcpyDeviceToHost);
    for (int l = 1; l >= 0; --l) dwt_cuda::level<dwt_cuda::Inverse53>(d, size[l].first, size[l].second, W, false);
    cudaMemcpy(back.data(), d, W * H * sizeof(int), cudaMemcpyDeviceToHost);
    cudaFree(d);
    if (out != ref) { printf("FAIL forward transform differs\n"); return 1; }
    if (back != img) { printf("FAIL inverse transform does not give the image back\n"); return 1; }
    long energy = 0;
    for (int v : out) energy += (long)v * v;
    printf("PASS dwt2d %dx%d, energy %ld\n", W, H, energy);
    return 0;
}
