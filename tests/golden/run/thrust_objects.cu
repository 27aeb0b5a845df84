// RUN: run %s --front native
// Thrust: structs of the program with operators of their own.
#include <cstdio>
#include <thrust/device_vector.h>
#include <thrust/sort.h>
#include <thrust/reduce.h>
#include <thrust/transform.h>
struct P { float x, y; int id; };
__host__ __device__ bool operator<(const P& a, const P& b) { return a.x < b.x; }
__host__ __device__ P operator+(const P& a, const P& b) { P r; r.x = a.x + b.x; r.y = a.y + b.y; r.id = a.id + b.id; return r; }
struct Make { __host__ __device__ P operator()(int i) const { P p; p.x = (float)((i * 37) % 101); p.y = i; p.id = i; return p; } };
int main() {
  thrust::device_vector<P> d(1000);
  thrust::transform(thrust::make_counting_iterator(0), thrust::make_counting_iterator(1000), d.begin(), Make());
  thrust::sort(d.begin(), d.end());
  P z = {0, 0, 0}; P sum = thrust::reduce(d.begin(), d.end(), z, thrust::plus<P>());
  printf("%g %g %d\n", sum.x, sum.y, sum.id);
  thrust::host_vector<P> h = d; bool ok = true; for (int i = 1; i < 1000; ++i) ok &= h[i-1].x <= h[i].x; printf("%d\n", ok);
  P q = d[3]; d[4] = q; P w = d[4]; printf("%d\n", w.id == q.id);
  thrust::device_vector<P> e; e = d; e.push_back(q); printf("%d\n", (int)e.size());
  thrust::device_vector<float3> f3(4, make_float3(1, 2, 3)); float3 g = f3[2]; printf("%g\n", g.z);
  thrust::host_vector<int> hm(3); hm[0] = 1; hm[1] = 5; hm[2] = 2; thrust::device_vector<int> dm = hm; int mx = *thrust::max_element(dm.begin(), dm.end()); int ix = thrust::max_element(dm.begin(), dm.end()) - dm.begin(); printf("%d %d\n", mx, ix);
  thrust::device_vector<unsigned char> fl(3, 1); int c = thrust::count(fl.begin(), fl.end(), 1); printf("%d\n", c);
  thrust::device_vector<bool> fb(3, true); printf("%d\n", (int)thrust::reduce(fb.begin(), fb.end(), 0, thrust::plus<int>()));
  double avg = thrust::reduce(dm.begin(), dm.end(), 0.0) / dm.size(); printf("%g\n", avg);
}
// STDOUT:
// 50010 499500 499500
// 1
// 1
// 1001
// 3
// 5 1
// 3
// 3
// 2.66667
// main(): ok; 21 launches, 23133 warp instructions, engine time {{[0-9.]+}} ms
