// <thrust/complex.h> in the dialect.

namespace thrust {

template <typename T>
struct complex {
  using value_type = T;
  T __real, __imag;
  __host__ __device__ complex() : __real(0), __imag(0) {}
  __host__ __device__ complex(T real, T imag = T()) : __real(real), __imag(imag) {}
  __host__ __device__ complex(const complex<T>& o) : __real(o.__real), __imag(o.__imag) {}
  template <typename U>
  __host__ __device__ complex(const complex<U>& o) : __real((T)o.__real), __imag((T)o.__imag) {}
  __host__ __device__ T real() const { return __real; }
  __host__ __device__ T imag() const { return __imag; }
  __host__ __device__ void real(T x) { __real = x; }
  __host__ __device__ void imag(T x) { __imag = x; }
  __host__ __device__ complex<T>& operator=(const complex<T>& o) {
    __real = o.__real;
    __imag = o.__imag;
    return *this;
  }
  __host__ __device__ complex<T>& operator=(T x) {
    __real = x;
    __imag = 0;
    return *this;
  }
  __host__ __device__ complex<T>& operator+=(const complex<T>& o) {
    __real += o.__real;
    __imag += o.__imag;
    return *this;
  }
  __host__ __device__ complex<T>& operator-=(const complex<T>& o) {
    __real -= o.__real;
    __imag -= o.__imag;
    return *this;
  }
  __host__ __device__ complex<T>& operator*=(const complex<T>& o) {
    const T real = __real * o.__real - __imag * o.__imag;
    __imag = __real * o.__imag + __imag * o.__real;
    __real = real;
    return *this;
  }
  __host__ __device__ complex<T>& operator/=(const complex<T>& o) {
    // Scaled, so that squares stay in range.
    const T scale = fabs(o.__real) + fabs(o.__imag);
    const T a = __real / scale;
    const T b = __imag / scale;
    const T c = o.__real / scale;
    const T d = o.__imag / scale;
    const T size = c * c + d * d;
    __real = (a * c + b * d) / size;
    __imag = (b * c - a * d) / size;
    return *this;
  }
  __host__ __device__ complex<T>& operator*=(T x) {
    __real *= x;
    __imag *= x;
    return *this;
  }
  __host__ __device__ complex<T>& operator/=(T x) {
    __real /= x;
    __imag /= x;
    return *this;
  }
#define WS_OPERATOR(op)                                                                  \
  template <typename U>                                                                  \
  __host__ __device__ complex<decltype(T() + U())> operator op(const complex<U>& b) const { \
    complex<decltype(T() + U())> x = *this;                                              \
    x op##= complex<decltype(T() + U())>(b);                                             \
    return x;                                                                            \
  }                                                                                      \
  template <typename U, typename = std::enable_if_t<std::is_arithmetic<U>::value>>       \
  __host__ __device__ complex<decltype(T() + U())> operator op(const U& b) const {       \
    complex<decltype(T() + U())> x = *this;                                              \
    x op##= complex<decltype(T() + U())>(b);                                             \
    return x;                                                                            \
  }
  WS_OPERATOR(+)
  WS_OPERATOR(-)
  WS_OPERATOR(*)
  WS_OPERATOR(/)
#undef WS_OPERATOR
};
#define WS_OPERATOR(op)                                                                      \
  template <typename T, typename U,                                                          \
            typename = std::enable_if_t<std::is_arithmetic<U>::value>>                       \
  __host__ __device__ inline complex<decltype(T() + U())> operator op(const U& a,            \
                                                                      const complex<T>& b) { \
    complex<decltype(T() + U())> x(a);                                                       \
    x op##= complex<decltype(T() + U())>(b);                                                 \
    return x;                                                                                \
  }
WS_OPERATOR(+)
WS_OPERATOR(-)
WS_OPERATOR(*)
WS_OPERATOR(/)
#undef WS_OPERATOR
template <typename T>
__host__ __device__ inline complex<T> operator-(const complex<T>& a) {
  return complex<T>(-a.__real, -a.__imag);
}
template <typename T>
__host__ __device__ inline bool operator==(const complex<T>& a, const complex<T>& b) {
  return a.__real == b.__real && a.__imag == b.__imag;
}
template <typename T>
__host__ __device__ inline bool operator!=(const complex<T>& a, const complex<T>& b) {
  return !(a == b);
}
template <typename T>
__host__ __device__ inline T abs(const complex<T>& a) {
  return hypot(a.__real, a.__imag);
}
template <typename T>
__host__ __device__ inline T arg(const complex<T>& a) {
  return atan2(a.__imag, a.__real);
}
template <typename T>
__host__ __device__ inline T norm(const complex<T>& a) {
  return a.__real * a.__real + a.__imag * a.__imag;
}
template <typename T>
__host__ __device__ inline complex<T> conj(const complex<T>& a) {
  return complex<T>(a.__real, -a.__imag);
}
template <typename T>
__host__ __device__ inline complex<T> polar(const T& size, const T& angle = 0) {
  return complex<T>(size * cos(angle), size * sin(angle));
}
template <typename T>
__host__ __device__ inline complex<T> exp(const complex<T>& a) {
  return polar(::exp(a.__real), a.__imag);
}
template <typename T>
__host__ __device__ inline complex<T> log(const complex<T>& a) {
  return complex<T>(::log(abs(a)), arg(a));
}
template <typename T>
__host__ __device__ inline complex<T> sqrt(const complex<T>& a) {
  return polar(::sqrt(abs(a)), arg(a) / 2);
}
template <typename T>
__host__ __device__ inline complex<T> pow(const complex<T>& a, const T& b) {
  return a == complex<T>(0) ? complex<T>(0) : exp(complex<T>(b) * log(a));
}

}  // namespace thrust
