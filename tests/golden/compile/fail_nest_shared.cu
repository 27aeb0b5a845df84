// RUN: compile %s --emit nest
// Cooperative code is not lifted; the message names what stands against it.
__global__ void k(float* y) {
  __shared__ float s[32];
  s[threadIdx.x] = y[threadIdx.x];
  __syncthreads();
  y[threadIdx.x] = s[31 - threadIdx.x];
}
void launch(float* y) { k<<<1, 32>>>(y); }
// STDERR:
// fail_nest_shared.cu:5:3: error: cannot lift: cooperative code through shared memory
