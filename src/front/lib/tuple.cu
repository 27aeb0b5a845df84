// <tuple> and std::integer_sequence in the dialect. See library.def.

template <typename T, T... I>
struct __std_integer_sequence {
  using value_type = T;
  static constexpr size_t size() { return sizeof...(I); }
};
template <typename T, T N>
struct __std_sequence_of;
template <typename T>
struct __std_sequence_of<T, 0> {
  using type = __std_integer_sequence<T>;
};
template <typename T>
struct __std_sequence_of<T, 1> {
  using type = __std_integer_sequence<T, 0>;
};
template <typename T>
struct __std_sequence_of<T, 2> {
  using type = __std_integer_sequence<T, 0, 1>;
};
template <typename T>
struct __std_sequence_of<T, 3> {
  using type = __std_integer_sequence<T, 0, 1, 2>;
};
template <typename T>
struct __std_sequence_of<T, 4> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3>;
};
template <typename T>
struct __std_sequence_of<T, 5> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4>;
};
template <typename T>
struct __std_sequence_of<T, 6> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5>;
};
template <typename T>
struct __std_sequence_of<T, 7> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6>;
};
template <typename T>
struct __std_sequence_of<T, 8> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7>;
};
template <typename T>
struct __std_sequence_of<T, 9> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8>;
};
template <typename T>
struct __std_sequence_of<T, 10> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9>;
};
template <typename T>
struct __std_sequence_of<T, 11> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10>;
};
template <typename T>
struct __std_sequence_of<T, 12> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11>;
};
template <typename T>
struct __std_sequence_of<T, 13> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12>;
};
template <typename T>
struct __std_sequence_of<T, 14> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13>;
};
template <typename T>
struct __std_sequence_of<T, 15> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14>;
};
template <typename T>
struct __std_sequence_of<T, 16> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15>;
};
template <typename T>
struct __std_sequence_of<T, 17> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16>;
};
template <typename T>
struct __std_sequence_of<T, 18> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17>;
};
template <typename T>
struct __std_sequence_of<T, 19> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18>;
};
template <typename T>
struct __std_sequence_of<T, 20> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19>;
};
template <typename T>
struct __std_sequence_of<T, 21> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20>;
};
template <typename T>
struct __std_sequence_of<T, 22> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21>;
};
template <typename T>
struct __std_sequence_of<T, 23> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22>;
};
template <typename T>
struct __std_sequence_of<T, 24> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23>;
};
template <typename T>
struct __std_sequence_of<T, 25> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24>;
};
template <typename T>
struct __std_sequence_of<T, 26> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25>;
};
template <typename T>
struct __std_sequence_of<T, 27> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26>;
};
template <typename T>
struct __std_sequence_of<T, 28> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27>;
};
template <typename T>
struct __std_sequence_of<T, 29> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28>;
};
template <typename T>
struct __std_sequence_of<T, 30> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29>;
};
template <typename T>
struct __std_sequence_of<T, 31> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30>;
};
template <typename T>
struct __std_sequence_of<T, 32> {
  using type = __std_integer_sequence<T, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31>;
};
template <typename T, T N>
using __std_make_integer_sequence = typename __std_sequence_of<T, N>::type;

template <typename... B>
struct __std_conjunction {
  static constexpr bool value = (bool(B::value) && ... && true);
};
template <typename... B>
struct __std_disjunction {
  static constexpr bool value = (bool(B::value) || ... || false);
};
template <typename B>
struct __std_negation {
  static constexpr bool value = !bool(B::value);
};
template <typename B>
constexpr bool __std_negation_v = !bool(B::value);

template <typename... T>
struct __std_tuple;
template <>
struct __std_tuple<> {};
template <typename T>
struct __std_tuple_size;
template <size_t I, typename T>
struct __std_tuple_element;

