// RUN: compile --emit nest %s --json
__global__ void k(float* y, int n) {
  __shared__ float s[32];
  s[threadIdx.x] = y[threadIdx.x];
  __syncthreads();
  for (int i = 0; s[i] > 0.0f; ++i) y[i] = s[i];
}
void launch(float* y, int n) { k<<<1, 32>>>(y, n); }
// STDOUT:
// {"ok":false,"diagnostics":[],"emitted":null,"error":"fail_not_lifted.cu:4:3: error: cannot lift: cooperative code through shared memory","front":"native","front_note":null}
