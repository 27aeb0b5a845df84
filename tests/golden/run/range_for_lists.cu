// RUN: run %s
struct Pair {
  int key;
  float weight;
};
__global__ void k(float* y) {
  Pair pairs[2] = {{1, 0.5f}, {2, 0.25f}};
  float sum = 0;
  for (auto [key, weight] : pairs) sum += key * weight;
  for (auto& [key, weight] : pairs) key += 10;
  for (const int x : {3, 5, 7}) sum += x;
  y[0] = sum + pairs[1].key;
}
int main() {
  float *y, *z, host;
  cudaMalloc(&y, sizeof(float));
  cudaMalloc(&z, sizeof(float));
  k<<<1, 1>>>(y);
  cudaMemcpy(&host, y, sizeof(float), cudaMemcpyDeviceToHost);
  int n = 2;
  for (const int& block : {n, 2 * n, 64}) printf("%d ", block);
  for (const char* name : {"a", "bc"}) printf("%s ", name);
  printf("%g\n", host);
  for (void* p : {(void*)y, (void*)z}) cudaFree(p);
}
// STDOUT:
// 2 4 64 a bc 28
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
