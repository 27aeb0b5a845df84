// What maps, sets and queues of the host have in common.

template <typename T>
struct __std_less_than {
  __host__ bool operator()(const T& a, const T& b) const { return a < b; }
};
template <typename T>
struct __std_same_as {
  __host__ bool operator()(const T& a, const T& b) const { return a == b; }
};

template <typename K, typename V>
struct __std_entry {
  K first;
  V second;
};
template <typename I>
struct __std_inserted {
  I first;
  bool second;
};
