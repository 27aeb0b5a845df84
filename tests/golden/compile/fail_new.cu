// RUN: compile %s
namespace cg = cooperative_groups;
__global__ void k(float* y) {
  float* p = new float[3];
  delete[] p;
  memcmp(y, y, 4);
}
void f(float* p, int n) {
  int* a = new float[3];
  auto b = new int[n][3];
  float* c = new float("x");
  delete n;
  auto g = cg::this_thread_block();
  auto h = new float[p];
}
// STDERR:
// fail_new.cu:10:22: error: this form of new is not supported by the native front end [unsupported]
//     auto b = new int[n][3];
//                        ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_new.cu:13:12: error: 'cg' (usually short for cooperative_groups) is known, but not supported by the native front end [known-unsupported]
//     auto g = cg::this_thread_block();
//              ^~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_new.cu:6:3: error: 'memcmp' exists in host code only [builtin-on-device]
//     memcmp(y, y, 4);
//     ^~~~~~
// fail_new.cu:9:12: error: float* does not convert to int* [cannot-convert]
//     int* a = new float[3];
//              ^~~
//   hint: write a cast if it is meant
// fail_new.cu:11:24: error: string literal does not convert to float [cannot-convert]
//     float* c = new float("x");
//                          ^~~
//   hint: write a cast if it is meant
// fail_new.cu:12:10: error: int cannot be dereferenced or indexed [not-a-pointer]
//     delete n;
//            ^
// fail_new.cu:14:22: error: an integer is needed, not float* [not-an-integer]
//     auto h = new float[p];
//                        ^
//   hint: convert it