template <typename A0>
struct __std_tuple<A0> {
  A0 m0;
  __host__ __device__ __std_tuple() : m0() {}
  __host__ __device__ __std_tuple(A0 a0) : m0(a0) {}
  template <typename U0>
  __host__ __device__ __std_tuple& operator=(const __std_tuple<U0>& o) {
    m0 = o.m0;
    return *this;
  }
  __host__ __device__ bool operator==(const __std_tuple& o) const { return m0 == o.m0; }
  __host__ __device__ bool operator!=(const __std_tuple& o) const { return !(*this == o); }
  __host__ __device__ bool operator<(const __std_tuple& o) const {
    return m0 < o.m0;
  }
};
template <typename A0>
struct __std_tuple_size<__std_tuple<A0>> {
  static constexpr size_t value = 1;
};
template <size_t I, typename A0>
struct __std_tuple_element<I, __std_tuple<A0>> {
  using type = A0;
};
template <size_t I, typename A0>
__host__ __device__ constexpr auto& __std_get(__std_tuple<A0>& t) {
  return t.m0;
}
template <size_t I, typename A0>
__host__ __device__ constexpr const auto& __std_get(const __std_tuple<A0>& t) {
  return t.m0;
}
template <typename A0>
__host__ __device__ constexpr __std_tuple<A0> __std_make_tuple(A0 a0) {
  return __std_tuple<A0>(a0);
}
template <typename A0>
__host__ __device__ constexpr __std_tuple<A0&> __std_tie(A0& a0) {
  return __std_tuple<A0&>(a0);
}
template <typename F, typename A0>
__host__ __device__ constexpr decltype(auto) __std_apply(F&& f, const __std_tuple<A0>& t) {
  return f(t.m0);
}

template <typename A0, typename A1>
struct __std_tuple<A0, A1> {
  A0 m0;
  A1 m1;
  __host__ __device__ __std_tuple() : m0(), m1() {}
  __host__ __device__ __std_tuple(A0 a0, A1 a1) : m0(a0), m1(a1) {}
  template <typename U0, typename U1>
  __host__ __device__ __std_tuple& operator=(const __std_tuple<U0, U1>& o) {
    m0 = o.m0; m1 = o.m1;
    return *this;
  }
  __host__ __device__ bool operator==(const __std_tuple& o) const { return m0 == o.m0 && m1 == o.m1; }
  __host__ __device__ bool operator!=(const __std_tuple& o) const { return !(*this == o); }
  __host__ __device__ bool operator<(const __std_tuple& o) const {
    if (m0 < o.m0) return true;
    if (o.m0 < m0) return false;
    return m1 < o.m1;
  }
};
template <typename A0, typename A1>
struct __std_tuple_size<__std_tuple<A0, A1>> {
  static constexpr size_t value = 2;
};
template <size_t I, typename A0, typename A1>
struct __std_tuple_element<I, __std_tuple<A0, A1>> {
  using type = std::conditional_t<I == 0, A0, A1>;
};
template <size_t I, typename A0, typename A1>
__host__ __device__ constexpr auto& __std_get(__std_tuple<A0, A1>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else {
    return t.m1;
  }
}
template <size_t I, typename A0, typename A1>
__host__ __device__ constexpr const auto& __std_get(const __std_tuple<A0, A1>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else {
    return t.m1;
  }
}
template <typename A0, typename A1>
__host__ __device__ constexpr __std_tuple<A0, A1> __std_make_tuple(A0 a0, A1 a1) {
  return __std_tuple<A0, A1>(a0, a1);
}
template <typename A0, typename A1>
__host__ __device__ constexpr __std_tuple<A0&, A1&> __std_tie(A0& a0, A1& a1) {
  return __std_tuple<A0&, A1&>(a0, a1);
}
template <typename F, typename A0, typename A1>
__host__ __device__ constexpr decltype(auto) __std_apply(F&& f, const __std_tuple<A0, A1>& t) {
  return f(t.m0, t.m1);
}

