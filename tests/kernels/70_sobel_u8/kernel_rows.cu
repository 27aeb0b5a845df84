#include <cuda_runtime.h>
#include <stdlib.h>

typedef unsigned char uchar;

__global__ void sobel(uchar* dst, const uchar* src, int height, int width) {
    int y = blockIdx.x;
    for (int x = threadIdx.x; x < width; x += blockDim.x) {
        if (x == 0 || y == 0 || x == width - 1 || y == height - 1) {
            dst[y * width + x] = 0;
            continue;
        }
        const uchar* p = src + y * width + x;
        int gx = p[-width + 1] + 2 * p[1] + p[width + 1] - p[-width - 1] - 2 * p[-1] - p[width - 1];
        int gy = p[width - 1] + 2 * p[width] + p[width + 1] - p[-width - 1] - 2 * p[-width] - p[-width + 1];
        int mag = abs(gx) + abs(gy);
        dst[y * width + x] = (uchar)min(mag, 255);
    }
}

void launch(unsigned char* out, const unsigned char* img, int h, int w) {
    sobel<<<h, 128>>>(out, img, h, w);
    cudaDeviceSynchronize();
}
