#include <cstdint>
__global__ void ref(int* o, const uint32_t* a, const uint32_t* b, int m, int n, int kw) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= m * n) return;
    int s = 0;
    for (int j = 0; j < kw * 32; j++)
        s += ((a[i / n * kw + j / 32] >> (j % 32)) & 1u) == ((b[i % n * kw + j / 32] >> (j % 32)) & 1u) ? 1 : -1;
    o[i] = s;
}
void launch(int* out, const uint32_t* a, const uint32_t* b, int m, int n, int kw) { ref<<<(m * n + 127) / 128, 128>>>(out, a, b, m, n, kw); }
