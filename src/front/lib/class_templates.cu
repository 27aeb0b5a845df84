// Structs with arguments T0 and T1; library_text.cc makes them. See library.def.

// Ticks of T1 in T0.
struct __std_duration {
  T0 ticks;
  using rep = T0;
  using period = T1;
  __host__ __std_duration() : ticks(0) {}
  __host__ explicit __std_duration(T0 n) : ticks(n) {}
  __host__ __std_duration(const __std_nanoseconds& d) : ticks(0) { Set(d.__ns()); }
  __host__ __std_duration(const __std_microseconds& d) : ticks(0) { Set(d.__ns()); }
  __host__ __std_duration(const __std_milliseconds& d) : ticks(0) { Set(d.__ns()); }
  __host__ __std_duration(const __std_seconds& d) : ticks(0) { Set(d.__ns()); }
  __host__ void Set(long ns) {
    ticks = (T0)((T0)ns * (T0)T1::den / (T0)1000000000l / (T0)T1::num);
  }
  __host__ T0 count() const { return ticks; }
  __host__ long __ns() const {
    return (long)((double)ticks * (double)T1::num * 1e9 / (double)T1::den);
  }
};

struct __std_uniform_real_distribution {
  T0 from, to;
  using result_type = T0;
  __host__ explicit __std_uniform_real_distribution(T0 a = 0, T0 b = 1) : from(a), to(b) {}
  __host__ T0 operator()(__std_mt19937& g) const {
    return __std_canonical(g, T0(0)) * (to - from) + from;
  }
  __host__ T0 operator()(__std_mt19937_64& g) const {
    return __std_canonical(g, T0(0)) * (to - from) + from;
  }
  __host__ T0 operator()(__std_minstd_rand& g) const {
    return __std_canonical(g, T0(0)) * (to - from) + from;
  }
  __host__ T0 operator()(__std_minstd_rand0& g) const {
    return __std_canonical(g, T0(0)) * (to - from) + from;
  }
  __host__ T0 a() const { return from; }
  __host__ T0 b() const { return to; }
  __host__ void reset() {}
};

// The polar method of Marsaglia, two numbers at a time.
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
  __host__ T0 operator()(__std_mt19937& g) {
    if (has_saved) return Saved();
    T0 x, y, r2;
    do {
      x = T0(2) * __std_canonical(g, T0(0)) - T0(1);
      y = T0(2) * __std_canonical(g, T0(0)) - T0(1);
      r2 = x * x + y * y;
    } while (r2 > T0(1) || r2 == T0(0));
    return Finish(x, y, r2);
  }
  __host__ T0 operator()(__std_mt19937_64& g) {
    if (has_saved) return Saved();
    T0 x, y, r2;
    do {
      x = T0(2) * __std_canonical(g, T0(0)) - T0(1);
      y = T0(2) * __std_canonical(g, T0(0)) - T0(1);
      r2 = x * x + y * y;
    } while (r2 > T0(1) || r2 == T0(0));
    return Finish(x, y, r2);
  }
  __host__ T0 operator()(__std_minstd_rand& g) {
    if (has_saved) return Saved();
    T0 x, y, r2;
    do {
      x = T0(2) * __std_canonical(g, T0(0)) - T0(1);
      y = T0(2) * __std_canonical(g, T0(0)) - T0(1);
      r2 = x * x + y * y;
    } while (r2 > T0(1) || r2 == T0(0));
    return Finish(x, y, r2);
  }
  __host__ T0 operator()(__std_minstd_rand0& g) {
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

struct __std_pair {
  T0 first;
  T1 second;
  using first_type = T0;
  using second_type = T1;
  __host__ __device__ __std_pair() : first(), second() {}
  __host__ __device__ __std_pair(const T0& a, const T1& b) : first(a), second(b) {}
  friend __host__ __device__ __std_pair __std_make_pair(const T0& a, const T1& b) {
    return __std_pair(a, b);
  }
  __host__ __device__ bool operator<(const __std_pair& o) const {
    return first < o.first || (!(o.first < first) && second < o.second);
  }
  __host__ __device__ bool operator>(const __std_pair& o) const { return o < *this; }
  __host__ __device__ bool operator==(const __std_pair& o) const {
    return first == o.first && second == o.second;
  }
  __host__ __device__ bool operator!=(const __std_pair& o) const { return !(*this == o); }
};

struct __std_array {
  T0 elements[T1];
  using value_type = T0;
  __host__ __device__ T0& operator[](size_t i) { return elements[i]; }
  __host__ __device__ const T0& operator[](size_t i) const { return elements[i]; }
  __host__ __device__ T0* data() { return elements; }
  __host__ __device__ const T0* data() const { return elements; }
  __host__ __device__ T0* begin() { return elements; }
  __host__ __device__ const T0* begin() const { return elements; }
  __host__ __device__ T0* end() { return elements + (T1); }
  __host__ __device__ const T0* end() const { return elements + (T1); }
  __host__ __device__ size_t size() const { return T1; }
  __host__ __device__ bool empty() const { return (T1) == 0; }
  __host__ __device__ T0& front() { return elements[0]; }
  __host__ __device__ T0& back() { return elements[(T1) - 1]; }
  __host__ __device__ void fill(const T0& value) {
    for (size_t i = 0; i < (T1); ++i) elements[i] = value;
  }
};

struct __std_greater {
  __host__ __device__ bool operator()(const T0& a, const T0& b) const { return a > b; }
};
struct __std_less {
  __host__ __device__ bool operator()(const T0& a, const T0& b) const { return a < b; }
};
struct __std_greater_equal {
  __host__ __device__ bool operator()(const T0& a, const T0& b) const { return a >= b; }
};
struct __std_less_equal {
  __host__ __device__ bool operator()(const T0& a, const T0& b) const { return a <= b; }
};
struct __std_plus {
  __host__ __device__ T0 operator()(const T0& a, const T0& b) const { return a + b; }
};
struct __std_minus {
  __host__ __device__ T0 operator()(const T0& a, const T0& b) const { return a - b; }
};
struct __std_multiplies {
  __host__ __device__ T0 operator()(const T0& a, const T0& b) const { return a * b; }
};
