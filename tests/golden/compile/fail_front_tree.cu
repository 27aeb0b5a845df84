// RUN: compile %s --front nvrtc --emit nest
__global__ void k(int* y) { y[threadIdx.x] = 7; }
// STDERR:
// error: --emit nest wants --front native
//   hint: of other compilers, --emit ir and --emit ptx can be had
