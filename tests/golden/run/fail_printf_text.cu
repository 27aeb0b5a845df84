// RUN: run %s
__global__ void k(const char* text) { printf("%s\n", text); }
int main() {
  const char* text = "abc";
  k<<<1, 1>>>(text);
}
// STDOUT:
// main(): 1 finding, stopped; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_printf_text.cu:2:39: finding: printf in a kernel reads a text of host memory [wrong-space]
//   __global__ void k(const char* text) { printf("%s\n", text); }
//                                         ^
//   in k, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (1, 1, 1), launch 0
//   hint: copy between host and device with cudaMemcpy; a pointer is good on one side only
