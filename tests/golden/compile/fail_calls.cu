// RUN: compile %s
__global__ void k(float* out, int n) { out[n] = 1; }
__device__ int d(int a, int b) { return a + b; }
void h() {}
__global__ void wrong(float* out) {
  d(1);
  h();
  k(out, 1);
  d(out, 2);
  std::max(1, 2.0f);
  fmaxf(1);
  out[0] = max(1, 2u, 3);
}
void launch(float* out) {
  k<<<1>>>(out, 1);
  k<<<1, 32>>>(out);
  d(1, 2);
  h<<<1, 1>>>();
  __syncthreads();
  int x = threadIdx.x;
}
// STDERR:
// fail_calls.cu:6:3: error: 'd' takes 2 arguments, 1 are given [wrong-argument-count]
//     d(1);
//     ^
// fail_calls.cu:7:3: error: the host function 'h' is called from device code [host-function-on-device]
//     h();
//     ^
//   hint: declare it __device__
// fail_calls.cu:8:3: error: the kernel 'k' must be launched [kernel-needs-launch]
//     k(out, 1);
//     ^
//   hint: write k<<<grid, block>>>(...)
// fail_calls.cu:9:5: error: float* does not convert to int [cannot-convert]
//     d(out, 2);
//       ^~~
//   hint: write a cast if it is meant
// fail_calls.cu:10:3: error: std::max of int and float: both must have the same type [mixed-min-max]
//     std::max(1, 2.0f);
//     ^~~
//   hint: convert one, or write std::max<T>
// fail_calls.cu:11:3: error: no form of 'fmaxf' takes these 1 arguments [no-matching-builtin]
//     fmaxf(1);
//     ^~~~~
//   hint: check their number and types
// fail_calls.cu:12:12: error: no form of 'max' takes these 3 arguments [no-matching-builtin]
//     out[0] = max(1, 2u, 3);
//              ^~~
//   hint: check their number and types
// fail_calls.cu:15:4: error: a launch takes 2 to 4 values between <<< and >>>, not 1 [bad-launch-config]
//     k<<<1>>>(out, 1);
//      ^~~
//   hint: <<<grid, block, shared bytes, stream>>>
// fail_calls.cu:16:3: error: 'k' takes 2 arguments, 1 are given [wrong-argument-count]
//     k<<<1, 32>>>(out);
//     ^
// fail_calls.cu:17:3: error: the device function 'd' is called from host code [device-function-on-host]
//     d(1, 2);
//     ^
//   hint: declare it __host__ __device__
// fail_calls.cu:18:3: error: 'h' is no kernel and cannot be launched [not-a-kernel]
//     h<<<1, 1>>>();
//     ^
//   hint: declare it __global__
// fail_calls.cu:19:3: error: '__syncthreads' exists in device code only [builtin-on-host]
//     __syncthreads();
//     ^~~~~~~~~~~~~
// fail_calls.cu:20:11: error: 'threadIdx' exists in device code only [builtin-on-host]
//     int x = threadIdx.x;
//             ^~~~~~~~~
