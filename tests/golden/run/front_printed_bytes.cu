// Words of four bytes, of halves and of matrices' elements, printed as PTX and read back.
// RUN: run %s --front printed
#include <mma.h>
#include <cstdio>
using namespace nvcuda;
__global__ void k(int* out) {
  __shared__ __align__(32) signed char a[256], b[256];
  __shared__ __align__(32) int c[256];
  for (int i = threadIdx.x; i < 256; i += 32) {
    a[i] = (signed char)(i % 7 - 3);
    b[i] = (signed char)(i % 5 - 2);
  }
  __syncwarp();
  wmma::fragment<wmma::matrix_a, 16, 16, 16, signed char, wmma::col_major> fa;
  wmma::fragment<wmma::matrix_b, 16, 16, 16, signed char, wmma::row_major> fb;
  wmma::fragment<wmma::accumulator, 16, 16, 16, int> fc;
  wmma::load_matrix_sync(fa, a, 16);
  wmma::load_matrix_sync(fb, b, 16);
  wmma::fill_fragment(fc, 1);
  wmma::mma_sync(fc, fa, fb, fc);
  wmma::store_matrix_sync(c, fc, 16, wmma::mem_row_major);
  __syncwarp();
  int wrong = 0;
  for (int i = threadIdx.x; i < 256; i += 32) {
    int sum = 1;
    for (int j = 0; j < 16; ++j) sum += a[j * 16 + i / 16] * b[j * 16 + i % 16];
    if (sum != c[i]) ++wrong;
  }
  out[threadIdx.x] = wrong;
}
int main() {
  int* out;
  cudaMallocManaged(&out, 128);
  k<<<1, 32>>>(out);
  cudaDeviceSynchronize();
  int wrong = 0;
  for (int i = 0; i < 32; ++i) wrong += out[i];
  printf("%d wrong, %d bytes aligned to %d\n", wrong,
         (int)sizeof(wmma::fragment<wmma::accumulator, 16, 16, 16, int>),
         (int)alignof(wmma::fragment<wmma::accumulator, 16, 16, 16, int>));
  cudaFree(out);
}
// STDOUT:
// 0 wrong, 32 bytes aligned to 8
// main(): ok; 1 launch, 2038 warp instructions, engine time {{[0-9.]+}} ms
