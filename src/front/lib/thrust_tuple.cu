// <thrust/tuple.h>, <thrust/pair.h> in the dialect.

#define WS_LIST_1(X) X(0)
#define WS_LIST_2(X) WS_LIST_1(X), X(1)
#define WS_LIST_3(X) WS_LIST_2(X), X(2)
#define WS_LIST_4(X) WS_LIST_3(X), X(3)
#define WS_LIST_5(X) WS_LIST_4(X), X(4)
#define WS_LIST_6(X) WS_LIST_5(X), X(5)
#define WS_LIST_7(X) WS_LIST_6(X), X(6)
#define WS_LIST_8(X) WS_LIST_7(X), X(7)
#define WS_LIST_9(X) WS_LIST_8(X), X(8)
#define WS_LIST_10(X) WS_LIST_9(X), X(9)
#define WS_EACH_1(X) X(0)
#define WS_EACH_2(X) WS_EACH_1(X) X(1)
#define WS_EACH_3(X) WS_EACH_2(X) X(2)
#define WS_EACH_4(X) WS_EACH_3(X) X(3)
#define WS_EACH_5(X) WS_EACH_4(X) X(4)
#define WS_EACH_6(X) WS_EACH_5(X) X(5)
#define WS_EACH_7(X) WS_EACH_6(X) X(6)
#define WS_EACH_8(X) WS_EACH_7(X) X(7)
#define WS_EACH_9(X) WS_EACH_8(X) X(8)
#define WS_EACH_10(X) WS_EACH_9(X) X(9)
#define WS_TYPE(i) typename A##i
#define WS_A(i) A##i
#define WS_TYPE_B(i) typename B##i
#define WS_B(i) B##i

