// RUN: run %s
// A matrix of wmma begins at a multiple of 32 bytes, and its lines are multiples of 16 apart.
#include <cuda_fp16.h>
#include <mma.h>
using namespace nvcuda;
__global__ void k(const half* a, int offset, int ldm) {
  wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> f;
  wmma::load_matrix_sync(f, a + offset, ldm);
}
int main() {
  half* a;
  cudaMalloc(&a, 4096);
  cudaMemset(a, 0, 4096);
  k<<<1, 32>>>(a, 16, 24);
  cudaDeviceSynchronize();
  k<<<1, 32>>>(a, 8, 16);
  cudaFree(a);
}
// STDOUT:
// main(): 1 finding, stopped; 2 launches, 47 warp instructions, engine time {{[0-9.]+}} ms
// fail_wmma_alignment.cu:8:3: finding: a matrix that is loaded or stored, or a row of it, or the distance of rows, is not aligned [misaligned]
//     wmma::load_matrix_sync(f, a + offset, ldm);
//     ^
//   in k, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 1
//   hint: vector accesses need aligned addresses