template <typename A0, typename A1, typename A2>
struct __std_tuple<A0, A1, A2> {
  A0 m0;
  A1 m1;
  A2 m2;
  __host__ __device__ __std_tuple() : m0(), m1(), m2() {}
  __host__ __device__ __std_tuple(A0 a0, A1 a1, A2 a2) : m0(a0), m1(a1), m2(a2) {}
  template <typename U0, typename U1, typename U2>
  __host__ __device__ __std_tuple& operator=(const __std_tuple<U0, U1, U2>& o) {
    m0 = o.m0; m1 = o.m1; m2 = o.m2;
    return *this;
  }
  __host__ __device__ bool operator==(const __std_tuple& o) const { return m0 == o.m0 && m1 == o.m1 && m2 == o.m2; }
  __host__ __device__ bool operator!=(const __std_tuple& o) const { return !(*this == o); }
  __host__ __device__ bool operator<(const __std_tuple& o) const {
    if (m0 < o.m0) return true;
    if (o.m0 < m0) return false;
    if (m1 < o.m1) return true;
    if (o.m1 < m1) return false;
    return m2 < o.m2;
  }
};
template <typename A0, typename A1, typename A2>
struct __std_tuple_size<__std_tuple<A0, A1, A2>> {
  static constexpr size_t value = 3;
};
template <size_t I, typename A0, typename A1, typename A2>
struct __std_tuple_element<I, __std_tuple<A0, A1, A2>> {
  using type = std::conditional_t<I == 0, A0, std::conditional_t<I == 1, A1, A2>>;
};
template <size_t I, typename A0, typename A1, typename A2>
__host__ __device__ constexpr auto& __std_get(__std_tuple<A0, A1, A2>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else if constexpr (I == 1) {
    return t.m1;
  } else {
    return t.m2;
  }
}
template <size_t I, typename A0, typename A1, typename A2>
__host__ __device__ constexpr const auto& __std_get(const __std_tuple<A0, A1, A2>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else if constexpr (I == 1) {
    return t.m1;
  } else {
    return t.m2;
  }
}
template <typename A0, typename A1, typename A2>
__host__ __device__ constexpr __std_tuple<A0, A1, A2> __std_make_tuple(A0 a0, A1 a1, A2 a2) {
  return __std_tuple<A0, A1, A2>(a0, a1, a2);
}
template <typename A0, typename A1, typename A2>
__host__ __device__ constexpr __std_tuple<A0&, A1&, A2&> __std_tie(A0& a0, A1& a1, A2& a2) {
  return __std_tuple<A0&, A1&, A2&>(a0, a1, a2);
}
template <typename F, typename A0, typename A1, typename A2>
__host__ __device__ constexpr decltype(auto) __std_apply(F&& f, const __std_tuple<A0, A1, A2>& t) {
  return f(t.m0, t.m1, t.m2);
}

template <typename A0, typename A1, typename A2, typename A3>
struct __std_tuple<A0, A1, A2, A3> {
  A0 m0;
  A1 m1;
  A2 m2;
  A3 m3;
  __host__ __device__ __std_tuple() : m0(), m1(), m2(), m3() {}
  __host__ __device__ __std_tuple(A0 a0, A1 a1, A2 a2, A3 a3) : m0(a0), m1(a1), m2(a2), m3(a3) {}
  template <typename U0, typename U1, typename U2, typename U3>
  __host__ __device__ __std_tuple& operator=(const __std_tuple<U0, U1, U2, U3>& o) {
    m0 = o.m0; m1 = o.m1; m2 = o.m2; m3 = o.m3;
    return *this;
  }
  __host__ __device__ bool operator==(const __std_tuple& o) const { return m0 == o.m0 && m1 == o.m1 && m2 == o.m2 && m3 == o.m3; }
  __host__ __device__ bool operator!=(const __std_tuple& o) const { return !(*this == o); }
  __host__ __device__ bool operator<(const __std_tuple& o) const {
    if (m0 < o.m0) return true;
    if (o.m0 < m0) return false;
    if (m1 < o.m1) return true;
    if (o.m1 < m1) return false;
    if (m2 < o.m2) return true;
    if (o.m2 < m2) return false;
    return m3 < o.m3;
  }
};
template <typename A0, typename A1, typename A2, typename A3>
struct __std_tuple_size<__std_tuple<A0, A1, A2, A3>> {
  static constexpr size_t value = 4;
};
template <size_t I, typename A0, typename A1, typename A2, typename A3>
struct __std_tuple_element<I, __std_tuple<A0, A1, A2, A3>> {
  using type = std::conditional_t<I == 0, A0, std::conditional_t<I == 1, A1, std::conditional_t<I == 2, A2, A3>>>;
};
template <size_t I, typename A0, typename A1, typename A2, typename A3>
__host__ __device__ constexpr auto& __std_get(__std_tuple<A0, A1, A2, A3>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else if constexpr (I == 1) {
    return t.m1;
  } else if constexpr (I == 2) {
    return t.m2;
  } else {
    return t.m3;
  }
}
template <size_t I, typename A0, typename A1, typename A2, typename A3>
__host__ __device__ constexpr const auto& __std_get(const __std_tuple<A0, A1, A2, A3>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else if constexpr (I == 1) {
    return t.m1;
  } else if constexpr (I == 2) {
    return t.m2;
  } else {
    return t.m3;
  }
}
template <typename A0, typename A1, typename A2, typename A3>
__host__ __device__ constexpr __std_tuple<A0, A1, A2, A3> __std_make_tuple(A0 a0, A1 a1, A2 a2, A3 a3) {
  return __std_tuple<A0, A1, A2, A3>(a0, a1, a2, a3);
}
template <typename A0, typename A1, typename A2, typename A3>
__host__ __device__ constexpr __std_tuple<A0&, A1&, A2&, A3&> __std_tie(A0& a0, A1& a1, A2& a2, A3& a3) {
  return __std_tuple<A0&, A1&, A2&, A3&>(a0, a1, a2, a3);
}
template <typename F, typename A0, typename A1, typename A2, typename A3>
__host__ __device__ constexpr decltype(auto) __std_apply(F&& f, const __std_tuple<A0, A1, A2, A3>& t) {
  return f(t.m0, t.m1, t.m2, t.m3);
}

