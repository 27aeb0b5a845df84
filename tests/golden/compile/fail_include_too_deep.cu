// RUN: compile %s
#include "include/again.h"
__global__ void Kernel(int* y) { y[0] = kAgain; }
// STDERR:
// include/again.h:1:2: error: files include each other more than 32 deep [include-too-deep]
//   #include "again.h"
//    ^~~~~~~
//   hint: add #pragma once to the included file
