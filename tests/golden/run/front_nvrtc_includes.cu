// RUN: run %s --front nvrtc
// REQUIRES: nvrtc
// What leads out of the program is left out, however it is written.
#if defined(__CUDACC_RTC__) || defined(__clang__)
%:include "/etc/hosts"
#/**/inc\
lude </etc/hosts>
/*
*/ #include "../../../../../../../../etc/hosts"
#endif
__global__ void k(int* y) { *y = 1; }
int main() { int* y; cudaMalloc(&y, 4); k<<<1, 1>>>(y); cudaFree(y); }
// STDOUT:
// main(): ok; 1 launch, 4 warp instructions, engine time {{[0-9.]+}} ms
