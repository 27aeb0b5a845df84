// <thrust/iterator/...> in the dialect. Each iterator gives its element by [], and moves.
#include <thrust/__core>

namespace thrust {

// --- numbers that are counted, and one again and again

template <typename T>
struct counting_iterator {
  using value_type = T;
  using reference = T;
  T __value;
  __host__ __device__ counting_iterator() : __value() {}
  __host__ __device__ explicit counting_iterator(T value) : __value(value) {}
  __host__ __device__ T operator*() const { return __value; }
  __host__ __device__ T operator[](long i) const { return (T)(__value + i); }
  __host__ __device__ void __move(long count) { __value = (T)(__value + count); }
  __host__ __device__ long __minus(const counting_iterator<T>& o) const {
    return (long)__value - (long)o.__value;
  }
  WS_ITERATOR(counting_iterator<T>)
};
template <typename T>
struct __system_of<counting_iterator<T>> {
  static constexpr int value = __anywhere;
};
template <typename T>
__host__ __device__ inline counting_iterator<T> make_counting_iterator(T value) {
  return counting_iterator<T>(value);
}

template <typename T>
struct constant_iterator {
  using value_type = T;
  using reference = T;
  T __value;
  long __index;
  __host__ __device__ constant_iterator() : __value(), __index(0) {}
  __host__ __device__ explicit constant_iterator(const T& value, long index = 0)
      : __value(value), __index(index) {}
  __host__ __device__ T operator*() const { return __value; }
  __host__ __device__ T operator[](long) const { return __value; }
  __host__ __device__ void __move(long count) { __index += count; }
  __host__ __device__ long __minus(const constant_iterator<T>& o) const {
    return __index - o.__index;
  }
  WS_ITERATOR(constant_iterator<T>)
};
template <typename T>
struct __system_of<constant_iterator<T>> {
  static constexpr int value = __anywhere;
};
template <typename T>
__host__ __device__ inline constant_iterator<T> make_constant_iterator(T value, long index = 0) {
  return constant_iterator<T>(value, index);
}

// What is written to it is forgotten.
struct __forgets {
  template <typename T>
  __host__ __device__ const __forgets& operator=(const T&) const {
    return *this;
  }
};
template <typename T = void>
struct discard_iterator {
  using value_type = __forgets;
  using reference = __forgets;
  long __index;
  __host__ __device__ explicit discard_iterator(long index = 0) : __index(index) {}
  __host__ __device__ __forgets operator*() const { return __forgets(); }
  __host__ __device__ __forgets operator[](long) const { return __forgets(); }
  __host__ __device__ void __move(long count) { __index += count; }
  __host__ __device__ long __minus(const discard_iterator<T>& o) const {
    return __index - o.__index;
  }
  WS_ITERATOR(discard_iterator<T>)
};
template <typename T>
struct __system_of<discard_iterator<T>> {
  static constexpr int value = __anywhere;
};
__host__ __device__ inline discard_iterator<> make_discard_iterator(long index = 0) {
  return discard_iterator<>(index);
}

// --- functions of elements

template <typename F, typename I, typename R = void, typename V = void>
struct transform_iterator {
  using reference = std::conditional_t<std::is_void<R>::value,
                                       decltype(__a<F>()(__a<const I>()[0l])), R>;
  using value_type =
      std::conditional_t<std::is_void<V>::value, std::decay_t<reference>, V>;
  I __base;
  F __function;
  __host__ __device__ transform_iterator(I base, F function)
      : __base(base), __function(function) {}
  __host__ __device__ const I& base() const { return __base; }
  __host__ __device__ F functor() const { return __function; }
  __host__ __device__ reference operator[](long i) const {
    F function = __function;
    return function(__base[i]);
  }
  __host__ __device__ reference operator*() const { return (*this)[0]; }
  __host__ __device__ void __move(long count) { __base += count; }
  __host__ __device__ long __minus(const transform_iterator<F, I, R, V>& o) const {
    return __base - o.__base;
  }
  using __self = transform_iterator<F, I, R, V>;
  WS_ITERATOR(__self)
};
template <typename F, typename I, typename R, typename V>
struct __system_of<transform_iterator<F, I, R, V>> {
  static constexpr int value = __system_of<I>::value;
};
template <typename F, typename I, typename R, typename V>
struct __raw_of<transform_iterator<F, I, R, V>> {
  using type = transform_iterator<F, typename __raw_of<I>::type, R, V>;
  __host__ __device__ static type get(const transform_iterator<F, I, R, V>& at) {
    return type(__raw_of<I>::get(at.__base), at.__function);
  }
};
template <typename I, typename F>
__host__ __device__ inline transform_iterator<F, I> make_transform_iterator(I base, F function) {
  return transform_iterator<F, I>(base, function);
}

// What is written goes through a function.
template <typename F, typename O>
struct __written_through {
  F function;
  O to;
  template <typename T>
  __host__ __device__ const __written_through& operator=(const T& x) const {
    F g = function;
    auto y = g(x);
    O at = to;
    at[0] = y;
    return *this;
  }
};
template <typename F, typename O>
struct transform_output_iterator {
  using value_type = __forgets;
  using reference = __written_through<F, O>;
  O __base;
  F __function;
  __host__ __device__ transform_output_iterator(O base, F function)
      : __base(base), __function(function) {}
  __host__ __device__ reference operator[](long i) const {
    return reference{__function, __base + i};
  }
  __host__ __device__ reference operator*() const { return reference{__function, __base}; }
  __host__ __device__ void __move(long count) { __base += count; }
  __host__ __device__ long __minus(const transform_output_iterator<F, O>& o) const {
    return __base - o.__base;
  }
  using __self = transform_output_iterator<F, O>;
  WS_ITERATOR(__self)
};
template <typename F, typename O>
struct __system_of<transform_output_iterator<F, O>> {
  static constexpr int value = __system_of<O>::value;
};
template <typename F, typename O>
struct __raw_of<transform_output_iterator<F, O>> {
  using type = transform_output_iterator<F, typename __raw_of<O>::type>;
  __host__ __device__ static type get(const transform_output_iterator<F, O>& at) {
    return type(__raw_of<O>::get(at.__base), at.__function);
  }
};
template <typename O, typename F>
__host__ __device__ inline transform_output_iterator<F, O> make_transform_output_iterator(
    O base, F function) {
  return transform_output_iterator<F, O>(base, function);
}

// --- elements in another order

template <typename E, typename I>
struct permutation_iterator {
  using value_type = __value_of<E>;
  using reference = __reference_of<E>;
  E __elements;
  I __map;
  __host__ __device__ permutation_iterator(E elements, I map)
      : __elements(elements), __map(map) {}
  __host__ __device__ reference operator[](long i) const { return __elements[(long)__map[i]]; }
  __host__ __device__ reference operator*() const { return __elements[(long)__map[0]]; }
  __host__ __device__ void __move(long count) { __map += count; }
  __host__ __device__ long __minus(const permutation_iterator<E, I>& o) const {
    return __map - o.__map;
  }
  using __self = permutation_iterator<E, I>;
  WS_ITERATOR(__self)
};
template <typename E, typename I>
struct __system_of<permutation_iterator<E, I>> {
  static constexpr int value = __join(__system_of<E>::value, __system_of<I>::value);
};
template <typename E, typename I>
struct __raw_of<permutation_iterator<E, I>> {
  using type = permutation_iterator<typename __raw_of<E>::type, typename __raw_of<I>::type>;
  __host__ __device__ static type get(const permutation_iterator<E, I>& at) {
    return type(__raw_of<E>::get(at.__elements), __raw_of<I>::get(at.__map));
  }
};
template <typename E, typename I>
__host__ __device__ inline permutation_iterator<E, I> make_permutation_iterator(E elements, I map) {
  return permutation_iterator<E, I>(elements, map);
}

template <typename I>
struct reverse_iterator {
  using value_type = __value_of<I>;
  using reference = __reference_of<I>;
  I __base;  // behind the first element
  __host__ __device__ explicit reverse_iterator(I base) : __base(base) {}
  __host__ __device__ I base() const { return __base; }
  __host__ __device__ reference operator[](long i) const { return __base[-1 - i]; }
  __host__ __device__ reference operator*() const { return __base[-1]; }
  __host__ __device__ void __move(long count) { __base -= count; }
  __host__ __device__ long __minus(const reverse_iterator<I>& o) const {
    return o.__base - __base;
  }
  WS_ITERATOR(reverse_iterator<I>)
};
template <typename I>
struct __system_of<reverse_iterator<I>> {
  static constexpr int value = __system_of<I>::value;
};
template <typename I>
struct __raw_of<reverse_iterator<I>> {
  using type = reverse_iterator<typename __raw_of<I>::type>;
  __host__ __device__ static type get(const reverse_iterator<I>& at) {
    return type(__raw_of<I>::get(at.__base));
  }
};
template <typename I>
__host__ __device__ inline reverse_iterator<I> make_reverse_iterator(I base) {
  return reverse_iterator<I>(base);
}

// --- several at once

template <typename T>
struct zip_iterator;
#define WS_VALUE(i) __value_of<A##i>
#define WS_REFERENCE(i) __reference_of<A##i>
#define WS_ELEMENT(i) __base.m##i[at]
#define WS_MOVE(i) __base.m##i += count;
#define WS_RAW(i) typename __raw_of<A##i>::type
#define WS_GET_RAW(i) __raw_of<A##i>::get(at.__base.m##i)
#define WS_JOIN(i) __join(__system_of<A##i>::value,
#define WS_END(i) )
#define WS_PARAM(i) A##i a##i
#define WS_ARGUMENT(i) a##i
#define WS_ZIP(n)                                                                               \
  template <WS_LIST_##n(WS_TYPE)>                                                               \
  struct zip_iterator<tuple<WS_LIST_##n(WS_A)>> {                                               \
    using value_type = tuple<WS_LIST_##n(WS_VALUE)>;                                            \
    using reference = tuple<WS_LIST_##n(WS_REFERENCE)>;                                         \
    using __tuple = tuple<WS_LIST_##n(WS_A)>;                                                   \
    using __self = zip_iterator<tuple<WS_LIST_##n(WS_A)>>;                                      \
    __tuple __base;                                                                             \
    __host__ __device__ zip_iterator(const __tuple& base) : __base(base) {}                     \
    __host__ __device__ const __tuple& get_iterator_tuple() const { return __base; }            \
    __host__ __device__ reference operator[](long at) const {                                   \
      return reference(WS_LIST_##n(WS_ELEMENT));                                                \
    }                                                                                           \
    __host__ __device__ reference operator*() const { return (*this)[0]; }                      \
    __host__ __device__ void __move(long count) { WS_EACH_##n(WS_MOVE) }                        \
    __host__ __device__ long __minus(const __self& o) const { return __base.m0 - o.__base.m0; } \
    WS_ITERATOR(__self)                                                                         \
  };                                                                                            \
  template <WS_LIST_##n(WS_TYPE)>                                                               \
  struct __system_of<zip_iterator<tuple<WS_LIST_##n(WS_A)>>> {                                  \
    static constexpr int value = WS_EACH_##n(WS_JOIN) __anywhere WS_EACH_##n(WS_END);           \
  };                                                                                            \
  template <WS_LIST_##n(WS_TYPE)>                                                               \
  struct __raw_of<zip_iterator<tuple<WS_LIST_##n(WS_A)>>> {                                     \
    using type = zip_iterator<tuple<WS_LIST_##n(WS_RAW)>>;                                      \
    __host__ __device__ static type get(const zip_iterator<tuple<WS_LIST_##n(WS_A)>>& at) {     \
      return type(tuple<WS_LIST_##n(WS_RAW)>(WS_LIST_##n(WS_GET_RAW)));                         \
    }                                                                                           \
  };                                                                                            \
  template <WS_LIST_##n(WS_TYPE)>                                                               \
  __host__ __device__ inline zip_iterator<tuple<WS_LIST_##n(WS_A)>> make_zip_iterator(          \
      tuple<WS_LIST_##n(WS_A)> base) {                                                          \
    return zip_iterator<tuple<WS_LIST_##n(WS_A)>>(base);                                        \
  }
