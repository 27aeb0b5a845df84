// RUN: compile %s
__device__ float Twice(float x);
__global__ void Fill(float* y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = Twice(Square(i));
}
__device__ float Square(float x) { return x * x; }
__global__ void Later(float* y);
void launch(float* y, int n) {
  Fill<<<(n + 255) / 256, 256>>>(y, n);
  Later<<<1, 32>>>(y);
  Clear(y, n);
}
void Clear(float* y, int n) { cudaMemset(y, 0, n * sizeof(float)); }
// STDERR:
// fail_before_declared.cu:5:27: error: 'Square' is used before it is declared [used-before-declared]
//     if (i < n) y[i] = Twice(Square(i));
//                             ^~~~~~
//   hint: move the function up, or declare it above
// fail_before_declared.cu:5:21: error: 'Twice' is declared but not defined [no-definition]
//     if (i < n) y[i] = Twice(Square(i));
//                       ^~~~~
//   hint: write its body
// fail_before_declared.cu:11:3: error: 'Later' is declared but not defined [no-definition]
//     Later<<<1, 32>>>(y);
//     ^~~~~
//   hint: write its body
// fail_before_declared.cu:12:3: error: 'Clear' is used before it is declared [used-before-declared]
//     Clear(y, n);
//     ^~~~~
//   hint: move the function up, or declare it above
