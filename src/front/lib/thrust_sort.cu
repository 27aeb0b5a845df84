// Sorts of Thrust in the dialect: runs of a few elements are sorted by insertion and then merged,
// each thread of a merge writing a part of its own. All sorts keep the order of equal elements.
#include <thrust/__select>

namespace thrust {

constexpr long __sorted_alone = 16;  // elements that one thread sorts, and that it merges

template <int S, typename I, typename C>
__host__ __device__ void __merge_sort(const __policy<S>& policy, I first, long count, C before) {
  using T = __value_of<I>;
  if (count < 2) return;
  auto at = __as<S>(first);
  T* from = __room_for<T>(policy, count);
  T* to = __room_for<T>(policy, count);
  T* const sorted = from;
  const long runs = (count + __sorted_alone - 1) / __sorted_alone;
  __for(policy, runs, [=] __host__ __device__(long t) mutable {
    const long begin = t * __sorted_alone;
    const long end = begin + __sorted_alone < count ? begin + __sorted_alone : count;
    for (long i = begin; i < end; ++i) {
      const T x = at[i];
      long place = i;
      while (place > begin && before(x, sorted[place - 1])) {
        sorted[place] = sorted[place - 1];
        --place;
      }
      sorted[place] = x;
    }
  });
  for (long width = __sorted_alone; width < count; width = 2 * width) {
    const T* const in = from;
    T* const out = to;
    __for(policy, runs, [=] __host__ __device__(long t) mutable {
      const long begin = t * __sorted_alone;
      const long end = begin + __sorted_alone < count ? begin + __sorted_alone : count;
      const long left = begin / (2 * width) * (2 * width);
      const long middle = left + width < count ? left + width : count;
      const long right = middle + width < count ? middle + width : count;
      // How many of the elements before `begin` come from the left.
      const long done = begin - left;
      long low = done > right - middle ? done - (right - middle) : 0;
      long high = done < middle - left ? done : middle - left;
      while (low < high) {
        const long half = (low + high) / 2;
        if (before(in[middle + done - 1 - half], in[left + half])) {
          high = half;
        } else {
          low = half + 1;
        }
      }
      long a = left + low;
      long b = middle + done - low;
      for (long i = begin; i < end; ++i) {
        bool second = a >= middle;
        if (!second && b < right) second = before(in[b], in[a]);
        if (second) {
          out[i] = in[b];
          ++b;
        } else {
          out[i] = in[a];
          ++a;
        }
      }
    });
    to = from;
    from = out;
  }
  const T* const done = from;
  __for(policy, count, [=] __host__ __device__(long i) mutable { at[i] = done[i]; });
  __release(policy, from);
  __release(policy, to);
}

template <int S, typename I, typename C>
__host__ __device__ void stable_sort(const __policy<S>& policy, I first, I last, C before) {
  __merge_sort(policy, first, last - first, before);
}
template <int S, typename I>
__host__ __device__ void stable_sort(const __policy<S>& policy, I first, I last) {
  __merge_sort(policy, first, last - first, less<__value_of<I>>());
}
template <typename I, typename C>
__host__ void stable_sort(I first, I last, C before) {
  __merge_sort(typename __where<I>::type(), first, last - first, before);
}
template <typename I>
__host__ void stable_sort(I first, I last) {
  __merge_sort(typename __where<I>::type(), first, last - first, less<__value_of<I>>());
}
template <int S, typename I, typename C>
__host__ __device__ void sort(const __policy<S>& policy, I first, I last, C before) {
  __merge_sort(policy, first, last - first, before);
}
template <int S, typename I>
__host__ __device__ void sort(const __policy<S>& policy, I first, I last) {
  __merge_sort(policy, first, last - first, less<__value_of<I>>());
}
template <typename I, typename C>
__host__ void sort(I first, I last, C before) {
  __merge_sort(typename __where<I>::type(), first, last - first, before);
}
template <typename I>
__host__ void sort(I first, I last) {
  __merge_sort(typename __where<I>::type(), first, last - first, less<__value_of<I>>());
}

template <int S, typename K, typename V, typename C>
__host__ __device__ void stable_sort_by_key(const __policy<S>& policy, K first, K last, V values,
                                            C before) {
  const zip_iterator<tuple<K, V>> both(tuple<K, V>(first, values));
  __merge_sort(policy, both, last - first, __of_keys<C>{before});
}
template <int S, typename K, typename V>
__host__ __device__ void stable_sort_by_key(const __policy<S>& policy, K first, K last, V values) {
  stable_sort_by_key(policy, first, last, values, less<__value_of<K>>());
}
template <typename K, typename V, typename C>
__host__ void stable_sort_by_key(K first, K last, V values, C before) {
  stable_sort_by_key(typename __where<K, V>::type(), first, last, values, before);
}
template <typename K, typename V>
__host__ void stable_sort_by_key(K first, K last, V values) {
  stable_sort_by_key(typename __where<K, V>::type(), first, last, values, less<__value_of<K>>());
}
template <int S, typename K, typename V, typename C>
__host__ __device__ void sort_by_key(const __policy<S>& policy, K first, K last, V values,
                                     C before) {
  stable_sort_by_key(policy, first, last, values, before);
}
template <int S, typename K, typename V>
__host__ __device__ void sort_by_key(const __policy<S>& policy, K first, K last, V values) {
  stable_sort_by_key(policy, first, last, values, less<__value_of<K>>());
}
template <typename K, typename V, typename C>
__host__ void sort_by_key(K first, K last, V values, C before) {
  stable_sort_by_key(typename __where<K, V>::type(), first, last, values, before);
}
template <typename K, typename V>
__host__ void sort_by_key(K first, K last, V values) {
  stable_sort_by_key(typename __where<K, V>::type(), first, last, values, less<__value_of<K>>());
}

template <int S, typename I, typename C>
__host__ __device__ I is_sorted_until(const __policy<S>& policy, I first, I last, C before) {
  auto in = __as<S>(first);
  return first + __first_index(policy, last - first, [=] __host__ __device__(long i) mutable {
           return i > 0 && before(in[i], in[i - 1]);
         });
}
template <int S, typename I, typename C>
__host__ __device__ bool is_sorted(const __policy<S>& policy, I first, I last, C before) {
  return is_sorted_until(policy, first, last, before) == last;
}
template <int S, typename I>
__host__ __device__ bool is_sorted(const __policy<S>& policy, I first, I last) {
  return is_sorted_until(policy, first, last, less<__value_of<I>>()) == last;
}
template <typename I, typename C>
__host__ bool is_sorted(I first, I last, C before) {
  return is_sorted_until(typename __where<I>::type(), first, last, before) == last;
}
template <typename I>
__host__ bool is_sorted(I first, I last) {
  return is_sorted_until(typename __where<I>::type(), first, last, less<__value_of<I>>()) == last;
}

}  // namespace thrust
