// RUN: compile %s --emit nest
struct Pair {
  float a, b;
};
__global__ void k(float* y, const float* x) {
  Pair p = {x[threadIdx.x], 1.0f};
  y[threadIdx.x] = p.a + p.b;
}
void launch(float* y, const float* x) { k<<<1, 32>>>(y, x); }
// STDERR:
// fail_nest_struct.cu:6:8: error: cannot lift: a struct value
