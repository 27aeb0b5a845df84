// <thrust/host_vector.h>, <thrust/device_vector.h> in the dialect.
#include <thrust/__algorithms>
#include <thrust/__reduce>

namespace thrust {

template <typename T>
struct device_allocator {
  using value_type = T;
};

template <typename T, typename A>
struct device_vector;

template <typename T, typename A = int>
struct host_vector {
  using value_type = T;
  using size_type = size_t;
  using difference_type = long;
  using reference = T&;
  using const_reference = const T&;
  using pointer = T*;
  using iterator = T*;
  using const_iterator = const T*;
  T* __first;
  size_t __count;
  size_t __room;
  __host__ host_vector() : __first(nullptr), __count(0), __room(0) {}
  __host__ explicit host_vector(size_t count) : __first(nullptr), __count(0), __room(0) {
    resize(count);
  }
  __host__ host_vector(size_t count, const T& value) : __first(nullptr), __count(0), __room(0) {
    resize(count, value);
  }
  __host__ host_vector(const host_vector<T, A>& o) : __first(nullptr), __count(0), __room(0) {
    assign(o.begin(), o.end());
  }
  __host__ host_vector(host_vector<T, A>&& o)
      : __first(o.__first), __count(o.__count), __room(o.__room) {
    o.__first = nullptr;
    o.__count = 0;
    o.__room = 0;
  }
  template <typename U, typename B>
  __host__ host_vector(const host_vector<U, B>& o) : __first(nullptr), __count(0), __room(0) {
    assign(o.begin(), o.end());
  }
  template <typename U, typename B>
  __host__ host_vector(const device_vector<U, B>& o) : __first(nullptr), __count(0), __room(0) {
    assign(o.begin(), o.end());
  }
  template <typename U>
  __host__ host_vector(const std::vector<U>& o) : __first(nullptr), __count(0), __room(0) {
    assign(o.data(), o.data() + o.size());
  }
  template <typename I>
  __host__ host_vector(I first, I last) : __first(nullptr), __count(0), __room(0) {
    assign(first, last);
  }
  __host__ ~host_vector() {
    if (__first != nullptr) delete[] __first;
  }
  __host__ host_vector<T, A>& operator=(const host_vector<T, A>& o) {
    if (this != &o) assign(o.begin(), o.end());
    return *this;
  }
  template <typename U, typename B>
  __host__ host_vector<T, A>& operator=(const host_vector<U, B>& o) {
    assign(o.begin(), o.end());
    return *this;
  }
  template <typename U, typename B>
  __host__ host_vector<T, A>& operator=(const device_vector<U, B>& o) {
    assign(o.begin(), o.end());
    return *this;
  }
  template <typename U>
  __host__ host_vector<T, A>& operator=(const std::vector<U>& o) {
    assign(o.data(), o.data() + o.size());
    return *this;
  }
  __host__ void reserve(size_t count) {
    if (count <= __room) return;
    T* const larger = new T[count];
    for (size_t i = 0; i < __count; ++i) larger[i] = __first[i];
    if (__first != nullptr) delete[] __first;
    __first = larger;
    __room = count;
  }
  __host__ void resize(size_t count) { resize(count, T()); }
  __host__ void resize(size_t count, const T& value) {
    const T held = value;
    reserve(count);
    for (size_t i = __count; i < count; ++i) __first[i] = held;
    __count = count;
  }
  template <typename I>
  __host__ void assign(I first, I last) {
    if constexpr (std::is_arithmetic<I>::value) {
      __count = 0;
      resize((size_t)first, (T)last);
    } else {
      const size_t count = (size_t)(last - first);
      if (count > __room) {
        __count = 0;
        reserve(count);
      }
      __count = count;
      thrust::copy(first, last, __first);
    }
  }
  __host__ void push_back(const T& value) {
    const T held = value;
    if (__count == __room) reserve(__room == 0 ? 4 : 2 * __room);
    __first[__count] = held;
    ++__count;
  }
  __host__ void pop_back() { --__count; }
  __host__ void clear() { __count = 0; }
  __host__ void shrink_to_fit() {}
  __host__ void swap(host_vector<T, A>& o) {
    thrust::swap(__first, o.__first);
    thrust::swap(__count, o.__count);
    thrust::swap(__room, o.__room);
  }
  __host__ T* erase(T* first, T* last) {
    T* const at = first;
    for (T* from = last; from != end(); ++from, ++first) *first = *from;
    __count = (size_t)(first - __first);
    return at;
  }
  __host__ T* erase(T* at) {
    for (T* to = at; to + 1 != end(); ++to) *to = to[1];
    --__count;
    return at;
  }
  __host__ T* insert(T* at, const T& value) {
    const size_t place = at - __first;
    push_back(value);
    for (size_t i = __count - 1; i > place; --i) thrust::swap(__first[i], __first[i - 1]);
    return __first + place;
  }
  template <typename I>
  __host__ void insert(T* at, I first, I last) {
    if constexpr (std::is_integral<I>::value) {
      insert(at, (size_t)first, (T)last);
    } else {
      const host_vector<T, A> added(first, last);
      __insert_all(at, added);
    }
  }
  __host__ void insert(T* at, size_t count, const T& value) {
    const host_vector<T, A> added(count, value);
    __insert_all(at, added);
  }
  __host__ void __insert_all(T* at, const host_vector<T, A>& added) {
    const size_t place = (size_t)(at - __first);
    const size_t count = added.__count;
    const size_t before = __count;
    resize(before + count);
    for (size_t i = before; i > place; --i) __first[i - 1 + count] = __first[i - 1];
    for (size_t i = 0; i < count; ++i) __first[place + i] = added.__first[i];
  }
  __host__ size_t size() const { return __count; }
  __host__ size_t capacity() const { return __room; }
  __host__ bool empty() const { return __count == 0; }
  __host__ T* data() { return __first; }
  __host__ const T* data() const { return __first; }
  __host__ T* begin() { return __first; }
  __host__ T* end() { return __first + __count; }
  __host__ const T* begin() const { return __first; }
  __host__ const T* end() const { return __first + __count; }
  __host__ const T* cbegin() const { return __first; }
  __host__ const T* cend() const { return __first + __count; }
  __host__ reverse_iterator<T*> rbegin() { return reverse_iterator<T*>(end()); }
  __host__ reverse_iterator<T*> rend() { return reverse_iterator<T*>(begin()); }
  __host__ T& operator[](size_t i) { return __first[i]; }
  __host__ const T& operator[](size_t i) const { return __first[i]; }
  __host__ T& front() { return __first[0]; }
  __host__ const T& front() const { return __first[0]; }
  __host__ T& back() { return __first[__count - 1]; }
  __host__ const T& back() const { return __first[__count - 1]; }
  __host__ bool operator==(const host_vector<T, A>& o) const {
    return __count == o.__count && thrust::equal(begin(), end(), o.begin());
  }
  __host__ bool operator!=(const host_vector<T, A>& o) const { return !(*this == o); }
};

template <typename T, typename A = int>
struct device_vector {
  using value_type = T;
  using size_type = size_t;
  using difference_type = long;
  using reference = device_reference<T>;
  using const_reference = device_reference<const T>;
  using pointer = device_ptr<T>;
  using const_pointer = device_ptr<const T>;
  using iterator = device_ptr<T>;
  using const_iterator = device_ptr<const T>;
  T* __first;
  size_t __count;
  size_t __room;
  __host__ device_vector() : __first(nullptr), __count(0), __room(0) {}
  __host__ explicit device_vector(size_t count) : __first(nullptr), __count(0), __room(0) {
    resize(count);
  }
  __host__ device_vector(size_t count, const T& value) : __first(nullptr), __count(0), __room(0) {
    resize(count, value);
  }
  __host__ device_vector(const device_vector<T, A>& o) : __first(nullptr), __count(0), __room(0) {
    assign(o.begin(), o.end());
  }
  __host__ device_vector(device_vector<T, A>&& o)
      : __first(o.__first), __count(o.__count), __room(o.__room) {
    o.__first = nullptr;
    o.__count = 0;
    o.__room = 0;
  }
  template <typename U, typename B>
  __host__ device_vector(const device_vector<U, B>& o) : __first(nullptr), __count(0), __room(0) {
    assign(o.begin(), o.end());
  }
  template <typename U, typename B>
  __host__ device_vector(const host_vector<U, B>& o) : __first(nullptr), __count(0), __room(0) {
    assign(o.begin(), o.end());
  }
  template <typename U>
  __host__ device_vector(const std::vector<U>& o) : __first(nullptr), __count(0), __room(0) {
    assign(o.data(), o.data() + o.size());
  }
  template <typename I>
  __host__ device_vector(I first, I last) : __first(nullptr), __count(0), __room(0) {
    assign(first, last);
  }
  __host__ ~device_vector() {
    if (__first != nullptr) cudaFree(__first);
  }
  __host__ device_vector<T, A>& operator=(const device_vector<T, A>& o) {
    if (this != &o) assign(o.begin(), o.end());
    return *this;
  }
  template <typename U, typename B>
  __host__ device_vector<T, A>& operator=(const device_vector<U, B>& o) {
    assign(o.begin(), o.end());
    return *this;
  }
  template <typename U, typename B>
  __host__ device_vector<T, A>& operator=(const host_vector<U, B>& o) {
    assign(o.begin(), o.end());
    return *this;
  }
  template <typename U>
  __host__ device_vector<T, A>& operator=(const std::vector<U>& o) {
    assign(o.data(), o.data() + o.size());
    return *this;
  }
  __host__ void reserve(size_t count) {
    if (count <= __room) return;
    T* const larger = __allocate<T>(count);
    if (__count != 0) cudaMemcpy(larger, __first, __count * sizeof(T), cudaMemcpyDeviceToDevice);
    if (__first != nullptr) cudaFree(__first);
    __first = larger;
    __room = count;
  }
  __host__ void resize(size_t count) { resize(count, T()); }
  __host__ void resize(size_t count, const T& value) {
    reserve(count);
    if (count > __count) thrust::fill(device, __first + __count, __first + count, value);
    __count = count;
  }
  template <typename I>
  __host__ void assign(I first, I last) {
    if constexpr (std::is_arithmetic<I>::value) {
      __count = 0;
      resize((size_t)first, (T)last);
    } else {
      const size_t count = (size_t)(last - first);
      if (count > __room) {
        __count = 0;
        reserve(count);
      }
      __count = count;
      thrust::copy(first, last, begin());
    }
  }
  __host__ void push_back(const T& value) {
    if (__count == __room) reserve(__room == 0 ? 4 : 2 * __room);
    ++__count;
    (*this)[__count - 1] = value;
  }
  __host__ void pop_back() { --__count; }
  __host__ void clear() { __count = 0; }
  __host__ void shrink_to_fit() {}
  __host__ void swap(device_vector<T, A>& o) {
    thrust::swap(__first, o.__first);
    thrust::swap(__count, o.__count);
    thrust::swap(__room, o.__room);
  }
  __host__ iterator erase(iterator first, iterator last) {
    const long behind = end() - last;
    if (behind > 0 && last != first) {
      const device_vector<T, A> rest(last, end());
      thrust::copy(rest.begin(), rest.end(), first);
    }
    __count = (size_t)(first - begin() + behind);
    return first;
  }
  __host__ iterator erase(iterator at) { return erase(at, at + 1); }
  template <typename I>
  __host__ void insert(iterator at, I first, I last) {
    if constexpr (std::is_integral<I>::value) {
      insert(at, (size_t)first, (T)last);
    } else {
      const device_vector<T, A> added(first, last);
      __insert_all(at, added);
    }
  }
  __host__ void insert(iterator at, size_t count, const T& value) {
    const device_vector<T, A> added(count, value);
    __insert_all(at, added);
  }
  __host__ iterator insert(iterator at, const T& value) {
    const long place = at - begin();
    insert(at, (size_t)1, value);
    return begin() + place;
  }
  __host__ void __insert_all(iterator at, const device_vector<T, A>& added) {
    const long place = at - begin();
    const device_vector<T, A> rest(at, end());
    reserve(__count + added.__count);
    __count += added.__count;
    thrust::copy(added.begin(), added.end(), begin() + place);
    thrust::copy(rest.begin(), rest.end(), begin() + place + added.__count);
  }
  __host__ size_t size() const { return __count; }
  __host__ size_t capacity() const { return __room; }
  __host__ bool empty() const { return __count == 0; }
  __host__ pointer data() { return pointer(__first); }
  __host__ const_pointer data() const { return const_pointer(__first); }
  __host__ iterator begin() { return iterator(__first); }
  __host__ iterator end() { return iterator(__first + __count); }
  __host__ const_iterator begin() const { return const_iterator(__first); }
  __host__ const_iterator end() const { return const_iterator(__first + __count); }
  __host__ const_iterator cbegin() const { return const_iterator(__first); }
  __host__ const_iterator cend() const { return const_iterator(__first + __count); }
  __host__ reverse_iterator<iterator> rbegin() { return reverse_iterator<iterator>(end()); }
  __host__ reverse_iterator<iterator> rend() { return reverse_iterator<iterator>(begin()); }
  __host__ reference operator[](size_t i) { return reference(__first + i); }
  __host__ const_reference operator[](size_t i) const { return const_reference(__first + i); }
  __host__ reference front() { return reference(__first); }
  __host__ const_reference front() const { return const_reference(__first); }
  __host__ reference back() { return reference(__first + __count - 1); }
  __host__ const_reference back() const { return const_reference(__first + __count - 1); }
  __host__ bool operator==(const device_vector<T, A>& o) const {
    return __count == o.__count && thrust::equal(begin(), end(), o.begin());
  }
  __host__ bool operator!=(const device_vector<T, A>& o) const { return !(*this == o); }
};

template <typename T, typename A>
__host__ inline void swap(host_vector<T, A>& a, host_vector<T, A>& b) {
  a.swap(b);
}
template <typename T, typename A>
__host__ inline void swap(device_vector<T, A>& a, device_vector<T, A>& b) {
  a.swap(b);
}
template <typename T, typename A, typename B>
__host__ inline bool operator==(const host_vector<T, A>& a, const device_vector<T, B>& b) {
  const host_vector<T, A> held = b;
  return a == held;
}
template <typename T, typename A, typename B>
__host__ inline bool operator==(const device_vector<T, A>& a, const host_vector<T, B>& b) {
  return b == a;
}

}  // namespace thrust
