#include <cstdint>
__global__ void ref(float* o, const int8_t* a, const int8_t* b, const float* sc, int m, int n, int k) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= m * n) return;
    int s = 0;
    for (int j = 0; j < k; j++) s += (int)a[i / n * k + j] * (int)b[i % n * k + j];
    o[i] = (float)s * sc[i % n];
}
void launch(float* out, const int8_t* a, const int8_t* b, const float* scale, int m, int n, int k) { ref<<<(m * n + 127) / 128, 128>>>(out, a, b, scale, m, n, k); }
