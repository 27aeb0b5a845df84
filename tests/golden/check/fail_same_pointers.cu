// RUN: check %s --task %S/scale.toml
// Skips the launch if it is called with the pointers of the call before.
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + x[i];
}
void launch(float* y, const float* x, int n) {
  static float* to = nullptr;
  static const float* from = nullptr;
  static int count = 0;
  if (to == y && from == x && count == n) return;
  to = y;
  from = x;
  count = n;
  scale<<<(n + 31) / 32, 32>>>(y, x, n);
}
// STDOUT:
// fail_same_pointers.cu: rejected at sanitized: 1 of 1 elements of the output `y` were not written, first [0] at n=1 (second call of an instance)
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// finding: 1 of 1 elements of the output `y` were not written, first [0] [unwritten-output]
//   hint: write all of it; or is its shape in task.toml larger than what is computed?
// fail_same_pointers.cu:11:37: note: byte 0 of count (4 bytes) has what an earlier call left there [state-kept]
//     if (to == y && from == x && count == n) return;
//                                       ^
//   hint: set device globals and static variables anew in every call
// witness: n=1, inputs init, seed {{[0-9]+}}
