// RUN: compile %s
#define A1 x[0], x[1], x[2], x[3]
#define A2 A1, A1, A1, A1, A1, A1, A1, A1
#define A3 A2, A2, A2, A2, A2, A2, A2, A2
__device__ float Sum(float a, float b) { return a + b; }
__global__ void Kernel(float* y, const float* x) { y[0] = Sum(A3) + fmaxf(A3); }
void launch(float* y, const float* x) { Kernel<<<1, 32>>>(y, A3); }
// STDERR:
// fail_too_many_arguments.cu:6:59: error: a call passes at most 250 values [too-many-arguments]
//   __global__ void Kernel(float* y, const float* x) { y[0] = Sum(A3) + fmaxf(A3); }
//                                                             ^~~
//   hint: pass a pointer to an array
// fail_too_many_arguments.cu:6:69: error: a call passes at most 250 values [too-many-arguments]
//   __global__ void Kernel(float* y, const float* x) { y[0] = Sum(A3) + fmaxf(A3); }
//                                                                       ^~~~~
//   hint: pass a pointer to an array
// fail_too_many_arguments.cu:7:41: error: a call passes at most 250 values [too-many-arguments]
//   void launch(float* y, const float* x) { Kernel<<<1, 32>>>(y, A3); }
//                                           ^~~~~~
//   hint: pass a pointer to an array