// Longer ones first: the pattern of a short one matches the beginning of a long one too.
WS_ZIP(10)
WS_ZIP(9)
WS_ZIP(8)
WS_ZIP(7)
WS_ZIP(6)
WS_ZIP(5)
WS_ZIP(4)
WS_ZIP(3)
WS_ZIP(2)
WS_ZIP(1)
#define WS_MAKE_ZIP(n)                                                                 \
  template <WS_LIST_##n(WS_TYPE)>                                                      \
  __host__ __device__ inline zip_iterator<tuple<WS_LIST_##n(WS_A)>> make_zip_iterator( \
      WS_LIST_##n(WS_PARAM)) {                                                         \
    return zip_iterator<tuple<WS_LIST_##n(WS_A)>>(                                     \
        tuple<WS_LIST_##n(WS_A)>(WS_LIST_##n(WS_ARGUMENT)));                           \
  }
WS_MAKE_ZIP(2)
WS_MAKE_ZIP(3)
WS_MAKE_ZIP(4)
WS_MAKE_ZIP(5)
WS_MAKE_ZIP(6)
#undef WS_MAKE_ZIP
#undef WS_ZIP
#undef WS_VALUE
#undef WS_REFERENCE
#undef WS_ELEMENT
#undef WS_MOVE
#undef WS_RAW
#undef WS_GET_RAW
#undef WS_JOIN
#undef WS_END
#undef WS_PARAM
#undef WS_ARGUMENT

}  // namespace thrust
