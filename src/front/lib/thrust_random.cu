// <thrust/random.h> in the dialect: the engines as the standard has them, the distributions as
// Thrust's documentation describes them: one number of the engine each.
#include <thrust/__core>

namespace thrust {
namespace random {

template <typename T, T kFactor, T kAdded, T kModulus>
struct linear_congruential_engine {
  using result_type = T;
  T __state;
  static constexpr T multiplier = kFactor;
  static constexpr T increment = kAdded;
  static constexpr T modulus = kModulus;
  static constexpr T min = kAdded == 0 ? 1 : 0;
  static constexpr T max = kModulus - 1;
  static constexpr T default_seed = 1;
  __host__ __device__ explicit linear_congruential_engine(T value = 1) : __state(1) { seed(value); }
  __host__ __device__ void seed(T value = 1) {
    __state = (T)((unsigned long)value % (unsigned long)kModulus);
    if (kAdded == 0 && __state == 0) __state = 1;
  }
  __host__ __device__ T operator()() {
    __state = (T)(((unsigned long)__state * kFactor + kAdded) % (unsigned long)kModulus);
    return __state;
  }
  // In as many steps as the number has bits.
  __host__ __device__ void discard(unsigned long long count) {
    unsigned long factor = kFactor;
    unsigned long added = kAdded;
    unsigned long state = __state;
    const unsigned long modulus = kModulus;
    while (count > 0) {
      if ((count & 1) != 0) state = (state * factor + added) % modulus;
      added = (added * factor + added) % modulus;
      factor = factor * factor % modulus;
      count >>= 1;
    }
    __state = (T)state;
  }
  __host__ __device__ bool operator==(const linear_congruential_engine& o) const {
    return __state == o.__state;
  }
  __host__ __device__ bool operator!=(const linear_congruential_engine& o) const {
    return __state != o.__state;
  }
};
using minstd_rand0 = linear_congruential_engine<unsigned, 16807u, 0u, 2147483647u>;
using minstd_rand = linear_congruential_engine<unsigned, 48271u, 0u, 2147483647u>;
using default_random_engine = minstd_rand;

template <typename T = double>
struct uniform_real_distribution {
  using result_type = T;
  T __from, __to;
  __host__ __device__ explicit uniform_real_distribution(T a = 0, T b = 1) : __from(a), __to(b) {}
  template <typename G>
  __host__ __device__ T operator()(G& engine) const {
    const T drawn = (T)(engine() - G::min) / ((T)(G::max - G::min) + (T)1);
    return drawn * (__to - __from) + __from;
  }
  __host__ __device__ T a() const { return __from; }
  __host__ __device__ T b() const { return __to; }
  __host__ __device__ T min() const { return __from; }
  __host__ __device__ T max() const { return __to; }
  __host__ __device__ void reset() {}
};

template <typename T = int>
struct uniform_int_distribution {
  using result_type = T;
  T __from, __to;
  __host__ __device__ explicit uniform_int_distribution(T a = 0, T b = 2147483647)
      : __from(a), __to(b) {}
  template <typename G>
  __host__ __device__ T operator()(G& engine) const {
    // A real number below the next one behind the largest.
    const double from = (double)__from;
    const double to = nextafter((double)__to + 1.0, from);
    const double drawn = (double)(engine() - G::min) / ((double)(G::max - G::min) + 1.0);
    return (T)(drawn * (to - from) + from);
  }
  __host__ __device__ T a() const { return __from; }
  __host__ __device__ T b() const { return __to; }
  __host__ __device__ T min() const { return __from; }
  __host__ __device__ T max() const { return __to; }
  __host__ __device__ void reset() {}
};

template <typename T = double>
struct normal_distribution {
  using result_type = T;
  T __mean, __deviation;
  __host__ __device__ explicit normal_distribution(T mean = 0, T stddev = 1)
      : __mean(mean), __deviation(stddev) {}
  template <typename G>
  __host__ __device__ T operator()(G& engine) const {
    const unsigned range = (unsigned)(G::max - G::min);
    const T step = (T)(1.0 / (double)range);
    unsigned drawn = (unsigned)(engine() - G::min);
    T root = (T)-1.4142135623730950488;
    if (drawn > range / 2) {
      drawn = range - drawn;
      root = -root;
    }
    const T part = (T)drawn * step + step / 2;
    return __mean + __deviation * root * (T)erfcinv(2 * part);
  }
  __host__ __device__ T mean() const { return __mean; }
  __host__ __device__ T stddev() const { return __deviation; }
  __host__ __device__ void reset() {}
};

}  // namespace random
using random::default_random_engine;
using random::linear_congruential_engine;
using random::minstd_rand;
using random::minstd_rand0;
using random::normal_distribution;
using random::uniform_int_distribution;
using random::uniform_real_distribution;

}  // namespace thrust
