// RUN: compile %s
#define P1 * * * * * * * *
#define P2 P1 P1 P1 P1 P1 P1 P1 P1
#define P3 P2 P2 P2 P2 P2 P2 P2 P2
#define P4 P3 P3 P3 P3 P3 P3 P3 P3
#define P5 P4 P4 P4 P4
__global__ void Kernel(int P5 P1 p, int n) {}
// STDERR:
// fail_too_many_types.cu:7:28: error: the program has more than 16384 pointer, array and other made types [too-many-types]
//   __global__ void Kernel(int P5 P1 p, int n) {}
//                              ^~
//   hint: split the file
