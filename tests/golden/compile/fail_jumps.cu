// RUN: compile %s
__device__ int f(int n) {
  break;
  continue;
  switch (n) { case 1: case 1: return 1; default: default: continue; }
  case 3:
  goto nowhere;
  float big[1000000];
  big[n] = 1;
  return n;
}
__global__ void k(int* out) { out[0] = f(1); }
// STDERR:
// fail_jumps.cu:3:3: error: break outside a loop [jump-outside-loop]
//     break;
//     ^~~~~
// fail_jumps.cu:4:3: error: continue outside a loop [jump-outside-loop]
//     continue;
//     ^~~~~~~~
// fail_jumps.cu:5:51: error: this case occurs twice in the switch [duplicate-case]
//     switch (n) { case 1: case 1: return 1; default: default: continue; }
//                                                     ^~~~~~~
// fail_jumps.cu:5:60: error: continue outside a loop [jump-outside-loop]
//     switch (n) { case 1: case 1: return 1; default: default: continue; }
//                                                              ^~~~~~~~
// fail_jumps.cu:5:24: error: this case occurs twice in the switch [duplicate-case]
//     switch (n) { case 1: case 1: return 1; default: default: continue; }
//                          ^~~~
// fail_jumps.cu:6:3: error: a case label outside a switch [case-outside-switch]
//     case 3:
//     ^~~~
// fail_jumps.cu:8:9: error: the local variables need more than 524288 bytes per thread [frame-too-large]
//     float big[1000000];
//           ^~~
//   hint: use shared or global memory
// fail_jumps.cu:7:8: error: the label 'nowhere' does not exist [no-label]
//     goto nowhere;
//          ^~~~~~~
