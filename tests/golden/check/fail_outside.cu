// RUN: check %s --task %S/scale.toml
void launch(float* y, const float* x, int n) { y = z; }
// STDOUT:
// fail_outside.cu: outside at compiled: the source cannot be compiled here
// fail_outside.cu:2:52: error: 'z' is not declared [unknown-name]
//   void launch(float* y, const float* x, int n) { y = z; }
//                                                      ^
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
