// std::deque, queue, stack and priority_queue of the host: a ring whose room is a power of two.

template <typename T>
struct __std_deque_iterator {
  T* ring;
  unsigned long mask;
  unsigned long at;
  __host__ T& operator*() const { return ring[at & mask]; }
  __host__ T* operator->() const { return &ring[at & mask]; }
  __host__ __std_deque_iterator<T>& operator++() {
    ++at;
    return *this;
  }
  __host__ bool operator==(const __std_deque_iterator<T>& o) const { return at == o.at; }
  __host__ bool operator!=(const __std_deque_iterator<T>& o) const { return at != o.at; }
};

template <typename T>
struct __std_deque {
  using value_type = T;
  using iterator = __std_deque_iterator<T>;
  T* ring;
  unsigned long room;
  unsigned long first;
  unsigned long count;
  __host__ __std_deque() : ring(nullptr), room(0), first(0), count(0) {}
  __host__ __std_deque(const __std_deque<T>& o) : ring(nullptr), room(0), first(0), count(0) {
    Copy(o);
  }
  __host__ ~__std_deque() {
    if (ring != nullptr) delete[] ring;
  }
  __host__ __std_deque<T>& operator=(const __std_deque<T>& o) {
    if (this == &o) return *this;
    count = 0;
    Copy(o);
    return *this;
  }
  __host__ void Copy(const __std_deque<T>& o) {
    for (unsigned long i = 0; i < o.count; ++i) push_back(o[i]);
  }
  __host__ void Grow() {
    const unsigned long wanted = room == 0 ? 8 : room * 2;
    T* const larger = new T[wanted];
    for (unsigned long i = 0; i < count; ++i) larger[i] = ring[(first + i) & (room - 1)];
    if (ring != nullptr) delete[] ring;
    ring = larger;
    room = wanted;
    first = 0;
  }
  __host__ void push_back(const T& x) {
    if (count == room) Grow();
    ring[(first + count) & (room - 1)] = x;
    ++count;
  }
  __host__ void push_front(const T& x) {
    if (count == room) Grow();
    first = (first + room - 1) & (room - 1);
    ring[first] = x;
    ++count;
  }
  __host__ void emplace_back(const T& x) { push_back(x); }
  __host__ void emplace_front(const T& x) { push_front(x); }
  __host__ void pop_front() {
    if (count == 0) abort();
    first = (first + 1) & (room - 1);
    --count;
  }
  __host__ void pop_back() {
    if (count == 0) abort();
    --count;
  }
  __host__ T& operator[](unsigned long i) { return ring[(first + i) & (room - 1)]; }
  __host__ const T& operator[](unsigned long i) const { return ring[(first + i) & (room - 1)]; }
  __host__ T& at(unsigned long i) {
    if (i >= count) abort();
    return ring[(first + i) & (room - 1)];
  }
  __host__ T& front() { return at(0); }
  __host__ T& back() { return at(count - 1); }
  __host__ unsigned long size() const { return count; }
  __host__ bool empty() const { return count == 0; }
  __host__ void clear() { count = 0; }
  __host__ iterator Iterator(unsigned long at) const {
    iterator it;
    it.ring = ring;
    it.mask = room - 1;
    it.at = at;
    return it;
  }
  __host__ iterator begin() const { return Iterator(first); }
  __host__ iterator end() const { return Iterator(first + count); }
};

template <typename T, typename D = __std_deque<T>>
struct __std_queue {
  __std_deque<T> held;
  __host__ void push(const T& x) { held.push_back(x); }
  __host__ void emplace(const T& x) { held.push_back(x); }
  __host__ void pop() { held.pop_front(); }
  __host__ T& front() { return held.front(); }
  __host__ T& back() { return held.back(); }
  __host__ unsigned long size() const { return held.count; }
  __host__ bool empty() const { return held.count == 0; }
};

template <typename T, typename D = __std_deque<T>>
struct __std_stack {
  __std_deque<T> held;
  __host__ void push(const T& x) { held.push_back(x); }
  __host__ void emplace(const T& x) { held.push_back(x); }
  __host__ void pop() { held.pop_back(); }
  __host__ T& top() { return held.back(); }
  __host__ unsigned long size() const { return held.count; }
  __host__ bool empty() const { return held.count == 0; }
};

// A heap in the order of std::push_heap and std::pop_heap.
template <typename T, typename D = __std_deque<T>, typename C = __std_less_than<T>>
struct __std_priority_queue {
  __std_deque<T> held;
  C less;
  __host__ __std_priority_queue() {}
  __host__ explicit __std_priority_queue(const C& by) : less(by) {}
  __host__ void Rise(unsigned long hole, const T& x) {
    while (hole > 0 && less(held[(hole - 1) / 2], x)) {
      held[hole] = held[(hole - 1) / 2];
      hole = (hole - 1) / 2;
    }
    held[hole] = x;
  }
  __host__ void push(const T& x) {
    const T copy = x;
    held.push_back(copy);
    Rise(held.count - 1, copy);
  }
  __host__ void emplace(const T& x) { push(x); }
  __host__ void pop() {
    const T last = held.back();
    held.pop_back();
    const unsigned long n = held.count;
    if (n == 0) return;
    unsigned long hole = 0;
    while (2 * hole + 2 < n) {
      const unsigned long right = 2 * hole + 2;
      const unsigned long larger = less(held[right], held[right - 1]) ? right - 1 : right;
      held[hole] = held[larger];
      hole = larger;
    }
    if (2 * hole + 2 == n) {
      held[hole] = held[2 * hole + 1];
      hole = 2 * hole + 1;
    }
    Rise(hole, last);
  }
  __host__ T& top() { return held.front(); }
  __host__ unsigned long size() const { return held.count; }
  __host__ bool empty() const { return held.count == 0; }
};
