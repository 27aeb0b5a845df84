// Steps until 1 is reached: a loop whose length depends on data, which cannot be lifted; nor is
// there anything in the text that a technique would change.
__global__ void steps(int* __restrict__ y, const int* __restrict__ x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  int value = x[i];
  int count = 0;
  while (value > 1) {
    value = value % 2 == 0 ? value / 2 : 3 * value + 1;
    count++;
  }
  y[i] = count;
}

extern "C" void launch(int* y, const int* x, int n) { steps<<<n, 1>>>(y, x, n); }
