// RUN: check %s --task %S/scale.toml --front clang
// REQUIRES: clang
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  struct A { float value; };
  struct B {};
  struct Both : A, B {};
  Both both;
  both.value = 0.5f;
  const float half = both.value;
  if (i < n) y[i] = x[i] / half * cosf(1e-30f * x[i]);
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// front_clang.cu: accepted through tested
//   compiled   accepted by the front end, kernels by clang and the IR verifier; {{[0-9]+}} instructions
//   sanitized  no finding in 24 runs with every check at 2 sizes and 6 drawn under 3 schedules; same bits under every schedule and after other calls
//   tested     right on {{[0-9]+}} screening inputs at 2 listed and 6 drawn sizes, 688 fresh inputs at {{[0-9]+}} sizes: wrong on 0.01 of inputs or more with probability at most 0.001 among 1; right at {{[0-9]+}} sizes around its own constants; right at 2 larger sizes; at the bench size n=65536: all 65536 outputs compared, {{[0-9]+}} by their own tolerance; right beside it at n=65537; worst error 0 of the tolerance; the reference is the baseline itself: a fault of its own counts as right
