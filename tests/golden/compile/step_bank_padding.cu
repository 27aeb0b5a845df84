// RUN: compile --emit schedule %s --schedule "shared_tiling kernel=0 tile=32 y=8 pad=0; bank_padding kernel=0 pad=1"
__global__ void transpose(float* y, const float* x, int rows, int cols) {
  int col = blockIdx.x * blockDim.x + threadIdx.x;
  int row = blockIdx.y * blockDim.y + threadIdx.y;
  if (row < rows && col < cols) y[col * rows + row] = x[row * cols + col];
}
void launch(float* y, const float* x, int rows, int cols) {
  transpose<<<dim3((cols + 15) / 16, (rows + 15) / 16), dim3(16, 16)>>>(y, x, rows, cols);
}
// STDOUT:
// kernel0[(a0:yx32*1*1 a1:xy8*4*1 stage1/a1+1*1)]
