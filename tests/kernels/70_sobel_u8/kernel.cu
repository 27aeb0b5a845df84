#include <cuda_runtime.h>
#include <cstdlib>
typedef unsigned char uchar;

__global__ void sobel(uchar* out, const uchar* __restrict__ img, int h, int w) {
    int x = blockIdx.x * blockDim.x + threadIdx.x;
    int y = blockIdx.y * blockDim.y + threadIdx.y;
    if (x >= w || y >= h) return;
    if (x == 0 || y == 0 || x == w - 1 || y == h - 1) {
        out[y * w + x] = 0;
        return;
    }
#define PX(dx, dy) ((int)img[(y + (dy)) * w + x + (dx)])
    int gx = -PX(-1, -1) - 2 * PX(-1, 0) - PX(-1, 1) + PX(1, -1) + 2 * PX(1, 0) + PX(1, 1);
    int gy = -PX(-1, -1) - 2 * PX(0, -1) - PX(1, -1) + PX(-1, 1) + 2 * PX(0, 1) + PX(1, 1);
#undef PX
    out[y * w + x] = static_cast<uchar>(min(abs(gx) + abs(gy), 255));
}

void launch(unsigned char* out, const unsigned char* img, int h, int w) {
    dim3 b(16, 16), g((w + 15) / 16, (h + 15) / 16);
    sobel<<<g, b>>>(out, img, h, w);
}