template <typename A0, typename A1, typename A2, typename A3, typename A4>
struct __std_tuple<A0, A1, A2, A3, A4> {
  A0 m0;
  A1 m1;
  A2 m2;
  A3 m3;
  A4 m4;
  __host__ __device__ __std_tuple() : m0(), m1(), m2(), m3(), m4() {}
  __host__ __device__ __std_tuple(A0 a0, A1 a1, A2 a2, A3 a3, A4 a4) : m0(a0), m1(a1), m2(a2), m3(a3), m4(a4) {}
  template <typename U0, typename U1, typename U2, typename U3, typename U4>
  __host__ __device__ __std_tuple& operator=(const __std_tuple<U0, U1, U2, U3, U4>& o) {
    m0 = o.m0; m1 = o.m1; m2 = o.m2; m3 = o.m3; m4 = o.m4;
    return *this;
  }
  __host__ __device__ bool operator==(const __std_tuple& o) const { return m0 == o.m0 && m1 == o.m1 && m2 == o.m2 && m3 == o.m3 && m4 == o.m4; }
  __host__ __device__ bool operator!=(const __std_tuple& o) const { return !(*this == o); }
  __host__ __device__ bool operator<(const __std_tuple& o) const {
    if (m0 < o.m0) return true;
    if (o.m0 < m0) return false;
    if (m1 < o.m1) return true;
    if (o.m1 < m1) return false;
    if (m2 < o.m2) return true;
    if (o.m2 < m2) return false;
    if (m3 < o.m3) return true;
    if (o.m3 < m3) return false;
    return m4 < o.m4;
  }
};
template <typename A0, typename A1, typename A2, typename A3, typename A4>
struct __std_tuple_size<__std_tuple<A0, A1, A2, A3, A4>> {
  static constexpr size_t value = 5;
};
template <size_t I, typename A0, typename A1, typename A2, typename A3, typename A4>
struct __std_tuple_element<I, __std_tuple<A0, A1, A2, A3, A4>> {
  using type = std::conditional_t<I == 0, A0, std::conditional_t<I == 1, A1, std::conditional_t<I == 2, A2, std::conditional_t<I == 3, A3, A4>>>>;
};
template <size_t I, typename A0, typename A1, typename A2, typename A3, typename A4>
__host__ __device__ constexpr auto& __std_get(__std_tuple<A0, A1, A2, A3, A4>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else if constexpr (I == 1) {
    return t.m1;
  } else if constexpr (I == 2) {
    return t.m2;
  } else if constexpr (I == 3) {
    return t.m3;
  } else {
    return t.m4;
  }
}
template <size_t I, typename A0, typename A1, typename A2, typename A3, typename A4>
__host__ __device__ constexpr const auto& __std_get(const __std_tuple<A0, A1, A2, A3, A4>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else if constexpr (I == 1) {
    return t.m1;
  } else if constexpr (I == 2) {
    return t.m2;
  } else if constexpr (I == 3) {
    return t.m3;
  } else {
    return t.m4;
  }
}
template <typename A0, typename A1, typename A2, typename A3, typename A4>
__host__ __device__ constexpr __std_tuple<A0, A1, A2, A3, A4> __std_make_tuple(A0 a0, A1 a1, A2 a2, A3 a3, A4 a4) {
  return __std_tuple<A0, A1, A2, A3, A4>(a0, a1, a2, a3, a4);
}
template <typename A0, typename A1, typename A2, typename A3, typename A4>
__host__ __device__ constexpr __std_tuple<A0&, A1&, A2&, A3&, A4&> __std_tie(A0& a0, A1& a1, A2& a2, A3& a3, A4& a4) {
  return __std_tuple<A0&, A1&, A2&, A3&, A4&>(a0, a1, a2, a3, a4);
}
template <typename F, typename A0, typename A1, typename A2, typename A3, typename A4>
__host__ __device__ constexpr decltype(auto) __std_apply(F&& f, const __std_tuple<A0, A1, A2, A3, A4>& t) {
  return f(t.m0, t.m1, t.m2, t.m3, t.m4);
}

