// RUN: run %s
enum class Mask : int { kNone, kCausal };
enum Mode { kFast, kSlow };
template <typename T = float, Mask M = Mask::kCausal, bool Relu = false, Mode mode = kSlow>
__device__ T apply(T x) {
  if constexpr (M == Mask::kNone) return mode == kFast ? 100 : 200;
  return Relu ? (x > 0 ? x : 0) : x + mode;
}
template <Mask M>
__global__ void k(float* y) {
  y[0] = apply(2.f) * 10 + apply<float, M>(1) + apply<float, Mask::kCausal, true, kFast>(-5);
}
int main() {
  float *y, host;
  cudaMalloc(&y, sizeof(float));
  k<Mask::kNone><<<1, 1>>>(y);
  cudaMemcpy(&host, y, sizeof(float), cudaMemcpyDeviceToHost);
  printf("%g\n", host);
  k<Mask::kCausal><<<1, 1>>>(y);
  cudaMemcpy(&host, y, sizeof(float), cudaMemcpyDeviceToHost);
  printf("%g\n", host);
  cudaFree(y);
}
// STDOUT:
// 230
// 32
// main(): ok; 2 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
