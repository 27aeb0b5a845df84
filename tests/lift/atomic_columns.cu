// Column sums by atomics over a two-dimensional grid.
// ARGS: y:f32[6] x:f32[24] rows=4 cols=6
// NESTS: 1
__global__ void k(float* y, const float* x, int rows, int cols) {
  int c = blockIdx.x * blockDim.x + threadIdx.x;
  int r = blockIdx.y * blockDim.y + threadIdx.y;
  if (r < rows && c < cols) atomicAdd(&y[c], x[r * cols + c]);
}
void launch(float* y, const float* x, int rows, int cols) {
  cudaMemset(y, 0, cols * sizeof(float));
  k<<<dim3((cols + 15) / 16, (rows + 15) / 16), dim3(16, 16)>>>(y, x, rows, cols);
}
