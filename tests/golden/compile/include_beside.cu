// RUN: compile %s --emit ir --function Kernel
#include "include/scale.cuh"
#include "include/scale.cuh"
#define OFFSET_FILE "include/deep/offset.h"
#include OFFSET_FILE
#if !__has_include("include/deep/offset.h") || __has_include("include/none.h")
#error the files beside the source decide
#endif
__global__ void Kernel(int* y) { y[0] = Scale(kOffset); }
void launch(int* y) { Kernel<<<1, 1>>>(y); }
// STDOUT:
// kernel Kernel(u64 y) {
// b0:
//   %0:u64 = ld.param.u64 [y]
//   %1:s32 = call Scale, 5
//   st.s32 [%0], %1
//   ret
// }
