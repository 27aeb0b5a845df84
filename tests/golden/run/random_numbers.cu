// RUN: run %s
// The engines and distributions give what libstdc++ 12 gives.
#include <cstdio>
#include <random>
template <typename D, typename G> void show(const char* name, D d, G g) {
  printf("%s", name);
  for (int i = 0; i < 4; ++i) printf(" %.7g", (double)d(g));
  printf("\n");
}
int main() {
  std::mt19937 gen(42);
  std::mt19937_64 wide(1);
  std::minstd_rand small(3);
  std::default_random_engine any;
  for (int i = 0; i < 1000; ++i) gen();
  const unsigned a = gen();
  const unsigned long b = wide();
  const unsigned long c = small();
  const unsigned long d = any();
  printf("%u %lu %lu %lu\n", a, b, c, d);
  show("float", std::uniform_real_distribution<float>(-1.0f, 1.0f), gen);
  show("double", std::uniform_real_distribution<double>(0.0, 10.0), gen);
  show("default", std::uniform_real_distribution<>(), any);
  show("wide", std::uniform_real_distribution<float>(), wide);
  show("int", std::uniform_int_distribution<int>(-5, 5), gen);
  show("long", std::uniform_int_distribution<long>(0, 99), wide);
  show("small", std::uniform_int_distribution<int>(0, 9), small);
  show("normal", std::normal_distribution<double>(1.0, 2.0), gen);
  std::random_device device;
  std::mt19937 seeded(device());
  printf("%d\n", seeded() != seeded());
  return 0;
}
// STDOUT:
// 2998581749 2469588189546311528 144813 16807
// float -0.9353681 0.07219279 -0.440473 -0.3809448
// double 5.360964 3.095276 8.13795 6.847312
// default 0.7556053 0.5327672 0.04704462 0.6792964
// wide 0.136407 0.4512149 0.02102423 0.3508981
// int -5 0 -2 -2
// long 13 45 2 35
// small 2 8 6 9
// normal -2.825413 1.724953 2.142695 2.941048
// 1
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
