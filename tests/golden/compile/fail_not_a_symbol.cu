// RUN: compile %s
__constant__ float table[4];
void launch(const float* x) {
  cudaMemcpyToSymbol(table, x, 16);
  cudaMemcpyToSymbol(x, x, 16);
}
// STDERR:
// fail_not_a_symbol.cu:5:22: error: this is no variable of the device [not-a-symbol]
//     cudaMemcpyToSymbol(x, x, 16);
//                        ^
//   hint: name a __device__ or __constant__ variable itself
