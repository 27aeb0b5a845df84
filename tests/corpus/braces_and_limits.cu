// EXPECT: 3 10 5 16777216 7 2147483647
#include <limits>
#include <vector>
__device__ float Last(float (&p)[4]) { return p[3]; }
__device__ float Row(float (*p)[2]) { return p[1][1]; }
template <int N>
__device__ float Sum(const float (&p)[N]) {
  float s = 0;
  for (int i = 0; i < N; ++i) s += p[i];
  return s;
}
__global__ void k(float* out) {
  float b[2][2] = {1, 2, 3, 4};
  float c[4] = {1, 2, 3, 4};
  float2 v[2] = {1, 2, {3}};
  out[0] = b[1][0];
  out[1] = Sum(c);
  out[2] = v[0].y + v[1].x + v[1].y;
  out[3] = 2.0f / std::numeric_limits<float>::epsilon();
  out[4] = Last(c) + Row(b) - 1 + 0 * std::numeric_limits<float>::lowest();
  out[5] = std::numeric_limits<int>::max();
}
void launch(float* out) { k<<<1, 1>>>(out); }