template <typename A0, typename A1, typename A2, typename A3, typename A4, typename A5>
struct __std_tuple<A0, A1, A2, A3, A4, A5> {
  A0 m0;
  A1 m1;
  A2 m2;
  A3 m3;
  A4 m4;
  A5 m5;
  __host__ __device__ __std_tuple() : m0(), m1(), m2(), m3(), m4(), m5() {}
  __host__ __device__ __std_tuple(A0 a0, A1 a1, A2 a2, A3 a3, A4 a4, A5 a5) : m0(a0), m1(a1), m2(a2), m3(a3), m4(a4), m5(a5) {}
  template <typename U0, typename U1, typename U2, typename U3, typename U4, typename U5>
  __host__ __device__ __std_tuple& operator=(const __std_tuple<U0, U1, U2, U3, U4, U5>& o) {
    m0 = o.m0; m1 = o.m1; m2 = o.m2; m3 = o.m3; m4 = o.m4; m5 = o.m5;
    return *this;
  }
  __host__ __device__ bool operator==(const __std_tuple& o) const { return m0 == o.m0 && m1 == o.m1 && m2 == o.m2 && m3 == o.m3 && m4 == o.m4 && m5 == o.m5; }
  __host__ __device__ bool operator!=(const __std_tuple& o) const { return !(*this == o); }
  __host__ __device__ bool operator<(const __std_tuple& o) const {
    if (m0 < o.m0) return true;
    if (o.m0 < m0) return false;
    if (m1 < o.m1) return true;
    if (o.m1 < m1) return false;
    if (m2 < o.m2) return true;
    if (o.m2 < m2) return false;
    if (m3 < o.m3) return true;
    if (o.m3 < m3) return false;
    if (m4 < o.m4) return true;
    if (o.m4 < m4) return false;
    return m5 < o.m5;
  }
};
template <typename A0, typename A1, typename A2, typename A3, typename A4, typename A5>
struct __std_tuple_size<__std_tuple<A0, A1, A2, A3, A4, A5>> {
  static constexpr size_t value = 6;
};
template <size_t I, typename A0, typename A1, typename A2, typename A3, typename A4, typename A5>
struct __std_tuple_element<I, __std_tuple<A0, A1, A2, A3, A4, A5>> {
  using type = std::conditional_t<I == 0, A0, std::conditional_t<I == 1, A1, std::conditional_t<I == 2, A2, std::conditional_t<I == 3, A3, std::conditional_t<I == 4, A4, A5>>>>>;
};
template <size_t I, typename A0, typename A1, typename A2, typename A3, typename A4, typename A5>
__host__ __device__ constexpr auto& __std_get(__std_tuple<A0, A1, A2, A3, A4, A5>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else if constexpr (I == 1) {
    return t.m1;
  } else if constexpr (I == 2) {
    return t.m2;
  } else if constexpr (I == 3) {
    return t.m3;
  } else if constexpr (I == 4) {
    return t.m4;
  } else {
    return t.m5;
  }
}
template <size_t I, typename A0, typename A1, typename A2, typename A3, typename A4, typename A5>
__host__ __device__ constexpr const auto& __std_get(const __std_tuple<A0, A1, A2, A3, A4, A5>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else if constexpr (I == 1) {
    return t.m1;
  } else if constexpr (I == 2) {
    return t.m2;
  } else if constexpr (I == 3) {
    return t.m3;
  } else if constexpr (I == 4) {
    return t.m4;
  } else {
    return t.m5;
  }
}
template <typename A0, typename A1, typename A2, typename A3, typename A4, typename A5>
__host__ __device__ constexpr __std_tuple<A0, A1, A2, A3, A4, A5> __std_make_tuple(A0 a0, A1 a1, A2 a2, A3 a3, A4 a4, A5 a5) {
  return __std_tuple<A0, A1, A2, A3, A4, A5>(a0, a1, a2, a3, a4, a5);
}
template <typename A0, typename A1, typename A2, typename A3, typename A4, typename A5>
__host__ __device__ constexpr __std_tuple<A0&, A1&, A2&, A3&, A4&, A5&> __std_tie(A0& a0, A1& a1, A2& a2, A3& a3, A4& a4, A5& a5) {
  return __std_tuple<A0&, A1&, A2&, A3&, A4&, A5&>(a0, a1, a2, a3, a4, a5);
}
template <typename F, typename A0, typename A1, typename A2, typename A3, typename A4, typename A5>
__host__ __device__ constexpr decltype(auto) __std_apply(F&& f, const __std_tuple<A0, A1, A2, A3, A4, A5>& t) {
  return f(t.m0, t.m1, t.m2, t.m3, t.m4, t.m5);
}

