// RUN: check %s --task %S/scale.toml
__global__ void scale(float* y, const float* x, int n) {
  while (true) {
  }
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// fail_no_end.cu: rejected at sanitized: the budget of {{[0-9]+}} warp instructions is used up at n=1
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// fail_no_end.cu:3:16: finding: the budget of {{[0-9]+}} warp instructions is used up [no-fuel]
//     while (true) {
//                  ^
//   in scale, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 0
//   hint: is there an endless loop?
// witness: n=1, inputs init, seed {{[0-9]+}}
