// RUN: compile %s
struct Table {
  int values[1025];
};
__global__ void k(Table table) {}
struct Counted {
  int n;
  __device__ Counted() : n(0) {}
};
__global__ void many() { Counted all[2000]; }
// STDERR:
// fail_too_large_struct.cu:5:17: error: the parameter list has more than 4096 bytes [struct-limit]
//   __global__ void k(Table table) {}
//                   ^
// fail_too_large_struct.cu:10:34: error: the declaration has more than 1024 objects with constructors or default initialisers [struct-limit]
//   __global__ void many() { Counted all[2000]; }
//                                    ^~~
