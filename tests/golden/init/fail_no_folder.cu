// RUN: init %s -o %t/missing/task.toml
__global__ void fill(float* y, float v, int n) { if (threadIdx.x < n) y[threadIdx.x] = v; }
void ones(float* y, int n) { fill<<<1, 32>>>(y, 1.0f, n); }
// STDERR:
// error: there is no folder %t/missing
//   hint: make it first: mkdir -p %t/missing
