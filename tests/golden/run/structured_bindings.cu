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
  cudaFree(d);
}
// STDOUT:
// 13 19 9 0.5 8
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
