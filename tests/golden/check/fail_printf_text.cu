// RUN: check %s --task %S/scale.toml --until sanitized
#include <cstdio>
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] * 2.0f;
}
void launch(float* y, const float* x, int n) {
  scale<<<(n + 31) / 32, 32>>>(y, x, n);
  printf("%s\n", (const char*)(size_t)n);
}
// STDOUT:
// fail_printf_text.cu: rejected at sanitized: printf gets 0x1, which is no address at n=1
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// fail_printf_text.cu:9:3: finding: printf gets 0x1, which is no address [bad-address]
//     printf("%s\n", (const char*)(size_t)n);
//     ^
// witness: n=1, inputs init, seed {{[0-9]+}}
