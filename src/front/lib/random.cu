// <random>: the engines as the standard has them, the distributions as libstdc++ computes them.

struct __std_mt19937 {
  unsigned int state[624];
  int next;
  __host__ explicit __std_mt19937(unsigned int value = 5489u) : next(624) { seed(value); }
  __host__ void seed(unsigned int value = 5489u) {
    state[0] = value;
    for (int i = 1; i < 624; ++i) {
      state[i] = 1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + (unsigned int)i;
    }
    next = 624;
  }
  __host__ unsigned int operator()() {
    if (next >= 624) {
      for (int i = 0; i < 624; ++i) {
        const unsigned int y =
            (state[i] & 0x80000000u) | (state[(i + 1) % 624] & 0x7fffffffu);
        state[i] = state[(i + 397) % 624] ^ (y >> 1) ^ ((y & 1u) != 0 ? 0x9908b0dfu : 0u);
      }
      next = 0;
    }
    unsigned int y = state[next];
    ++next;
    y = y ^ (y >> 11);
    y = y ^ ((y << 7) & 0x9d2c5680u);
    y = y ^ ((y << 15) & 0xefc60000u);
    return y ^ (y >> 18);
  }
  __host__ void discard(unsigned long long count) {
    for (unsigned long long i = 0; i < count; ++i) (*this)();
  }
  static constexpr unsigned long __last = 0xffffffffu;
  static constexpr unsigned long __first = 0;
  static constexpr unsigned int default_seed = 5489u;
  __host__ static unsigned int min() { return 0; }
  __host__ static unsigned int max() { return 0xffffffffu; }
};

struct __std_mt19937_64 {
  unsigned long state[312];
  int next;
  __host__ explicit __std_mt19937_64(unsigned long value = 5489ul) : next(312) { seed(value); }
  __host__ void seed(unsigned long value = 5489ul) {
    state[0] = value;
    for (int i = 1; i < 312; ++i) {
      state[i] = 6364136223846793005ul * (state[i - 1] ^ (state[i - 1] >> 62)) + (unsigned long)i;
    }
    next = 312;
  }
  __host__ unsigned long operator()() {
    if (next >= 312) {
      for (int i = 0; i < 312; ++i) {
        const unsigned long y =
            (state[i] & 0xffffffff80000000ul) | (state[(i + 1) % 312] & 0x7ffffffful);
        state[i] =
            state[(i + 156) % 312] ^ (y >> 1) ^ ((y & 1ul) != 0 ? 0xb5026f5aa96619e9ul : 0ul);
      }
      next = 0;
    }
    unsigned long y = state[next];
    ++next;
    y = y ^ ((y >> 29) & 0x5555555555555555ul);
    y = y ^ ((y << 17) & 0x71d67fffeda60000ul);
    y = y ^ ((y << 37) & 0xfff7eee000000000ul);
    return y ^ (y >> 43);
  }
  static constexpr unsigned long __last = 0xfffffffffffffffful;
  static constexpr unsigned long __first = 0;
  __host__ static unsigned long min() { return 0; }
  __host__ static unsigned long max() { return 0xfffffffffffffffful; }
};

struct __std_minstd_rand0 {
  unsigned long state;
  __host__ explicit __std_minstd_rand0(unsigned long value = 1ul) : state(1) { seed(value); }
  __host__ void seed(unsigned long value = 1ul) {
    state = value % 2147483647ul;
    if (state == 0) state = 1;
  }
  __host__ unsigned long operator()() {
    state = state * 16807ul % 2147483647ul;
    return state;
  }
  static constexpr unsigned long __last = 2147483646ul;
  static constexpr unsigned long __first = 1;
  __host__ static unsigned long min() { return 1; }
  __host__ static unsigned long max() { return 2147483646ul; }
};
struct __std_minstd_rand {
  unsigned long state;
  __host__ explicit __std_minstd_rand(unsigned long value = 1ul) : state(1) { seed(value); }
  __host__ void seed(unsigned long value = 1ul) {
    state = value % 2147483647ul;
    if (state == 0) state = 1;
  }
  __host__ unsigned long operator()() {
    state = state * 48271ul % 2147483647ul;
    return state;
  }
  static constexpr unsigned long __last = 2147483646ul;
  static constexpr unsigned long __first = 1;
  __host__ static unsigned long min() { return 1; }
  __host__ static unsigned long max() { return 2147483646ul; }
};

// Repeatable, as all else: the numbers of a generator of its own.
unsigned int __std_random_device_state = 20061u;
struct __std_random_device {
  int unused;
  __host__ __std_random_device() : unused(0) {}
  __host__ unsigned int operator()() {
    __std_random_device_state = __std_random_device_state * 1664525u + 1013904223u;
    return __std_random_device_state;
  }
  __host__ double entropy() const { return 0; }
};

// std::generate_canonical: [0, 1) with the digits of the type, from as many numbers as it takes.
template <typename G> __host__ inline float __std_canonical(G& g, float) {
  const float sum = (float)(g() - G::__first);
  const float range = (float)((double)(G::__last - G::__first) + 1.0);
  const float ratio = sum / range;
  return ratio >= 1.0f ? 0.999999940395355224609375f : ratio;
}
template <typename G> __host__ inline double __std_canonical(G& g, double) {
  const double range = (double)(G::__last - G::__first) + 1.0;
  double sum = (double)(g() - G::__first);
  double all = range;
  if (range < 9007199254740992.0) {
    sum += (double)(g() - G::__first) * range;
    all = range * range;
  }
  const double ratio = sum / all;
  return ratio >= 1.0 ? 0.99999999999999988897769753748434596 : ratio;
}

