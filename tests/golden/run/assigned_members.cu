// RUN: run %s
// An assignment calls what members and bases have for it, and leaves an object the class it is of.
#include <cstdio>
struct Counted {
  int x;
  __host__ __device__ Counted(int v = 0) : x(v) {}
  __host__ __device__ Counted& operator=(const Counted& o) { x = o.x + 100; return *this; }
};
struct Whole { Counted m[2]; int y; };
struct Derived : Counted { int z; };
struct Shape {
  int side;
  __host__ __device__ Shape(int s = 0) : side(s) {}
  __host__ __device__ virtual int area() const { return 0; }
};
struct Square : Shape {
  __host__ __device__ Square(int s) : Shape(s) {}
  __host__ __device__ int area() const override { return side * side; }
};
__host__ __device__ void all() {
  Whole a{{1, 2}, 3}, b{{4, 5}, 6};
  (a = b).y += 1;
  Derived d, e;
  d.z = 1, e.x = 7, e.z = 8;
  d = e;
  Counted c;
  c = {5};
  printf("%d %d %d, %d %d, %d\n", a.m[0].x, a.m[1].x, a.y, d.x, d.z, c.x);
  Square s(3), t(4);
  Shape plain(5), &shape = s;
  shape = plain;
  printf("%d", shape.area());
  shape = t;
  plain = t;
  printf(" %d %d %d\n", shape.area(), plain.area(), plain.side);
}
__global__ void k() { all(); }
int main() {
  k<<<1, 1>>>();
  cudaDeviceSynchronize();
  all();
}
// STDOUT:
// 104 105 7, 107 8, 105
// 25 16 0 4
// 104 105 7, 107 8, 105
// 25 16 0 4
// main(): ok; 1 launch, 19 warp instructions, engine time {{[0-9.]+}} ms
