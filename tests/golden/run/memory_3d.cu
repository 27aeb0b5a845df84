// RUN: run %s
#include <cstdio>
__global__ void fill(cudaPitchedPtr box, cudaExtent size) {
  for (int z = 0; z < size.depth; ++z)
    for (int y = 0; y < size.height; ++y) {
      char* row = (char*)box.ptr + (z * box.ysize + y) * box.pitch;
      row[threadIdx.x] = z * 100 + y * 10 + threadIdx.x;
    }
}
int main() {
  cudaExtent size = make_cudaExtent(4, 3, 2);
  cudaPitchedPtr box;
  cudaMalloc3D(&box, size);
  cudaMemset3D(box, 1, size);
  fill<<<1, 3>>>(box, size);
  char h[24];
  cudaMemcpy3DParms copy = {};
  copy.srcPtr = box;
  copy.dstPtr = make_cudaPitchedPtr(h, 4, 4, 3);
  copy.extent = size;
  copy.kind = cudaMemcpyDeviceToHost;
  cudaMemcpy3D(&copy);
  for (char c : h) printf("%d ", c);
  printf("pitch %d\n", (int)box.pitch);
  cudaFree(box.ptr);
}
// STDOUT:
// 0 1 2 1 10 11 12 1 20 21 22 1 100 101 102 1 110 111 112 1 120 121 122 1 pitch 512
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
