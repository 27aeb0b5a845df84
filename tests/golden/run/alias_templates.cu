// RUN: run %s
template <class T>
using Pointer = T*;
template <typename T>
using In = const T* __restrict__;
template <typename T, int N = 4>
using Row = T[N];
namespace n {
template <class T>
using Both = Row<Pointer<T>, 2>;
}
template <class T>
__global__ void k(Pointer<T> y, In<T> x) {
  Row<T> row;
  for (int i = 0; i < 4; ++i) row[i] = x[0] + i;
  Row<float, 3> three = {1, 2, 3};
  n::Both<T> both = {&row[1], &row[2]};
  y[0] = *both[0] + *both[1] + sizeof(three) / sizeof(float);
}
int main() {
  float value = 2;
  Pointer<float> d = nullptr;
  cudaMalloc(&d, sizeof(value));
  cudaMemcpy(d, &value, sizeof(value), cudaMemcpyHostToDevice);
  k<float><<<1, 1>>>(d, d);
  cudaMemcpy(&value, d, sizeof(value), cudaMemcpyDeviceToHost);
  printf("%g\n", value);
  cudaFree(d);
}
// STDOUT:
// 10
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
