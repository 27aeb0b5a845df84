// RUN: run %s
__device__ const char* sign(int x) { return x < 0 ? "minus" : "plus"; }
__host__ __device__ void say(const char* who, int n) { printf("%s says %d\n", who, n); }
__global__ void k(const float* x, unsigned long long big) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i % 3 == 0) {
    const int count = printf("%d: %5.2f|%-6s|%c %u %x %lld %llu %%\n", i, x[i], sign(i - 3),
                             'a' + i, 7u, 255, -5LL - i, big);
    printf("%d values\n", count);
  }
  __syncthreads();
  if (threadIdx.x == 0) {
    say("block", blockIdx.x);
    printf("no values\n");
  }
}
int main() {
  float host[6] = {0.5f, 1, 2, 3.25f, 4, 5}, *x;
  cudaMalloc(&x, sizeof(host));
  cudaMemcpy(x, host, sizeof(host), cudaMemcpyHostToDevice);
  printf("before\n");
  k<<<2, 3>>>(x, 1ull << 40);
  say("host", 1);
  cudaFree(x);
}
// STDOUT:
// before
// 0:  0.50|minus |a 7 ff -5 1099511627776 %
// 8 values
// block says 0
// no values
// 3:  3.25|plus  |d 7 ff -8 1099511627776 %
// 8 values
// block says 1
// no values
// host says 1
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
