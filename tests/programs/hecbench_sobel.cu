// Sobel edges with a shared tile and byte vector loads; brightness histogram with shared privatisation.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

typedef unsigned char Pixel;

#define RADIUS 1
#define TW 32
#define TH 8
#define SharedPitch (TW + 2 * RADIUS + 2)

extern __shared__ unsigned char LocalBlock[];

__device__ inline unsigned char ComputeSobel(Pixel ul, Pixel um, Pixel ur, Pixel ml, Pixel mm, Pixel mr, Pixel ll, Pixel lm, Pixel lr, float fScale)
{
    short Horz = ur + 2 * mr + lr - ul - 2 * ml - ll;
    short Vert = ul + 2 * um + ur - ll - 2 * lm - lr;
    short Sum = (short)(fScale * (abs((int)Horz) + abs((int)Vert)));
    if (Sum < 0) return 0;
    else if (Sum > 0xff) return 0xff;
    return (unsigned char)Sum;
}

__global__ void SobelShared(Pixel* out, const Pixel* in, int w, int h, int pitch, float fScale, unsigned* hist)
{
    __shared__ unsigned bins[256];
    const int t = threadIdx.y * TW + threadIdx.x;
    if (t < 256) bins[t] = 0;
    const int x0 = blockIdx.x * TW - RADIUS, y0 = blockIdx.y * TH - RADIUS;
    for (int i = t; i < (TH + 2) * (TW + 2); i += TW * TH) {
        const int yy = i / (TW + 2), xx = i % (TW + 2);
        const int sx = min(max(x0 + xx, 0), w - 1), sy = min(max(y0 + yy, 0), h - 1);
        LocalBlock[yy * SharedPitch + xx] = in[sy * pitch + sx];
    }
    __syncthreads();
    const int x = blockIdx.x * TW + threadIdx.x, y = blockIdx.y * TH + threadIdx.y;
    if (x < w && y < h) {
        const Pixel* p = &LocalBlock[threadIdx.y * SharedPitch + threadIdx.x];
        const unsigned char v = ComputeSobel(p[0], p[1], p[2], p[SharedPitch], p[SharedPitch + 1], p[SharedPitch + 2], p[2 * SharedPitch],
                                             p[2 * SharedPitch + 1], p[2 * SharedPitch + 2], fScale);
        out[y * pitch + x] = v;
        atomicAdd(bins + v, 1);
    }
    __syncthreads();
    if (t < 256 && bins[t]) atomicAdd(hist + t, bins[t]);
}

// inverts four pixels at a time; __vsub4-like SIMD within a word
__global__ void invert(uchar4* p, int n)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    uchar4 v = p[i];
    const unsigned word = *reinterpret_cast<const unsigned*>(&v);
    const unsigned r = __vsubus4(0xffffffffu, word);
    p[i] = *reinterpret_cast<const uchar4*>(&r);
}

int main()
{
    const int w = 100, h = 61;
    Pixel* image = NULL;
    if (cudaHostAlloc((void**)&image, w * h, cudaHostAllocDefault) != cudaSuccess) { printf("FAIL host memory\n"); return 1; }
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) image[y * w + x] = (Pixel)(128 + 100 * sin(x * 0.2) * cos(y * 0.15) + (x * y) % 7);
    Pixel *d_in, *d_out;
    size_t pitch, pitch2;
    unsigned* d_hist;
    cudaMallocPitch(&d_in, &pitch, w, h);
    cudaMallocPitch(&d_out, &pitch2, w, h);
    if (pitch != pitch2) { printf("FAIL pitches\n"); return 1; }
    cudaMalloc(&d_hist, 256 * sizeof(unsigned));
    cudaMemset(d_hist, 0, 256 * sizeof(unsigned));
    cudaMemset2D(d_out, pitch, 0, pitch, h);
    cudaMemcpy2D(d_in, pitch, image, w, w, h, cudaMemcpyHostToDevice);
    SobelShared<<<dim3((w + TW - 1) / TW, (h + TH - 1) / TH), dim3(TW, TH), (TH + 2) * SharedPitch>>>(d_out, d_in, w, h, (int)pitch, 0.5f, d_hist);
    invert<<<(int)(pitch * h / 4 + 255) / 256, 256>>>((uchar4*)d_out, (int)(pitch * h / 4));
    std::vector<Pixel> out(w * h);
    std::vector<unsigned> hist(256), refHist(256);
    cudaMemcpy2D(out.data(), w, d_out, pitch, w, h, cudaMemcpyDeviceToHost);
    cudaMemcpy(hist.data(), d_hist, 256 * sizeof(unsigned), cudaMemcpyDeviceToHost);
    int wrong = cudaGetLastError() != cudaSuccess;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            int gx = 0, gy = 0;
            for (int dy = -1; dy <= 1; dy++)
                for (int dx = -1; dx <= 1; dx++) {
                    const int sx = x + dx < 0 ? 0 : x + dx >= w ? w - 1 : x + dx, sy = y + dy < 0 ? 0 : y + dy >= h ? h - 1 : y + dy;
                    gx += image[sy * w + sx] * dx * (dy == 0 ? 2 : 1);
                    gy += image[sy * w + sx] * dy * (dx == 0 ? 2 : 1);
                }
            const int v = (abs(gx) + abs(gy)) / 2;
            const int e = v > 255 ? 255 : v;
            refHist[e]++;
            wrong += out[y * w + x] != 255 - e;
        }
    for (int i = 0; i < 256; i++) wrong += hist[i] != refHist[i];
    cudaFree(d_in);
    cudaFree(d_out);
    cudaFree(d_hist);
    cudaFreeHost(image);
    if (wrong) { printf("FAIL %d wrong\n", wrong); return 1; }
    printf("PASS sobel %dx%d\n", w, h);
    return 0;
}
