// memset and memcpy in device code, and managed pointers in managed memory.
// RUN: run %s
#include <cstdio>
#include <cstring>
struct Job {
  unsigned char bytes[13];
  int sum;
};
__global__ void work(Job** jobs) {
  Job local;
  memset(&local, threadIdx.x, sizeof(local));
  memcpy(local.bytes + 1, "abcdef", 6);
  local.sum = 0;
  for (int i = 0; i < 13; ++i) local.sum += local.bytes[i];
  memcpy(jobs[threadIdx.x], &local, sizeof(Job));
}
int main() {
  Job** jobs;
  cudaMallocManaged(&jobs, 2 * sizeof(Job*));
  for (int i = 0; i < 2; ++i) cudaMallocManaged(&jobs[i], sizeof(Job));
  work<<<1, 2>>>(jobs);
  cudaDeviceSynchronize();
  for (int i = 0; i < 2; ++i) {
    printf("%d %d %d\n", jobs[i]->bytes[0], jobs[i]->bytes[6], jobs[i]->sum);
    cudaFree(jobs[i]);
  }
  cudaFree(jobs);
  return 0;
}
// STDOUT:
// 0 102 597
// 1 102 604
// main(): ok; 1 launch, 226 warp instructions, engine time {{.*}} ms