// A number below `range`, of which there are fewer than the engine gives.
__host__ inline unsigned long __std_below(__std_mt19937& g, unsigned long range) {
  unsigned long product = (unsigned long)g() * range;
  unsigned int low = (unsigned int)product;
  if (low < (unsigned int)range) {
    const unsigned int threshold = (0u - (unsigned int)range) % (unsigned int)range;
    while (low < threshold) {
      product = (unsigned long)g() * range;
      low = (unsigned int)product;
    }
  }
  return product >> 32;
}
__host__ inline unsigned long __std_below(__std_mt19937_64& g, unsigned long range) {
  unsigned long x = g();
  unsigned long low = x * range;
  if (low < range) {
    const unsigned long threshold = (0ul - range) % range;
    while (low < threshold) {
      x = g();
      low = x * range;
    }
  }
  return __umul64hi(x, range);
}
template <typename G> __host__ inline unsigned long __std_below(G& g, unsigned long range) {
  const unsigned long scaling = (G::__last - G::__first) / range;
  const unsigned long past = range * scaling;
  unsigned long x = g() - G::__first;
  while (x >= past) x = g() - G::__first;
  return x / scaling;
}

template <typename T0 = double>
struct __std_uniform_real_distribution {
  T0 from, to;
  using result_type = T0;
  __host__ explicit __std_uniform_real_distribution(T0 a = 0, T0 b = 1) : from(a), to(b) {}
  template <typename G>
  __host__ T0 operator()(G& g) const {
    return __std_canonical(g, T0(0)) * (to - from) + from;
  }
  __host__ T0 a() const { return from; }
  __host__ T0 b() const { return to; }
  __host__ void reset() {}
};

// The polar method of Marsaglia, two numbers at a time.
template <typename T0 = double>
struct __std_normal_distribution {
  T0 mean_, deviation, saved;
  bool has_saved;
  using result_type = T0;
  __host__ explicit __std_normal_distribution(T0 mean = 0, T0 stddev = 1)
      : mean_(mean), deviation(stddev), saved(0), has_saved(false) {}
  __host__ T0 Finish(T0 x, T0 y, T0 r2) {
    const T0 scale = sqrt(T0(-2) * log(r2) / r2);
    saved = x * scale;
    has_saved = true;
    return y * scale * deviation + mean_;
  }
  __host__ T0 Saved() {
    has_saved = false;
    return saved * deviation + mean_;
  }
  template <typename G>
  __host__ T0 operator()(G& g) {
    if (has_saved) return Saved();
    T0 x, y, r2;
    do {
      x = T0(2) * __std_canonical(g, T0(0)) - T0(1);
      y = T0(2) * __std_canonical(g, T0(0)) - T0(1);
      r2 = x * x + y * y;
    } while (r2 > T0(1) || r2 == T0(0));
    return Finish(x, y, r2);
  }
  __host__ T0 mean() const { return mean_; }
  __host__ T0 stddev() const { return deviation; }
  __host__ void reset() { has_saved = false; }
};

template <typename T0 = int>
struct __std_uniform_int_distribution {
  T0 from, to;
  using result_type = T0;
  __host__ explicit __std_uniform_int_distribution(T0 a = 0, T0 b = 2147483647)
      : from(a), to(b) {}
  __host__ unsigned long Range() const { return (unsigned long)to - (unsigned long)from; }
  __host__ T0 operator()(__std_mt19937& g) const {
    const unsigned long range = Range();
    if (range == 0xffffffffu) return (T0)((unsigned long)g() + (unsigned long)from);
    if (range > 0xffffffffu) abort();
    return (T0)(__std_below(g, range + 1) + (unsigned long)from);
  }
  __host__ T0 operator()(__std_mt19937_64& g) const {
    const unsigned long range = Range();
    if (range == 0xfffffffffffffffful) return (T0)(g() + (unsigned long)from);
    return (T0)(__std_below(g, range + 1) + (unsigned long)from);
  }
  __host__ T0 operator()(__std_minstd_rand& g) const {
    if (Range() >= 2147483645ul) abort();
    return (T0)(__std_below(g, Range() + 1) + (unsigned long)from);
  }
  __host__ T0 operator()(__std_minstd_rand0& g) const {
    if (Range() >= 2147483645ul) abort();
    return (T0)(__std_below(g, Range() + 1) + (unsigned long)from);
  }
  __host__ T0 a() const { return from; }
  __host__ T0 b() const { return to; }
};

template <typename I>
__host__ inline void __std_swap_places(I a, I b) {
  auto held = *a;
  *a = *b;
  *b = held;
}
// As libstdc++ has it: two places from one number where its range allows that.
template <typename I, typename G>
__host__ inline void __std_shuffle(I first, I last, G&& g) {
  if (first == last) return;
  const unsigned long range = (unsigned long)g.max() - (unsigned long)g.min();
  const unsigned long count = (unsigned long)(last - first);
  unsigned long i = 1;
  if (range / count >= count) {
    if (count % 2 == 0) {
      __std_uniform_int_distribution<unsigned long> one(0, 1);
      __std_swap_places(first + i, first + one(g));
      ++i;
    }
    while (i < count) {
      __std_uniform_int_distribution<unsigned long> two(0, (i + 1) * (i + 2) - 1);
      const unsigned long x = two(g);
      __std_swap_places(first + i, first + x / (i + 2));
      ++i;
      __std_swap_places(first + i, first + x % (i + 1));
      ++i;
    }
    return;
  }
  for (; i < count; ++i) {
    __std_uniform_int_distribution<unsigned long> place(0, i);
    __std_swap_places(first + i, first + place(g));
  }
}
template <typename I>
__host__ inline void __std_random_shuffle(I first, I last) {
  for (I i = first + (first == last ? 0 : 1); i != last; ++i) {
    const I other = first + rand() % ((i - first) + 1);
    if (i != other) __std_swap_places(i, other);
  }
}
