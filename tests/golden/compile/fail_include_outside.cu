// RUN: compile %s
#include "../golden_file.h"
#include "/etc/hostname"
#include "include/none.h"
#include "include/wrong.h"
__global__ void Kernel(int* y) { y[0] = Wrong(1); }
// STDERR:
// fail_include_outside.cu:2:2: error: cannot find the header "../golden_file.h" [unknown-include]
//   #include "../golden_file.h"
//    ^~~~~~~
//   hint: known are the CUDA, C and C++ standard headers and files beside the source or in folders below it; paste the header's text otherwise
// fail_include_outside.cu:3:2: error: cannot find the header "/etc/hostname" [unknown-include]
//   #include "/etc/hostname"
//    ^~~~~~~
//   hint: known are the CUDA, C and C++ standard headers and files beside the source or in folders below it; paste the header's text otherwise
// fail_include_outside.cu:4:2: error: cannot find the header "include/none.h" [unknown-include]
//   #include "include/none.h"
//    ^~~~~~~
//   hint: known are the CUDA, C and C++ standard headers and files beside the source or in folders below it; paste the header's text otherwise
// include/wrong.h:1:42: error: 'z' is not declared [unknown-name]
//   __device__ int Wrong(int x) { return x + z; }
//                                            ^
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
