// RUN: run %s
int main() { return missing; }
// STDOUT:
// fail_main_compile.cu:2:21: error: 'missing' is not declared [unknown-name]
//   int main() { return missing; }
//                       ^~~~~~~
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
