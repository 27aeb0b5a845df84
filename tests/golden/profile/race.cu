// RUN: profile %s --task %S/../check/scale.toml --size n=1024 --kb none --no-ptxas
// Times of a program with a race are given with a warning.
__global__ void scale(float* y, const float* x, int n) {
  __shared__ float s[64];
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  s[threadIdx.x] = i < n ? x[i] : 0.0f;
  if (i < n) y[i] = s[threadIdx.x ^ 32] * 2.0f;
}
void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDOUT:
// warning: the program is not right, so its times mean little: at n=1, race.cu:6: thread 32 writes byte 128 of shared s (256 bytes) and thread 0 reads it, without ordering between them [race-shared]; `warpsmith check` tells all
// sm_90: {{.*}} us (modelled-uncalibrated); roofline bound {{.*}} us
// ...
// {{.*}} fill less than 1 % of the chip once{{.*}}
