// RUN: compile %s
float host_value;
__device__ float device_value;
__global__ void k(float* out) {
  out[0] = host_value;
  cudaMalloc((void**)&out, 4);
  k<<<1, 1>>>(out);
}
void launch(float* out) {
  __shared__ float s[4];
  float x = device_value;
  cudaMallocManaged(0);
  out[0] = expf(1.0f) + long_gone(1.0);
}
// STDERR:
// fail_sides.cu:5:12: error: the host variable 'host_value' is used in device code [host-variable-on-device]
//     out[0] = host_value;
//              ^~~~~~~~~~
//   hint: declare it __device__ or __constant__, or pass it as an argument
// fail_sides.cu:6:3: error: 'cudaMalloc' exists in host code only [builtin-on-device]
//     cudaMalloc((void**)&out, 4);
//     ^~~~~~~~~~
// fail_sides.cu:7:3: error: kernels are launched from host code only [launch-on-device]
//     k<<<1, 1>>>(out);
//     ^
// fail_sides.cu:10:20: error: the shared variable 's' is declared in host code [shared-on-host]
//     __shared__ float s[4];
//                      ^
//   hint: declare it in a kernel or device function
// fail_sides.cu:11:13: error: the device variable 'device_value' is used in host code [device-variable-on-host]
//     float x = device_value;
//               ^~~~~~~~~~~~
//   hint: pass its value as an argument
// fail_sides.cu:12:3: error: no form of 'cudaMallocManaged' takes these 1 arguments [no-matching-builtin]
//     cudaMallocManaged(0);
//     ^~~~~~~~~~~~~~~~~
//   hint: check their number and types
// fail_sides.cu:13:25: error: 'long_gone' is not declared [unknown-name]
//     out[0] = expf(1.0f) + long_gone(1.0);
//                           ^~~~~~~~~
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
