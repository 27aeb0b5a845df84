// Values of an enumeration in a namespace, by its name and without.
// RUN: run %s
#include <cstdio>

namespace outer {
enum level { low = 3, high };
namespace inner {
enum class kind { one = 7 };
enum { unnamed = 9 };
}  // namespace inner
template <level L, int N>
struct Both {
  static constexpr int value = L * 10 + N;
};
}  // namespace outer

template <int N>
__global__ void k(int* out) {
  *out = outer::Both<outer::level::high, N>::value + (int)outer::inner::kind::one;
}

int main() {
  int* out;
  cudaMallocManaged(&out, 4);
  k<2><<<1, 1>>>(out);
  cudaDeviceSynchronize();
  printf("%d %d %d %d\n", *out, outer::low, (int)outer::level::low, outer::inner::unnamed);
  printf("%d %d\n", cudaSharedmemCarveoutDefault, cudaSharedmemCarveoutMaxShared);
  cudaFree(out);
}
// STDOUT:
// 49 3 3 9
// -1 100
// main(): ok; 1 launch, 3 warp instructions, engine time {{[0-9.]+}} ms
