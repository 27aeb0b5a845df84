// RUN: run %s --front native
// Thrust: random and complex numbers, zips, objects, policies in kernels.
#include <cstdio>
#include <iostream>
#include <thrust/device_vector.h>
#include <thrust/random.h>
#include <thrust/complex.h>
#include <thrust/iterator/zip_iterator.h>
struct gen { float a, b; __host__ __device__ gen(float x, float y) : a(x), b(y) {} __host__ __device__ float operator()(unsigned n) const { thrust::default_random_engine rng; thrust::uniform_real_distribution<float> dist(a, b); rng.discard(n); return dist(rng); } };
typedef thrust::tuple<float, float, int> P;
struct cmp { __host__ __device__ bool operator()(const P& a, const P& b) const { return thrust::get<0>(a) < thrust::get<0>(b); } };
typedef thrust::device_vector<float>::iterator FI; typedef thrust::tuple<FI, FI> FT; typedef thrust::zip_iterator<FT> ZI;
struct V3 { float x, y, z; };
__global__ void seqk(int* p, int n, int* o) { *o = thrust::reduce(thrust::seq, p, p + n); thrust::sort(thrust::seq, p, p + n); }
int main() {
  thrust::minstd_rand e; for (int i = 0; i < 9999; ++i) e(); printf("%u\n", e());
  thrust::minstd_rand e2; e2.discard(9999); printf("%u\n", e2());
  thrust::device_vector<float> v(100), w(100, 1.0f);
  thrust::transform(thrust::make_counting_iterator(0u), thrust::make_counting_iterator(100u), v.begin(), gen(1.f, 2.f));
  thrust::host_vector<float> h(v.size()); h = v; bool ok = true; gen g(1.f, 2.f); for (int i = 0; i < 100; ++i) ok &= h[i] == g(i) && h[i] >= 1 && h[i] < 2; printf("%d\n", ok);
  thrust::uniform_int_distribution<int> d6(1, 6); int c[7] = {}; for (int i = 0; i < 6000; ++i) ++c[d6(e)]; printf("%d %d\n", c[0], c[1] > 900 && c[6] > 900);
  thrust::normal_distribution<float> nd(0.f, 1.f); double s = 0, q = 0; for (int i = 0; i < 1000; ++i) { float x = nd(e); s += x; q += x * x; } printf("%d %d\n", fabs(s) < 100, fabs(q - 1000) < 150);
  thrust::complex<float> z(1.f, 2.f), y = z * z; y += 1.0f; printf("%g %g %g\n", y.real(), y.imag(), thrust::abs(thrust::complex<float>(3, 4)));
  thrust::device_vector<thrust::complex<float>> cv(4, z); thrust::complex<float> sum = thrust::reduce(cv.begin(), cv.end(), thrust::complex<float>(0), thrust::plus<thrust::complex<float>>()); printf("%g %g\n", sum.real(), sum.imag());
  thrust::complex<double> r = thrust::sqrt(thrust::complex<double>(-4, 0)); printf("%.3f %.3f\n", fabs(r.real()), r.imag());
  thrust::device_vector<int> idx(100); thrust::sequence(idx.begin(), idx.end());
  auto zi = thrust::make_zip_iterator(thrust::make_tuple(v.begin(), w.begin(), idx.begin()));
  thrust::sort(zi, zi + 100, cmp()); ok = true; for (int i = 1; i < 100; ++i) ok &= v[i - 1] <= v[i]; int at = idx[0]; printf("%d %d\n", ok, h[at] == v[0]);
  P p = *zi; printf("%d\n", thrust::get<0>(p) == v[0] && thrust::get<2>(p) == at);
  ZI first(thrust::make_tuple(v.begin(), w.begin())); printf("%g\n", (float)thrust::transform_reduce(first, first + 100, [] __device__ (thrust::tuple<float, float> t) { return thrust::get<1>(t); }, 0.f, thrust::plus<float>()));
  std::cout << v[0] << " " << idx[0] << std::endl;
  printf("%d\n", std::abs(v[0] - h[at]) < 1e-6);
  thrust::device_vector<V3> s3(3); V3 t3 = s3[1]; t3.x = 5; s3[1] = t3; V3 u = s3[1]; printf("%g %g\n", u.x, u.y);
  thrust::device_vector<int> mm(5); mm[0] = 3; mm[1] = 1; mm[2] = 2; mm[3] = 5; mm[4] = 4; int* o; cudaMalloc(&o, 4); seqk<<<1, 1>>>(thrust::raw_pointer_cast(mm.data()), 5, o); int ho; cudaMemcpy(&ho, o, 4, cudaMemcpyDeviceToHost); printf("%d %d %d\n", ho, (int)mm[0], (int)mm[4]); cudaFree(o);
  thrust::device_ptr<int> dp = thrust::device_malloc<int>(10); thrust::fill(dp, dp + 10, 4); printf("%d\n", thrust::reduce(dp, dp + 10)); thrust::device_free(dp);
  thrust::discard_iterator<> di; thrust::device_vector<int> ks(4, 1), vs(4, 2), vo(4); auto pr = thrust::reduce_by_key(ks.begin(), ks.end(), vs.begin(), thrust::make_discard_iterator(), vo.begin()); printf("%d %d\n", (int)(pr.second - vo.begin()), (int)vo[0]);
  thrust::pair<int, int> pp = thrust::make_pair(1, 2); printf("%d\n", pp.first + pp.second);
  thrust::inclusive_scan_by_key(ks.begin(), ks.end(), vs.begin(), vo.begin()); printf("%d %d\n", (int)vo[0], (int)vo[3]);
  thrust::device_vector<int> un(8); auto ue = thrust::set_intersection(idx.begin(), idx.begin(), idx.begin(), idx.begin(), un.begin()); printf("%d\n", (int)(ue - un.begin()));
  for (auto it = vo.begin(); it != vo.end(); ++it) printf("%d ", (int)*it); printf("\n");
  thrust::for_each(thrust::host, h.begin(), h.end(), [](float& x) { x = 1; }); printf("%g\n", h[50]);
  int arr[3] = {3, 1, 2}; thrust::sort(arr, arr + 3); printf("%d %d %d\n", arr[0], arr[1], arr[2]); thrust::device_vector<int> da(arr, arr + 3); thrust::copy(da.begin(), da.end(), arr); thrust::copy(thrust::make_counting_iterator(5), thrust::make_counting_iterator(8), da.begin()); printf("%d\n", (int)da[2]);
  const thrust::device_vector<int>& cr = da; printf("%d %d\n", (int)cr[0], thrust::reduce(cr.begin(), cr.end()));
}
// STDOUT:
// 399268537
// 399268537
// 1
// 0 1
// 1 1
// -2 4 5
// 4 8
// 0.000 2.000
// 1 1
// 1
// 100
// 1.00002 0
// 1
// 5 0
// 15 1 5
// 40
// 1 8
// 3
// 2 8
// 0
// 2 4 6 8
// 1
// 1 2 3
// 7
// 5 18
// main(): ok; 29 launches, 10087 warp instructions, engine time {{[0-9.]+}} ms
