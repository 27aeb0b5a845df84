// <thrust/functional.h> in the dialect.

namespace thrust {

#define WS_BINARY(name, expression)                                                    \
  template <typename T = void>                                                         \
  struct name {                                                                        \
    using first_argument_type = T;                                                     \
    using second_argument_type = T;                                                    \
    __host__ __device__ auto operator()(const T& a, const T& b) const { return expression; } \
  };                                                                                   \
  template <>                                                                          \
  struct name<void> {                                                                  \
    template <typename A, typename B>                                                  \
    __host__ __device__ auto operator()(const A& a, const B& b) const {                \
      return expression;                                                               \
    }                                                                                  \
  };
WS_BINARY(plus, a + b)
WS_BINARY(minus, a - b)
WS_BINARY(multiplies, a * b)
WS_BINARY(divides, a / b)
WS_BINARY(modulus, a % b)
WS_BINARY(bit_and, a & b)
WS_BINARY(bit_or, a | b)
WS_BINARY(bit_xor, a ^ b)
WS_BINARY(equal_to, a == b)
WS_BINARY(not_equal_to, a != b)
WS_BINARY(less, a < b)
WS_BINARY(greater, a > b)
WS_BINARY(less_equal, a <= b)
WS_BINARY(greater_equal, a >= b)
WS_BINARY(logical_and, a && b)
WS_BINARY(logical_or, a || b)
WS_BINARY(maximum, a < b ? b : a)
WS_BINARY(minimum, a < b ? a : b)
#undef WS_BINARY

#define WS_UNARY(name, expression)                                          \
  template <typename T = void>                                              \
  struct name {                                                             \
    using argument_type = T;                                                \
    __host__ __device__ auto operator()(const T& a) const { return expression; } \
  };                                                                        \
  template <>                                                               \
  struct name<void> {                                                       \
    template <typename A>                                                   \
    __host__ __device__ auto operator()(const A& a) const {                 \
      return expression;                                                    \
    }                                                                       \
  };
WS_UNARY(negate, -a)
WS_UNARY(identity, a)
WS_UNARY(square, a * a)
WS_UNARY(logical_not, !a)
WS_UNARY(bit_not, ~a)
#undef WS_UNARY

template <typename T, typename U>
struct project1st {
  __host__ __device__ T operator()(const T& a, const U&) const { return a; }
};
template <typename T, typename U>
struct project2nd {
  __host__ __device__ U operator()(const T&, const U& b) const { return b; }
};
template <typename F>
struct unary_negate {
  F f;
  template <typename T>
  __host__ __device__ bool operator()(const T& a) const {
    F g = f;
    return !g(a);
  }
};
template <typename F>
__host__ __device__ inline unary_negate<F> not1(const F& f) {
  return unary_negate<F>{f};
}
template <typename F>
__host__ __device__ inline unary_negate<F> not_fn(const F& f) {
  return unary_negate<F>{f};
}
// Bases of functors in older programs.
template <typename A, typename R>
struct unary_function {
  using argument_type = A;
  using result_type = R;
};
template <typename A, typename B, typename R>
struct binary_function {
  using first_argument_type = A;
  using second_argument_type = B;
  using result_type = R;
};

}  // namespace thrust
