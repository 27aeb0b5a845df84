// std::vector of objects with destructors, or with vectors in them.

template <typename T>
struct __std_object_vector {
  using value_type = T;
  using iterator = T*;
  using const_iterator = const T*;
  T* first;
  unsigned long count;
  unsigned long room;
  __host__ __std_object_vector() : first(nullptr), count(0), room(0) {}
  __host__ explicit __std_object_vector(unsigned long n) : first(nullptr), count(0), room(0) {
    resize(n);
  }
  __host__ explicit __std_object_vector(int n) : first(nullptr), count(0), room(0) {
    resize((unsigned long)n);
  }
  __host__ __std_object_vector(unsigned long n, const T& x) : first(nullptr), count(0), room(0) {
    reserve(n);
    for (unsigned long i = 0; i < n; ++i) push_back(x);
  }
  __host__ __std_object_vector(const T* from, const T* to) : first(nullptr), count(0), room(0) {
    for (; from != to; ++from) push_back(*from);
  }
  __host__ __std_object_vector(const __std_object_vector<T>& o)
      : first(nullptr), count(0), room(0) {
    reserve(o.count);
    for (unsigned long i = 0; i < o.count; ++i) push_back(o.first[i]);
  }
  __host__ __std_object_vector(__std_object_vector<T>&& o)
      : first(o.first), count(o.count), room(o.room) {
    o.first = nullptr;
    o.count = 0;
    o.room = 0;
  }
  __host__ ~__std_object_vector() {
    clear();
    if (first != nullptr) free(first);
  }
  __host__ __std_object_vector<T>& operator=(const __std_object_vector<T>& o) {
    if (this == &o) return *this;
    clear();
    reserve(o.count);
    for (unsigned long i = 0; i < o.count; ++i) push_back(o.first[i]);
    return *this;
  }
  __host__ unsigned long size() const { return count; }
  __host__ unsigned long capacity() const { return room; }
  __host__ bool empty() const { return count == 0; }
  __host__ T* data() { return first; }
  __host__ const T* data() const { return first; }
  __host__ T* begin() { return first; }
  __host__ T* end() { return first + count; }
  __host__ const T* begin() const { return first; }
  __host__ const T* end() const { return first + count; }
  __host__ T& operator[](unsigned long i) { return first[i]; }
  __host__ const T& operator[](unsigned long i) const { return first[i]; }
  __host__ T& at(unsigned long i) {
    if (i >= count) abort();
    return first[i];
  }
  __host__ const T& at(unsigned long i) const {
    if (i >= count) abort();
    return first[i];
  }
  __host__ T& front() { return first[0]; }
  __host__ T& back() { return first[count - 1]; }
  __host__ const T& front() const { return first[0]; }
  __host__ const T& back() const { return first[count - 1]; }
  // Elements move to new memory; each is moved from, and ends.
  __host__ void reserve(unsigned long n) {
    if (n <= room) return;
    if (n > (1ul << 40) / sizeof(T)) abort();
    T* const larger = (T*)malloc(n * sizeof(T));
    for (unsigned long i = 0; i < count; ++i) {
      __ws_move_to(larger + i, first + i);
      __ws_destroy(first + i);
    }
    if (first != nullptr) free(first);
    first = larger;
    room = n;
  }
  // What cannot be copied is a temporary, and moved from.
  __host__ void push_back(const T& x) {
    if (count < room) {
      __ws_copy_to(first + count, &x);
      ++count;
      return;
    }
    // It may be one of the vector's own.
    T* const held = (T*)malloc(sizeof(T));
    __ws_copy_to(held, &x);
    reserve(room == 0 ? 1 : 2 * room);
    __ws_move_to(first + count, held);
    __ws_destroy(held);
    free(held);
    ++count;
  }
  template <typename... A>
  __host__ T& emplace_back(A&&... a) {
    if (count == room) reserve(room == 0 ? 1 : 2 * room);
    new (first + count) T(a...);
    ++count;
    return first[count - 1];
  }
  __host__ void pop_back() {
    --count;
    __ws_destroy(first + count);
  }
  __host__ void clear() { EndFrom(0); }
  __host__ void EndFrom(unsigned long n) {
    for (unsigned long i = n; i < count; ++i) __ws_destroy(first + i);
    if (n < count) count = n;
  }
  __host__ void resize(unsigned long n) {
    EndFrom(n);
    reserve(n);
    while (count < n) {
      new (first + count) T();
      ++count;
    }
  }
  __host__ void resize(unsigned long n, const T& x) {
    EndFrom(n);
    while (count < n) push_back(x);
  }
  __host__ void assign(unsigned long n, const T& x) {
    clear();
    while (count < n) push_back(x);
  }
  __host__ T* erase(T* at) {
    for (T* to = at; to + 1 != first + count; ++to) {
      __ws_destroy(to);
      __ws_move_to(to, to + 1);
    }
    pop_back();
    return at;
  }
  __host__ void swap(__std_object_vector<T>& o) {
    T* const held = first;
    const unsigned long n = count;
    const unsigned long r = room;
    first = o.first;
    count = o.count;
    room = o.room;
    o.first = held;
    o.count = n;
    o.room = r;
  }
  __host__ void shrink_to_fit() {}
};
