// RUN: run %s --front nvcc
// REQUIRES: nvcc
// Whole programs by nvcc: structs with members for the host, names in namespaces and enumerations as
// template arguments, managed variables.
#include <cstdio>
#include <string>
#include <vector>
namespace shapes {
enum class Order { kUp, kDown };
struct Step {
  int by;
};
__managed__ int total;
template <Order kOrder, typename T>
__global__ void fill(float* y, T step, int n) {
  const int i = threadIdx.x;
  if (i < n) y[i] = step.by * (kOrder == Order::kUp ? i : n - 1 - i);
  if (i < n) atomicAdd(&total, 1);
}
}  // namespace shapes
struct Problem {
  std::vector<float> values;
  std::string title;
  explicit Problem(int n) : values(n), title("values") {}
  void Show() const { printf("%s %g %g\n", title.c_str(), values[0], values[9]); }
};
int main() {
  Problem problem(10);
  float* y;
  cudaMalloc(&y, 40);
  shapes::fill<shapes::Order::kDown><<<1, 32>>>(y, shapes::Step{3}, 10);
  cudaMemcpy(problem.values.data(), y, 40, cudaMemcpyDeviceToHost);
  problem.Show();
  printf("%d\n", shapes::total);
  cudaFree(y);
}
// STDOUT:
// values 27 0
// 10
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
