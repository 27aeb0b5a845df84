// RUN: compile %s
__global__ void k(int* x) {
  x[0] = __prefetch_global_l1(x);
  x[1] = __shfl_down(x[0], 1);
  __sincthreads();
  x[2] = blockIndx.x;
  cudaFooBar();
}
// STDERR:
// fail_known_names.cu:3:10: error: '__prefetch_global_l1' (a prefetch) is known, but not supported by the native front end [known-unsupported]
//     x[0] = __prefetch_global_l1(x);
//            ^~~~~~~~~~~~~~~~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_known_names.cu:4:10: error: '__shfl_down' (a shuffle without mask, gone since CUDA 9: use the _sync form) is known, but not supported by the native front end [known-unsupported]
//     x[1] = __shfl_down(x[0], 1);
//            ^~~~~~~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_known_names.cu:5:3: error: '__sincthreads' is not declared [unknown-name-near]
//     __sincthreads();
//     ^~~~~~~~~~~~~
//   hint: did you mean '__syncthreads'?
// fail_known_names.cu:6:10: error: 'blockIndx' is not declared [unknown-name-near]
//     x[2] = blockIndx.x;
//            ^~~~~~~~~
//   hint: did you mean 'blockIdx'?
// fail_known_names.cu:7:3: error: 'cudaFooBar' (the run-time library) is known, but not supported by the native front end [known-unsupported]
//     cudaFooBar();
//     ^~~~~~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
