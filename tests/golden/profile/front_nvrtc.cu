// RUN: profile %s --task %S/../check/scale.toml --no-ptxas --kb none --json
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
// {"arch":"sm_90","basis":"modelled-uncalibrated",{{.*}},"front":"nvrtc","front_note":"kernels compiled by NVRTC: front_nvrtc.cu:7:20: more than one base is not supported by the native front end",{{.*}}}
// STDERR:
// note: kernels compiled by NVRTC: front_nvrtc.cu:7:20: more than one base is not supported by the native front end
