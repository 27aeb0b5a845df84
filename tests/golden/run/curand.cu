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
