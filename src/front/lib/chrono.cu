// <chrono> over the instructions that a run has executed, one nanosecond each: time is repeatable,
// and measures nothing.

struct __std_nanoseconds {
  long ticks;
  __host__ __std_nanoseconds() : ticks(0) {}
  __host__ explicit __std_nanoseconds(long n) : ticks(n) {}
  __host__ long count() const { return ticks; }
  __host__ long __ns() const { return ticks; }
};
struct __std_microseconds {
  long ticks;
  __host__ __std_microseconds() : ticks(0) {}
  __host__ explicit __std_microseconds(long n) : ticks(n) {}
  __host__ explicit __std_microseconds(const __std_nanoseconds& d) : ticks(d.ticks / 1000) {}
  __host__ long count() const { return ticks; }
  __host__ long __ns() const { return ticks * 1000; }
};
struct __std_milliseconds {
  long ticks;
  __host__ __std_milliseconds() : ticks(0) {}
  __host__ explicit __std_milliseconds(long n) : ticks(n) {}
  __host__ explicit __std_milliseconds(const __std_nanoseconds& d) : ticks(d.ticks / 1000000) {}
  __host__ long count() const { return ticks; }
  __host__ long __ns() const { return ticks * 1000000; }
};
struct __std_seconds {
  long ticks;
  __host__ __std_seconds() : ticks(0) {}
  __host__ explicit __std_seconds(long n) : ticks(n) {}
  __host__ explicit __std_seconds(const __std_nanoseconds& d) : ticks(d.ticks / 1000000000) {}
  __host__ long count() const { return ticks; }
  __host__ long __ns() const { return ticks * 1000000000; }
};
__host__ inline __std_nanoseconds operator-(const __std_nanoseconds& a,
                                                       const __std_nanoseconds& b) {
  return __std_nanoseconds(a.ticks - b.ticks);
}
__host__ inline __std_nanoseconds operator+(const __std_nanoseconds& a,
                                                       const __std_nanoseconds& b) {
  return __std_nanoseconds(a.ticks + b.ticks);
}

struct __std_ratio_1 {
  static constexpr long num = 1, den = 1;
};
struct __std_milli {
  static constexpr long num = 1, den = 1000;
};
struct __std_micro {
  static constexpr long num = 1, den = 1000000;
};
struct __std_nano {
  static constexpr long num = 1, den = 1000000000;
};

// Ticks of T1 in T0.
template <typename T0, typename T1 = __std_ratio_1>
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

struct __std_time_point {
  long ns;
  __host__ __std_time_point() : ns(0) {}
  __host__ explicit __std_time_point(long n) : ns(n) {}
  __host__ __std_nanoseconds time_since_epoch() const { return __std_nanoseconds(ns); }
};
__host__ inline __std_nanoseconds operator-(const __std_time_point& a,
                                                       const __std_time_point& b) {
  return __std_nanoseconds(a.ns - b.ns);
}

struct __std_clock {
  using time_point = __std_time_point;
  __host__ static __std_time_point now() { return __std_time_point(__ws_now()); }
};

template <typename D, typename S> __host__ inline D __std_duration_cast(const S& d) {
  return D(__std_nanoseconds(d.__ns()));
}
