// RUN: run %s
#include <vector>
__global__ void scale(float* y, int n, float s) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] *= s;
}
int main() {
  const int n = 100;
  std::vector<float> host(n);
  for (int i = 0; i < n; ++i) host[i] = i;
  float* y = nullptr;
  cudaMalloc(&y, n * sizeof(float));
  cudaMemcpy(y, host.data(), host.size() * sizeof(float), cudaMemcpyHostToDevice);
  scale<<<1, 128>>>(y, n, 2);
  cudaMemcpy(host.data(), y, host.size() * sizeof(float), cudaMemcpyDeviceToHost);
  std::cout << host[0] << " " << host.back() << std::endl;
  cudaFree(y);
  return 0;
}
// STDOUT:
// 0 198
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