template <typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6>
struct __std_tuple<A0, A1, A2, A3, A4, A5, A6> {
  A0 m0;
  A1 m1;
  A2 m2;
  A3 m3;
  A4 m4;
  A5 m5;
  A6 m6;
  __host__ __device__ __std_tuple() : m0(), m1(), m2(), m3(), m4(), m5(), m6() {}
  __host__ __device__ __std_tuple(A0 a0, A1 a1, A2 a2, A3 a3, A4 a4, A5 a5, A6 a6) : m0(a0), m1(a1), m2(a2), m3(a3), m4(a4), m5(a5), m6(a6) {}
  template <typename U0, typename U1, typename U2, typename U3, typename U4, typename U5, typename U6>
  __host__ __device__ __std_tuple& operator=(const __std_tuple<U0, U1, U2, U3, U4, U5, U6>& o) {
    m0 = o.m0; m1 = o.m1; m2 = o.m2; m3 = o.m3; m4 = o.m4; m5 = o.m5; m6 = o.m6;
    return *this;
  }
  __host__ __device__ bool operator==(const __std_tuple& o) const { return m0 == o.m0 && m1 == o.m1 && m2 == o.m2 && m3 == o.m3 && m4 == o.m4 && m5 == o.m5 && m6 == o.m6; }
  __host__ __device__ bool operator!=(const __std_tuple& o) const { return !(*this == o); }
  __host__ __device__ bool operator<(const __std_tuple& o) const {
    if (m0 < o.m0) return true;
    if (o.m0 < m0) return false;
    if (m1 < o.m1) return true;
    if (o.m1 < m1) return false;
    if (m2 < o.m2) return true;
    if (o.m2 < m2) return false;
    if (m3 < o.m3) return true;
    if (o.m3 < m3) return false;
    if (m4 < o.m4) return true;
    if (o.m4 < m4) return false;
    if (m5 < o.m5) return true;
    if (o.m5 < m5) return false;
    return m6 < o.m6;
  }
};
template <typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6>
struct __std_tuple_size<__std_tuple<A0, A1, A2, A3, A4, A5, A6>> {
  static constexpr size_t value = 7;
};
template <size_t I, typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6>
struct __std_tuple_element<I, __std_tuple<A0, A1, A2, A3, A4, A5, A6>> {
  using type = std::conditional_t<I == 0, A0, std::conditional_t<I == 1, A1, std::conditional_t<I == 2, A2, std::conditional_t<I == 3, A3, std::conditional_t<I == 4, A4, std::conditional_t<I == 5, A5, A6>>>>>>;
};
template <size_t I, typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6>
__host__ __device__ constexpr auto& __std_get(__std_tuple<A0, A1, A2, A3, A4, A5, A6>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else if constexpr (I == 1) {
    return t.m1;
  } else if constexpr (I == 2) {
    return t.m2;
  } else if constexpr (I == 3) {
    return t.m3;
  } else if constexpr (I == 4) {
    return t.m4;
  } else if constexpr (I == 5) {
    return t.m5;
  } else {
    return t.m6;
  }
}
template <size_t I, typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6>
__host__ __device__ constexpr const auto& __std_get(const __std_tuple<A0, A1, A2, A3, A4, A5, A6>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else if constexpr (I == 1) {
    return t.m1;
  } else if constexpr (I == 2) {
    return t.m2;
  } else if constexpr (I == 3) {
    return t.m3;
  } else if constexpr (I == 4) {
    return t.m4;
  } else if constexpr (I == 5) {
    return t.m5;
  } else {
    return t.m6;
  }
}
template <typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6>
__host__ __device__ constexpr __std_tuple<A0, A1, A2, A3, A4, A5, A6> __std_make_tuple(A0 a0, A1 a1, A2 a2, A3 a3, A4 a4, A5 a5, A6 a6) {
  return __std_tuple<A0, A1, A2, A3, A4, A5, A6>(a0, a1, a2, a3, a4, a5, a6);
}
template <typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6>
__host__ __device__ constexpr __std_tuple<A0&, A1&, A2&, A3&, A4&, A5&, A6&> __std_tie(A0& a0, A1& a1, A2& a2, A3& a3, A4& a4, A5& a5, A6& a6) {
  return __std_tuple<A0&, A1&, A2&, A3&, A4&, A5&, A6&>(a0, a1, a2, a3, a4, a5, a6);
}
template <typename F, typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6>
__host__ __device__ constexpr decltype(auto) __std_apply(F&& f, const __std_tuple<A0, A1, A2, A3, A4, A5, A6>& t) {
  return f(t.m0, t.m1, t.m2, t.m3, t.m4, t.m5, t.m6);
}

