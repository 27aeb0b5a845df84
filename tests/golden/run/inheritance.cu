// RUN: run %s
#include <cstdio>
struct Base {
  int x;
  __host__ __device__ Base(int a) : x(a) {}
  __host__ __device__ int get() const { return x; }
  __host__ __device__ void set(int v) { x = v; }
};
struct Derived : public Base {
  int y;
  __host__ __device__ Derived(int a, int b) : Base(a * 10), y(b) {}
  __host__ __device__ int sum() const { return x + y + get(); }
};
struct Third : Derived {
  using Derived::Derived;
  int z = 7;
  __host__ __device__ int all() { return sum() + z; }
};
struct Empty {};
struct WithEmpty : Empty { int a; };
template <typename D> struct Crtp {
  __host__ __device__ int twice() const { return 2 * static_cast<const D*>(this)->value(); }
};
struct Impl : Crtp<Impl> {
  int v;
  __host__ __device__ int value() const { return v; }
};
template <typename T> struct Vec { T a, b; using value_type = T; __host__ __device__ T dot() const { return a * a + b * b; } };
template <typename T> struct Vec3 : Vec<T> {
  T c;
  __host__ __device__ Vec3(T p, T q, T r) : Vec<T>{p, q}, c(r) {}
  __host__ __device__ T dot3() const { return this->dot() + c * c; }
};
__host__ __device__ int by_ref(const Base& b) { return b.x; }
__host__ __device__ int by_ptr(const Base* b) { return b->x; }
__host__ __device__ int by_val(Base b) { return b.x; }
struct Shape {
  int id;
  __host__ __device__ Shape(int i) : id(i) {}
  __host__ __device__ virtual float area() const = 0;
  __host__ __device__ virtual int sides() const { return 0; }
  __host__ __device__ virtual ~Shape() {}
};
struct Square : Shape {
  float s;
  __host__ __device__ Square(int i, float a) : Shape(i), s(a) {}
  __host__ __device__ float area() const override { return s * s; }
  __host__ __device__ int sides() const override { return 4; }
};
struct Circle final : public Shape {
  float r;
  __host__ __device__ Circle(int i, float a) : Shape(i), r(a) {}
  __host__ __device__ virtual float area() const override { return 3.0f * r * r; }
};
struct Unit : Square {
  __host__ __device__ Unit(int i) : Square(i, 1) {}
  __host__ __device__ int sides() const override { return Square::sides() + 1; }
};
__global__ void make(Shape** list, int n) {
  for (int i = 0; i < n; ++i) {
    if (i % 3 == 0) list[i] = new Square(i, i + 1.0f);
    else if (i % 3 == 1) list[i] = new Circle(i, 2.0f);
    else list[i] = new Unit(i);
  }
}
__global__ void use(Shape** list, float* out) { int i = threadIdx.x; out[i] = list[i]->area() * 10 + list[i]->sides() + list[i]->id * 1000; }
__global__ void end(Shape** list, int n) { for (int i = 0; i < n; ++i) delete list[i]; }
__global__ void plain(int* o, Derived d) {
  Third t(3, 4);
  Impl m; m.v = 21;
  o[0] = d.sum(); o[1] = t.all(); o[2] = m.twice(); o[3] = by_ref(d) + by_ptr(&d) + by_val(d);
  Base& b = d; b.set(5); o[4] = d.x;
  o[5] = sizeof(WithEmpty) * 100 + sizeof(Derived);
  Vec3<int> v(1, 2, 3); o[6] = v.dot3();
  Vec3<int>::value_type q = 5; o[7] = q;
}
int main() {
  int *o, h[8]; cudaMalloc(&o, 32);
  plain<<<1, 1>>>(o, Derived(1, 2));
  cudaMemcpy(h, o, 32, cudaMemcpyDeviceToHost);
  for (int v : h) printf("%d ", v);
  Derived d(1, 2); Third t(3, 4); Impl m; m.v = 21; Vec3<float> v(1, 2, 3);
  Base copy = d; copy.set(9);
  printf("| %d %d %d %d %d %g %d\n", d.sum(), t.all(), m.twice(), by_ref(t), by_val(t), v.dot3(), copy.get() + d.x);
  Shape** list; float *out, ho[6]; cudaMalloc(&list, 48); cudaMalloc(&out, 24);
  make<<<1, 1>>>(list, 6); use<<<1, 6>>>(list, out); end<<<1, 1>>>(list, 6);
  cudaMemcpy(ho, out, 24, cudaMemcpyDeviceToHost);
  for (float f : ho) printf("%g ", f);
  Shape* hs[3] = {new Square(1, 2), new Circle(2, 1), new Unit(3)};
  Square local(9, 3); Shape& ref = local;
  for (Shape* s : hs) { printf("%g/%d ", s->area(), s->sides()); delete s; }
  printf("%g %d\n", ref.area(), ref.sides());
  cudaFree(o); cudaFree(list); cudaFree(out);
}
// STDOUT:
// 22 71 42 30 5 408 14 5 | 22 71 42 30 30 14 19
// 14 1120 2015 3164 4120 5015 4/4 3/0 1/5 9 4
// main(): ok; 4 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
