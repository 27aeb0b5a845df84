// Stores of one thread to elements chosen by data: the last one counts.
// REFUSED: in a loop to an element chosen by data
__global__ void k(float* y, const float* x, const int* at, int n) {
  for (int i = 0; i < n; ++i) y[at[i]] = x[i];
}
void launch(float* y, const float* x, const int* at, int n) { k<<<1, 1>>>(y, x, at, n); }
