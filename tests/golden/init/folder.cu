// RUN: init %s -o %t --reference %s
// RUN: init %s -o %t --force --json
__global__ void fill(float* y, float v, int n) { if (threadIdx.x < n) y[threadIdx.x] = v; }
void ones(float* y, int n) { fill<<<1, 32>>>(y, 1.0f, n); }
// STDOUT:
// wrote %t/task.toml: look at every line marked CHECK, then
//   warpsmith check folder.cu --task %t/task.toml
// {"written":"%t/task.toml","reference":"folder.cu","reference_is_baseline":true}
