// RUN: run %s --front clang
// REQUIRES: clang
// What clang is not given is named.
#include <cuda/pipeline>
__global__ void k(int* y) { *y = 1; }
int main() { k<<<1, 1>>>(nullptr); }
// STDOUT:
// error: clang: fail_front_clang_header.cu:4:10: fatal error: 'cuda/pipeline' file not found
//  [clang]
