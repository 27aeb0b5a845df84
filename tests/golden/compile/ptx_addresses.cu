// Addresses in variables: ptxas takes them in words of .u64 alone.
// RUN: compile %s --emit ptx
__device__ float table[4] = {1, 2, 3, 4};
__device__ float* where = &table[2];
__device__ const char* names[] = {"a", "bc"};
__global__ void k(float* y, char* c) { y[0] = *where; c[0] = names[1][1]; }
// STDOUT:
// ...
// .visible .global .align 8 .u64 where_{{.*}}[1] = {generic(table_{{.*}})+8};
// .visible .global .align 8 .u64 names_{{.*}}[2] = {generic(text_{{.*}}),generic(text_{{.*}})};
// ...
