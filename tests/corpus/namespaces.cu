// EXPECT: 9 16 4
namespace detail {
constexpr int kBlock = 32;
__device__ inline float Square(float x) { return x * x; }
namespace inner {
__device__ float Twice(float x) { return Square(x) * 1.0f; }
}  // namespace inner
}  // namespace detail
namespace a::b {
typedef float real;
__device__ real Four(real x) { return detail::inner::Twice(x); }
}  // namespace a::b
using namespace detail;
template <typename T>
__global__ void k(T* out) {
  const a::b::real two = 2;
  out[0] = detail::Square(3);
  out[1] = a::b::Four(4);
  out[2] = ::detail::Square(two);
}
template __global__ void k<float>(float*);
void launch(float* out) { k<<<1, detail::kBlock / 32>>>(out); }
