// RUN: compile %s
#include cuda_fp16.h
// STDERR:
// fail_malformed_include.cu:2:2: error: #include needs "file" or <file> [malformed-include]
//   #include cuda_fp16.h
//    ^~~~~~~
