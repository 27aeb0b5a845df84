// RUN: run %s --front nvrtc
// REQUIRES: nvrtc
// Programs are given no files but their own and the compiler's.
#if defined(__CUDACC_RTC__) || defined(__clang__)
#import "/etc/hosts"
#endif
__global__ void k(int* y) { *y = 1; }
int main() { int* y; cudaMalloc(&y, 4); k<<<1, 1>>>(y); cudaFree(y); }
// STDOUT:
// error: NVRTC is not given programs that read files by #include of what a macro names, #include_next, #import or #embed [nvrtc]
//   hint: write #include and the file's name
