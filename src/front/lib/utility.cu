// std::optional, std::unique_ptr, and std::integral_constant.
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

template <typename T>
struct __std_default_delete {
  __host__ void operator()(T* p) const { delete p; }
};
template <typename T>
struct __std_default_delete<T[]> {
  __host__ void operator()(T* p) const { delete[] p; }
};
template <typename T, typename D = __std_default_delete<T>>
struct __std_unique_ptr {
  using pointer = T*;
  T* held;
  D deleter;
  __host__ __std_unique_ptr() : held(nullptr) {}
  __host__ explicit __std_unique_ptr(T* p) : held(p) {}
  __host__ __std_unique_ptr(T* p, const D& d) : held(p), deleter(d) {}
  __host__ __std_unique_ptr(const __std_unique_ptr<T, D>& o) = delete;
  __host__ __std_unique_ptr(__std_unique_ptr<T, D>&& o) : held(o.held) { o.held = nullptr; }
  __host__ ~__std_unique_ptr() {
    if (held != nullptr) deleter(held);
  }
  __host__ __std_unique_ptr<T, D>& operator=(__std_unique_ptr<T, D>&& o) {
    T* const p = o.held;
    o.held = nullptr;
    reset(p);
    return *this;
  }
  __host__ T* get() const { return held; }
  __host__ T& operator*() const { return *held; }
  __host__ T* operator->() const { return held; }
  __host__ T& operator[](unsigned long i) const { return held[i]; }
  __host__ explicit operator bool() const { return held != nullptr; }
  __host__ T* release() {
    T* const p = held;
    held = nullptr;
    return p;
  }
  __host__ void reset(T* p = nullptr) {
    T* const old = held;
    held = p;
    if (old != nullptr) deleter(old);
  }
};
template <typename T, typename D>
struct __std_unique_ptr<T[], D> {
  using pointer = T*;
  T* held;
  D deleter;
  __host__ __std_unique_ptr() : held(nullptr) {}
  __host__ explicit __std_unique_ptr(T* p) : held(p) {}
  __host__ __std_unique_ptr(T* p, const D& d) : held(p), deleter(d) {}
  __host__ __std_unique_ptr(const __std_unique_ptr<T[], D>& o) = delete;
  __host__ __std_unique_ptr(__std_unique_ptr<T[], D>&& o) : held(o.held) { o.held = nullptr; }
  __host__ ~__std_unique_ptr() {
    if (held != nullptr) deleter(held);
  }
  __host__ __std_unique_ptr<T[], D>& operator=(__std_unique_ptr<T[], D>&& o) {
    T* const p = o.held;
    o.held = nullptr;
    reset(p);
    return *this;
  }
  __host__ T* get() const { return held; }
  __host__ T& operator*() const { return *held; }
  __host__ T* operator->() const { return held; }
  __host__ T& operator[](unsigned long i) const { return held[i]; }
  __host__ explicit operator bool() const { return held != nullptr; }
  __host__ T* release() {
    T* const p = held;
    held = nullptr;
    return p;
  }
  __host__ void reset(T* p = nullptr) {
    T* const old = held;
    held = p;
    if (old != nullptr) deleter(old);
  }
};
template <typename T, typename... A>
__host__ inline __std_unique_ptr<T> __std_make_unique(A... a) {
  return __std_unique_ptr<T>(new T(a...));
}

// What the pointers to one object share: how many they are, and how it ends.
struct __std_shared_count {
  long owners;
  long watchers;  // weak pointers, and one for all owners
  void* object;
  void (*end)(void*);
};
template <typename T>
__host__ void __std_end_shared(void* p) {
  delete (T*)p;
}

template <typename T>
struct __std_shared_ptr {
  using element_type = T;
  T* held;
  __std_shared_count* shared;
  __host__ __std_shared_ptr() : held(nullptr), shared(nullptr) {}
  __host__ __std_shared_ptr(T* p) : held(p), shared(nullptr) {
    if (p != nullptr) Own(p, __std_end_shared<T>);
  }
  __host__ __std_shared_ptr(const __std_shared_ptr<T>& o) : held(o.held), shared(o.shared) {
    if (shared != nullptr) ++shared->owners;
  }
  __host__ ~__std_shared_ptr() { Leave(); }
  __host__ __std_shared_ptr<T>& operator=(const __std_shared_ptr<T>& o) {
    if (o.shared != nullptr) ++o.shared->owners;
    Leave();
    held = o.held;
    shared = o.shared;
    return *this;
  }
  __host__ __std_shared_ptr<T>& operator=(T* p) {
    reset(p);
    return *this;
  }
  __host__ void Own(void* p, void (*end)(void*)) {
    shared = new __std_shared_count();
    shared->owners = 1;
    shared->watchers = 1;
    shared->object = p;
    shared->end = end;
  }
  __host__ void Leave() {
    if (shared == nullptr) return;
    __std_shared_count* const count = shared;
    shared = nullptr;
    held = nullptr;
    --count->owners;
    if (count->owners > 0) return;
    count->end(count->object);
    --count->watchers;
    if (count->watchers == 0) delete count;
  }
  __host__ T* get() const { return held; }
  __host__ T& operator*() const { return *held; }
  __host__ T* operator->() const { return held; }
  __host__ explicit operator bool() const { return held != nullptr; }
  __host__ long use_count() const { return shared == nullptr ? 0 : shared->owners; }
  __host__ bool unique() const { return use_count() == 1; }
  __host__ void reset() { Leave(); }
  __host__ void reset(T* p) {
    Leave();
    held = p;
    if (p != nullptr) Own(p, __std_end_shared<T>);
  }
  __host__ bool operator==(const __std_shared_ptr<T>& o) const { return held == o.held; }
  __host__ bool operator!=(const __std_shared_ptr<T>& o) const { return held != o.held; }
};
template <typename T>
struct __std_weak_ptr {
  T* held;
  __std_shared_count* shared;
  __host__ __std_weak_ptr() : held(nullptr), shared(nullptr) {}
  __host__ __std_weak_ptr(const __std_shared_ptr<T>& o) : held(o.held), shared(o.shared) {
    if (shared != nullptr) ++shared->watchers;
  }
  __host__ __std_weak_ptr(const __std_weak_ptr<T>& o) : held(o.held), shared(o.shared) {
    if (shared != nullptr) ++shared->watchers;
  }
  __host__ ~__std_weak_ptr() { Leave(); }
  __host__ __std_weak_ptr<T>& operator=(const __std_weak_ptr<T>& o) {
    if (o.shared != nullptr) ++o.shared->watchers;
    Leave();
    held = o.held;
    shared = o.shared;
    return *this;
  }
  __host__ void Leave() {
    if (shared == nullptr) return;
    --shared->watchers;
    if (shared->watchers == 0) delete shared;
    shared = nullptr;
  }
  __host__ bool expired() const { return shared == nullptr || shared->owners == 0; }
  __host__ long use_count() const { return shared == nullptr ? 0 : shared->owners; }
  __host__ __std_shared_ptr<T> lock() const {
    __std_shared_ptr<T> made;
    if (expired()) return made;
    made.held = held;
    made.shared = shared;
    ++shared->owners;
    return made;
  }
  __host__ void reset() { Leave(); }
};
template <typename T, typename... A>
__host__ inline __std_shared_ptr<T> __std_make_shared(A... a) {
  return __std_shared_ptr<T>(new T(a...));
}
