// <cuda/atomic> in the dialect, of device code: atomics with scopes and orders.
namespace cuda {

enum thread_scope {
  thread_scope_system,
  thread_scope_device,
  thread_scope_block,
  thread_scope_thread
};
enum memory_order {
  memory_order_relaxed,
  memory_order_consume,
  memory_order_acquire,
  memory_order_release,
  memory_order_acq_rel,
  memory_order_seq_cst
};

template <int kScope>
__device__ inline void __fence() {
  if constexpr (kScope == thread_scope_system) {
    __threadfence_system();
  } else if constexpr (kScope == thread_scope_device) {
    __threadfence();
  } else if constexpr (kScope == thread_scope_block) {
    __threadfence_block();
  }
}
__device__ inline void atomic_thread_fence(int order, thread_scope scope = thread_scope_system) {
  if (order == memory_order_relaxed) return;
  if (scope == thread_scope_system) __threadfence_system();
  if (scope == thread_scope_device) __threadfence();
  if (scope == thread_scope_block) __threadfence_block();
}

// Words as the atomic functions take them.
template <int kBytes>
struct __word {};
template <>
struct __word<4> { typedef unsigned type; };
template <>
struct __word<8> { typedef unsigned long long type; };

#define WS_BY_SCOPE(f, ...)                             \
  if constexpr (kScope == thread_scope_system) {        \
    return f##_system(__VA_ARGS__);                     \
  } else if constexpr (kScope == thread_scope_device) { \
    return f(__VA_ARGS__);                              \
  } else {                                              \
    return f##_block(__VA_ARGS__);                      \
  }
#define WS_OPERATION(name, f)                            \
  template <int kScope, typename T>                      \
  __device__ inline T __scoped_##name(T* p, T value) {   \
    WS_BY_SCOPE(f, p, value)                             \
  }
WS_OPERATION(add, atomicAdd)
WS_OPERATION(exchange, atomicExch)
WS_OPERATION(min, atomicMin)
WS_OPERATION(max, atomicMax)
WS_OPERATION(and, atomicAnd)
WS_OPERATION(or, atomicOr)
WS_OPERATION(xor, atomicXor)
template <int kScope, typename T>
__device__ inline T __scoped_cas(T* p, T expected, T value) {
  WS_BY_SCOPE(atomicCAS, p, expected, value)
}
#undef WS_OPERATION
#undef WS_BY_SCOPE

template <typename T, thread_scope kScope = thread_scope_system>
struct atomic_ref {
  typedef T value_type;
  typedef typename __word<(int)sizeof(T)>::type __bits;
  static constexpr bool is_always_lock_free = true;
  static constexpr size_t required_alignment = sizeof(T);
  T* __p;

  __device__ explicit atomic_ref(T& object) : __p(&object) {}

  __device__ static void __before(int order) {
    if (order >= memory_order_release) __fence<kScope>();
  }
  __device__ static void __after(int order) {
    if (order != memory_order_relaxed && order != memory_order_release) __fence<kScope>();
  }
  __device__ static __bits __to_bits(T value) { return *reinterpret_cast<__bits*>(&value); }
  __device__ static T __of_bits(__bits bits) { return *reinterpret_cast<T*>(&bits); }
  __device__ __bits* __word_at() const { return reinterpret_cast<__bits*>(__p); }

  __device__ bool is_lock_free() const { return true; }
  __device__ T load(int order = memory_order_seq_cst) const {
    if (order == memory_order_seq_cst) __fence<kScope>();
    const __bits bits = *reinterpret_cast<const volatile __bits*>(__p);
    __after(order);
    return __of_bits(bits);
  }
  __device__ void store(T value, int order = memory_order_seq_cst) const {
    __before(order);
    *reinterpret_cast<volatile __bits*>(__p) = __to_bits(value);
    if (order == memory_order_seq_cst) __fence<kScope>();
  }
  __device__ T exchange(T value, int order = memory_order_seq_cst) const {
    __before(order);
    const __bits old = __scoped_exchange<kScope>(__word_at(), __to_bits(value));
    __after(order);
    return __of_bits(old);
  }
  __device__ bool compare_exchange_strong(T& expected, T value,
                                          int order = memory_order_seq_cst) const {
    __before(order);
    const __bits wanted = __to_bits(expected);
    const __bits old = __scoped_cas<kScope>(__word_at(), wanted, __to_bits(value));
    __after(order);
    if (old == wanted) return true;
    expected = __of_bits(old);
    return false;
  }
  __device__ bool compare_exchange_strong(T& expected, T value, int success, int failure) const {
    return compare_exchange_strong(expected, value, success > failure ? success : failure);
  }
  __device__ bool compare_exchange_weak(T& expected, T value,
                                        int order = memory_order_seq_cst) const {
    return compare_exchange_strong(expected, value, order);
  }
  __device__ bool compare_exchange_weak(T& expected, T value, int success, int failure) const {
    return compare_exchange_strong(expected, value, success, failure);
  }
  static constexpr bool __floating = std::is_floating_point<T>::value;
  __device__ T fetch_add(T value, int order = memory_order_seq_cst) const {
    __before(order);
    T old;
    if constexpr (__floating) {
      old = __scoped_add<kScope>(__p, value);
    } else {
      old = (T)__scoped_add<kScope>(__word_at(), (__bits)value);
    }
    __after(order);
    return old;
  }
  __device__ T fetch_sub(T value, int order = memory_order_seq_cst) const {
    return fetch_add((T)0 - value, order);
  }
#define WS_SELECT(name, first)                                                                \
  __device__ T fetch_##name(T value, int order = memory_order_seq_cst) const {                \
    __before(order);                                                                          \
    __bits seen = *reinterpret_cast<const volatile __bits*>(__p), was;                        \
    do {                                                                                      \
      was = seen;                                                                             \
      const T now = __of_bits(was);                                                           \
      seen = __scoped_cas<kScope>(__word_at(), was, __to_bits(first ? now : value));          \
    } while (seen != was);                                                                    \
    __after(order);                                                                           \
    return __of_bits(was);                                                                    \
  }
  WS_SELECT(min, now < value)
  WS_SELECT(max, value < now)
