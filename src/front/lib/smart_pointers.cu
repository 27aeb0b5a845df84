// std::unique_ptr, std::shared_ptr and std::weak_ptr.

template <typename T>
struct __std_default_delete {
  __host__ void operator()(T* p) const { delete p; }
};
template <typename T>
struct __std_default_delete<T[]> {
  __host__ void operator()(T* p) const { delete[] p; }
};

// What unique pointers to objects and to arrays have in common.
template <typename T, typename D>
struct __std_unique_base {
  using pointer = T*;
  using deleter_type = D;
  using element_type = T;
  T* held;
  D deleter;
  __host__ __std_unique_base() : held(nullptr) {}
  __host__ explicit __std_unique_base(T* p) : held(p) {}
  __host__ __std_unique_base(T* p, const D& d) : held(p), deleter(d) {}
  __host__ __std_unique_base(const __std_unique_base<T, D>& o) = delete;
  __host__ ~__std_unique_base() {
    if (held != nullptr) deleter(held);
  }
  __host__ T* get() const { return held; }
  __host__ D& get_deleter() { return deleter; }
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
  __host__ void swap(__std_unique_base<T, D>& o) {
    T* const p = held;
    held = o.held;
    o.held = p;
  }
  __host__ bool operator==(const __std_unique_base<T, D>& o) const { return held == o.held; }
  __host__ bool operator!=(const __std_unique_base<T, D>& o) const { return held != o.held; }
  __host__ bool operator<(const __std_unique_base<T, D>& o) const { return held < o.held; }
  __host__ bool operator==(decltype(nullptr)) const { return held == nullptr; }
  __host__ bool operator!=(decltype(nullptr)) const { return held != nullptr; }
};
template <typename T, typename D = __std_default_delete<T>>
struct __std_unique_ptr : __std_unique_base<T, D> {
  using Base = __std_unique_base<T, D>;
  __host__ __std_unique_ptr() {}
  __host__ __std_unique_ptr(decltype(nullptr)) {}
  __host__ explicit __std_unique_ptr(T* p) : Base(p) {}
  __host__ __std_unique_ptr(T* p, const D& d) : Base(p, d) {}
  __host__ __std_unique_ptr(const __std_unique_ptr<T, D>& o) = delete;
  __host__ __std_unique_ptr(__std_unique_ptr<T, D>&& o) : Base(o.release(), o.deleter) {}
  // Of a derived class.
  template <typename U>
  __host__ __std_unique_ptr(__std_unique_ptr<U>&& o) : Base(o.release()) {}
  __host__ __std_unique_ptr<T, D>& operator=(__std_unique_ptr<T, D>&& o) {
    this->reset(o.release());
    return *this;
  }
  template <typename U>
  __host__ __std_unique_ptr<T, D>& operator=(__std_unique_ptr<U>&& o) {
    this->reset(o.release());
    return *this;
  }
  __host__ __std_unique_ptr<T, D>& operator=(decltype(nullptr)) {
    this->reset();
    return *this;
  }
};
template <typename T, typename D>
struct __std_unique_ptr<T[], D> : __std_unique_base<T, D> {
  using Base = __std_unique_base<T, D>;
  __host__ __std_unique_ptr() {}
  __host__ __std_unique_ptr(decltype(nullptr)) {}
  __host__ explicit __std_unique_ptr(T* p) : Base(p) {}
  __host__ __std_unique_ptr(T* p, const D& d) : Base(p, d) {}
  __host__ __std_unique_ptr(const __std_unique_ptr<T[], D>& o) = delete;
  __host__ __std_unique_ptr(__std_unique_ptr<T[], D>&& o) : Base(o.release(), o.deleter) {}
  __host__ __std_unique_ptr<T[], D>& operator=(__std_unique_ptr<T[], D>&& o) {
    this->reset(o.release());
    return *this;
  }
  __host__ __std_unique_ptr<T[], D>& operator=(decltype(nullptr)) {
    this->reset();
    return *this;
  }
};
template <typename T>
struct __std_made_unique {
  using type = T;
  static constexpr bool array = false;
};
template <typename T>
struct __std_made_unique<T[]> {
  using type = T;
  static constexpr bool array = true;
};
template <typename T>
__host__ inline T* __std_new_elements(unsigned long count) {
  return new T[count]();
}
template <typename T, typename... A>
__host__ inline __std_unique_ptr<T> __std_make_unique(A... a) {
  if constexpr (__std_made_unique<T>::array) {
    return __std_unique_ptr<T>(__std_new_elements<typename __std_made_unique<T>::type>(a...));
  } else {
    return __std_unique_ptr<T>(new T(a...));
  }
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
  __host__ __std_shared_ptr(decltype(nullptr)) : held(nullptr), shared(nullptr) {}
  __host__ explicit __std_shared_ptr(T* p) : held(p), shared(nullptr) {
    if (p != nullptr) Own(p, __std_end_shared<T>);
  }
  template <typename U>
  __host__ explicit __std_shared_ptr(U* p) : held(p), shared(nullptr) {
    if (p != nullptr) Own(p, __std_end_shared<U>);
  }
  __host__ __std_shared_ptr(T* p, __std_shared_count* count) : held(p), shared(count) { Join(); }
  __host__ __std_shared_ptr(const __std_shared_ptr<T>& o) : held(o.held), shared(o.shared) {
    Join();
  }
  __host__ __std_shared_ptr(__std_shared_ptr<T>&& o) : held(o.held), shared(o.shared) {
    o.held = nullptr;
    o.shared = nullptr;
  }
  template <typename U>
  __host__ __std_shared_ptr(const __std_shared_ptr<U>& o) : held(o.held), shared(o.shared) {
    Join();
  }
  template <typename U>
  __host__ __std_shared_ptr(__std_unique_ptr<U>&& o) : held(o.held), shared(nullptr) {
    if (o.held != nullptr) Own(o.release(), __std_end_shared<U>);
  }
  __host__ ~__std_shared_ptr() { Leave(); }
  __host__ __std_shared_ptr<T>& operator=(const __std_shared_ptr<T>& o) {
    return Take(o.held, o.shared);
  }
  __host__ __std_shared_ptr<T>& operator=(__std_shared_ptr<T>&& o) {
    Take(o.held, o.shared);
    o.Leave();
    return *this;
  }
  template <typename U>
  __host__ __std_shared_ptr<T>& operator=(const __std_shared_ptr<U>& o) {
    return Take(o.held, o.shared);
  }
  __host__ __std_shared_ptr<T>& operator=(decltype(nullptr)) {
    Leave();
    return *this;
  }
  __host__ void Join() {
    if (shared != nullptr) ++shared->owners;
  }
  __host__ __std_shared_ptr<T>& Take(T* p, __std_shared_count* count) {
    if (count != nullptr) ++count->owners;
    Leave();
    held = p;
    shared = count;
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
    held = nullptr;
    if (shared == nullptr) return;
    __std_shared_count* const count = shared;
    shared = nullptr;
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
  template <typename U>
  __host__ void reset(U* p) {
    Leave();
    held = p;
    if (p != nullptr) Own(p, __std_end_shared<U>);
  }
  __host__ void swap(__std_shared_ptr<T>& o) {
    T* const p = held;
    __std_shared_count* const count = shared;
    held = o.held;
    shared = o.shared;
    o.held = p;
    o.shared = count;
  }
  __host__ bool operator==(const __std_shared_ptr<T>& o) const { return held == o.held; }
  __host__ bool operator!=(const __std_shared_ptr<T>& o) const { return held != o.held; }
  __host__ bool operator<(const __std_shared_ptr<T>& o) const { return held < o.held; }
  __host__ bool operator==(decltype(nullptr)) const { return held == nullptr; }
  __host__ bool operator!=(decltype(nullptr)) const { return held != nullptr; }
};
template <typename T>
struct __std_weak_ptr {
  T* held;
  __std_shared_count* shared;
  __host__ __std_weak_ptr() : held(nullptr), shared(nullptr) {}
  template <typename U>
  __host__ __std_weak_ptr(const __std_shared_ptr<U>& o) : held(o.held), shared(o.shared) {
    Join();
  }
  __host__ __std_weak_ptr(const __std_weak_ptr<T>& o) : held(o.held), shared(o.shared) { Join(); }
  __host__ ~__std_weak_ptr() { Leave(); }
  __host__ __std_weak_ptr<T>& operator=(const __std_weak_ptr<T>& o) {
    return Take(o.held, o.shared);
  }
  template <typename U>
  __host__ __std_weak_ptr<T>& operator=(const __std_shared_ptr<U>& o) {
    return Take(o.held, o.shared);
  }
  __host__ void Join() {
    if (shared != nullptr) ++shared->watchers;
  }
  __host__ __std_weak_ptr<T>& Take(T* p, __std_shared_count* count) {
    if (count != nullptr) ++count->watchers;
    Leave();
    held = p;
    shared = count;
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
    if (expired()) return __std_shared_ptr<T>();
    return __std_shared_ptr<T>(held, shared);
  }
  __host__ void reset() { Leave(); }
};
template <typename T, typename... A>
__host__ inline __std_shared_ptr<T> __std_make_shared(A... a) {
  return __std_shared_ptr<T>(new T(a...));
}
template <typename T, typename U>
__host__ inline __std_shared_ptr<T> __std_static_pointer_cast(const __std_shared_ptr<U>& p) {
  return __std_shared_ptr<T>(static_cast<T*>(p.held), p.shared);
}
