// RUN: compile %s
int count = 3;
__device__ int counts[2];
int* Where() { return nullptr; }
int* a = counts;
__device__ int* b = &count;
int* c = Where();
int* d = &count + count;
int use() { return *a + *c + *d; }
__global__ void k(int* out) { out[0] = *b; }
// STDERR:
// fail_global_pointers.cu:6:19: error: the value of a variable that outlives the call must be known at compile time [not-constant]
//   __device__ int* b = &count;
//                     ^
//   hint: use constexpr, a template parameter or a literal
// fail_global_pointers.cu:8:8: error: the value of a variable that outlives the call must be known at compile time [not-constant]
//   int* d = &count + count;
//          ^
//   hint: use constexpr, a template parameter or a literal
// fail_global_pointers.cu:7:8: error: the value of a variable that outlives the call must be known at compile time [not-constant]
//   int* c = Where();
//          ^
//   hint: use constexpr, a template parameter or a literal
// fail_global_pointers.cu:5:8: error: the value of a variable that outlives the call must be known at compile time [not-constant]
//   int* a = counts;
//          ^
//   hint: use constexpr, a template parameter or a literal
