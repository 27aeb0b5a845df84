// RUN: compile %s
#if __CUDA_ARCH__ < 1000
#error needs a newer device
#endif
// STDERR:
// fail_error_directive.cu:3:2: error: #error needs a newer device [error-directive]
//   #error needs a newer device
//    ^~~~~
