// RUN: compile %s --front clang --emit ir --function k
// REQUIRES: clang
__global__ void k(int* y) { y[threadIdx.x] = 7; }
// STDOUT:
// kernel k(u64 y) {
// ...
// {{.*}}st.global.u32 {{.*}}
// ...
