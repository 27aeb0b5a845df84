// A break out of the first turn of a do loop, inside of another loop.
// REFUSED: leaving a loop by break
__global__ void k(float* y, const float* x, int rows, int cols) {
  float s = 0.0f;
  for (int r = 0; r < rows; ++r) {
    int c = 0;
    do {
      if (r > 2) break;
      s += x[r * cols + c];
      ++c;
    } while (c < cols);
    s += 1.0f;
  }
  y[0] = s;
}
void launch(float* y, const float* x, int rows, int cols) { k<<<1, 1>>>(y, x, rows, cols); }
