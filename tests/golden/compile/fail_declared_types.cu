// RUN: compile %s
typedef float& Ref;
__global__ void Types(float* y) {
  void cells[4];
  float& refs[2] = {y[0], y[1]};
  Ref* p = &y[0];
  float&* q = y;
  double huge[1 << 20][1 << 20];
  __shared__ char big[1LL << 41];
}
__device__ float Scale(float x = 1.0f, float y) { return x * y; }
// STDERR:
// fail_declared_types.cu:11:40: error: a parameter without default follows one with a default [default-argument-order]
//   __device__ float Scale(float x = 1.0f, float y) { return x * y; }
//                                          ^~~~~
//   hint: give it a default, or move it forward
// fail_declared_types.cu:4:13: error: an array cannot hold void [bad-array-element]
//     void cells[4];
//               ^
// fail_declared_types.cu:5:14: error: an array cannot hold float& [bad-array-element]
//     float& refs[2] = {y[0], y[1]};
//                ^
// fail_declared_types.cu:6:6: error: a pointer to a reference does not exist [pointer-to-reference]
//     Ref* p = &y[0];
//        ^
//   hint: point to the object
// fail_declared_types.cu:7:9: error: a pointer to a reference does not exist [pointer-to-reference]
//     float&* q = y;
//           ^
//   hint: point to the object
// fail_declared_types.cu:8:17: error: the array is larger than 2^40 bytes [type-too-large]
//     double huge[1 << 20][1 << 20];
//                   ^~
// fail_declared_types.cu:9:27: error: the array is larger than 2^40 bytes [type-too-large]
//     __shared__ char big[1LL << 41];
//                             ^~
