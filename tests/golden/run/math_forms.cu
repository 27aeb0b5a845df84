// RUN: run %s
#include <cstdio>
#include <cuda_fp16.h>
__global__ void forms(float* f, int* i) {
  float s, c, whole;
  int e, q;
  sincospif(1.0f / 6.0f, &s, &c);
  f[0] = s;
  f[1] = modff(-2.75f, &whole);
  f[2] = whole;
  f[3] = frexpf(12.0f, &e);
  i[0] = e;
  f[4] = remquof(17.0f, 5.0f, &q);
  i[1] = q;
  f[5] = ldexpf(0.75f, 4) + scalbn(1.0f, -1);
  i[2] = __dp4a(0x01020304, 0x01010101, 5);
  i[3] = (int)lroundf(-2.5f) + (int)llrintf(2.5f) + ilogbf(9.0f);
  half2 a = __floats2half2_rn(1.0f, 2.0f), b = __floats2half2_rn(1.0f, 3.0f);
  f[6] = __low2float(__heq2(a, b)) + 10.0f * __high2float(__hlt2(a, b));
  i[4] = __hbeq2(a, b) ? 1 : (int)__hne2_mask(a, b);
  f[7] = hypot(3.0f, 4.0f) + cbrtf(27.0f) + norm4df(1.0f, 1.0f, 1.0f, 1.0f) + tgammaf(5.0f);
  i[5] = __hadd(3, 6) + __rhadd(3, 6) + (int)__funnelshift_rc(8u, 1u, 35u);
  f[8] = isnan(nanf("")) ? nextafterf(1.0f, 2.0f) : 0.0f;
}
int main() {
  float *f, hf[9];
  int *i, hi[6];
  cudaMalloc(&f, sizeof(hf));
  cudaMalloc(&i, sizeof(hi));
  forms<<<1, 1>>>(f, i);
  cudaMemcpy(hf, f, sizeof(hf), cudaMemcpyDeviceToHost);
  cudaMemcpy(hi, i, sizeof(hi), cudaMemcpyDeviceToHost);
  for (int k = 0; k < 9; ++k) printf("%.9g ", hf[k]);
  for (int k = 0; k < 6; ++k) printf("%d ", hi[k]);
  printf("\n");
  cudaFree(f);
  cudaFree(i);
  return 0;
}
// STDOUT:
// 0.5 -0.75 -2 0.75 2 12.5 11 34 1.00000012 4 3 15 2 -65536 10
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
