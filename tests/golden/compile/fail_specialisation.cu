// RUN: compile %s
template <> __device__ float f<float>(float x) { return x; }
template <typename T> __device__ T g(T x) { return x; }
template <> __device__ float g<double>(float x) { return x; }
template <> __device__ int g<int>(int x) { return x; }
template <> __device__ int g(int x) { return x + 1; }
template <> __device__ long g(long x) { return y; }
void h(float* p) {
  for (int x : p) p[0] = x;
  for (int x : 3) p[0] = x;
  int a[2] = {1, 2};
  for (float& x : a) x = 1;
  for (void x : a) a[0] = 1;
  for (int x, y : a) a[0] = 1;
  while (int x; x > 0) a[0] = 1;
  if (int y) a[0] = 1;
  if (a[0] = 1; a[1]; a[0]) a[0] = 2;
}
// STDERR:
// fail_specialisation.cu:15:17: error: expected a condition, found 'x' [expected]
//     while (int x; x > 0) a[0] = 1;
//                   ^
// fail_specialisation.cu:16:12: error: expected an initialiser, found ')' [expected]
//     if (int y) a[0] = 1;
//              ^
// fail_specialisation.cu:17:21: error: expected ')', found ';' [expected]
//     if (a[0] = 1; a[1]; a[0]) a[0] = 2;
//                       ^
// fail_specialisation.cu:17:27: error: expected ';', found ')' [expected]
//     if (a[0] = 1; a[1]; a[0]) a[0] = 2;
//                             ^
// fail_specialisation.cu:2:30: error: 'f' specialises no template declared before [no-template]
//   template <> __device__ float f<float>(float x) { return x; }
//                                ^
//   hint: declare the template above, with parameters that this one fits
// fail_specialisation.cu:4:30: error: 'g' specialises no template declared before [no-template]
//   template <> __device__ float g<double>(float x) { return x; }
//                                ^
//   hint: declare the template above, with parameters that this one fits
// fail_specialisation.cu:6:28: error: 'g' is declared twice [redeclared]
//   template <> __device__ int g(int x) { return x + 1; }
//                              ^
//   hint: rename one of them
// fail_specialisation.cu:7:48: error: 'y' is not declared [unknown-name]
//   template <> __device__ long g(long x) { return y; }
//                                                  ^
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
// fail_specialisation.cu:9:16: error: a range-based for goes over an array or std::vector, not float* [not-a-range]
//     for (int x : p) p[0] = x;
//                  ^
//   hint: loop over an index
// fail_specialisation.cu:10:16: error: a range-based for goes over an array or std::vector, not int [not-a-range]
//     for (int x : 3) p[0] = x;
//                  ^
//   hint: loop over an index
// fail_specialisation.cu:12:19: error: int does not convert to float& [cannot-convert]
//     for (float& x : a) x = 1;
//                     ^
//   hint: write a cast if it is meant
// fail_specialisation.cu:13:13: error: 'x' cannot have type void [bad-variable-type]
//     for (void x : a) a[0] = 1;
//               ^
// fail_specialisation.cu:14:8: error: expected one variable, found several [expected]
//     for (int x, y : a) a[0] = 1;
//          ^~~
