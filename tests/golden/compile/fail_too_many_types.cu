// RUN: compile %s
#define P1 * * * * * * * *
#define P2 P1 P1 P1 P1 P1 P1 P1 P1
#define P3 P2 P2 P2 P2 P2 P2 P2 P2
#define P4 P3 P3 P3 P3 P3 P3 P3 P3
__global__ void Kernel(int P4 P1 p, int n) {}
// STDERR:
// fail_too_many_types.cu:6:28: error: the program has more than 4096 pointer, array and other made types [too-many-types]
//   __global__ void Kernel(int P4 P1 p, int n) {}
//                              ^~
//   hint: split the file
