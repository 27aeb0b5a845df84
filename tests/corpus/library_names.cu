// EXPECT: 3499211612 2 1.5 6 9 32
#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <random>
#include <utility>
#include <vector>
#include <cuda_runtime.h>
using namespace std;
struct Item {
  float weight;
  int id;
};
typedef pair<float, int> Scored;
__global__ void copy_all(float* to, const float* from, int n) {
  if (threadIdx.x < n) to[threadIdx.x] = from[threadIdx.x];
}
std::vector<std::pair<Item, int>> items() {
  std::vector<std::pair<Item, int>> all;
  all.push_back(std::pair<Item, int>({1.5f, 7}, 2));
  return all;
}
void launch(float* out) {
  std::mt19937 gen;
  std::vector<std::pair<Item, int>> all = items();
  vector<Scored> scored;
  scored.push_back({3.0f, 1});
  scored.push_back({1.0f, 6});
  sort(scored.begin(), scored.end());
  std::array<int, 3> a = {4, 9, 1};
  std::sort(a.begin(), a.end(), std::greater<int>());
  const auto begin = std::chrono::steady_clock::now();
  const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
  cudaDeviceProp prop;
  cudaGetDeviceProperties(&prop, 0);
  const float host[6] = {(float)gen(),    (float)all[0].second, all[0].first.weight,
                         (float)scored[0].second, (float)a[0],
                         time.count() < 0 ? 0.0f : (float)prop.warpSize};
  float* device;
  cudaMalloc(&device, sizeof(host));
  cudaMemcpy(device, host, sizeof(host), cudaMemcpyHostToDevice);
  copy_all<<<1, 32>>>(out, device, 6);
  cudaFree(device);
}
