#include <cuda_runtime.h>

__global__ void conv2d(const float* x, const float* wt, float* out, int N, int Ci, int Co, int H, int W, int KH, int KW, int stride,
                       int pad, int OH, int OW) {
    int idx = blockIdx.x * blockDim.x + threadIdx.x;
    int total = N * Co * OH * OW;
    if (idx >= total) return;
    int ow = idx % OW;
    int tmp = idx / OW;
    int oh = tmp % OH;
    tmp /= OH;
    int co = tmp % Co;
    int n = tmp / Co;
    float sum = 0.0f;
    for (int ci = 0; ci < Ci; ++ci)
        for (int kh = 0; kh < KH; ++kh)
            for (int kw = 0; kw < KW; ++kw) {
                int ih = oh * stride - pad + kh;
                int iw = ow * stride - pad + kw;
                if (ih >= 0 && ih < H && iw >= 0 && iw < W)
                    sum += x[((n * Ci + ci) * H + ih) * W + iw] * wt[((co * Ci + ci) * KH + kh) * KW + kw];
            }
    out[idx] = sum;
}

void launch(float* out, const float* x, const float* wt, int n, int ci, int co, int h, int w, int kh, int kw, int st, int pad) {
    int oh = (h + 2 * pad - kh) / st + 1;
    int ow = (w + 2 * pad - kw) / st + 1;
    int total = n * co * oh * ow;
    conv2d<<<(total + 255) / 256, 256>>>(x, wt, out, n, ci, co, h, w, kh, kw, st, pad, oh, ow);
    cudaDeviceSynchronize();
}
