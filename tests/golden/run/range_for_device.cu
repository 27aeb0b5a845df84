// RUN: run %s
__constant__ float weights[3] = {0.5f, 0.25f, 0.125f};
__global__ void k(float* y) {
  __shared__ float tile[32];
  tile[threadIdx.x] = threadIdx.x;
  __syncthreads();
  float sum = 0;
  for (float t : tile) sum += t;
  float parts[3];
  int i = 0;
  for (float& p : parts) p = weights[i++] * sum;
#pragma unroll
  for (const float w : weights) sum += w;
  for (auto p : parts) sum += p;
  y[threadIdx.x] = sum;
}
int main() {
  float* y;
  float out[32];
  cudaMalloc(&y, sizeof(out));
  k<<<1, 32>>>(y);
  cudaMemcpy(out, y, sizeof(out), cudaMemcpyDeviceToHost);
  printf("%g %g\n", out[0], out[31]);
  cudaFree(y);
  return 0;
}
// STDOUT:
// 930.875 930.875
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
