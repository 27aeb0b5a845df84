// RUN: compile %s --emit nest
__global__ void twice(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, float* z, const float* x, int n, cudaStream_t a, cudaStream_t b) {
  twice<<<(n + 127) / 128, 128, 0, a>>>(y, x, n);
  twice<<<(n + 127) / 128, 128, 0, b>>>(z, x, n);
}
// STDERR:
// fail_nest_streams.cu:8:36: error: cannot lift: work in several streams
