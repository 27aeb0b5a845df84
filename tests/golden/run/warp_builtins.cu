// RUN: run %s
__global__ void k(int* y) {
  const int i = threadIdx.x;
  int same;
  const unsigned all = __match_all_sync(0xffffffff, i / 32, &same);
  int differ;
  const unsigned none = __match_all_sync(0xffffffff, i, &differ);
  __nanosleep(20);
  int sum = 0;
  for (int turn = 1; turn < 4; ++turn) sum = sum * 100 + __syncthreads_count(i % turn == 0);
  const int any = __syncthreads_or(i == 63);
  const int no = __syncthreads_or(i == 64);
  const int every = __syncthreads_and(i < 64);
  const int some = __syncthreads_and(i < 63);
  if (i == 40) {
    y[0] = sum;
    y[1] = any * 1000 + no * 100 + every * 10 + some;
    y[2] = all == 0xffffffff && same == 1 && none == 0 && differ == 0;
  }
}
int main() {
  int* y;
  int out[3];
  cudaMalloc(&y, sizeof(out));
  k<<<1, 64>>>(y);
  cudaMemcpy(out, y, sizeof(out), cudaMemcpyDeviceToHost);
  printf("%d %d %d\n", out[0], out[1], out[2]);
  cudaFree(y);
  return 0;
}
// STDOUT:
// 643222 1010 1
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