namespace thrust {

template <...WS_LIST_10(WS_TYPE)>
struct tuple;
template <typename T>
struct tuple_size;
template <size_t I, typename T>
struct tuple_element;

#define WS_MEMBER(i) A##i m##i;
#define WS_ZERO(i) m##i()
#define WS_PARAM(i) A##i a##i
#define WS_INIT(i) m##i(a##i)
#define WS_COPY(i) m##i(o.m##i)
#define WS_ASSIGN(i) m##i = o.m##i;
#define WS_SAME(i) \
  if (!(m##i == o.m##i)) return false;
#define WS_LESS(i)                   \
  if (m##i < o.m##i) return true;    \
  if (o.m##i < m##i) return false;
#define WS_GET(i)          \
  if constexpr (I == i) {  \
    return t.m##i;         \
  } else
#define WS_REFERENCE(i) A##i&
#define WS_REFERENCE_PARAM(i) A##i& a##i
#define WS_ARGUMENT(i) a##i
#define WS_TUPLE(n)                                                                                \
  template <WS_LIST_##n(WS_TYPE)>                                                                  \
  struct tuple<WS_LIST_##n(WS_A)> {                                                                \
    WS_EACH_##n(WS_MEMBER)                                                                         \
    __host__ __device__ tuple() : WS_LIST_##n(WS_ZERO) {}                                          \
    __host__ __device__ tuple(WS_LIST_##n(WS_PARAM)) : WS_LIST_##n(WS_INIT) {}                     \
    __host__ __device__ tuple(const tuple& o) : WS_LIST_##n(WS_COPY) {}                            \
    template <WS_LIST_##n(WS_TYPE_B)>                                                              \
    __host__ __device__ tuple(const tuple<WS_LIST_##n(WS_B)>& o) : WS_LIST_##n(WS_COPY) {}         \
    __host__ __device__ tuple& operator=(const tuple& o) {                                         \
      WS_EACH_##n(WS_ASSIGN)                                                                       \
      return *this;                                                                                \
    }                                                                                              \
    template <WS_LIST_##n(WS_TYPE_B)>                                                              \
    __host__ __device__ tuple& operator=(const tuple<WS_LIST_##n(WS_B)>& o) {                      \
      WS_EACH_##n(WS_ASSIGN)                                                                       \
      return *this;                                                                                \
    }                                                                                              \
    template <WS_LIST_##n(WS_TYPE_B)>                                                              \
    __host__ __device__ bool operator==(const tuple<WS_LIST_##n(WS_B)>& o) const {                 \
      WS_EACH_##n(WS_SAME)                                                                         \
      return true;                                                                                 \
    }                                                                                              \
    template <WS_LIST_##n(WS_TYPE_B)>                                                              \
    __host__ __device__ bool operator<(const tuple<WS_LIST_##n(WS_B)>& o) const {                  \
      WS_EACH_##n(WS_LESS)                                                                         \
      return false;                                                                                \
    }                                                                                              \
    template <typename U>                                                                          \
    __host__ __device__ bool operator!=(const U& o) const {                                        \
      return !(*this == o);                                                                        \
    }                                                                                              \
    template <typename U>                                                                          \
    __host__ __device__ bool operator>(const U& o) const {                                         \
      return o < *this;                                                                            \
    }                                                                                              \
  };                                                                                               \
  template <WS_LIST_##n(WS_TYPE)>                                                                  \
  struct tuple_size<tuple<WS_LIST_##n(WS_A)>> {                                                    \
    static constexpr size_t value = n;                                                             \
  };                                                                                               \
  template <size_t I, WS_LIST_##n(WS_TYPE)>                                                        \
  struct tuple_element<I, tuple<WS_LIST_##n(WS_A)>> {                                              \
    using type = std::remove_reference_t<decltype(get<I>(*(tuple<WS_LIST_##n(WS_A)>*)nullptr))>;   \
  };                                                                                               \
  template <size_t I, WS_LIST_##n(WS_TYPE)>                                                        \
  __host__ __device__ inline auto& get(tuple<WS_LIST_##n(WS_A)>& t) {                              \
    WS_EACH_##n(WS_GET) { static_assert(I < n, "thrust::get: no such element"); }                  \
  }                                                                                                \
  template <size_t I, WS_LIST_##n(WS_TYPE)>                                                        \
  __host__ __device__ inline auto& get(const tuple<WS_LIST_##n(WS_A)>& t) {                        \
    WS_EACH_##n(WS_GET) { static_assert(I < n, "thrust::get: no such element"); }                  \
  }                                                                                                \
  template <WS_LIST_##n(WS_TYPE)>                                                                  \
  __host__ __device__ inline tuple<WS_LIST_##n(WS_A)> make_tuple(WS_LIST_##n(WS_PARAM)) {          \
    return tuple<WS_LIST_##n(WS_A)>(WS_LIST_##n(WS_ARGUMENT));                                     \
  }                                                                                                \
  template <WS_LIST_##n(WS_TYPE)>                                                                  \
  __host__ __device__ inline tuple<WS_LIST_##n(WS_REFERENCE)> tie(                                 \
      WS_LIST_##n(WS_REFERENCE_PARAM)) {                                                           \
    return tuple<WS_LIST_##n(WS_REFERENCE)>(WS_LIST_##n(WS_ARGUMENT));                             \
  }
// Longer ones first: the pattern of a short one matches the beginning of a long one too.
WS_TUPLE(10)
WS_TUPLE(9)
WS_TUPLE(8)
WS_TUPLE(7)
WS_TUPLE(6)
WS_TUPLE(5)
WS_TUPLE(4)
WS_TUPLE(3)
WS_TUPLE(2)
WS_TUPLE(1)
#undef WS_TUPLE
#undef WS_MEMBER
#undef WS_ZERO
#undef WS_PARAM
#undef WS_INIT
#undef WS_COPY
#undef WS_ASSIGN
#undef WS_SAME
#undef WS_LESS
#undef WS_GET
#undef WS_REFERENCE
#undef WS_REFERENCE_PARAM
#undef WS_ARGUMENT
#undef WS_TYPE_B
#undef WS_B

template <typename A, typename B>
struct pair {
  A first;
  B second;
  using first_type = A;
  using second_type = B;
  __host__ __device__ pair() : first(), second() {}
  __host__ __device__ pair(const A& a, const B& b) : first(a), second(b) {}
  __host__ __device__ pair(const pair& o) : first(o.first), second(o.second) {}
  template <typename C, typename D>
  __host__ __device__ pair(const pair<C, D>& o) : first(o.first), second(o.second) {}
  __host__ __device__ pair& operator=(const pair& o) {
    first = o.first;
    second = o.second;
    return *this;
  }
  __host__ __device__ bool operator==(const pair& o) const {
    return first == o.first && second == o.second;
  }
  __host__ __device__ bool operator!=(const pair& o) const { return !(*this == o); }
  __host__ __device__ bool operator<(const pair& o) const {
    return first < o.first || (!(o.first < first) && second < o.second);
  }
  __host__ __device__ bool operator>(const pair& o) const { return o < *this; }
};
template <typename A, typename B>
__host__ __device__ inline pair<A, B> make_pair(A a, B b) {
  return pair<A, B>(a, b);
}
template <size_t I, typename A, typename B>
__host__ __device__ inline auto& get(pair<A, B>& p) {
  if constexpr (I == 0) {
    return p.first;
  } else {
    return p.second;
  }
}

}  // namespace thrust
