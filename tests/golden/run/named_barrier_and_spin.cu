// RUN: run %s
// A warp that spins keeps no other from a barrier with a count that is full.
__global__ void k(volatile int* o) {
  __shared__ volatile int flag;
  if (threadIdx.x == 0) flag = 0;
  __syncthreads();
  if (threadIdx.x < 32) {
    if (threadIdx.x == 0) {
      while (!flag) {
      }
    }
  } else {
    asm volatile("bar.sync 1, 32;" ::: "memory");
    if (threadIdx.x == 32) flag = 1;
    o[threadIdx.x] = 1;
  }
}
int main() {
  int* o;
  cudaMalloc(&o, 512);
  k<<<1, 64>>>(o);
  cudaFree(o);
}
// STDOUT:
// main(): ok; 1 launch, 60 warp instructions, engine time {{[0-9.]+}} ms
