// RUN: run %s
// dim3 is ones where nothing else is said, wherever it is made.
#include <cstdio>
struct Plan {
  dim3 grid, block;
  int bytes;
};
struct Member {
  const dim3 block{16, 8};
  dim3 one;
  dim3 seven = dim3(7);
};
static const dim3 kTable[] = {{2, 2}, {3}, dim3(4), 5};
Plan Make(int n) { return {(unsigned)(n + 63) / 64, 64}; }
void Show(const char* name, dim3 d) { printf("%s %u %u %u\n", name, d.x, d.y, d.z); }
__global__ void k() {
  Member m;
  if (threadIdx.x + threadIdx.y == 0) printf("device %u %u %u\n", m.seven.y, m.block.z, m.one.x);
}
int main() {
  const Plan p = Make(1000);
  Show("grid", p.grid);
  Show("block", p.block);
  Member m;
  Show("member", m.block);
  Show("default", m.one);
  for (const dim3& d : kTable) Show("table", d);
  k<<<m.one, m.block>>>();
  cudaDeviceSynchronize();
}
// STDOUT:
// grid 16 1 1
// block 64 1 1
// member 16 8 1
// default 1 1 1
// table 2 2 1
// table 3 1 1
// table 4 1 1
// table 5 1 1
// device 1 1 1
// main(): ok; 1 launch, 46 warp instructions, engine time {{[0-9.]+}} ms
