// RUN: check %s
__global__ void scale(float* y, int n) { y[threadIdx.x] *= n; }
// STDERR:
// error: --task is missing, and there is no task.toml beside fail_no_task_kernel.cu
//   hint: no host function launches a kernel; a task calls a host function that takes device pointers and launches; add one, with the grid and block that `scale` expects:
//     void launch(float* y, int n) {
//       scale<<<(n + 255) / 256, 256>>>(y, n);
//     }
