// RUN: compile %s
__global__ void Assign(float* y, const float* x) {
  x[0] + 1 = y[0];
  5 = y[1];
  threadIdx.x = 3;
  (y[0] > 0 ? y[1] : 2.0f) = 1;
  y[2]++++;
  float a[2], b[2];
  a = b;
  float* p = &(x[0] + 1);
  float* q = &3.0f;
  y[3] = reinterpret_cast<int&>(y[0] * 2);
}
// STDERR:
// fail_not_assignable.cu:3:8: error: this cannot be assigned to [not-assignable]
//     x[0] + 1 = y[0];
//          ^
// fail_not_assignable.cu:4:3: error: this cannot be assigned to [not-assignable]
//     5 = y[1];
//     ^
// fail_not_assignable.cu:5:13: error: this cannot be assigned to [not-assignable]
//     threadIdx.x = 3;
//               ^
// fail_not_assignable.cu:6:3: error: this cannot be assigned to [not-assignable]
//     (y[0] > 0 ? y[1] : 2.0f) = 1;
//     ^
// fail_not_assignable.cu:7:7: error: this cannot be assigned to [not-assignable]
//     y[2]++++;
//         ^~
// fail_not_assignable.cu:9:3: error: this cannot be assigned to [not-assignable]
//     a = b;
//     ^
// fail_not_assignable.cu:10:15: error: this is a value without an address [not-addressable]
//     float* p = &(x[0] + 1);
//                 ^
//   hint: store it in a variable first
// fail_not_assignable.cu:11:15: error: this is a value without an address [not-addressable]
//     float* q = &3.0f;
//                 ^~~~
//   hint: store it in a variable first
// fail_not_assignable.cu:12:38: error: this is a value without an address [not-addressable]
//     y[3] = reinterpret_cast<int&>(y[0] * 2);
//                                        ^
//   hint: store it in a variable first
