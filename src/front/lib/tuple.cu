// <tuple> and std::integer_sequence in the dialect. See library.def.

template <typename T, T... I>
struct __std_integer_sequence {
  using value_type = T;
  static constexpr size_t size() { return sizeof...(I); }
};
template <typename T, T N, T... I>
struct __std_sequence_of {
  using type = typename __std_sequence_of<T, N - 1, N - 1, I...>::type;
};
template <typename T, T... I>
struct __std_sequence_of<T, 0, I...> {
  using type = __std_integer_sequence<T, I...>;
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

// The argument of number I.
template <size_t I, typename A, typename... R>
__host__ __device__ constexpr auto& __std_select(A& a, R&... r) {
  if constexpr (I == 0) {
    return a;
  } else {
    return __std_select<I - 1>(r...);
  }
}

template <typename T>
struct __std_tuple_size;

// The members are a pack, which only the library's own texts can have.
template <typename... A>
struct __std_tuple {
  A... m;
  __host__ __device__ __std_tuple() : m()... {}
  __host__ __device__ __std_tuple(A... a) : m(a)... {}
  template <typename T, size_t N = __std_tuple_size<T>::value>
  __host__ __device__ __std_tuple& operator=(const T& o) {
    ((m = o.m), ...);
    return *this;
  }
  __host__ __device__ bool operator==(const __std_tuple& o) const { return ((m == o.m) && ...); }
  __host__ __device__ bool operator!=(const __std_tuple& o) const { return !(*this == o); }
  __host__ __device__ bool operator<(const __std_tuple& o) const {
    bool less = false;
    (void)((!(less = m < o.m) && !(o.m < m)) && ...);
    return less;
  }
  template <size_t I>
  __host__ __device__ constexpr auto& Get() {
    return __std_select<I>(m...);
  }
  template <size_t I>
  __host__ __device__ constexpr const auto& Get() const {
    return __std_select<I>(m...);
  }
  template <typename F>
  __host__ __device__ constexpr decltype(auto) Apply(F& f) const {
    return f(m...);
  }
};
template <>
struct __std_tuple<> {};

template <typename... A>
struct __std_tuple_size<__std_tuple<A...>> {
  static constexpr size_t value = sizeof...(A);
};
template <typename T>
constexpr size_t __std_tuple_size_v = __std_tuple_size<T>::value;

template <size_t I, typename T>
struct __std_tuple_element;
template <typename A, typename... R>
struct __std_tuple_element<0, __std_tuple<A, R...>> {
  using type = A;
};
template <size_t I, typename A, typename... R>
struct __std_tuple_element<I, __std_tuple<A, R...>> {
  using type = typename __std_tuple_element<I - 1, __std_tuple<R...>>::type;
};
template <size_t I, typename T>
using __std_tuple_element_t = typename __std_tuple_element<I, T>::type;

template <typename... A>
__host__ __device__ constexpr __std_tuple<A...> __std_make_tuple(A... a) {
  return __std_tuple<A...>(a...);
}
template <typename... A>
__host__ __device__ constexpr __std_tuple<A&...> __std_tie(A&... a) {
  return __std_tuple<A&...>(a...);
}
template <typename F, typename... A>
__host__ __device__ constexpr decltype(auto) __std_apply(F&& f, const __std_tuple<A...>& t) {
  return t.Apply(f);
}

template <size_t I, typename... A>
__host__ __device__ constexpr auto& __std_get(__std_tuple<A...>& t) {
  static_assert(I < sizeof...(A), "std::get of a tuple that has fewer elements");
  return t.template Get<I>();
}
template <size_t I, typename... A>
__host__ __device__ constexpr const auto& __std_get(const __std_tuple<A...>& t) {
  static_assert(I < sizeof...(A), "std::get of a tuple that has fewer elements");
  return t.template Get<I>();
}
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
