// RUN: compile %s
int count = 3;
__device__ int table[2] = {1, count};
__global__ void Use(int* y) { y[0] = table[1]; }
void launch(int* y) { Use<<<1, 1>>>(y); }
// STDERR:
// fail_table_not_constant.cu:3:25: error: the value of a variable that outlives the call must be known at compile time [not-constant]
//   __device__ int table[2] = {1, count};
//                           ^
//   hint: use constexpr, a template parameter or a literal
