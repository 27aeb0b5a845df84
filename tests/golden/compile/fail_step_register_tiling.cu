// RUN: compile --emit schedule %s --schedule "register_tiling kernel=0 m=4 n=2"
__global__ void transpose(float* y, const float* x, int rows, int cols) {
  int col = blockIdx.x * blockDim.x + threadIdx.x;
  int row = blockIdx.y * blockDim.y + threadIdx.y;
  if (row < rows && col < cols) y[col * rows + row] = x[row * cols + col];
}
void launch(float* y, const float* x, int rows, int cols) {
  transpose<<<dim3((cols + 15) / 16, (rows + 15) / 16), dim3(16, 16)>>>(y, x, rows, cols);
}
// STDERR:
// error: --schedule: `register_tiling kernel=0 m=4 n=2` is no step that can be taken there
//   hint: register_tiling does not apply there
