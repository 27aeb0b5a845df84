// What all of Thrust's headers stand on, in the dialect: where an algorithm runs, pointers to the
// device, and what is common to iterators.
#include <thrust/__tuple>

namespace thrust {

// --- where an algorithm runs: on the host, on the device as kernels, or in the thread that calls it

constexpr int __anywhere = 0, __on_host = 1, __on_device = 2, __in_thread = 3;

template <int kSystem>
struct __policy {
  cudaStream_t __stream;
  __host__ __device__ __policy on(cudaStream_t stream) const {
    __policy policy;
    policy.__stream = stream;
    return policy;
  }
  // With an allocator, which is not asked.
  template <typename A>
  __host__ __device__ __policy operator()(const A&) const {
    return *this;
  }
};
static const __policy<__on_host> host = {0};
static const __policy<__on_device> device = {0};
static const __policy<__in_thread> seq = {0};
namespace cuda {
static const __policy<__on_device> par = {0};
static const __policy<__on_device> par_nosync = {0};
}  // namespace cuda
namespace cpp {
static const __policy<__on_host> par = {0};
}
namespace omp {
static const __policy<__on_host> par = {0};
}

template <typename I>
struct __system_of {
  static constexpr int value = __on_host;
};
template <>
struct __system_of<void> {
  static constexpr int value = __anywhere;
};
constexpr int __join(int a, int b) { return a == __anywhere || a == b ? b : b == __anywhere ? a : -1; }

// The policy of an algorithm over these iterators.
template <typename I, typename J = void, typename K = void, typename L = void, typename M = void>
struct __where {
  static constexpr int joined =
      __join(__system_of<I>::value,
             __join(__system_of<J>::value,
                    __join(__system_of<K>::value,
                           __join(__system_of<L>::value, __system_of<M>::value))));
  static_assert(joined >= 0, "a Thrust algorithm over iterators of the host and of the device");
  using type = __policy<joined == __anywhere ? __on_device : joined>;
};

// --- iterators

struct random_access_device_iterator_tag {};
template <typename I>
struct iterator_traits {
  using value_type = typename I::value_type;
  using reference = typename I::reference;
  using difference_type = long;
};
template <typename T>
struct iterator_traits<T*> {
  using value_type = std::remove_cv_t<T>;
  using reference = T&;
  using pointer = T*;
  using difference_type = long;
};
template <typename I>
using iterator_value_t = typename iterator_traits<I>::value_type;
template <typename I>
using __value_of = typename iterator_traits<I>::value_type;
template <typename I>
using __reference_of = typename iterator_traits<I>::reference;
template <typename I>
struct iterator_value {
  using type = __value_of<I>;
};
template <typename I>
struct iterator_difference {
  using type = long;
};

template <typename I>
__host__ __device__ inline long distance(I first, I last) {
  return last - first;
}
template <typename I>
__host__ __device__ inline void advance(I& at, long count) {
  at = at + count;
}
template <typename I>
__host__ __device__ inline I next(I at, long count = 1) {
  return at + count;
}
template <typename I>
__host__ __device__ inline I prev(I at, long count = 1) {
  return at - count;
}

// What an iterator is in a kernel: pointers to the device are pointers there.
template <typename I>
struct __raw_of {
  using type = I;
  __host__ __device__ static I get(const I& at) { return at; }
};
template <int kSystem, typename I>
__host__ __device__ inline auto __as(I at) {
  if constexpr (kSystem == __on_device) {
    return __raw_of<I>::get(at);
  } else {
    return at;
  }
}

template <typename T>
__host__ __device__ T& __a() {  // named in decltype alone
  return *static_cast<T*>(nullptr);
}

// --- pointers to the device

template <typename T>
struct device_reference {
  using value_type = std::remove_cv_t<T>;
  T* __at;
  __host__ __device__ explicit device_reference(T* at) : __at(at) {}
  __host__ __device__ device_reference(const device_reference& o) : __at(o.__at) {}
  __host__ operator value_type() const {
    value_type value;
    cudaMemcpy(&value, __at, sizeof(T), cudaMemcpyDeviceToHost);
    return value;
  }
  __host__ const device_reference& operator=(const T& value) const {
    cudaMemcpy(__at, &value, sizeof(T), cudaMemcpyHostToDevice);
    return *this;
  }
  __host__ const device_reference& operator=(const device_reference& o) const {
    cudaMemcpy(__at, o.__at, sizeof(T), cudaMemcpyDeviceToDevice);
    return *this;
  }
  template <typename U>
  __host__ const device_reference& operator=(const device_reference<U>& o) const {
    const value_type value = (U)o;
    return *this = value;
  }
#define WS_CHANGE(op)                                             \
  template <typename U>                                           \
  __host__ const device_reference& operator op(const U& o) const { \
    value_type value = *this;                                     \
    value op o;                                                   \
    return *this = value;                                         \
  }
  WS_CHANGE(+=)
  WS_CHANGE(-=)
  WS_CHANGE(*=)
  WS_CHANGE(/=)
  WS_CHANGE(%=)
  WS_CHANGE(&=)
  WS_CHANGE(|=)
  WS_CHANGE(^=)
  WS_CHANGE(<<=)
  WS_CHANGE(>>=)
#undef WS_CHANGE
  __host__ const device_reference& operator++() const {
    value_type value = *this;
    ++value;
    return *this = value;
  }
  __host__ const device_reference& operator--() const {
    value_type value = *this;
    --value;
    return *this = value;
  }
  __host__ value_type operator++(int) const {
    const value_type before = *this;
    value_type value = before;
    ++value;
    *this = value;
    return before;
  }
  __host__ value_type operator--(int) const {
    const value_type before = *this;
    value_type value = before;
    --value;
    *this = value;
    return before;
  }
};
template <typename S, typename T>
__host__ inline S& operator<<(S& stream, const device_reference<T>& x) {
  const std::remove_cv_t<T> value = x;
  stream << value;
  return stream;
}

// What iterators have in common: Self has __move(count) and __minus(other).
#define WS_ITERATOR(Self)                                                                          \
  using difference_type = long;                                                                    \
  __host__ __device__ Self& operator+=(long count) {                                               \
    __move(count);                                                                                 \
    return *this;                                                                                  \
  }                                                                                                \
  __host__ __device__ Self& operator-=(long count) {                                               \
    __move(-count);                                                                                \
    return *this;                                                                                  \
  }                                                                                                \
  __host__ __device__ Self operator+(long count) const {                                           \
    Self at = *this;                                                                               \
    at.__move(count);                                                                              \
    return at;                                                                                     \
  }                                                                                                \
  __host__ __device__ Self operator-(long count) const {                                           \
    Self at = *this;                                                                               \
    at.__move(-count);                                                                             \
    return at;                                                                                     \
  }                                                                                                \
  __host__ __device__ Self& operator++() {                                                         \
    __move(1);                                                                                     \
    return *this;                                                                                  \
  }                                                                                                \
  __host__ __device__ Self& operator--() {                                                         \
    __move(-1);                                                                                    \
    return *this;                                                                                  \
  }                                                                                                \
  __host__ __device__ Self operator++(int) {                                                       \
    const Self before = *this;                                                                     \
    __move(1);                                                                                     \
    return before;                                                                                 \
  }                                                                                                \
  __host__ __device__ Self operator--(int) {                                                       \
    const Self before = *this;                                                                     \
    __move(-1);                                                                                    \
    return before;                                                                                 \
  }                                                                                                \
  __host__ __device__ long operator-(const Self& o) const { return __minus(o); }                   \
  __host__ __device__ bool operator==(const Self& o) const { return __minus(o) == 0; }             \
  __host__ __device__ bool operator!=(const Self& o) const { return __minus(o) != 0; }             \
  __host__ __device__ bool operator<(const Self& o) const { return __minus(o) < 0; }               \
  __host__ __device__ bool operator>(const Self& o) const { return __minus(o) > 0; }               \
  __host__ __device__ bool operator<=(const Self& o) const { return __minus(o) <= 0; }             \
  __host__ __device__ bool operator>=(const Self& o) const { return __minus(o) >= 0; }

template <typename T>
struct device_ptr {
  using value_type = std::remove_cv_t<T>;
  using element_type = T;
  using reference = device_reference<T>;
  using pointer = device_ptr<T>;
  T* __at;
  __host__ __device__ device_ptr() : __at(nullptr) {}
  __host__ __device__ explicit device_ptr(T* at) : __at(at) {}
  template <typename U>
  __host__ __device__ device_ptr(const device_ptr<U>& o) : __at(o.__at) {}
  __host__ __device__ T* get() const { return __at; }
  __host__ __device__ explicit operator bool() const { return __at != nullptr; }
  __host__ __device__ reference operator*() const { return reference(__at); }
  __host__ __device__ reference operator[](long i) const { return reference(__at + i); }
  __host__ __device__ void __move(long count) { __at += count; }
  __host__ __device__ long __minus(const device_ptr<T>& o) const { return __at - o.__at; }
  WS_ITERATOR(device_ptr<T>)
};
template <typename T>
__host__ inline device_ptr<T> operator&(const device_reference<T>& x) {
  return device_ptr<T>(x.__at);
}
template <typename T>
struct __system_of<device_ptr<T>> {
  static constexpr int value = __on_device;
};
template <typename T>
struct __raw_of<device_ptr<T>> {
  using type = T*;
  __host__ __device__ static T* get(const device_ptr<T>& at) { return at.__at; }
};

template <typename T>
__host__ __device__ inline T* raw_pointer_cast(T* at) {
  return at;
}
template <typename T>
__host__ __device__ inline T* raw_pointer_cast(const device_ptr<T>& at) {
  return at.__at;
}
template <typename T>
__host__ __device__ inline device_ptr<T> device_pointer_cast(T* at) {
  return device_ptr<T>(at);
}
template <typename T>
__host__ __device__ inline device_ptr<T> device_pointer_cast(const device_ptr<T>& at) {
  return at;
}
template <typename T>
__host__ inline T* __allocate(size_t count) {
  T* at = nullptr;
  if (count != 0 && cudaMalloc((void**)&at, count * sizeof(T)) != cudaSuccess) abort();
  return at;
}
template <typename T>
__host__ inline device_ptr<T> device_malloc(size_t count) {
  return device_ptr<T>(__allocate<T>(count));
}
template <typename T>
__host__ inline void device_free(device_ptr<T> at) {
  cudaFree((void*)at.__at);
}

// Memory of the device for as long as an algorithm runs.
template <typename T>
struct __temporary {
  T* at;
  __host__ explicit __temporary(long count) : at(__allocate<T>((size_t)count)) {}
  __host__ __temporary(const __temporary<T>&) = delete;
  __host__ ~__temporary() { cudaFree(at); }
};

template <typename T>
__host__ __device__ inline void swap(T& a, T& b) {
  const T first = a;
  a = b;
  b = first;
}
template <typename T>
__host__ __device__ inline T max(const T& a, const T& b) {
  return a < b ? b : a;
}
template <typename T>
__host__ __device__ inline T min(const T& a, const T& b) {
  return b < a ? b : a;
}
template <typename T, typename C>
__host__ __device__ inline T max(const T& a, const T& b, C less) {
  return less(a, b) ? b : a;
}
template <typename T, typename C>
__host__ __device__ inline T min(const T& a, const T& b, C less) {
  return less(b, a) ? b : a;
}

}  // namespace thrust
