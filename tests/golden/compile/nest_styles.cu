// RUN: compile %s --emit nest --entry grid_stride
// RUN: compile %s --emit nest --entry block_per_row
// RUN: compile %s --emit nest --entry pointer_walk
// RUN: compile %s --emit nest --entry clamp
// Other ways to write the same things.
__global__ void stride_kernel(float* y, const float* x, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    y[i] = x[i] * 2.0f;
  }
}
void grid_stride(float* y, const float* x, int n) { stride_kernel<<<64, 256>>>(y, x, n); }

__global__ void row_kernel(float* y, const float* x, int cols) {
  int row = blockIdx.x;
  for (int c = threadIdx.x; c < cols; c += blockDim.x) y[row * cols + c] = -x[row * cols + c];
}
void block_per_row(float* y, const float* x, int rows, int cols) {
  row_kernel<<<rows, 128>>>(y, x, cols);
}

__global__ void walk_kernel(float* y, const float* x, int rows, int cols) {
  int row = threadIdx.x + blockDim.x * blockIdx.x;
  if (row >= rows) return;
  const float* p = x + row * cols;
  float s = 0.0f;
  for (int c = cols - 1; c >= 0; --c) {
    s += *p;
    ++p;
  }
  y[row] = s;
}
void pointer_walk(float* y, const float* x, int rows, int cols) {
  walk_kernel<<<(rows + 127) / 128, 128>>>(y, x, rows, cols);
}

__device__ float Clamp(float v, float low, float high) {
  if (v < low) v = low;
  if (v > high) v = high;
  return v;
}
__global__ void clamp_kernel(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) {
    float v = Clamp(x[i], 0.0f, 6.0f);
    if (v == 0.0f) {
      y[i] = 0.0f;
    } else {
      y[i] = v / 6.0f;
    }
  }
}
void clamp(float* y, const float* x, int n) { clamp_kernel<<<(n + 255) / 256, 256>>>(y, x, n); }
// STDOUT:
// grid_stride(float* y, const float* x, int n)
// for i < n:
//   y[i] = x[i] * 2.0f
// block_per_row(float* y, const float* x, int rows, int cols)
// for row < rows, c < cols:
//   y[row * cols + c] = -x[row * cols + c]
// pointer_walk(float* y, const float* x, int rows, int cols)
// for row < rows:
//   y[row] = sum[c < cols](x[row * cols + c]) as float
// clamp(float* y, const float* x, int n)
// for i < n:
//   y[i] = ((x[i] < 0.0f ? 0.0f : x[i]) > 6.0f ? 6.0f : x[i] < 0.0f ? 0.0f : x[i]) == 0.0f ? 0.0f : ((x[i] < 0.0f ? 0.0f : x[i]) > 6.0f ? 6.0f : x[i] < 0.0f ? 0.0f : x[i]) / 6.0f
