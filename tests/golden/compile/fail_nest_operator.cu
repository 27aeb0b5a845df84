// RUN: compile %s --emit nest
__device__ float2 operator+(float2 a, float2 b) { return make_float2(a.x - b.x, a.y - b.y); }
__global__ void k(float2* y, const float2* x) { y[threadIdx.x] = x[threadIdx.x] + x[0]; }
void launch(float2* y, const float2* x) { k<<<1, 32>>>(y, x); }
// STDERR:
// fail_nest_operator.cu:3:81: error: cannot lift: an operator that the program defines
