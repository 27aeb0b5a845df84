#include <cuda_runtime.h>
#include <iostream>
#include <vector>

struct ConvParams {
    int N, Cin, Cout, H, W, KH, KW, stride, pad, OH, OW;
};

__global__ void conv2d_kernel(const float* __restrict__ x, const float* __restrict__ wt, float* __restrict__ out, ConvParams p) {
    const int ow = blockIdx.x * blockDim.x + threadIdx.x;
    const int oh = blockIdx.y * blockDim.y + threadIdx.y;
    const int nc = blockIdx.z;
    const int oc = nc % p.Cout;
    const int b = nc / p.Cout;
    if (ow >= p.OW || oh >= p.OH) return;
    float acc = 0.f;
    for (int ic = 0; ic < p.Cin; ++ic) {
        const float* xp = x + ((b * p.Cin + ic) * p.H) * p.W;
        const float* wp = wt + ((oc * p.Cin + ic) * p.KH) * p.KW;
        for (int i = 0; i < p.KH; ++i) {
            const int ih = oh * p.stride - p.pad + i;
            if (ih < 0 || ih >= p.H) continue;
            for (int j = 0; j < p.KW; ++j) {
                const int iw = ow * p.stride - p.pad + j;
                if (iw < 0 || iw >= p.W) continue;
                acc += xp[ih * p.W + iw] * wp[i * p.KW + j];
            }
        }
    }
    out[((b * p.Cout + oc) * p.OH + oh) * p.OW + ow] = acc;
}

void launch(float* out, const float* x, const float* wt, int n, int ci, int co, int h, int w, int kh, int kw, int st, int pad) {
    ConvParams p;
    p.N = n; p.Cin = ci; p.Cout = co; p.H = h; p.W = w;
    p.KH = kh; p.KW = kw; p.stride = st; p.pad = pad;
    p.OH = (h + 2 * pad - kh) / st + 1;
    p.OW = (w + 2 * pad - kw) / st + 1;
    dim3 block(16, 8);
    dim3 grid((p.OW + block.x - 1) / block.x, (p.OH + block.y - 1) / block.y, n * co);
    conv2d_kernel<<<grid, block>>>(x, wt, out, p);
    if (cudaGetLastError() != cudaSuccess) std::cerr << "conv2d launch failed" << std::endl;
}
