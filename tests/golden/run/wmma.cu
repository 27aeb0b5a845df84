// Every kind of fragment of <mma.h> against sums made element by element.
// RUN: run %s --front native
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <mma.h>
#include <cstdio>
using namespace nvcuda;

__device__ float number(float x) { return x; }
__device__ float number(double x) { return (float)x; }
__device__ float number(__half x) { return __half2float(x); }
__device__ float number(__nv_bfloat16 x) { return __bfloat162float(x); }
__device__ float number(int x) { return (float)x; }
__device__ float number(signed char x) { return (float)x; }
__device__ float number(unsigned char x) { return (float)x; }

// Small whole numbers, which all types have.
template <typename T>
__device__ T small(int i) { return T((float)(i * 7 % 5)); }

template <int M, int N, int K, typename F, typename E, typename S, typename LA, typename LB>
__global__ void product(int* wrong, wmma::layout_t layout) {
  __shared__ E a[M * K], b[K * N];
  __shared__ S c[M * N], d[M * N];
  const bool a_rows = LA::__row, b_rows = LB::__row;
  for (int i = threadIdx.x; i < M * K; i += 32) a[i] = small<E>(i);
  for (int i = threadIdx.x; i < K * N; i += 32) b[i] = small<E>(i + 3);
  for (int i = threadIdx.x; i < M * N; i += 32) c[i] = small<S>(i + 1);
  __syncwarp();
  wmma::fragment<wmma::matrix_a, M, N, K, F, LA> fa;
  wmma::fragment<wmma::matrix_b, M, N, K, F, LB> fb;
  wmma::fragment<wmma::accumulator, M, N, K, S> fc, fd;
  wmma::load_matrix_sync(fa, a, a_rows ? K : M);
  wmma::load_matrix_sync(fb, b, b_rows ? N : K);
  wmma::load_matrix_sync(fc, c, layout == wmma::mem_row_major ? N : M, layout);
  for (int i = 0; i < fc.num_elements; ++i) fc.x[i] = fc.x[i] + fc.x[i];
  wmma::mma_sync(fd, fa, fb, fc);
  wmma::store_matrix_sync(d, fd, layout == wmma::mem_row_major ? N : M, layout);
  __syncwarp();
  for (int i = threadIdx.x; i < M * N; i += 32) {
    const int row = i / N, column = i % N;
    const int at = layout == wmma::mem_row_major ? i : column * M + row;
    float sum = 2 * number(c[at]);
    for (int k = 0; k < K; ++k) {
      sum += number(a[a_rows ? row * K + k : k * M + row]) * number(b[b_rows ? k * N + column : column * K + k]);
    }
    if (number(d[at]) != sum) atomicAdd(wrong, 1);
  }
}

int* wrong;
template <int M, int N, int K, typename F, typename E, typename S>
void all_layouts(const char* name) {
  *wrong = 0;
  product<M, N, K, F, E, S, wmma::row_major, wmma::row_major><<<1, 32>>>(wrong, wmma::mem_row_major);
  product<M, N, K, F, E, S, wmma::row_major, wmma::col_major><<<1, 32>>>(wrong, wmma::mem_col_major);
  product<M, N, K, F, E, S, wmma::col_major, wmma::row_major><<<1, 32>>>(wrong, wmma::mem_row_major);
  product<M, N, K, F, E, S, wmma::col_major, wmma::col_major><<<1, 32>>>(wrong, wmma::mem_col_major);
  cudaDeviceSynchronize();
  printf("%s m%dn%dk%d: %d wrong\n", name, M, N, K, *wrong);
}
template <typename F, typename E, typename S>
void all_shapes(const char* name) {
  all_layouts<16, 16, 16, F, E, S>(name);
  all_layouts<32, 8, 16, F, E, S>(name);
  all_layouts<8, 32, 16, F, E, S>(name);
}
__global__ void saturate(float* out) {
  wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> a;
  wmma::fragment<wmma::matrix_b, 16, 16, 16, half, wmma::col_major> b;
  wmma::fragment<wmma::accumulator, 16, 16, 16, half> c;
  wmma::fill_fragment(a, __float2half(1000.0f));
  wmma::fill_fragment(b, __float2half(100.0f));
  wmma::fill_fragment(c, __float2half(0.0f));
  wmma::mma_sync(c, a, b, c);
  out[threadIdx.x] = __half2float(c.x[0]);
  wmma::fill_fragment(c, __float2half(0.0f));
  wmma::mma_sync(c, a, b, c, true);
  out[32 + threadIdx.x] = __half2float(c.x[7]);
}
int main() {
  cudaMallocManaged(&wrong, sizeof(int));
  all_shapes<half, half, float>("f32 = f16");
  all_shapes<half, half, half>("f16 = f16");
  all_shapes<__nv_bfloat16, __nv_bfloat16, float>("f32 = bf16");
  all_shapes<signed char, signed char, int>("s32 = s8");
  all_shapes<unsigned char, unsigned char, int>("s32 = u8");
  all_layouts<16, 16, 8, wmma::precision::tf32, float, float>("f32 = tf32");
  all_layouts<8, 8, 4, double, double, double>("f64");
  cudaFree(wrong);
  float* out;
  cudaMallocManaged(&out, 64 * sizeof(float));
  saturate<<<1, 32>>>(out);
  cudaDeviceSynchronize();
  printf("%g %g\n", out[0], out[33]);
  cudaFree(out);
  return 0;
}
// STDOUT:
// f32 = f16 m16n16k16: 0 wrong
// f32 = f16 m32n8k16: 0 wrong
// f32 = f16 m8n32k16: 0 wrong
// f16 = f16 m16n16k16: 0 wrong
// f16 = f16 m32n8k16: 0 wrong
// f16 = f16 m8n32k16: 0 wrong
// f32 = bf16 m16n16k16: 0 wrong
// f32 = bf16 m32n8k16: 0 wrong
// f32 = bf16 m8n32k16: 0 wrong
// s32 = s8 m16n16k16: 0 wrong
// s32 = s8 m32n8k16: 0 wrong
// s32 = s8 m8n32k16: 0 wrong
// s32 = u8 m16n16k16: 0 wrong
// s32 = u8 m32n8k16: 0 wrong
// s32 = u8 m8n32k16: 0 wrong
// f32 = tf32 m16n16k8: 0 wrong
// f64 m8n8k4: 0 wrong
// inf 65504
// main(): ok; 69 launches, 147952 warp instructions, engine time {{[0-9.]+}} ms
