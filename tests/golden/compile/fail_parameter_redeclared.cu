// RUN: compile %s
__global__ void k(int n, float* x) {
  int n = 3;
  { float* x = nullptr; }
}
// STDERR:
// fail_parameter_redeclared.cu:3:7: error: 'n' is declared twice [redeclared]
//     int n = 3;
//         ^
//   hint: rename one of them
