// RUN: run %s
#include <cstdio>
// Structs in every space, as parameters, results and objects of member functions.
struct Moments {
  float mean, m2;
  int n;
  __host__ __device__ Moments() : mean(0), m2(0), n(0) {}
  __host__ __device__ void push(float x) {
    const float d = x - mean;
    mean += d / ++n;
    m2 += d * (x - mean);
  }
  __host__ __device__ Moments operator+(const Moments& o) const {
    Moments r;
    r.n = n + o.n;
    const float d = o.mean - mean;
    r.mean = mean + d * o.n / r.n;
    r.m2 = m2 + o.m2 + d * d * n * o.n / r.n;
    return r;
  }
};
struct View {
  const float* data;
  int count;
  __device__ float at(int i) const { return data[i % count]; }
};
struct Options {
  float scale[3];
  View view;
  bool negate;
};
struct One {
  char c;
};
__constant__ float2 kPairs[2] = {{1, 2}, {3, 4}};
struct Entry {
  char tag;
  int value;
};
__device__ Entry entries[3] = {{'a', 1}, {'b', 2}};

__global__ void moments(float* out, View v, One one, Options o) {
  __shared__ float means[32];
  __shared__ Entry slots[32];
  Moments mine;
  for (int i = threadIdx.x; i < v.count; i += 32) mine.push(v.at(i) * o.scale[i % 3]);
  means[threadIdx.x] = mine.mean;
  slots[threadIdx.x] = {one.c, mine.n};
  o.scale[0] = 0;  // its own copy
  __syncthreads();
  Moments all;
  for (int i = 0; i < v.count; ++i) {
    Moments x;
    x.push(o.view.at(i));
    all = all + x;
  }
  if (threadIdx.x == 0) {
    out[0] = all.mean;
    out[1] = all.m2;
    out[2] = slots[31].value + slots[5].tag + means[1];
    out[3] = kPairs[o.negate].y + entries[1].value + entries[2].value;
    out[4] = sizeof(Options) + offsetof(Entry, value);
  }
}

int main() {
  const int n = 64;
  float h[n], *x, *y;
  for (int i = 0; i < n; ++i) h[i] = i * 0.25f;
  cudaMalloc(&x, sizeof(h));
  cudaMalloc(&y, 5 * sizeof(float));
  cudaMemcpy(x, h, sizeof(h), cudaMemcpyHostToDevice);
  Options o = {{1, 1, 2}, {x, 8}, true};
  moments<<<1, 32>>>(y, {x, n}, One{'c'}, o);
  float r[5];
  cudaMemcpy(r, y, sizeof(r), cudaMemcpyDeviceToHost);
  Moments m;
  for (int i = 0; i < 8; ++i) m.push(h[i]);
  printf("%g %g %g %g %g; on the host %g %d\n", r[0], r[1], r[2], r[3], r[4], m.mean, m.n);
  cudaFree(x);
  cudaFree(y);
  return 0;
}
// STDOUT:
// 0.875 21 105.25 6 44; on the host 0.875 8
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
