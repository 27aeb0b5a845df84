// Batched matrix product with a three-dimensional grid.
// ARGS: C:f32[24] A:f32[30] B:f32[40] n=2 m=3 p=4 q=5
// NESTS: 1
__global__ void k(float* C, const float* A, const float* B, int m, int p, int q) {
  int b = blockIdx.z;
  int i = blockIdx.y * blockDim.y + threadIdx.y;
  int j = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < m && j < p) {
    float s = 0;
    for (int t = 0; t < q; ++t) s += A[(b * m + i) * q + t] * B[(b * q + t) * p + j];
    C[(b * m + i) * p + j] = s;
  }
}
void launch(float* C, const float* A, const float* B, int n, int m, int p, int q) {
  k<<<dim3((p + 7) / 8, (m + 7) / 8, n), dim3(8, 8)>>>(C, A, B, m, p, q);
}