template <typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6, typename A7>
struct __std_tuple<A0, A1, A2, A3, A4, A5, A6, A7> {
  A0 m0;
  A1 m1;
  A2 m2;
  A3 m3;
  A4 m4;
  A5 m5;
  A6 m6;
  A7 m7;
  __host__ __device__ __std_tuple() : m0(), m1(), m2(), m3(), m4(), m5(), m6(), m7() {}
  __host__ __device__ __std_tuple(A0 a0, A1 a1, A2 a2, A3 a3, A4 a4, A5 a5, A6 a6, A7 a7) : m0(a0), m1(a1), m2(a2), m3(a3), m4(a4), m5(a5), m6(a6), m7(a7) {}
  template <typename U0, typename U1, typename U2, typename U3, typename U4, typename U5, typename U6, typename U7>
  __host__ __device__ __std_tuple& operator=(const __std_tuple<U0, U1, U2, U3, U4, U5, U6, U7>& o) {
    m0 = o.m0; m1 = o.m1; m2 = o.m2; m3 = o.m3; m4 = o.m4; m5 = o.m5; m6 = o.m6; m7 = o.m7;
    return *this;
  }
  __host__ __device__ bool operator==(const __std_tuple& o) const { return m0 == o.m0 && m1 == o.m1 && m2 == o.m2 && m3 == o.m3 && m4 == o.m4 && m5 == o.m5 && m6 == o.m6 && m7 == o.m7; }
  __host__ __device__ bool operator!=(const __std_tuple& o) const { return !(*this == o); }
  __host__ __device__ bool operator<(const __std_tuple& o) const {
    if (m0 < o.m0) return true;
    if (o.m0 < m0) return false;
    if (m1 < o.m1) return true;
    if (o.m1 < m1) return false;
    if (m2 < o.m2) return true;
    if (o.m2 < m2) return false;
    if (m3 < o.m3) return true;
    if (o.m3 < m3) return false;
    if (m4 < o.m4) return true;
    if (o.m4 < m4) return false;
    if (m5 < o.m5) return true;
    if (o.m5 < m5) return false;
    if (m6 < o.m6) return true;
    if (o.m6 < m6) return false;
    return m7 < o.m7;
  }
};
template <typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6, typename A7>
struct __std_tuple_size<__std_tuple<A0, A1, A2, A3, A4, A5, A6, A7>> {
  static constexpr size_t value = 8;
};
template <size_t I, typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6, typename A7>
struct __std_tuple_element<I, __std_tuple<A0, A1, A2, A3, A4, A5, A6, A7>> {
  using type = std::conditional_t<I == 0, A0, std::conditional_t<I == 1, A1, std::conditional_t<I == 2, A2, std::conditional_t<I == 3, A3, std::conditional_t<I == 4, A4, std::conditional_t<I == 5, A5, std::conditional_t<I == 6, A6, A7>>>>>>>;
};
template <size_t I, typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6, typename A7>
__host__ __device__ constexpr auto& __std_get(__std_tuple<A0, A1, A2, A3, A4, A5, A6, A7>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else if constexpr (I == 1) {
    return t.m1;
  } else if constexpr (I == 2) {
    return t.m2;
  } else if constexpr (I == 3) {
    return t.m3;
  } else if constexpr (I == 4) {
    return t.m4;
  } else if constexpr (I == 5) {
    return t.m5;
  } else if constexpr (I == 6) {
    return t.m6;
  } else {
    return t.m7;
  }
}
template <size_t I, typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6, typename A7>
__host__ __device__ constexpr const auto& __std_get(const __std_tuple<A0, A1, A2, A3, A4, A5, A6, A7>& t) {
  if constexpr (I == 0) {
    return t.m0;
  } else if constexpr (I == 1) {
    return t.m1;
  } else if constexpr (I == 2) {
    return t.m2;
  } else if constexpr (I == 3) {
    return t.m3;
  } else if constexpr (I == 4) {
    return t.m4;
  } else if constexpr (I == 5) {
    return t.m5;
  } else if constexpr (I == 6) {
    return t.m6;
  } else {
    return t.m7;
  }
}
template <typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6, typename A7>
__host__ __device__ constexpr __std_tuple<A0, A1, A2, A3, A4, A5, A6, A7> __std_make_tuple(A0 a0, A1 a1, A2 a2, A3 a3, A4 a4, A5 a5, A6 a6, A7 a7) {
  return __std_tuple<A0, A1, A2, A3, A4, A5, A6, A7>(a0, a1, a2, a3, a4, a5, a6, a7);
}
template <typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6, typename A7>
__host__ __device__ constexpr __std_tuple<A0&, A1&, A2&, A3&, A4&, A5&, A6&, A7&> __std_tie(A0& a0, A1& a1, A2& a2, A3& a3, A4& a4, A5& a5, A6& a6, A7& a7) {
  return __std_tuple<A0&, A1&, A2&, A3&, A4&, A5&, A6&, A7&>(a0, a1, a2, a3, a4, a5, a6, a7);
}
template <typename F, typename A0, typename A1, typename A2, typename A3, typename A4, typename A5, typename A6, typename A7>
__host__ __device__ constexpr decltype(auto) __std_apply(F&& f, const __std_tuple<A0, A1, A2, A3, A4, A5, A6, A7>& t) {
  return f(t.m0, t.m1, t.m2, t.m3, t.m4, t.m5, t.m6, t.m7);
}

template <typename T>
constexpr size_t __std_tuple_size_v = __std_tuple_size<T>::value;
template <size_t I, typename T>
using __std_tuple_element_t = typename __std_tuple_element<I, T>::type;

template <size_t I, typename A, typename B>
__host__ __device__ constexpr auto& __std_get(__std_pair<A, B>& p) {
  if constexpr (I == 0) {
    return p.first;
  } else {
    return p.second;
  }
}
template <size_t I, typename A, typename B>
__host__ __device__ constexpr const auto& __std_get(const __std_pair<A, B>& p) {
  if constexpr (I == 0) {
    return p.first;
  } else {
    return p.second;
  }
}
template <size_t I, typename T, size_t N>
__host__ __device__ constexpr T& __std_get(__std_array<T, N>& a) {
  return a.elements[I];
}
template <size_t I, typename T, size_t N>
__host__ __device__ constexpr const T& __std_get(const __std_array<T, N>& a) {
  return a.elements[I];
}
