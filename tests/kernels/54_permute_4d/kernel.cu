#include <cuda_runtime.h>
#include <algorithm>

struct Dims4 {
    int size[4];
    int stride[4];   // strides of the input, in output order
};

__global__ void permute4d(float* __restrict__ out, const float* __restrict__ in, Dims4 dims, int total) {
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < total; i += gridDim.x * blockDim.x) {
        int rem = i, src = 0;
#pragma unroll
        for (int k = 3; k >= 0; --k) {
            const int coord = rem % dims.size[k];
            rem /= dims.size[k];
            src += coord * dims.stride[k];
        }
        out[i] = in[src];
    }
}

void launch(float* out, const float* in, int b, int s, int h, int d) {
    Dims4 dims = {{b, h, s, d}, {s * h * d, d, h * d, 1}};
    const int total = b * s * h * d;
    permute4d<<<std::min(2048, (total + 255) / 256), 256>>>(out, in, dims, total);
}
