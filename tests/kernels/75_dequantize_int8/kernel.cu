#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <cstdint>

__global__ void dequant(half2* out, const char4* q, const float* scale, const int* zero, int total4, int c4) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= total4) return;
    const int row = i / c4;
    const float s = scale[row];
    const int z = zero[row];
    const char4 v = q[i];
    out[2 * i] = __floats2half2_rn((v.x - z) * s, (v.y - z) * s);
    out[2 * i + 1] = __floats2half2_rn((v.z - z) * s, (v.w - z) * s);
}

void launch(void* out, const int8_t* q, const float* scale, const int* zero, int rows, int cols) {
    int c4 = cols / 4, total4 = rows * c4;
    dequant<<<(total4 + 127) / 128, 128>>>((half2*)out, reinterpret_cast<const char4*>(q), scale, zero, total4, c4);
    cudaDeviceSynchronize();
}
