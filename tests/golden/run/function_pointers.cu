// RUN: run %s
#include <cstdio>
#include <cstdlib>
typedef float (*op_t)(float, float);
using unary = float (*)(float);
__device__ float add(float a, float b) { return a + b; }
__device__ float mul(float a, float b) { return a * b; }
__host__ __device__ float sub2(float a, float b) { return a - b; }
__host__ __device__ float sq(float x) { return x * x; }
__host__ __device__ float half_of(float x) { return x / 2; }
template <typename T> __host__ __device__ T twice(T x) { return x + x; }
__device__ op_t d_op = add;
__device__ op_t d_ops[3] = {add, mul, sub2};
__constant__ op_t c_op = mul;
constexpr unary table[] = {sq, half_of, twice<float>};
struct Stage { unary f; int times; };
__global__ void apply(op_t op, float* x, int n) { int i = threadIdx.x; if (i < n) x[i] = op(x[i], 2.0f); }
__global__ void all(float* x) {
  int i = threadIdx.x;
  x[i] = d_ops[i % 3](x[i], 3.0f) + c_op(1, i);
  op_t mine = i % 2 ? add : mul;
  x[i] = (*mine)(x[i], 1.5f);
}
template <float (*F)(float)> __global__ void stat(float* x) { x[threadIdx.x] = F(x[threadIdx.x]); }
template <typename Op> __global__ void gen(float* x, Op op) { x[threadIdx.x] = op(x[threadIdx.x]); }
template <typename F> __device__ float map2(F f, float x) { return f(f(x)); }
__global__ void dev(float* x) { x[threadIdx.x] = map2(sq, x[threadIdx.x]) + map2(&half_of, 8.0f); }
__global__ void stages(float* x, Stage s) { for (int i = 0; i < s.times; ++i) x[threadIdx.x] = s.f(x[threadIdx.x]); }
__device__ unary d_sq = sq;
void run(void (*kernel)(float*), float* d) { kernel<<<1, 8>>>(d); }
template <typename K> void run2(K kernel, float* d) { kernel<<<1, 8>>>(d); }
int cmp(const void* a, const void* b) { return *(const int*)a - *(const int*)b; }
int fold(int (*f)(int, int), int* a, int n) { int r = a[0]; for (int i = 1; i < n; ++i) r = f(r, a[i]); return r; }
int imax(int a, int b) { return a > b ? a : b; }
void show(float* d) { float h[8]; cudaMemcpy(h, d, 32, cudaMemcpyDeviceToHost); for (float v : h) printf("%g ", v); printf("\n"); }
void CUDART_CB done(void* p) { printf("done %d\n", *(int*)p); }
int main() {
  float* d; float h[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  cudaMalloc(&d, 32); cudaMemcpy(d, h, 32, cudaMemcpyHostToDevice);
  op_t op; cudaMemcpyFromSymbol(&op, d_op, sizeof(op_t));
  apply<<<1, 8>>>(op, d, 8); show(d);
  cudaMemcpyFromSymbol(&op, d_ops, sizeof(op_t), sizeof(op_t));
  apply<<<1, 8>>>(op, d, 8); show(d);
  all<<<1, 8>>>(d); show(d);
  stat<sq><<<1, 8>>>(d); show(d);
  stat<twice<float>><<<1, 8>>>(d); show(d);
  unary u; cudaMemcpyFromSymbol(&u, d_sq, sizeof u);
  gen<<<1, 8>>>(d, u); show(d);
  dev<<<1, 8>>>(d); show(d);
  Stage s = {u, 2}; stages<<<1, 8>>>(d, s); show(d);
  cudaMemcpy(d, h, 32, cudaMemcpyHostToDevice);
  run(all, d); run2(dev, d); run2(&all, d); show(d);
  int a[6] = {5, 3, 9, 1, 7, 2};
  printf("%d ", fold(imax, a, 6));
  qsort(a, 6, sizeof(int), cmp);
  for (int v : a) printf("%d ", v);
  int key = 7; int* at = (int*)bsearch(&key, a, 6, sizeof(int), cmp); printf("at %d\n", (int)(at - a));
  auto f = half_of; unary g = nullptr;
  printf("%g %d %d %g %g\n", f(3), f == half_of, g == nullptr, table[0](3), table[2](3));
  g = a[0] > 0 ? sq : half_of; printf("%g %g\n", g(5), (*g)(6));
  int n = 8; float x = 2; void* args[] = {&op, &d, &n};
  cudaMemcpyFromSymbol(&op, d_ops, sizeof(op_t), 2 * sizeof(op_t));
  printf("launch %d\n", (int)cudaLaunchKernel((void*)apply, dim3(1), dim3(8), args, 0, 0)); show(d);
  cudaLaunchHostFunc(0, done, &n);
  cudaFree(d);
}
// STDOUT:
// 3 4 5 6 7 8 9 10
// 6 8 10 12 14 16 18 20
// 13.5 26.5 13.5 19.5 69 19.5 40.5 68.5
// 182.25 702.25 182.25 380.25 4761 380.25 1640.25 4692.25
// 364.5 1404.5 364.5 760.5 9522 760.5 3280.5 9384.5
// 132860 1.97262e+06 132860 578360 9.06685e+07 578360 1.07617e+07 8.80688e+07
// 3.11588e+20 1.51417e+25 3.11588e+20 1.11891e+23 6.75811e+31 1.11891e+23 1.34128e+28 6.01574e+31
// inf inf inf inf inf inf inf inf
// 1951.5 15668.7 123 17499.6 2.96889e+06 8150.56 497680 3.34701e+06
// 9 1 2 3 5 7 9 at 4
// 1.5 1 1 9 6
// 25 36
// launch 0
// 1949.5 15666.7 121 17497.6 2.96889e+06 8148.56 497678 3.347e+06
// done 8
// main(): ok; 12 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
