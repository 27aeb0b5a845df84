// Algorithms of <algorithm>, <numeric> and <utility> over pointers, in the dialect: read before a
// program that names one of them behind std::, where `std::swap` then is __std_swap. One row each in
// algorithms.def.

template <typename T> __host__ __device__ inline void __std_swap(T& a, T& b) {
  const T first = a;
  a = b;
  b = first;
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
// A heap sort.
template <typename I> __host__ __device__ inline void __std_sort(I first, I last) {
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
template <typename T> __host__ __device__ inline T __std_clamp(T value, T low, T high) {
  return value < low ? low : high < value ? high : value;
}
