// RUN: compile --emit schedule %s --schedule "thread_coarsening kernel=0 axis=0 items=4"
__global__ void transpose(float* y, const float* x, int rows, int cols) {
  int col = blockIdx.x * blockDim.x + threadIdx.x;
  int row = blockIdx.y * blockDim.y + threadIdx.y;
  if (row < rows && col < cols) y[col * rows + row] = x[row * cols + col];
}
void launch(float* y, const float* x, int rows, int cols) {
  transpose<<<dim3((cols + 15) / 16, (rows + 15) / 16), dim3(16, 16)>>>(y, x, rows, cols);
}
// STDOUT:
// kernel0[(a0:yy16*4*1 a1:xx16*1*1)]
