// RUN: compile %s
#include <bitset>
#include <cub/block/block_reduce.cuh>
#include <getopt.h>
__global__ void Sum(float* x) { x[0] = cub::BlockReduce<float, 32>(x).Sum(x[0]); }
int main(int argc, char** argv) {
  int c = getopt(argc, argv, "n:");
  int n = atoi(optarg);
  usleep(10);
  pthread_create(0, 0, 0, 0);
  return c + n;
}
// STDERR:
// fail_host_libraries.cu:5:40: error: 'cub' (the CUB library) is known, but not supported by the native front end [known-unsupported]
//   __global__ void Sum(float* x) { x[0] = cub::BlockReduce<float, 32>(x).Sum(x[0]); }
//                                          ^~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_host_libraries.cu:7:11: error: 'getopt' (options; compare argv) is known, but not supported by the native front end [known-unsupported]
//     int c = getopt(argc, argv, "n:");
//             ^~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_host_libraries.cu:8:16: error: 'optarg' (options; compare argv) is known, but not supported by the native front end [known-unsupported]
//     int n = atoi(optarg);
//                  ^~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_host_libraries.cu:9:3: error: 'usleep' (waiting; nothing has to wait here) is known, but not supported by the native front end [known-unsupported]
//     usleep(10);
//     ^~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_host_libraries.cu:10:3: error: 'pthread_create' (threads of the host) is known, but not supported by the native front end [known-unsupported]
//     pthread_create(0, 0, 0, 0);
//     ^~~~~~~~~~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
