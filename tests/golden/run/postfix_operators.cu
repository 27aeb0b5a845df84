// RUN: run %s --front native
struct It {
  int i;
  __host__ __device__ It& operator++() { ++i; return *this; }
  __host__ __device__ It operator++(int) { It t = *this; ++i; return t; }
  __host__ __device__ It operator--(int) { It t = *this; --i; return t; }
  __host__ __device__ int operator*() const { return i; }
};
struct G { int v; };
__host__ __device__ G operator++(G& g, int) { G t = g; g.v += 2; return t; }
__host__ __device__ G& operator++(G& g) { g.v += 3; return g; }
__host__ __device__ int use() {
  It a{3};
  int r = *a++ * 1000 + *++a * 100 + *a--;
  G g{1};
  r = r * 10 + (g++).v;
  return r * 10 + (++g).v;
}
__global__ void k(int* o) { *o = use(); }
int main() {
  int* o;
  cudaMallocManaged(&o, 4);
  k<<<1, 1>>>(o);
  cudaDeviceSynchronize();
  const int r = *o;
  cudaFree(o);
  printf("%d %d\n", r, use());
  dim3* d = new dim3(2, 3);
  const bool wrong = d->x != 2 || d->y != 3 || d->z != 1;
  delete d;
  return wrong || r != use();
}
// STDOUT:
// 350516 350516
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
