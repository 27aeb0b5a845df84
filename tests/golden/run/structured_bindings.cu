// RUN: run %s
struct Item {
  int index;
  float weight;
  float3 place;
};
__host__ __device__ Item make(int i) { return {i, i * 0.5f, {1, 2, 3}}; }
__global__ void k(float* y) {
  auto [i, w, place] = make(4);
  w += 1;
  const auto [x0, y0, z0] = place;
  int row[2] = {4, 5};
  auto& [u, v] = row;
  u += 10;
  const auto [lo, hi] = make_int2(-1, 1);
  y[0] = i + w + x0 + y0 + z0;
  y[1] = row[0] + v + lo + hi;
}
struct Refers {
  int& to;
  const int by;
};
__host__ __device__ int through(int start) {
  int n = start, held = 0;
  Refers r{n, 5};
  auto [to, by] = r;
  to += by;
  const auto& [again, same] = r;
  again += same;
  for (int i = 0; i < 2; ++i) held += to;
  return n * 100 + held;
}
__global__ void refer(float* y) { y[0] = through(1); }
int main() {
  float *d, host[2];
  cudaMalloc(&d, sizeof(host));
  k<<<1, 1>>>(d);
  cudaMemcpy(host, d, sizeof(host), cudaMemcpyDeviceToHost);
  Item item = make(1);
  auto& [index, weight, place] = item;
  index = 9;
  place.x = 8;
  printf("%g %g %d %g %g\n", host[0], host[1], item.index, weight, item.place.x);
  refer<<<1, 1>>>(d);
  cudaMemcpy(host, d, 4, cudaMemcpyDeviceToHost);
  printf("%g %d\n", host[0], through(2));
  cudaFree(d);
}
// STDOUT:
// 13 19 9 0.5 8
// 1122 1224
// main(): ok; 2 launches, 7 warp instructions, engine time {{[0-9.]+}} ms
