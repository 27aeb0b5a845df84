// RUN: check %s --task %S/scale.toml --json
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n - 1 || i == 0) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// {"verdict":"rejected","rung":"compiled","failed_rung":"sanitized","reason":"1 of 2 elements of the output `y` were not written, first [1] at n=2","compared_with_itself":false,"evidence":[{"rung":"compiled","summary":"accepted by the front end and the IR verifier; 24 instructions","runs":0}],"findings":[{"id":"unwritten-output","note":false,"message":"1 of 2 elements of the output `y` were not written, first [1]","hint":"write all of it; or is its shape in task.toml larger than what is computed?","file":"","line":0,"column":0,"other_line":0,"kernel":"","block":[0,0,0],"thread":[0,0,0],"launch":0,"grid":[0,0,0],"block_size":[0,0,0],"count":1}],"witness":{"sizes":{"n":2},"inputs":"init","seed":3483510772},"diagnostics":[],"warp_instructions":140,"front":"native","front_note":null}
