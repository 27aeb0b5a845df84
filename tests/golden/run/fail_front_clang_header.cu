// RUN: run %s --front clang
// REQUIRES: clang
// What clang is not given is named.
#include <curand_kernel.h>
__global__ void k(int* y) { *y = 1; }
int main() { k<<<1, 1>>>(nullptr); }
// STDOUT:
// error: clang: fail_front_clang_header.cu:4:10: fatal error: 'curand_kernel.h' file not found
//  [clang]
