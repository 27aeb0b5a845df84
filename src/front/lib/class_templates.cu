// <utility>, <array>, <functional> in the dialect. See library.def.

template <typename T0, typename T1>
struct __std_pair {
  T0 first;
  T1 second;
  using first_type = T0;
  using second_type = T1;
  __host__ __device__ __std_pair() : first(), second() {}
  __host__ __device__ __std_pair(const T0& a, const T1& b) : first(a), second(b) {}
  __host__ __device__ bool operator<(const __std_pair& o) const {
    return first < o.first || (!(o.first < first) && second < o.second);
  }
  __host__ __device__ bool operator>(const __std_pair& o) const { return o < *this; }
  __host__ __device__ bool operator==(const __std_pair& o) const {
    return first == o.first && second == o.second;
  }
  __host__ __device__ bool operator!=(const __std_pair& o) const { return !(*this == o); }
};

template <typename A, typename B>
__host__ __device__ inline __std_pair<A, B> __std_make_pair(A a, B b) {
  return __std_pair<A, B>(a, b);
}

template <typename T0, size_t T1>
struct __std_array {
  T0 elements[T1];
  using value_type = T0;
  __host__ __device__ T0& operator[](size_t i) { return elements[i]; }
  __host__ __device__ const T0& operator[](size_t i) const { return elements[i]; }
  __host__ __device__ T0* data() { return elements; }
  __host__ __device__ const T0* data() const { return elements; }
  __host__ __device__ T0* begin() { return elements; }
  __host__ __device__ const T0* begin() const { return elements; }
  __host__ __device__ T0* end() { return elements + T1; }
  __host__ __device__ const T0* end() const { return elements + T1; }
  __host__ __device__ size_t size() const { return T1; }
  __host__ __device__ bool empty() const { return T1 == 0; }
  __host__ __device__ T0& front() { return elements[0]; }
  __host__ __device__ T0& back() { return elements[T1 - 1]; }
  __host__ __device__ void fill(const T0& value) {
    for (size_t i = 0; i < T1; ++i) elements[i] = value;
  }
};

template <typename T0 = void>
struct __std_greater {
  __host__ __device__ bool operator()(const T0& a, const T0& b) const { return a > b; }
};
template <typename T0 = void>
struct __std_less {
  __host__ __device__ bool operator()(const T0& a, const T0& b) const { return a < b; }
};
template <typename T0 = void>
struct __std_greater_equal {
  __host__ __device__ bool operator()(const T0& a, const T0& b) const { return a >= b; }
};
template <typename T0 = void>
struct __std_less_equal {
  __host__ __device__ bool operator()(const T0& a, const T0& b) const { return a <= b; }
};
template <typename T0 = void>
struct __std_plus {
  __host__ __device__ T0 operator()(const T0& a, const T0& b) const { return a + b; }
};
template <typename T0 = void>
struct __std_minus {
  __host__ __device__ T0 operator()(const T0& a, const T0& b) const { return a - b; }
};
template <typename T0 = void>
struct __std_multiplies {
  __host__ __device__ T0 operator()(const T0& a, const T0& b) const { return a * b; }
};
template <>
struct __std_greater<void> {
  template <typename A, typename B>
  __host__ __device__ bool operator()(const A& a, const B& b) const { return a > b; }
};
template <>
struct __std_less<void> {
  template <typename A, typename B>
  __host__ __device__ bool operator()(const A& a, const B& b) const { return a < b; }
};
template <>
struct __std_greater_equal<void> {
  template <typename A, typename B>
  __host__ __device__ bool operator()(const A& a, const B& b) const { return a >= b; }
};
template <>
struct __std_less_equal<void> {
  template <typename A, typename B>
  __host__ __device__ bool operator()(const A& a, const B& b) const { return a <= b; }
};
template <>
struct __std_plus<void> {
  template <typename A, typename B>
  __host__ __device__ auto operator()(const A& a, const B& b) const { return a + b; }
};
template <>
struct __std_minus<void> {
  template <typename A, typename B>
  __host__ __device__ auto operator()(const A& a, const B& b) const { return a - b; }
};
template <>
struct __std_multiplies<void> {
  template <typename A, typename B>
  __host__ __device__ auto operator()(const A& a, const B& b) const { return a * b; }
};
