// RUN: check %s --task %S/scale.toml --json --until compiled
// REQUIRES: nvrtc
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  struct A { float value; };
  struct B {};
  struct Both : A, B {};
  Both both;
  both.value = 0.5f;
  const float half = both.value;
  if (i < n) y[i] = x[i] / half;
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// {"verdict":"passed","rung":"compiled","compared_with_itself":false,"evidence":[{"rung":"compiled","summary":"accepted by the front end, kernels by NVRTC and the IR verifier; {{[0-9]+}} instructions","runs":0}],"findings":[],"witness":null,"diagnostics":[],"warp_instructions":0,"front":"nvrtc","front_note":"kernels compiled by NVRTC: front_json.cu:7:20: more than one base is not supported by the native front end"}
// STDERR:
// note: kernels compiled by NVRTC: front_json.cu:7:20: more than one base is not supported by the native front end