#undef WS_SELECT
#define WS_BITWISE(name)                                                               \
  __device__ T fetch_##name(T value, int order = memory_order_seq_cst) const {         \
    __before(order);                                                                   \
    const T old = (T)__scoped_##name<kScope>(__word_at(), (__bits)value);              \
    __after(order);                                                                    \
    return old;                                                                        \
  }
  WS_BITWISE(and)
  WS_BITWISE(or)
  WS_BITWISE(xor)
#undef WS_BITWISE
  __device__ void wait(T old, int order = memory_order_seq_cst) const {
    const __bits bits = __to_bits(old);
    while (*reinterpret_cast<const volatile __bits*>(__p) == bits) __nanosleep(64);
    __after(order);
  }
  __device__ void notify_one() const {}
  __device__ void notify_all() const {}
  __device__ operator T() const { return load(); }
  __device__ T operator=(T value) const {
    store(value);
    return value;
  }
  __device__ T operator++() const { return fetch_add((T)1) + (T)1; }
  __device__ T operator--() const { return fetch_sub((T)1) - (T)1; }
  __device__ T operator++(int) const { return fetch_add((T)1); }
  __device__ T operator--(int) const { return fetch_sub((T)1); }
  __device__ T operator+=(T value) const { return fetch_add(value) + value; }
  __device__ T operator-=(T value) const { return fetch_sub(value) - value; }
};

template <typename T, thread_scope kScope = thread_scope_system>
struct atomic {
  typedef T value_type;
  typedef atomic_ref<T, kScope> __ref;
  T __value;

  atomic() = default;
  __host__ __device__ constexpr atomic(T value) : __value(value) {}

  __device__ T load(int order = memory_order_seq_cst) { return __ref(__value).load(order); }
  __device__ void store(T value, int order = memory_order_seq_cst) {
    __ref(__value).store(value, order);
  }
  __device__ T exchange(T value, int order = memory_order_seq_cst) {
    return __ref(__value).exchange(value, order);
  }
  __device__ bool compare_exchange_strong(T& expected, T value, int order = memory_order_seq_cst) {
    return __ref(__value).compare_exchange_strong(expected, value, order);
  }
  __device__ bool compare_exchange_strong(T& expected, T value, int success, int failure) {
    return __ref(__value).compare_exchange_strong(expected, value, success, failure);
  }
  __device__ bool compare_exchange_weak(T& expected, T value, int order = memory_order_seq_cst) {
    return __ref(__value).compare_exchange_strong(expected, value, order);
  }
  __device__ bool compare_exchange_weak(T& expected, T value, int success, int failure) {
    return __ref(__value).compare_exchange_strong(expected, value, success, failure);
  }
#define WS_FETCH(name)                                                   \
  __device__ T fetch_##name(T value, int order = memory_order_seq_cst) { \
    return __ref(__value).fetch_##name(value, order);                    \
  }
  WS_FETCH(add)
  WS_FETCH(sub)
  WS_FETCH(min)
  WS_FETCH(max)
  WS_FETCH(and)
  WS_FETCH(or)
  WS_FETCH(xor)
#undef WS_FETCH
  __device__ void wait(T old, int order = memory_order_seq_cst) { __ref(__value).wait(old, order); }
  __device__ void notify_one() {}
  __device__ void notify_all() {}
  __device__ operator T() { return load(); }
  __device__ T operator=(T value) {
    store(value);
    return value;
  }
  __device__ T operator++() { return fetch_add((T)1) + (T)1; }
  __device__ T operator--() { return fetch_sub((T)1) - (T)1; }
  __device__ T operator++(int) { return fetch_add((T)1); }
  __device__ T operator--(int) { return fetch_sub((T)1); }
  __device__ T operator+=(T value) { return fetch_add(value) + value; }
  __device__ T operator-=(T value) { return fetch_sub(value) - value; }
};

}  // namespace cuda
