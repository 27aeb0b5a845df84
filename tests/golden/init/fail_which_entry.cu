// RUN: init %s -o %t
__global__ void fill(float* y, float v, int n) { if (threadIdx.x < n) y[threadIdx.x] = v; }
void zeros(float* y, int n) { fill<<<1, 32>>>(y, 0.0f, n); }
void ones(float* y, int n) { fill<<<1, 32>>>(y, 1.0f, n); }
// STDERR:
// error: fail_which_entry.cu: several functions launch kernels: zeros, ones
//   hint: choose one, such as --entry ones
