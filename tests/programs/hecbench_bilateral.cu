// Bilateral filter on RGBA bytes: constant spatial weights, vector operators of one's own.
#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>
#include <cuda_runtime.h>

typedef unsigned int uint;
typedef unsigned char uchar;

__constant__ float cGaussian[64];

inline __device__ float4 operator+(float4 a, float4 b) { return make_float4(a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w); }
inline __device__ void operator+=(float4& a, float4 b) { a.x += b.x; a.y += b.y; a.z += b.z; a.w += b.w; }
inline __device__ float4 operator*(float s, float4 a) { return make_float4(s * a.x, s * a.y, s * a.z, s * a.w); }
inline __device__ float4 operator/(float4 a, float s) { const float inv = 1.0f / s; return inv * a; }

__device__ float euclideanLen(float4 a, float4 b, float d)
{
    float mod = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y) + (b.z - a.z) * (b.z - a.z);
    return __expf(-mod / (2.f * d * d));
}

__device__ uint rgbaFloatToInt(float4 rgba)
{
    rgba.x = __saturatef(fabsf(rgba.x));
    rgba.y = __saturatef(fabsf(rgba.y));
    rgba.z = __saturatef(fabsf(rgba.z));
    rgba.w = __saturatef(fabsf(rgba.w));
    return (uint(rgba.w * 255.0f) << 24) | (uint(rgba.z * 255.0f) << 16) | (uint(rgba.y * 255.0f) << 8) | uint(rgba.x * 255.0f);
}

__device__ float4 rgbaIntToFloat(uint c)
{
    float4 rgba;
    rgba.x = (c & 0xff) * 0.003921568627f;
    rgba.y = ((c >> 8) & 0xff) * 0.003921568627f;
    rgba.z = ((c >> 16) & 0xff) * 0.003921568627f;
    rgba.w = ((c >> 24) & 0xff) * 0.003921568627f;
    return rgba;
}

__global__ void d_bilateral_filter(uint* od, const uchar4* id, int w, int h, float e_d, int r)
{
    const int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
    if (x >= w || y >= h) return;
    auto fetch = [&](int px, int py) {
        px = ::min(::max(px, 0), w - 1);
        py = ::min(::max(py, 0), h - 1);
        const uchar4 c = id[py * w + px];
        return rgbaIntToFloat(c.x | (c.y << 8) | (c.z << 16) | (uint(c.w) << 24));
    };
    float sum = 0.0f;
    float4 t = {0.f, 0.f, 0.f, 0.f};
    const float4 center = fetch(x, y);
    for (int i = -r; i <= r; i++)
        for (int j = -r; j <= r; j++) {
            const float4 curPix = fetch(x + j, y + i);
            const float factor = cGaussian[i + r] * cGaussian[j + r] * euclideanLen(curPix, center, e_d);
            t += factor * curPix;
            sum += factor;
        }
    od[y * w + x] = rgbaFloatToInt(t / sum);
}

int main()
{
    const int w = 70, h = 50, r = 3;
    const float gaussian_delta = 4.0f, euclidean_delta = 0.1f;
    std::vector<uint> img(w * h), out(w * h);
    uint s = 9;
    for (int i = 0; i < w * h; i++) {
        s = s * 1664525u + 1013904223u;
        const uint base = (i % w > 35) ? 160 : 60;
        img[i] = (base + ((s >> 24) & 31)) | (base / 2 + ((s >> 16) & 15)) << 8 | (200 - base / 2 + ((s >> 10) & 31)) << 16 | 0xff000000u;
    }
    float fGaussian[64];
    for (int i = 0; i < 2 * r + 1; ++i) {
        const float x = float(i - r);
        fGaussian[i] = expf(-(x * x) / (2 * gaussian_delta * gaussian_delta));
    }
    uint* dOut;
    uchar4* dIn;
    cudaMemcpyToSymbol(cGaussian, fGaussian, sizeof(float) * (2 * r + 1));
    cudaMalloc(&dIn, w * h * 4);
    cudaMalloc(&dOut, w * h * 4);
    cudaMemcpy(dIn, img.data(), w * h * 4, cudaMemcpyHostToDevice);
    dim3 blockSize(16, 16), gridSize((w + 15) / 16, (h + 15) / 16);
    d_bilateral_filter<<<gridSize, blockSize>>>(dOut, dIn, w, h, euclidean_delta, r);
    cudaMemcpy(out.data(), dOut, w * h * 4, cudaMemcpyDeviceToHost);
    cudaFree(dIn);
    cudaFree(dOut);
    if (cudaGetLastError() != cudaSuccess) { printf("FAIL cuda\n"); return 1; }
    int worst = 0;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            double t[4] = {}, sum = 0;
            for (int i = -r; i <= r; i++)
                for (int j = -r; j <= r; j++) {
                    const int px = std::min(std::max(x + j, 0), w - 1), py = std::min(std::max(y + i, 0), h - 1);
                    double mod = 0, c[4];
                    for (int k = 0; k < 4; k++) {
                        c[k] = ((img[py * w + px] >> 8 * k) & 255) / 255.0;
                        const double m = ((img[y * w + x] >> 8 * k) & 255) / 255.0;
                        if (k < 3) mod += (c[k] - m) * (c[k] - m);
                    }
                    const double f = fGaussian[i + r] * fGaussian[j + r] * exp(-mod / (2 * euclidean_delta * euclidean_delta));
                    for (int k = 0; k < 4; k++) t[k] += f * c[k];
                    sum += f;
                }
            for (int k = 0; k < 4; k++) worst = std::max(worst, abs((int)(t[k] / sum * 255) - (int)((out[y * w + x] >> 8 * k) & 255)));
        }
    if (worst > 1) { printf("FAIL off by %d\n", worst); return 1; }   // truncation of nearly whole numbers
    printf("PASS bilateral: %dx%d, off by %d at most\n", w, h, worst);
    return 0;
}
