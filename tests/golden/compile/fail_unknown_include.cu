// RUN: compile %s
#include "mylib/sort.h"
// STDERR:
// fail_unknown_include.cu:2:2: error: cannot find the header "mylib/sort.h" [unknown-include]
//   #include "mylib/sort.h"
//    ^~~~~~~
//   hint: known are the CUDA, C and C++ standard headers and files beside the source or in folders below it; paste the header's text otherwise
