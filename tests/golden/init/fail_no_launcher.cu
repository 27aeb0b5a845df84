// RUN: init %s -o %t/task.toml
__global__ void scale(float* y) {}
// STDERR:
// error: fail_no_launcher.cu: no host function launches a kernel
