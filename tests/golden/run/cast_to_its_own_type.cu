// A cast to the type that the value has converts nothing.
// RUN: run %s
struct A {
  int value;
  __host__ __device__ A(int v) : value(v) {}
  __host__ __device__ operator int() const { return value + 1; }
};

int main() {
  A a = 5;
  A b = (A)a;
  b = static_cast<A>(A(7));
  return b.value - (int)a != 1;
}
// STDOUT:
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
