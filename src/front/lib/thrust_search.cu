// Searches in sorted elements, merges and sets of Thrust in the dialect.
#include <thrust/__reduce>

namespace thrust {

// How many of `count` elements come before x (kUpper: do not come behind it).
template <bool kUpper, typename I, typename T, typename C>
__host__ __device__ inline long __bound(I in, long count, const T& x, C before) {
  long low = 0;
  while (low < count) {
    const long half = (low + count) / 2;
    bool smaller;
    if constexpr (kUpper) {
      smaller = !before(x, in[half]);
    } else {
      smaller = before(in[half], x);
    }
    if (smaller) {
      low = half + 1;
    } else {
      count = half;
    }
  }
  return low;
}
template <bool kUpper, int S, typename I, typename T, typename C>
__host__ __device__ inline I __find_bound(const __policy<S>& policy, I first, I last, const T& value,
                                          C before) {
  auto in = __as<S>(first);
  const long count = last - first;
  if constexpr (S == __on_device) {
    const T x = value;
    const __temporary<long> held(1);
    long* const found = held.at;
    __for(policy, 1, [=] __host__ __device__(long) mutable {
      *found = __bound<kUpper>(in, count, x, before);
    });
    long place = 0;
    __read(policy.__stream, &place, (const long*)found);
    return first + place;
  } else {
    return first + __bound<kUpper>(in, count, value, before);
  }
}
template <bool kUpper, int S, typename I, typename J, typename O, typename C>
__host__ __device__ inline O __find_bounds(const __policy<S>& policy, I first, I last, J values,
                                           J values_last, O out, C before) {
  auto in = __as<S>(first);
  auto asked = __as<S>(values);
  auto to = __as<S>(out);
  const long count = last - first;
  __for(policy, values_last - values, [=] __host__ __device__(long i) mutable {
    const __value_of<J> x = asked[i];
    to[i] = __bound<kUpper>(in, count, x, before);
  });
  return out + (values_last - values);
}
template <int S, typename I, typename T, typename C>
__host__ __device__ inline bool __holds(const __policy<S>& policy, I first, I last, const T& value,
                                        C before) {
  return __find_bound<false>(policy, first, last, value, before) !=
         __find_bound<true>(policy, first, last, value, before);
}

#define WS_BOUND(name, upper)                                                                     \
  template <int S, typename I, typename T>                                                        \
  __host__ __device__ I name(const __policy<S>& policy, I first, I last, const T& value) {        \
    return __find_bound<upper>(policy, first, last, value, less<T>());                            \
  }                                                                                               \
  template <int S, typename I, typename T, typename C>                                            \
  __host__ __device__ I name(const __policy<S>& policy, I first, I last, const T& value,          \
                             C before) {                                                          \
    return __find_bound<upper>(policy, first, last, value, before);                               \
  }                                                                                               \
  template <typename I, typename T>                                                               \
  __host__ I name(I first, I last, const T& value) {                                              \
    return __find_bound<upper>(typename __where<I>::type(), first, last, value, less<T>());       \
  }                                                                                               \
  template <typename I, typename T, typename C>                                                   \
  __host__ I name(I first, I last, const T& value, C before) {                                    \
    return __find_bound<upper>(typename __where<I>::type(), first, last, value, before);          \
  }                                                                                               \
  template <int S, typename I, typename J, typename O>                                            \
  __host__ __device__ O name(const __policy<S>& policy, I first, I last, J values, J values_last, \
                             O out) {                                                             \
    return __find_bounds<upper>(policy, first, last, values, values_last, out,                    \
                                less<__value_of<I>>());                                           \
  }                                                                                               \
  template <int S, typename I, typename J, typename O, typename C>                                \
  __host__ __device__ O name(const __policy<S>& policy, I first, I last, J values, J values_last, \
                             O out, C before) {                                                   \
    return __find_bounds<upper>(policy, first, last, values, values_last, out, before);           \
  }                                                                                               \
  template <typename I, typename J, typename O>                                                   \
  __host__ O name(I first, I last, J values, J values_last, O out) {                              \
    return __find_bounds<upper>(typename __where<I, J, O>::type(), first, last, values,           \
                                values_last, out, less<__value_of<I>>());                         \
  }                                                                                               \
  template <typename I, typename J, typename O, typename C>                                       \
  __host__ O name(I first, I last, J values, J values_last, O out, C before) {                    \
    return __find_bounds<upper>(typename __where<I, J, O>::type(), first, last, values,           \
                                values_last, out, before);                                        \
  }
WS_BOUND(lower_bound, false)
WS_BOUND(upper_bound, true)
#undef WS_BOUND

template <int S, typename I, typename T>
__host__ __device__ pair<I, I> equal_range(const __policy<S>& policy, I first, I last,
                                           const T& value) {
  return pair<I, I>(__find_bound<false>(policy, first, last, value, less<T>()),
                    __find_bound<true>(policy, first, last, value, less<T>()));
}
template <typename I, typename T>
__host__ pair<I, I> equal_range(I first, I last, const T& value) {
  return equal_range(typename __where<I>::type(), first, last, value);
}
template <int S, typename I, typename T>
__host__ __device__ bool binary_search(const __policy<S>& policy, I first, I last, const T& value) {
  return __holds(policy, first, last, value, less<T>());
}
template <typename I, typename T>
__host__ bool binary_search(I first, I last, const T& value) {
  return __holds(typename __where<I>::type(), first, last, value, less<T>());
}
template <typename I, typename T, typename C>
__host__ bool binary_search(I first, I last, const T& value, C before) {
  return __holds(typename __where<I>::type(), first, last, value, before);
}
template <int S, typename I, typename J, typename O>
__host__ __device__ O binary_search(const __policy<S>& policy, I first, I last, J values,
                                    J values_last, O out) {
  auto in = __as<S>(first);
  auto asked = __as<S>(values);
  auto to = __as<S>(out);
  const long count = last - first;
  __for(policy, values_last - values, [=] __host__ __device__(long i) mutable {
    const __value_of<J> x = asked[i];
    const less<__value_of<I>> before;
    const long place = __bound<false>(in, count, x, before);
    to[i] = place < count && !before(x, in[place]);
  });
  return out + (values_last - values);
}
template <typename I, typename J, typename O>
__host__ O binary_search(I first, I last, J values, J values_last, O out) {
  return binary_search(typename __where<I, J, O>::type(), first, last, values, values_last, out);
}

// Each element goes behind those of the other side that come before it.
template <int S, typename I, typename J, typename O, typename C>
__host__ __device__ O merge(const __policy<S>& policy, I first, I last, J other, J other_last, O out,
                            C before) {
  auto a = __as<S>(first);
  auto b = __as<S>(other);
  auto to = __as<S>(out);
  const long num_a = last - first;
  const long num_b = other_last - other;
  __for(policy, num_a, [=] __host__ __device__(long i) mutable {
    const __value_of<I> x = a[i];
    to[i + __bound<false>(b, num_b, x, before)] = x;
  });
  __for(policy, num_b, [=] __host__ __device__(long i) mutable {
    const __value_of<J> x = b[i];
    to[i + __bound<true>(a, num_a, x, before)] = x;
  });
  return out + (num_a + num_b);
}
template <int S, typename I, typename J, typename O>
__host__ __device__ O merge(const __policy<S>& policy, I first, I last, J other, J other_last,
                            O out) {
  return merge(policy, first, last, other, other_last, out, less<__value_of<I>>());
}
template <typename I, typename J, typename O, typename C>
__host__ O merge(I first, I last, J other, J other_last, O out, C before) {
  return merge(typename __where<I, J, O>::type(), first, last, other, other_last, out, before);
}
template <typename I, typename J, typename O>
__host__ O merge(I first, I last, J other, J other_last, O out) {
  return merge(typename __where<I, J, O>::type(), first, last, other, other_last, out,
               less<__value_of<I>>());
}

// Of elements that occur m times here and n times there: the first min(m, n) of here (kBoth), or
// the last max(m - n, 0).
template <bool kBoth, int S, typename I, typename J, typename O, typename C>
__host__ __device__ O __select_set(const __policy<S>& policy, I first, I last, J other, J other_last,
                                   O out, C before) {
  auto a = __as<S>(first);
  auto b = __as<S>(other);
  auto to = __as<S>(out);
  const long num_a = last - first;
  const long num_b = other_last - other;
  return out + __select(
                   policy, num_a,
                   [=] __host__ __device__(long i) mutable {
                     const __value_of<I> x = a[i];
                     const long nth = i - __bound<false>(a, num_a, x, before);
                     const long there = __bound<true>(b, num_b, x, before) -
                                        __bound<false>(b, num_b, x, before);
                     return kBoth == (nth < there);
                   },
                   [=] __host__ __device__(long i, long place) mutable { to[place] = a[i]; });
}
#define WS_SET(name, both)                                                                         \
  template <int S, typename I, typename J, typename O, typename C>                                 \
  __host__ __device__ O name(const __policy<S>& policy, I first, I last, J other, J other_last,    \
                             O out, C before) {                                                    \
    return __select_set<both>(policy, first, last, other, other_last, out, before);                \
  }                                                                                                \
  template <int S, typename I, typename J, typename O>                                             \
  __host__ __device__ O name(const __policy<S>& policy, I first, I last, J other, J other_last,    \
                             O out) {                                                              \
    return __select_set<both>(policy, first, last, other, other_last, out, less<__value_of<I>>()); \
  }                                                                                                \
  template <typename I, typename J, typename O, typename C>                                        \
  __host__ O name(I first, I last, J other, J other_last, O out, C before) {                       \
    return __select_set<both>(typename __where<I, J, O>::type(), first, last, other, other_last,   \
                              out, before);                                                        \
  }                                                                                                \
  template <typename I, typename J, typename O>                                                    \
  __host__ O name(I first, I last, J other, J other_last, O out) {                                 \
    return __select_set<both>(typename __where<I, J, O>::type(), first, last, other, other_last,   \
                              out, less<__value_of<I>>());                                         \
  }
WS_SET(set_intersection, true)
WS_SET(set_difference, false)
#undef WS_SET

}  // namespace thrust
