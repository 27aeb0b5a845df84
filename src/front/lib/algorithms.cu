// Algorithms of <algorithm>, <numeric> and <utility> over pointers, in the dialect: read before a
// program that names one of them behind std::, where `std::swap` then is __std_swap. One row each in
// library.def.

template <typename T> __host__ __device__ inline void __std_swap(T& a, T& b) {
  T first = static_cast<T&&>(a);
  a = static_cast<T&&>(b);
  b = static_cast<T&&>(first);
}
template <typename T, typename U>
__host__ __device__ inline T __std_exchange(T& x, U value) {
  T old = static_cast<T&&>(x);
  x = value;
  return old;
}
// What is moved from keeps its value, but for what its constructor or operator= takes.
template <typename T>
__host__ __device__ constexpr std::remove_reference_t<T>&& __std_move(T&& x) {
  return static_cast<std::remove_reference_t<T>&&>(x);
}
template <typename I, typename T> __host__ __device__ inline void __std_fill(I first, I last,
                                                                            const T& value) {
  for (; first != last; ++first) *first = value;
}
template <typename I, typename N, typename T> __host__ __device__ inline I __std_fill_n(
    I first, N count, const T& value) {
  for (N i = 0; i < count; ++i) *first++ = value;
  return first;
}
template <typename I, typename O> __host__ __device__ inline O __std_copy(I first, I last, O to) {
  for (; first != last; ++first) *to++ = *first;
  return to;
}
template <typename I, typename T> __host__ __device__ inline void __std_iota(I first, I last,
                                                                            T value) {
  for (; first != last; ++first) {
    *first = value;
    ++value;
  }
}
template <typename I, typename T> __host__ __device__ inline T __std_accumulate(I first, I last,
                                                                               T sum) {
  for (; first != last; ++first) sum = sum + *first;
  return sum;
}
template <typename I, typename J, typename T> __host__ __device__ inline T __std_inner_product(
    I first, I last, J other, T sum) {
  for (; first != last; ++first) sum = sum + *first * *other++;
  return sum;
}
template <typename I> __host__ __device__ inline I __std_max_element(I first, I last) {
  I best = first;
  for (; first != last; ++first) {
    if (*best < *first) best = first;
  }
  return best;
}
template <typename I> __host__ __device__ inline I __std_min_element(I first, I last) {
  I best = first;
  for (; first != last; ++first) {
    if (*first < *best) best = first;
  }
  return best;
}
template <typename I, typename T> __host__ __device__ inline I __std_find(I first, I last,
                                                                         const T& value) {
  while (first != last && !(*first == value)) ++first;
  return first;
}
template <typename I, typename T> __host__ __device__ inline long __std_count(I first, I last,
                                                                             const T& value) {
  long count = 0;
  for (; first != last; ++first) count += *first == value ? 1 : 0;
  return count;
}
template <typename I, typename J> __host__ __device__ inline bool __std_equal(I first, I last,
                                                                             J other) {
  for (; first != last; ++first) {
    if (!(*first == *other++)) return false;
  }
  return true;
}
template <typename I> __host__ __device__ inline void __std_reverse(I first, I last) {
  while (first < last) {
    --last;
    if (first < last) __std_swap(*first, *last);
    ++first;
  }
}
template <typename I, typename C> __host__ __device__ inline I __std_max_element(I first, I last,
                                                                                C less) {
  I best = first;
  for (; first != last; ++first) {
    if (less(*best, *first)) best = first;
  }
  return best;
}
template <typename I, typename C> __host__ __device__ inline I __std_min_element(I first, I last,
                                                                                C less) {
  I best = first;
  for (; first != last; ++first) {
    if (less(*first, *best)) best = first;
  }
  return best;
}
template <typename I, typename T, typename F> __host__ __device__ inline T __std_accumulate(
    I first, I last, T sum, F add) {
  for (; first != last; ++first) sum = add(sum, *first);
  return sum;
}
template <typename I, typename O, typename F> __host__ __device__ inline O __std_transform(
    I first, I last, O to, F f) {
  for (; first != last; ++first) *to++ = f(*first);
  return to;
}
template <typename I, typename J, typename O, typename F>
__host__ __device__ inline O __std_transform(I first, I last, J other, O to, F f) {
  for (; first != last; ++first) *to++ = f(*first, *other++);
  return to;
}
template <typename I, typename F> __host__ __device__ inline I __std_find_if(I first, I last,
                                                                            F holds) {
  while (first != last && !holds(*first)) ++first;
  return first;
}
template <typename I, typename F> __host__ __device__ inline long __std_count_if(I first, I last,
                                                                                F holds) {
  long count = 0;
  for (; first != last; ++first) count += holds(*first) ? 1 : 0;
  return count;
}
template <typename I, typename F> __host__ __device__ inline bool __std_any_of(I first, I last,
                                                                              F holds) {
  for (; first != last; ++first) {
    if (holds(*first)) return true;
  }
  return false;
}
template <typename I, typename F> __host__ __device__ inline bool __std_all_of(I first, I last,
                                                                              F holds) {
  for (; first != last; ++first) {
    if (!holds(*first)) return false;
  }
  return true;
}
template <typename I, typename F> __host__ __device__ inline bool __std_none_of(I first, I last,
                                                                               F holds) {
  return !__std_any_of(first, last, holds);
}
template <typename I, typename T> __host__ __device__ inline I __std_lower_bound(I first, I last,
                                                                                const T& value) {
  long count = last - first;
  while (count > 0) {
    const long half = count / 2;
    if (first[half] < value) {
      first = first + half + 1;
      count = count - half - 1;
    } else {
      count = half;
    }
  }
  return first;
}
template <typename I, typename T> __host__ __device__ inline I __std_upper_bound(I first, I last,
                                                                                const T& value) {
  long count = last - first;
  while (count > 0) {
    const long half = count / 2;
    if (!(value < first[half])) {
      first = first + half + 1;
      count = count - half - 1;
    } else {
      count = half;
    }
  }
  return first;
}
template <typename I, typename T> __host__ __device__ inline bool __std_binary_search(
    I first, I last, const T& value) {
  const I at = __std_lower_bound(first, last, value);
  return at != last && !(value < *at);
}
template <typename I> __host__ __device__ inline long __std_distance(I first, I last) {
  return last - first;
}
template <typename I> __host__ __device__ inline bool __std_is_sorted(I first, I last) {
  for (long i = 1; i < last - first; ++i) {
    if (first[i] < first[i - 1]) return false;
  }
  return true;
}
template <typename I, typename C> __host__ __device__ inline bool __std_is_sorted(I first, I last,
                                                                                 C less) {
  for (long i = 1; i < last - first; ++i) {
    if (less(first[i], first[i - 1])) return false;
  }
  return true;
}
// A heap sort.
template <typename I, typename C> __host__ __device__ inline void __std_sort(I first, I last,
                                                                            C less) {
  if (last - first <= 16) {
    // Few are inserted one by one.
    for (I at = first; at != last; ++at) {
      for (I to = at; to != first && less(to[0], to[-1]); --to) __std_swap(to[-1], to[0]);
    }
    return;
  }
  const long count = last - first;
  long begin = count / 2;
  long end = count;
  while (end > 1) {
    if (begin > 0) {
      --begin;
    } else {
      --end;
      __std_swap(first[0], first[end]);
    }
    long parent = begin;
    for (long child = 2 * parent + 1; child < end; child = 2 * parent + 1) {
      if (child + 1 < end && less(first[child], first[child + 1])) ++child;
      if (!less(first[parent], first[child])) break;
      __std_swap(first[parent], first[child]);
      parent = child;
    }
  }
}
template <typename I> __host__ __device__ inline void __std_sort(I first, I last) {
  if (last - first <= 16) {
    // Few are inserted one by one.
    for (I at = first; at != last; ++at) {
      for (I to = at; to != first && to[0] < to[-1]; --to) __std_swap(to[-1], to[0]);
    }
    return;
  }
  const long count = last - first;
  long begin = count / 2;
  long end = count;
  while (end > 1) {
    if (begin > 0) {
      --begin;
    } else {
      --end;
      __std_swap(first[0], first[end]);
    }
    long parent = begin;
    for (long child = 2 * parent + 1; child < end; child = 2 * parent + 1) {
      if (child + 1 < end && first[child] < first[child + 1]) ++child;
      if (!(first[parent] < first[child])) break;
      __std_swap(first[parent], first[child]);
      parent = child;
    }
  }
}
// Merges neighbouring runs in place by rotations: equal elements keep their order.
template <typename I, typename C> __host__ __device__ inline void __std_stable_sort(I first, I last,
                                                                                   C less) {
  const long count = last - first;
  for (long width = 1; width < count; width = width * 2) {
    for (long begin = 0; begin + width < count; begin = begin + 2 * width) {
      long left = begin;
      long middle = begin + width;
      const long end = middle + width < count ? middle + width : count;
      while (left < middle && middle < end) {
        if (!less(first[middle], first[left])) {
          ++left;
          continue;
        }
        // The run of elements on the right that come before.
        long next = middle + 1;
        while (next < end && less(first[next], first[left])) ++next;
        __std_reverse(first + left, first + middle);
        __std_reverse(first + middle, first + next);
        __std_reverse(first + left, first + next);
        left = left + next - middle + 1;
        middle = next;
      }
    }
  }
}
template <typename I> __host__ __device__ inline void __std_stable_sort(I first, I last) {
  const long count = last - first;
  for (long width = 1; width < count; width = width * 2) {
    for (long begin = 0; begin + width < count; begin = begin + 2 * width) {
      long left = begin;
      long middle = begin + width;
      const long end = middle + width < count ? middle + width : count;
      while (left < middle && middle < end) {
        if (!(first[middle] < first[left])) {
          ++left;
          continue;
        }
        long next = middle + 1;
        while (next < end && first[next] < first[left]) ++next;
        __std_reverse(first + left, first + middle);
        __std_reverse(first + middle, first + next);
        __std_reverse(first + left, first + next);
        left = left + next - middle + 1;
        middle = next;
      }
    }
  }
}
template <typename T> __host__ __device__ inline T __std_clamp(T value, T low, T high) {
  return value < low ? low : high < value ? high : value;
}
template <typename I> __host__ __device__ inline I __std_unique(I first, I last) {
  if (first == last) return last;
  I kept = first;
  for (++first; first != last; ++first) {
    if (!(*kept == *first)) {
      ++kept;
      *kept = *first;
    }
  }
  return kept + 1;
}
template <typename I, typename F> __host__ __device__ inline I __std_unique(I first, I last,
                                                                           F same) {
  if (first == last) return last;
  I kept = first;
  for (++first; first != last; ++first) {
    if (!same(*kept, *first)) {
      ++kept;
      *kept = *first;
    }
  }
  return kept + 1;
}
template <typename I, typename F> __host__ __device__ inline void __std_generate(I first, I last,
                                                                                F make) {
  for (; first != last; ++first) *first = make();
}
template <typename I, typename N, typename F> __host__ __device__ inline I __std_generate_n(
    I first, N count, F make) {
  for (N i = 0; i < count; ++i) *first++ = make();
  return first;
}
template <typename I, typename F> __host__ __device__ inline void __std_for_each(I first, I last,
                                                                                F work) {
  for (; first != last; ++first) work(*first);
}
template <typename I, typename T> __host__ __device__ inline I __std_remove(I first, I last,
                                                                           const T& value) {
  I kept = first;
  for (; first != last; ++first) {
    if (!(*first == value)) *kept++ = *first;
  }
  return kept;
}
template <typename I, typename F> __host__ __device__ inline I __std_remove_if(I first, I last,
                                                                              F holds) {
  I kept = first;
  for (; first != last; ++first) {
    if (!holds(*first)) *kept++ = *first;
  }
  return kept;
}
template <typename I, typename T> __host__ __device__ inline void __std_replace(
    I first, I last, const T& value, const T& other) {
  for (; first != last; ++first) {
    if (*first == value) *first = other;
  }
}
template <typename I, typename N, typename O> __host__ __device__ inline O __std_copy_n(I first,
                                                                                       N count,
                                                                                       O to) {
  for (N i = 0; i < count; ++i) *to++ = *first++;
  return to;
}
template <typename I, typename O, typename F> __host__ __device__ inline O __std_copy_if(
    I first, I last, O to, F holds) {
  for (; first != last; ++first) {
    if (holds(*first)) *to++ = *first;
  }
  return to;
}
template <typename I, typename O> __host__ __device__ inline O __std_copy_backward(I first, I last,
                                                                                  O to) {
  while (first != last) *--to = *--last;
  return to;
}
template <typename I> __host__ __device__ inline I __std_rotate(I first, I middle, I last) {
  __std_reverse(first, middle);
  __std_reverse(middle, last);
  __std_reverse(first, last);
  return first + (last - middle);
}
// All are sorted: equal ones may come in any order, and the rest in any.
template <typename I> __host__ __device__ inline void __std_partial_sort(I first, I middle,
                                                                        I last) {
  __std_sort(first, last);
}
template <typename I, typename C> __host__ __device__ inline void __std_partial_sort(
    I first, I middle, I last, C less) {
  __std_sort(first, last, less);
}
template <typename I> __host__ __device__ inline void __std_nth_element(I first, I at, I last) {
  __std_sort(first, last);
}
template <typename I, typename C> __host__ __device__ inline void __std_nth_element(I first, I at,
                                                                                   I last, C less) {
  __std_sort(first, last, less);
}
template <typename I, typename O> __host__ __device__ inline O __std_partial_sum(I first, I last,
                                                                                O to) {
  if (first == last) return to;
  auto sum = *first;
  *to++ = sum;
  for (++first; first != last; ++first) {
    sum = sum + *first;
    *to++ = sum;
  }
  return to;
}
template <typename I, typename O> __host__ __device__ inline O __std_adjacent_difference(I first,
                                                                                        I last,
                                                                                        O to) {
  if (first == last) return to;
  auto before = *first;
  *to++ = before;
  for (++first; first != last; ++first) {
    const auto here = *first;
    *to++ = here - before;
    before = here;
  }
  return to;
}
template <typename I, typename J> struct __std_two {
  I first;
  J second;
};
template <typename T> __host__ __device__ inline __std_two<T, T> __std_minmax(const T& a,
                                                                             const T& b) {
  __std_two<T, T> found = {a, b};
  if (b < a) {
    found.first = b;
    found.second = a;
  }
  return found;
}
template <typename I> __host__ __device__ inline __std_two<I, I> __std_minmax_element(I first,
                                                                                     I last) {
  __std_two<I, I> found = {first, first};
  for (; first != last; ++first) {
    if (*first < *found.first) found.first = first;
    if (!(*first < *found.second)) found.second = first;
  }
  return found;
}
template <typename I, typename J> __host__ __device__ inline __std_two<I, J> __std_mismatch(
    I first, I last, J other) {
  while (first != last && *first == *other) {
    ++first;
    ++other;
  }
  __std_two<I, J> found = {first, other};
  return found;
}
