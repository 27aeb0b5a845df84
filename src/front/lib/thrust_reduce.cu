// Reductions and scans of Thrust in the dialect.
#include <thrust/__functional>
#include <thrust/__iterators>
#include <thrust/__launch>

namespace thrust {

#define WS_VALUE [=] __host__ __device__(long i) mutable

// --- reductions

template <int S, typename I, typename T, typename F>
__host__ __device__ T reduce(const __policy<S>& policy, I first, I last, T init, F f) {
  auto in = __as<S>(first);
  return __fold(policy, last - first, WS_VALUE { return (T)in[i]; }, init, f);
}
template <int S, typename I, typename T>
__host__ __device__ T reduce(const __policy<S>& policy, I first, I last, T init) {
  return reduce(policy, first, last, init, plus<T>());
}
template <int S, typename I>
__host__ __device__ __value_of<I> reduce(const __policy<S>& policy, I first, I last) {
  return reduce(policy, first, last, __value_of<I>(), plus<__value_of<I>>());
}
template <typename I, typename T, typename F>
__host__ T reduce(I first, I last, T init, F f) {
  return reduce(typename __where<I>::type(), first, last, init, f);
}
template <typename I, typename T>
__host__ T reduce(I first, I last, T init) {
  return reduce(typename __where<I>::type(), first, last, init, plus<T>());
}
template <typename I>
__host__ __value_of<I> reduce(I first, I last) {
  return reduce(typename __where<I>::type(), first, last, __value_of<I>(), plus<__value_of<I>>());
}
template <int S, typename I, typename G, typename T, typename F>
__host__ __device__ T transform_reduce(const __policy<S>& policy, I first, I last, G g, T init,
                                       F f) {
  auto in = __as<S>(first);
  return __fold(policy, last - first, WS_VALUE { return (T)g(in[i]); }, init, f);
}
template <typename I, typename G, typename T, typename F>
__host__ T transform_reduce(I first, I last, G g, T init, F f) {
  return transform_reduce(typename __where<I>::type(), first, last, g, init, f);
}
template <int S, typename I, typename J, typename T, typename F, typename G>
__host__ __device__ T inner_product(const __policy<S>& policy, I first, I last, J other, T init, F f,
                                    G g) {
  auto a = __as<S>(first);
  auto b = __as<S>(other);
  return __fold(policy, last - first, WS_VALUE { return (T)g(a[i], b[i]); }, init, f);
}
template <int S, typename I, typename J, typename T>
__host__ __device__ T inner_product(const __policy<S>& policy, I first, I last, J other, T init) {
  return inner_product(policy, first, last, other, init, plus<T>(), multiplies<T>());
}
template <typename I, typename J, typename T, typename F, typename G>
__host__ T inner_product(I first, I last, J other, T init, F f, G g) {
  return inner_product(typename __where<I, J>::type(), first, last, other, init, f, g);
}
template <typename I, typename J, typename T>
__host__ T inner_product(I first, I last, J other, T init) {
  return inner_product(typename __where<I, J>::type(), first, last, other, init, plus<T>(),
                       multiplies<T>());
}

// --- counts and questions

template <int S, typename I, typename Q>
__host__ __device__ long count_if(const __policy<S>& policy, I first, I last, Q holds) {
  auto in = __as<S>(first);
  return __fold(policy, last - first, WS_VALUE { return holds(in[i]) ? 1l : 0l; }, 0l, plus<long>());
}
template <typename I, typename Q>
__host__ long count_if(I first, I last, Q holds) {
  return count_if(typename __where<I>::type(), first, last, holds);
}
template <int S, typename I, typename T>
__host__ __device__ long count(const __policy<S>& policy, I first, I last, const T& value) {
  auto in = __as<S>(first);
  const T x = value;
  return __fold(policy, last - first, WS_VALUE { return in[i] == x ? 1l : 0l; }, 0l, plus<long>());
}
template <typename I, typename T>
__host__ long count(I first, I last, const T& value) {
  return count(typename __where<I>::type(), first, last, value);
}
template <int S, typename I, typename Q>
__host__ __device__ bool all_of(const __policy<S>& policy, I first, I last, Q holds) {
  return count_if(policy, first, last, holds) == last - first;
}
template <typename I, typename Q>
__host__ bool all_of(I first, I last, Q holds) {
  return count_if(first, last, holds) == last - first;
}
template <int S, typename I, typename Q>
__host__ __device__ bool any_of(const __policy<S>& policy, I first, I last, Q holds) {
  return count_if(policy, first, last, holds) != 0;
}
template <typename I, typename Q>
__host__ bool any_of(I first, I last, Q holds) {
  return count_if(first, last, holds) != 0;
}
template <int S, typename I, typename Q>
__host__ __device__ bool none_of(const __policy<S>& policy, I first, I last, Q holds) {
  return count_if(policy, first, last, holds) == 0;
}
template <typename I, typename Q>
__host__ bool none_of(I first, I last, Q holds) {
  return count_if(first, last, holds) == 0;
}

// The first index for which holds(i); count if there is none.
template <int S, typename Q>
__host__ __device__ long __first_index(const __policy<S>& policy, long count, Q holds) {
  if constexpr (S == __on_device) {
    return __fold(policy, count, WS_VALUE { return holds(i) ? i : count; }, count, minimum<long>());
  } else {
    for (long i = 0; i < count; ++i) {
      if (holds(i)) return i;
    }
    return count;
  }
}
template <int S, typename I, typename Q>
__host__ __device__ I find_if(const __policy<S>& policy, I first, I last, Q holds) {
  auto in = __as<S>(first);
  return first + __first_index(policy, last - first, WS_VALUE { return (bool)holds(in[i]); });
}
template <typename I, typename Q>
__host__ I find_if(I first, I last, Q holds) {
  return find_if(typename __where<I>::type(), first, last, holds);
}
template <int S, typename I, typename Q>
__host__ __device__ I find_if_not(const __policy<S>& policy, I first, I last, Q holds) {
  auto in = __as<S>(first);
  return first + __first_index(policy, last - first, WS_VALUE { return !holds(in[i]); });
}
template <typename I, typename Q>
__host__ I find_if_not(I first, I last, Q holds) {
  return find_if_not(typename __where<I>::type(), first, last, holds);
}
template <int S, typename I, typename T>
__host__ __device__ I find(const __policy<S>& policy, I first, I last, const T& value) {
  auto in = __as<S>(first);
  const T x = value;
  return first + __first_index(policy, last - first, WS_VALUE { return in[i] == x; });
}
template <typename I, typename T>
__host__ I find(I first, I last, const T& value) {
  return find(typename __where<I>::type(), first, last, value);
}
template <int S, typename I, typename J, typename Q>
__host__ __device__ pair<I, J> mismatch(const __policy<S>& policy, I first, I last, J other,
                                        Q same) {
  auto a = __as<S>(first);
  auto b = __as<S>(other);
  const long at = __first_index(policy, last - first, WS_VALUE { return !same(a[i], b[i]); });
  return pair<I, J>(first + at, other + at);
}
template <typename I, typename J, typename Q>
__host__ pair<I, J> mismatch(I first, I last, J other, Q same) {
  return mismatch(typename __where<I, J>::type(), first, last, other, same);
}
template <typename I, typename J>
__host__ pair<I, J> mismatch(I first, I last, J other) {
  return mismatch(typename __where<I, J>::type(), first, last, other, equal_to<__value_of<I>>());
}
template <int S, typename I, typename J, typename Q>
__host__ __device__ bool equal(const __policy<S>& policy, I first, I last, J other, Q same) {
  auto a = __as<S>(first);
  auto b = __as<S>(other);
  const long count = last - first;
  return __first_index(policy, count, WS_VALUE { return !same(a[i], b[i]); }) == count;
}
template <int S, typename I, typename J>
__host__ __device__ bool equal(const __policy<S>& policy, I first, I last, J other) {
  return equal(policy, first, last, other, equal_to<>());
}
template <typename I, typename J, typename Q>
__host__ bool equal(I first, I last, J other, Q same) {
  return equal(typename __where<I, J>::type(), first, last, other, same);
}
template <typename I, typename J>
__host__ bool equal(I first, I last, J other) {
  return equal(typename __where<I, J>::type(), first, last, other, equal_to<>());
}

// --- extremes: the first of equal ones

template <int S, typename I, typename C>
__host__ __device__ I min_element(const __policy<S>& policy, I first, I last, C less) {
  auto in = __as<S>(first);
  if (last - first <= 0) return last;
  return first + __fold(
                     policy, last - first, WS_VALUE { return i; }, 0l,
                     [=] __host__ __device__(long i, long j) mutable {
                       if (less(in[j], in[i])) return j;
                       if (less(in[i], in[j])) return i;
                       return i < j ? i : j;
                     });
}
template <int S, typename I, typename C>
__host__ __device__ I max_element(const __policy<S>& policy, I first, I last, C less) {
  auto in = __as<S>(first);
  if (last - first <= 0) return last;
  return first + __fold(
                     policy, last - first, WS_VALUE { return i; }, 0l,
                     [=] __host__ __device__(long i, long j) mutable {
                       if (less(in[i], in[j])) return j;
                       if (less(in[j], in[i])) return i;
                       return i < j ? i : j;
                     });
}
template <int S, typename I>
__host__ __device__ I min_element(const __policy<S>& policy, I first, I last) {
  return min_element(policy, first, last, less<__value_of<I>>());
}
template <int S, typename I>
__host__ __device__ I max_element(const __policy<S>& policy, I first, I last) {
  return max_element(policy, first, last, less<__value_of<I>>());
}
template <typename I, typename C>
__host__ I min_element(I first, I last, C compare) {
  return min_element(typename __where<I>::type(), first, last, compare);
}
template <typename I, typename C>
__host__ I max_element(I first, I last, C compare) {
  return max_element(typename __where<I>::type(), first, last, compare);
}
template <typename I>
__host__ I min_element(I first, I last) {
  return min_element(typename __where<I>::type(), first, last, less<__value_of<I>>());
}
template <typename I>
__host__ I max_element(I first, I last) {
  return max_element(typename __where<I>::type(), first, last, less<__value_of<I>>());
}
template <int S, typename I, typename C>
__host__ __device__ pair<I, I> minmax_element(const __policy<S>& policy, I first, I last, C less) {
  return pair<I, I>(min_element(policy, first, last, less), max_element(policy, first, last, less));
}
template <int S, typename I>
__host__ __device__ pair<I, I> minmax_element(const __policy<S>& policy, I first, I last) {
  return minmax_element(policy, first, last, less<__value_of<I>>());
}
template <typename I, typename C>
__host__ pair<I, I> minmax_element(I first, I last, C compare) {
  return minmax_element(typename __where<I>::type(), first, last, compare);
}
template <typename I>
__host__ pair<I, I> minmax_element(I first, I last) {
  return minmax_element(typename __where<I>::type(), first, last, less<__value_of<I>>());
}

// --- scans

template <int S, typename I, typename O, typename F>
__host__ __device__ O inclusive_scan(const __policy<S>& policy, I first, I last, O out, F f) {
  __scan<__scan_inclusive>(policy, last - first, __as<S>(first), __as<S>(out), __value_of<I>(), f);
  return out + (last - first);
}
template <int S, typename I, typename O>
__host__ __device__ O inclusive_scan(const __policy<S>& policy, I first, I last, O out) {
  return inclusive_scan(policy, first, last, out, plus<__value_of<I>>());
}
template <typename I, typename O, typename F>
__host__ O inclusive_scan(I first, I last, O out, F f) {
  return inclusive_scan(typename __where<I, O>::type(), first, last, out, f);
}
template <typename I, typename O>
__host__ O inclusive_scan(I first, I last, O out) {
  return inclusive_scan(typename __where<I, O>::type(), first, last, out, plus<__value_of<I>>());
}
template <int S, typename I, typename O, typename T, typename F>
__host__ __device__ O exclusive_scan(const __policy<S>& policy, I first, I last, O out, T init,
                                     F f) {
  __scan<__scan_exclusive>(policy, last - first, __as<S>(first), __as<S>(out), init, f);
  return out + (last - first);
}
template <int S, typename I, typename O, typename T>
__host__ __device__ O exclusive_scan(const __policy<S>& policy, I first, I last, O out, T init) {
  return exclusive_scan(policy, first, last, out, init, plus<T>());
}
template <int S, typename I, typename O>
__host__ __device__ O exclusive_scan(const __policy<S>& policy, I first, I last, O out) {
  return exclusive_scan(policy, first, last, out, __value_of<I>(), plus<__value_of<I>>());
}
template <typename I, typename O, typename T, typename F>
__host__ O exclusive_scan(I first, I last, O out, T init, F f) {
  return exclusive_scan(typename __where<I, O>::type(), first, last, out, init, f);
}
template <typename I, typename O, typename T>
__host__ O exclusive_scan(I first, I last, O out, T init) {
  return exclusive_scan(typename __where<I, O>::type(), first, last, out, init, plus<T>());
}
template <typename I, typename O>
__host__ O exclusive_scan(I first, I last, O out) {
  return exclusive_scan(typename __where<I, O>::type(), first, last, out, __value_of<I>(),
                        plus<__value_of<I>>());
}
template <int S, typename I, typename O, typename G, typename F>
__host__ __device__ O transform_inclusive_scan(const __policy<S>& policy, I first, I last, O out,
                                               G g, F f) {
  return inclusive_scan(policy, transform_iterator<G, I>(first, g),
                        transform_iterator<G, I>(last, g), out, f);
}
template <typename I, typename O, typename G, typename F>
__host__ O transform_inclusive_scan(I first, I last, O out, G g, F f) {
  return transform_inclusive_scan(typename __where<I, O>::type(), first, last, out, g, f);
}
template <int S, typename I, typename O, typename G, typename T, typename F>
__host__ __device__ O transform_exclusive_scan(const __policy<S>& policy, I first, I last, O out,
                                               G g, T init, F f) {
  return exclusive_scan(policy, transform_iterator<G, I>(first, g),
                        transform_iterator<G, I>(last, g), out, init, f);
}
template <typename I, typename O, typename G, typename T, typename F>
__host__ O transform_exclusive_scan(I first, I last, O out, G g, T init, F f) {
  return transform_exclusive_scan(typename __where<I, O>::type(), first, last, out, g, init, f);
}
#undef WS_VALUE

}  // namespace thrust
