// std::complex, as libstdc++ computes it: products and quotients by the plain formulas.
template <typename T>
struct __std_complex {
  using value_type = T;
  T re, im;
  __host__ __device__ __std_complex(T a = 0, T b = 0) : re(a), im(b) {}
  __host__ __device__ T real() const { return re; }
  __host__ __device__ T imag() const { return im; }
  __host__ __device__ void real(T x) { re = x; }
  __host__ __device__ void imag(T x) { im = x; }
  __host__ __device__ __std_complex<T>& operator+=(const __std_complex<T>& o) {
    re += o.re;
    im += o.im;
    return *this;
  }
  __host__ __device__ __std_complex<T>& operator-=(const __std_complex<T>& o) {
    re -= o.re;
    im -= o.im;
    return *this;
  }
  __host__ __device__ __std_complex<T>& operator*=(const __std_complex<T>& o) {
    const T a = re * o.re - im * o.im;
    im = re * o.im + im * o.re;
    re = a;
    return *this;
  }
  __host__ __device__ __std_complex<T>& operator/=(const __std_complex<T>& o) {
    const T n = o.re * o.re + o.im * o.im;
    const T a = (re * o.re + im * o.im) / n;
    im = (im * o.re - re * o.im) / n;
    re = a;
    return *this;
  }
  friend __host__ __device__ __std_complex<T> operator+(const __std_complex<T>& a,
                                                        const __std_complex<T>& b) {
    return __std_complex<T>(a.re + b.re, a.im + b.im);
  }
  friend __host__ __device__ __std_complex<T> operator-(const __std_complex<T>& a,
                                                        const __std_complex<T>& b) {
    return __std_complex<T>(a.re - b.re, a.im - b.im);
  }
  friend __host__ __device__ __std_complex<T> operator*(const __std_complex<T>& a,
                                                        const __std_complex<T>& b) {
    return __std_complex<T>(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
  }
  friend __host__ __device__ __std_complex<T> operator/(const __std_complex<T>& a,
                                                        const __std_complex<T>& b) {
    const T n = b.re * b.re + b.im * b.im;
    return __std_complex<T>((a.re * b.re + a.im * b.im) / n, (a.im * b.re - a.re * b.im) / n);
  }
  friend __host__ __device__ __std_complex<T> operator-(const __std_complex<T>& a) {
    return __std_complex<T>(-a.re, -a.im);
  }
  friend __host__ __device__ bool operator==(const __std_complex<T>& a,
                                             const __std_complex<T>& b) {
    return a.re == b.re && a.im == b.im;
  }
  friend __host__ __device__ bool operator!=(const __std_complex<T>& a,
                                             const __std_complex<T>& b) {
    return a.re != b.re || a.im != b.im;
  }
};

template <typename T>
__host__ __device__ inline T __std_real(const __std_complex<T>& a) {
  return a.re;
}
template <typename T>
__host__ __device__ inline T __std_imag(const __std_complex<T>& a) {
  return a.im;
}
template <typename T>
__host__ __device__ inline T __std_norm(const __std_complex<T>& a) {
  return a.re * a.re + a.im * a.im;
}
template <typename T>
__host__ __device__ inline T __std_arg(const __std_complex<T>& a) {
  return atan2(a.im, a.re);
}
template <typename T>
__host__ __device__ inline __std_complex<T> __std_conj(const __std_complex<T>& a) {
  return __std_complex<T>(a.re, -a.im);
}
template <typename T>
__host__ __device__ inline __std_complex<T> __std_polar(T r, T t) {
  return __std_complex<T>(r * cos(t), r * sin(t));
}
template <typename T>
__host__ __device__ inline T abs(const __std_complex<T>& a) {
  return hypot(a.re, a.im);
}
template <typename T>
__host__ __device__ inline __std_complex<T> exp(const __std_complex<T>& a) {
  const T r = exp(a.re);
  return __std_complex<T>(r * cos(a.im), r * sin(a.im));
}
template <typename T>
__host__ __device__ inline __std_complex<T> log(const __std_complex<T>& a) {
  return __std_complex<T>(log(abs(a)), __std_arg(a));
}
template <typename T>
__host__ __device__ inline __std_complex<T> sqrt(const __std_complex<T>& a) {
  if (a.re == T(0)) {
    const T t = sqrt(fabs(a.im) / T(2));
    return __std_complex<T>(t, a.im < T(0) ? -t : t);
  }
  const T t = sqrt(T(2) * (abs(a) + fabs(a.re)));
  const T u = t / T(2);
  if (a.re > T(0)) return __std_complex<T>(u, a.im / t);
  return __std_complex<T>(fabs(a.im) / t, a.im < T(0) ? -u : u);
}
