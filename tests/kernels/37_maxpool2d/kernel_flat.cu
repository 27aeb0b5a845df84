#include <cuda_runtime.h>
#include <cfloat>

__global__ void max_pool2d_kernel(const float* input, float* output, int* indices, int total, int H, int W, int OH, int OW,
                                  int kernel_size, int stride, int padding) {
    for (int index = blockIdx.x * blockDim.x + threadIdx.x; index < total; index += blockDim.x * gridDim.x) {
        int pw = index % OW;
        int ph = (index / OW) % OH;
        int plane = index / OW / OH;
        int hstart = ph * stride - padding;
        int wstart = pw * stride - padding;
        int hend = min(hstart + kernel_size, H);
        int wend = min(wstart + kernel_size, W);
        hstart = max(hstart, 0);
        wstart = max(wstart, 0);
        float maxval = -FLT_MAX;
        int maxidx = -1;
        const float* slice = input + plane * H * W;
        for (int h = hstart; h < hend; ++h) {
            for (int w = wstart; w < wend; ++w) {
                if (slice[h * W + w] > maxval) {
                    maxidx = h * W + w;
                    maxval = slice[maxidx];
                }
            }
        }
        output[index] = maxval;
        indices[index] = maxidx;
    }
}

void launch(float* out, int* indices, const float* x, int nc, int h, int w, int k, int s, int p) {
    int oh = (h + 2 * p - k) / s + 1;
    int ow = (w + 2 * p - k) / s + 1;
    int total = nc * oh * ow;
    max_pool2d_kernel<<<(total + 255) / 256, 256>>>(x, out, indices, total, h, w, oh, ow, k, s, p);
    cudaDeviceSynchronize();
}
