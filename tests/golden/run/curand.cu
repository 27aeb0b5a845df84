// RUN: run %s
// <curand_kernel.h> and <cuComplex.h>: the numbers of cuRAND's own streams.
#include <cstdio>
#include <cuComplex.h>
#include <curand_kernel.h>
template <typename S>
__global__ void draw(unsigned* u, float* f, double* d) {
  const int t = threadIdx.x;
  S s;
  curand_init(1234ull + ((unsigned long long)(t & 1) << 40), t * 977, t % 7, &s);
  for (int i = 0; i < 3; ++i) u[t * 3 + i] = curand(&s);
  f[t * 3] = curand_uniform(&s);
  f[t * 3 + 1] = curand_normal(&s);
  f[t * 3 + 2] = curand_log_normal(&s, 0.5f, 0.25f);
  d[t * 2] = curand_uniform_double(&s);
  d[t * 2 + 1] = curand_normal_double(&s);
}
__global__ void rotate(cuFloatComplex* z) {
  z[threadIdx.x] = cuCdivf(cuCmulf(z[threadIdx.x], make_cuFloatComplex(0.0f, 1.0f)),
                           make_cuFloatComplex(2.0f, 0.0f));
}
int main() {
  unsigned* u;
  float* f;
  double* d;
  curandState* states;
  cudaMallocManaged(&u, 32 * 12);
  cudaMallocManaged(&f, 32 * 12);
  cudaMallocManaged(&d, 32 * 16);
  cudaMalloc(&states, 32 * sizeof(curandState));
  for (int kind = 0; kind < 2; ++kind) {
    if (kind == 0) draw<curandState><<<1, 32>>>(u, f, d);
    if (kind == 1) draw<curandStatePhilox4_32_10_t><<<1, 32>>>(u, f, d);
    cudaDeviceSynchronize();
    for (int t = 0; t < 32; t += 13) {
      printf("%u %u %u %.6g %.6g %.6g %.9g %.9g\n", u[t * 3], u[t * 3 + 1], u[t * 3 + 2], f[t * 3],
             f[t * 3 + 1], f[t * 3 + 2], d[t * 2], d[t * 2 + 1]);
    }
  }
  cuFloatComplex* z;
  cudaMallocManaged(&z, 32 * sizeof(cuFloatComplex));
  for (int t = 0; t < 32; ++t) z[t] = make_cuFloatComplex(t, -1.0f);
  rotate<<<1, 32>>>(z);
  cudaDeviceSynchronize();
  printf("%g %g %g\n", cuCrealf(z[3]), cuCimagf(z[3]), cuCabsf(z[3]));
  cudaFree(u);
  cudaFree(f);
  cudaFree(d);
  cudaFree(z);
  cudaFree(states);
}
// STDOUT:
// 624778773 1867875844 3739671282 0.455165 -0.274907 1.06643 0.366787162 -0.852986554
// 2009657525 4206826510 3309582093 0.839039 -0.116755 1.10294 0.210691902 -0.420674712
// 1042090600 1962965503 3028882947 0.393712 -1.15926 1.75881 0.339881341 2.07491722
// 546353992 3665621163 1140953199 0.796055 0.633083 1.69199 0.249172738 -0.653650811
// 2338006538 2804560222 3710583146 0.776772 -0.44125 2.10627 0.977391765 -0.322989663
// 1497144246 3867236714 3528289571 0.27176 -0.665406 2.8254 0.026700103 0.388559989
// 0.5 1.5 1.58114
// main(): ok; 3 launches, 214161 warp instructions, engine time {{[0-9.]+}} ms
