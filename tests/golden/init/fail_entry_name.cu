// RUN: init %s -o %t --entry oness
__global__ void fill(float* y, float v, int n) { if (threadIdx.x < n) y[threadIdx.x] = v; }
void ones(float* y, int n) { fill<<<1, 32>>>(y, 1.0f, n); }
// STDERR:
// error: fail_entry_name.cu: no host function `oness`
//   hint: did you mean `ones`?
