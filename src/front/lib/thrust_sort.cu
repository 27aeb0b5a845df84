// Sorts of Thrust in the dialect: many numbers by their digits; of all else runs of a few elements are
// sorted by insertion and then merged, each thread of a merge writing a part of its own. All sorts
// keep the order of equal elements.
#include <thrust/__select>

namespace thrust {

// --- many numbers on the device: by their digits of six bits, the lowest first

template <typename K, typename C>
struct __radix_order {  // 1: upwards, 2: downwards, 0: in another way
  static constexpr int value = 0;
};
template <typename K>
struct __radix_order<K, less<K>> {
  static constexpr int value = std::is_arithmetic<K>::value ? 1 : 0;
};
template <typename K>
struct __radix_order<K, greater<K>> {
  static constexpr int value = std::is_arithmetic<K>::value ? 2 : 0;
};
// Bits that are ordered as the numbers are.
template <typename K, int kOrder>
struct __radix_key {
  using key_type = K;
  __device__ unsigned long operator()(const K& x) const {
    constexpr int kBits = 8 * (int)sizeof(K);
    constexpr unsigned long kHighest = 1ul << (kBits - 1);
    unsigned long bits;
    if constexpr (std::is_floating_point<K>::value) {
      if (x == 0) {
        bits = 0;  // -0 too
      } else if constexpr (sizeof(K) == 4) {
        bits = __float_as_uint(x);
      } else {
        bits = (unsigned long)__double_as_longlong(x);
      }
      bits = (bits & kHighest) != 0 ? ~bits : bits | kHighest;
    } else {
      bits = (unsigned long)x;
      if constexpr (std::is_signed<K>::value) bits = bits ^ kHighest;
    }
    constexpr unsigned long kAll = kHighest | (kHighest - 1);  // the last digit reads beyond
    return (kOrder == 2 ? ~bits : bits) & kAll;
  }
};
template <typename K, int kOrder>
struct __radix_key_of_first {
  using key_type = K;
  template <typename T>
  __device__ unsigned long operator()(const T& x) const {
    return __radix_key<K, kOrder>()(x.m0);
  }
};
template <int S, typename I, typename G>
__host__ void __radix_sort(const __policy<S>& policy, I first, long count, G key) {
  using T = __value_of<I>;
  constexpr long kDigits = 64;
  auto at = __as<S>(first);
  const __temporary<T> one(count);
  const __temporary<T> two(count);
  T* from = one.at;
  T* to = two.at;
  const long each = 253;
  const long width = (count + each - 1) / each;
  const __temporary<unsigned> held(kDigits * width);
  unsigned* const places = held.at;
  T* const copied = from;
  __for(policy, count, [=] __host__ __device__(long i) mutable { copied[i] = at[i]; });
  for (int shift = 0; shift < 8 * (int)sizeof(typename G::key_type); shift += 6) {
    const T* const in = from;
    T* const out = to;
    cudaMemsetAsync(places, 0, kDigits * width * sizeof(unsigned), policy.__stream);
    __for(policy, width, [=] __host__ __device__(long t) mutable {
      const long end = (t + 1) * each < count ? (t + 1) * each : count;
      for (long i = t * each; i < end; ++i) {
        const long digit = (long)(key(in[i]) >> shift & 63);
        ++places[digit * width + t];
      }
    });
    __scan<__scan_exclusive>(policy, kDigits * width, places, places, 0u, plus<unsigned>());
    __for(policy, width, [=] __host__ __device__(long t) mutable {
      const long end = (t + 1) * each < count ? (t + 1) * each : count;
      for (long i = t * each; i < end; ++i) {
        const T x = in[i];
        const long digit = (long)(key(x) >> shift & 63);
        const unsigned place = places[digit * width + t];
        places[digit * width + t] = place + 1;
        out[place] = x;
      }
    });
    to = from;
    from = out;
  }
  const T* const done = from;
  __for(policy, count, [=] __host__ __device__(long i) mutable { at[i] = done[i]; });
}
// The key by which elements in the order of C are sorted so; void if there is none.
template <typename T, typename C>
struct __radix_of {
  using type = std::conditional_t<__radix_order<T, C>::value != 0,
                                  __radix_key<T, __radix_order<T, C>::value>, void>;
};
template <typename K, typename V, typename C>
struct __radix_of<tuple<K, V>, __of_keys<C>> {
  using type = std::conditional_t<__radix_order<K, C>::value != 0,
                                  __radix_key_of_first<K, __radix_order<K, C>::value>, void>;
};

// --- all others

constexpr long __many = 4096;
constexpr long __sorted_alone = 16;  // elements that one thread sorts, and that it merges

template <int S, typename I, typename C>
__host__ __device__ void __sort_all(const __policy<S>& policy, I first, long count, C before) {
  using T = __value_of<I>;
  if (count < 2) return;
  if constexpr (S == __on_device) {
    using G = typename __radix_of<T, C>::type;
    if constexpr (!std::is_void<G>::value) {
      if (count > __many) {
        __radix_sort(policy, first, count, G());
        return;
      }
    }
  }
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
  __sort_all(policy, first, last - first, before);
}
template <int S, typename I>
__host__ __device__ void stable_sort(const __policy<S>& policy, I first, I last) {
  __sort_all(policy, first, last - first, less<__value_of<I>>());
}
template <typename I, typename C>
__host__ void stable_sort(I first, I last, C before) {
  __sort_all(typename __where<I>::type(), first, last - first, before);
}
template <typename I>
__host__ void stable_sort(I first, I last) {
  __sort_all(typename __where<I>::type(), first, last - first, less<__value_of<I>>());
}
template <int S, typename I, typename C>
__host__ __device__ void sort(const __policy<S>& policy, I first, I last, C before) {
  __sort_all(policy, first, last - first, before);
}
template <int S, typename I>
__host__ __device__ void sort(const __policy<S>& policy, I first, I last) {
  __sort_all(policy, first, last - first, less<__value_of<I>>());
}
template <typename I, typename C>
__host__ void sort(I first, I last, C before) {
  __sort_all(typename __where<I>::type(), first, last - first, before);
}
template <typename I>
__host__ void sort(I first, I last) {
  __sort_all(typename __where<I>::type(), first, last - first, less<__value_of<I>>());
}

template <int S, typename K, typename V, typename C>
__host__ __device__ void stable_sort_by_key(const __policy<S>& policy, K first, K last, V values,
                                            C before) {
  const zip_iterator<tuple<K, V>> both(tuple<K, V>(first, values));
  __sort_all(policy, both, last - first, __of_keys<C>{before});
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
