// RUN: compile %s
__global__ void k(float* out, half h, float f) {
  out[0] = undefined_name;
  out[1] = h * f;
  out = nullptr;
  out[2] = missing(1);
  const int c = 1;
  c = 2;
  out.x = 1;
  int a[f];
  *f = 1;
  __syncthread();
  zzqqxx();
}
// STDERR:
// fail_names.cu:3:12: error: 'undefined_name' is not declared [unknown-name]
//     out[0] = undefined_name;
//              ^~~~~~~~~~~~~~
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
// fail_names.cu:4:14: error: '*' of half and float is ambiguous in CUDA [half-ambiguous]
//     out[1] = h * f;
//                ^
//   hint: convert one side: __half2float(h), or __float2half(f)
// fail_names.cu:6:12: error: 'missing' is not declared [unknown-name]
//     out[2] = missing(1);
//              ^~~~~~~
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
// fail_names.cu:8:3: error: this is const int and cannot be assigned to [assign-to-const]
//     c = 2;
//     ^
// fail_names.cu:9:7: error: no member 'x' in float* [no-member]
//     out.x = 1;
//         ^
// fail_names.cu:10:9: error: an integer is needed, not float [not-an-integer]
//     int a[f];
//           ^
//   hint: convert it
// fail_names.cu:11:4: error: float cannot be dereferenced or indexed [not-a-pointer]
//     *f = 1;
//      ^
// fail_names.cu:12:3: error: '__syncthread' is not declared [unknown-name-near]
//     __syncthread();
//     ^~~~~~~~~~~~
//   hint: did you mean '__syncthreads'?
// fail_names.cu:13:3: error: 'zzqqxx' is not declared [unknown-name]
//     zzqqxx();
//     ^~~~~~
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
