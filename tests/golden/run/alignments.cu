// RUN: run %s
struct alignas(float4) Four {
  float x[4];
};
struct __align__(sizeof(double)) Two {
  float x[2];
};
struct alignas(alignof(double2)) Wide {
  char c;
};
__global__ void k(int* y) {
  extern __shared__ __align__(sizeof(float4)) unsigned char raw[];
  __shared__ alignas(half2) char small[6];
  float4* wide = reinterpret_cast<float4*>(raw);
  wide[0] = make_float4(1, 2, 3, 4);
  small[0] = 5;
  y[0] = (int)(wide->w + small[0]);
}
int main() {
  int *y, host;
  cudaMalloc(&y, sizeof(int));
  k<<<1, 1, sizeof(float4)>>>(y);
  cudaMemcpy(&host, y, sizeof(int), cudaMemcpyDeviceToHost);
  printf("%d %d %d %d\n", (int)alignof(Four), (int)alignof(Two), (int)alignof(Wide), host);
  cudaFree(y);
}
// STDOUT:
// 16 8 16 9
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
