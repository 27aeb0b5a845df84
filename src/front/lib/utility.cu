// std::optional and std::integral_constant.

template <typename T, T kValue>
struct __std_integral_constant {
  static constexpr T value = kValue;
  using value_type = T;
  __host__ __device__ constexpr operator T() const { return kValue; }
  __host__ __device__ constexpr T operator()() const { return kValue; }
};
template <bool kValue>
using __std_bool_constant = __std_integral_constant<bool, kValue>;
using __std_true_type = __std_integral_constant<bool, true>;
using __std_false_type = __std_integral_constant<bool, false>;

template <typename T>
__host__ __device__ T&& __std_declval() {  // named in decltype alone
  return static_cast<T&&>(*static_cast<std::remove_reference_t<T>*>(nullptr));
}

struct __std_nullopt_type {
  int unused;
};
constexpr __std_nullopt_type __std_nullopt = {0};

template <typename T>
struct __std_optional {
  using value_type = T;
  T held;
  bool has;
  __host__ __device__ __std_optional() : held(), has(false) {}
  __host__ __device__ __std_optional(const __std_nullopt_type&) : held(), has(false) {}
  __host__ __device__ __std_optional(const T& x) : held(x), has(true) {}
  __host__ __device__ bool has_value() const { return has; }
  __host__ __device__ explicit operator bool() const { return has; }
  __host__ __device__ T& operator*() { return held; }
  __host__ __device__ const T& operator*() const { return held; }
  __host__ __device__ T* operator->() { return &held; }
  __host__ __device__ const T* operator->() const { return &held; }
  __host__ T& value() {
    if (!has) abort();
    return held;
  }
  __host__ __device__ T value_or(const T& otherwise) const { return has ? held : otherwise; }
  __host__ __device__ void reset() { has = false; }
};
