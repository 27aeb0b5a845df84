// RUN: init %s -o %s
__global__ void scale(float* y) {}
void launch(float* y) { scale<<<1, 1>>>(y); }
// STDERR:
// error: fail_exists.cu exists
//   hint: --force overwrites it
