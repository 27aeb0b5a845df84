// RUN: run %s --front native
// Thrust: vectors of both sides and the algorithms over them.
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <thrust/device_vector.h>
#include <thrust/host_vector.h>
#include <thrust/sort.h>
#include <thrust/execution_policy.h>
#define CHECK(x) do { if (!(x)) { printf("FAIL line %d: %s\n", __LINE__, #x); ++bad; } } while (0)
struct saxpy { float a; saxpy(float x) : a(x) {} __host__ __device__ float operator()(const float& x, const float& y) const { return a * x + y; } };
struct is_even { __host__ __device__ bool operator()(int x) { return x % 2 == 0; } };
int bad = 0;
int main() {
  const int n = 1000;
  thrust::host_vector<int> h(n);
  unsigned s = 1;
  for (int i = 0; i < n; ++i) { s = s * 1664525u + 1013904223u; h[i] = (int)(s >> 16) % 500; }
  thrust::device_vector<int> d = h;
  CHECK(thrust::reduce(d.begin(), d.end()) == thrust::reduce(h.begin(), h.end()));
  CHECK(thrust::reduce(d.begin(), d.end(), 0, thrust::maximum<int>()) == thrust::reduce(h.begin(), h.end(), 0, thrust::maximum<int>()));
  thrust::device_vector<int> e(n);
  thrust::inclusive_scan(d.begin(), d.end(), e.begin());
  int sum = 0; bool ok = true; thrust::host_vector<int> he = e;
  for (int i = 0; i < n; ++i) { sum += h[i]; ok &= he[i] == sum; }
  CHECK(ok);
  thrust::exclusive_scan(e.begin(), e.end(), e.begin(), 5);
  CHECK(e[0] == 5 && e[1] == 5 + h[0]);
  thrust::sort(d.begin(), d.end());
  thrust::host_vector<int> hs = h; thrust::sort(hs.begin(), hs.end());
  CHECK(thrust::is_sorted(hs.begin(), hs.end())); CHECK(thrust::is_sorted(d.begin(), d.end()));
  CHECK(d == hs);
  thrust::sort(d.begin(), d.end(), thrust::greater<int>());
  CHECK(d[0] == hs[n - 1] && d[n - 1] == hs[0]);
  thrust::device_vector<int> keys = h, vals(n); thrust::sequence(vals.begin(), vals.end());
  thrust::stable_sort_by_key(keys.begin(), keys.end(), vals.begin());
  ok = true; for (int i = 1; i < n; ++i) { int a = keys[i - 1], b = keys[i]; int p = vals[i - 1], q = vals[i]; ok &= a < b || (a == b && p < q); ok &= h[q] == b; } CHECK(ok);
  int evens = thrust::count_if(d.begin(), d.end(), is_even()); int hev = 0; for (int i = 0; i < n; ++i) hev += h[i] % 2 == 0;
  CHECK(evens == hev);
  thrust::device_vector<int> out(n); auto end = thrust::copy_if(d.begin(), d.end(), out.begin(), is_even()); CHECK(end - out.begin() == hev);
  auto re = thrust::remove_if(out.begin(), end, [] __device__ (int x) { return x > 100; }); int cnt = 0; for (int i = 0; i < n; ++i) cnt += h[i] % 2 == 0 && h[i] <= 100; CHECK(re - out.begin() == cnt);
  thrust::device_vector<float> x(n, 2.f), y(n, 3.f); thrust::transform(x.begin(), x.end(), y.begin(), y.begin(), saxpy(2.f)); CHECK(y[10] == 7.f);
  float r = thrust::transform_reduce(y.begin(), y.end(), [] __device__ (float v) { return v * v; }, 0.f, thrust::plus<float>()); CHECK(r == 49.f * n);
  CHECK(thrust::inner_product(x.begin(), x.end(), y.begin(), 0.f) == 14.f * n);
  thrust::sort(keys.begin(), keys.end());
  thrust::device_vector<int> uk(n), uc(n);
  auto pr = thrust::reduce_by_key(keys.begin(), keys.end(), thrust::make_constant_iterator(1), uk.begin(), uc.begin());
  int bins = pr.first - uk.begin(); CHECK(thrust::reduce(uc.begin(), uc.begin() + bins) == n);
  auto ue = thrust::unique(keys.begin(), keys.end()); CHECK(ue - keys.begin() == bins);
  CHECK(thrust::equal(keys.begin(), ue, uk.begin()));
  int lb = thrust::lower_bound(keys.begin(), ue, 250) - keys.begin(); CHECK(lb == 0 || (keys[lb - 1] < 250 && keys[lb] >= 250));
  thrust::device_vector<int> vlb(3), q(3); q[0] = 10; q[1] = 250; q[2] = 1000; thrust::lower_bound(keys.begin(), ue, q.begin(), q.end(), vlb.begin()); CHECK(vlb[1] == lb && vlb[2] == bins);
  auto mx = thrust::max_element(d.begin(), d.end()); CHECK(*mx == hs[n - 1] && mx == d.begin());
  auto mm = thrust::minmax_element(h.begin(), h.end()); CHECK(*mm.first == hs[0] && *mm.second == hs[n - 1]);
  auto zb = thrust::make_zip_iterator(thrust::make_tuple(x.begin(), y.begin(), d.begin()));
  thrust::for_each(zb, zb + n, [=] __device__ (auto t) { thrust::get<2>(t) = (int)(thrust::get<0>(t) * thrust::get<1>(t)); });
  CHECK(d[5] == 14);
  int* raw = thrust::raw_pointer_cast(d.data()); int* raw2 = thrust::raw_pointer_cast(&d[0]); CHECK(raw == raw2);
  thrust::fill(thrust::device, raw, raw + n, 9); CHECK(d[99] == 9);
  cudaStream_t st; cudaStreamCreate(&st);
  thrust::transform(thrust::cuda::par.on(st), raw, raw + n, raw, thrust::negate<int>()); CHECK(d[99] == -9);
  CHECK(thrust::reduce(thrust::cuda::par.on(st), d.begin(), d.end(), 0ll) == -9ll * n);
  cudaStreamDestroy(st);
  thrust::device_ptr<int> dp = thrust::device_pointer_cast(raw); dp[3] = 4; CHECK(d[3] == 4);
  thrust::device_vector<int> map(3); map[0] = 3; map[1] = 0; map[2] = 1; thrust::device_vector<int> g(3); thrust::gather(map.begin(), map.end(), d.begin(), g.begin()); CHECK(g[0] == 4 && g[1] == -9);
  thrust::scatter(g.begin(), g.end(), map.begin(), g.begin() + 0 == g.begin() ? d.begin() : d.begin());
  CHECK(thrust::count(d.begin(), d.end(), 4) == 1);
  auto f = thrust::find(d.begin(), d.end(), 4); CHECK(f - d.begin() == 3);
  CHECK(thrust::all_of(x.begin(), x.end(), [] __device__ (float v) { return v == 2.f; })); CHECK(!thrust::any_of(x.begin(), x.end(), [] __device__ (float v) { return v != 2.f; }));
  auto ti = thrust::make_transform_iterator(thrust::counting_iterator<int>(1), thrust::square<int>()); CHECK(thrust::reduce(ti, ti + 10) == 385);
  double pi = thrust::transform_reduce(thrust::counting_iterator<int>(0), thrust::counting_iterator<int>(100), [=] __device__ (int i) { return 1.0 * i; }, 0.0, thrust::plus<double>()); CHECK(pi == 4950);
  auto pi2 = thrust::make_permutation_iterator(x.begin(), map.begin()); CHECK(thrust::reduce(pi2, pi2 + 3) == 6.f);
  thrust::device_vector<int> ad(5); thrust::sequence(ad.begin(), ad.end(), 10, 3); thrust::adjacent_difference(ad.begin(), ad.end(), ad.begin()); CHECK(ad[0] == 10 && ad[4] == 3);
  thrust::generate(h.begin(), h.end(), rand); CHECK(h[0] == 1804289383);
  thrust::tabulate(ad.begin(), ad.end(), [] __device__ (int i) { return i * i; }); CHECK(ad[4] == 16);
  thrust::replace_if(ad.begin(), ad.end(), is_even(), 7); CHECK(ad[0] == 7 && ad[1] == 1);
  auto pp = thrust::partition(ad.begin(), ad.end(), [] __device__ (int i) { return i == 7; }); CHECK(pp - ad.begin() == 3);
  std::vector<int> sv(n); thrust::copy(d.begin(), d.end(), sv.begin()); CHECK(sv[3] == 4); thrust::device_vector<int> dv2(sv.begin(), sv.end()); CHECK(dv2 == d); dv2 = sv; 
  dv2.push_back(12); CHECK(dv2.size() == n + 1 && dv2.back() == 12); dv2.resize(2000, 5); CHECK(dv2[1999] == 5); dv2.swap(d); CHECK(dv2.size() == n);
  thrust::merge(uk.begin(), uk.begin() + 3, uk.begin(), uk.begin() + 2, ad.begin()); CHECK(thrust::is_sorted(ad.begin(), ad.end()));
  thrust::reverse(ad.begin(), ad.end()); CHECK(ad[0] == uk[2]);
  thrust::host_vector<float> hx(4, 1.5f); thrust::transform(hx.begin(), hx.end(), hx.begin(), [](float v) { return v + 1; }); CHECK(hx[3] == 2.5f);
  d.clear(); CHECK(d.empty());
  printf(bad ? "FAIL\n" : "PASS\n");
  return bad;
}
// STDOUT:
// PASS
// main(): ok; 125 launches, 99385 warp instructions, engine time {{[0-9.]+}} ms
