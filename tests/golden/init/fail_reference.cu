// RUN: init %s -o %t --reference %S/launcher.cu
__global__ void fill(float* y, float v, int n) { if (threadIdx.x < n) y[threadIdx.x] = v; }
void ones(float* y, int n) { fill<<<1, 32>>>(y, 1.0f, n); }
// STDERR:
// error: there is no host function `ones` [entry-missing]
//   hint: the task calls it as ones(float* y, int n)
