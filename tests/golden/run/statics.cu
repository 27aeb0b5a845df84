// RUN: run %s
// Variables at file scope that main() makes and ends.
#include <cstdio>
#include <string>
#include <cstdlib>
#include <cmath>
#include <random>
#include <vector>
#include <map>
struct Timer { cudaEvent_t a; Timer() { cudaEventCreate(&a); printf("begin\n"); } ~Timer() { cudaEventDestroy(a); printf("end\n"); } };
Timer t;
struct Cfg { int n; Cfg(int k) : n(k * 2) {} int twice() const { return 2 * n; } };
Cfg c(4);
namespace ns { Cfg d = Cfg(c.n + 1); static int from_d = d.twice(); int table[3] = {from_d, 2, c.n}; }
struct Buffer { float* p; Buffer(int n) { cudaMalloc(&p, n * 4); } ~Buffer() { cudaFree(p); } };
Buffer buffer(100);
struct S { static int made; static std::vector<int> list; };
int S::made = c.twice();
std::vector<int> S::list = std::vector<int>(5, 2);
std::vector<std::string> names = {"one", "two"};
std::map<int, int> cache;
std::string joined = names[0] + "-" + names[1];
int threads = getenv("NO_SUCH") ? atoi(getenv("NO_SUCH")) : 32;
const int kConst = 4;
float* host = (float*)malloc(16);
float two_pi = 2 * acosf(-1.0f);
std::mt19937 engine(42);
std::vector<int> filled(10, 3), listed = {1, 2, 3};
__device__ int dev = kConst;
__global__ void k(float* p, int n) { p[threadIdx.x] = n + dev; }
int f() { cache[3] += 5; return cache[3]; }
int main(int argc, char** argv) {
  f();
  k<<<1, threads>>>(buffer.p, c.n); cudaDeviceSynchronize();
  printf("%d %d %d %d %d %d %d %d %s %d %d\n", c.n, ns::d.n, ns::from_d, ns::table[0], ns::table[2], S::made, (int)S::list.size(), S::list[4], joined.c_str(), f(), threads);
  printf("%f %u %d %d\n", two_pi, (unsigned)engine(), filled[9], listed[2]);
  free(host);
  if (argc > 5) return 3;
  return 0;
}
// STDOUT:
// begin
// 8 18 36 36 8 16 5 2 one-two 10 32
// 6.283185 1608637542 3 3
// end
// main(): ok; 1 launch, 9 warp instructions, engine time {{[0-9.]+}} ms
