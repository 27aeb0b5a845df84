// std::unordered_map and unordered_set of the host: buckets over one list, in the order that
// libstdc++ gives it.

__host__ inline unsigned long __std_hash_of(bool x) { return x ? 1 : 0; }
__host__ inline unsigned long __std_hash_of(char x) { return (unsigned long)x; }
__host__ inline unsigned long __std_hash_of(unsigned char x) { return x; }
__host__ inline unsigned long __std_hash_of(short x) { return (unsigned long)x; }
__host__ inline unsigned long __std_hash_of(unsigned short x) { return x; }
__host__ inline unsigned long __std_hash_of(int x) { return (unsigned long)x; }
__host__ inline unsigned long __std_hash_of(unsigned x) { return x; }
__host__ inline unsigned long __std_hash_of(long x) { return (unsigned long)x; }
__host__ inline unsigned long __std_hash_of(unsigned long x) { return x; }
__host__ inline unsigned long __std_hash_of(long long x) { return (unsigned long)x; }
__host__ inline unsigned long __std_hash_of(unsigned long long x) { return x; }
// Murmur's hash for 64 bits, as libstdc++ has it for bytes.
__host__ inline unsigned long __std_hash_bytes(const char* text, unsigned long size) {
  const unsigned long mul = 0xc6a4a7935bd1e995ul;
  unsigned long hash = 0xc70f6907ul ^ size * mul;
  unsigned long i = 0;
  for (; i + 8 <= size; i += 8) {
    unsigned long word = 0;
    for (int k = 7; k >= 0; --k) word = word << 8 | (unsigned char)text[i + k];
    word *= mul;
    word ^= word >> 47;
    hash = (hash ^ word * mul) * mul;
  }
  if (i < size) {
    unsigned long word = 0;
    for (unsigned long k = size; k > i; --k) word = word << 8 | (unsigned char)text[k - 1];
    hash = (hash ^ word) * mul;
  }
  hash ^= hash >> 47;
  hash *= mul;
  return hash ^ hash >> 47;
}
template <typename T>
__host__ unsigned long __std_hash_of(const T& text) {
  return __std_hash_bytes(text.c_str(), text.size());
}
template <typename T>
struct __std_hash {
  __host__ unsigned long operator()(const T& x) const { return __std_hash_of(x); }
};
template <typename E>
struct __std_hash_node {
  E entry;
  __std_hash_node<E>* next;
  unsigned long hash;
};
template <typename E>
struct __std_hash_iterator {
  __std_hash_node<E>* at;
  __host__ E& operator*() const { return at->entry; }
  __host__ E* operator->() const { return &at->entry; }
  __host__ __std_hash_iterator<E>& operator++() {
    at = at->next;
    return *this;
  }
  __host__ bool operator==(const __std_hash_iterator<E>& o) const { return at == o.at; }
  __host__ bool operator!=(const __std_hash_iterator<E>& o) const { return at != o.at; }
};

// The next number of buckets from `least` on.
__host__ inline unsigned long __std_bucket_count(unsigned long least) {
  unsigned long n = 13;
  while (n < least) {
    n = n == 13          ? 29
        : n == 29        ? 59
        : n == 59        ? 127
        : n == 127       ? 257
        : n == 257       ? 541
        : n == 541       ? 1109
        : n == 1109      ? 2357
        : n == 2357      ? 5087
        : n == 5087      ? 10273
        : n == 10273     ? 20753
        : n == 20753     ? 42043
        : n == 42043     ? 85229
        : n == 85229     ? 172933
        : n == 172933    ? 351061
        : n == 351061    ? 712697
        : n == 712697    ? 1447153
        : n == 1447153   ? 2938679
        : n == 2938679   ? 5967347
        : n == 5967347   ? 12117689
        : n == 12117689  ? 24607243
        : n == 24607243  ? 49969847
                         : n * 2 + 1;
  }
  return n;
}

// A bucket is the node before its first one; the list's head stands for the node before all.
template <typename E>
struct __std_hash_table {
  __std_hash_node<E>* head;
  __std_hash_node<E>** buckets;
  unsigned long num_buckets;
  unsigned long count;
  __host__ __std_hash_table() : head(nullptr), buckets(nullptr), num_buckets(1), count(0) {}
  // The link that leads to the first node of a bucket; null if it is empty.
  __host__ __std_hash_node<E>** Bucket(unsigned long b) {
    if (buckets == nullptr || buckets[b] == nullptr) return nullptr;
    return (void*)buckets[b] == (void*)this ? &head : &buckets[b]->next;
  }
  __host__ void Link(__std_hash_node<E>* n) {
    const unsigned long b = n->hash % num_buckets;
    __std_hash_node<E>** const first = Bucket(b);
    if (first != nullptr) {
      n->next = *first;
      *first = n;
      return;
    }
    n->next = head;
    head = n;
    if (n->next != nullptr) buckets[n->next->hash % num_buckets] = n;
    buckets[b] = (__std_hash_node<E>*)(void*)this;
  }
  __host__ void Rehash(unsigned long wanted) {
    __std_hash_node<E>* n = head;
    if (buckets != nullptr) free(buckets);
    buckets = (__std_hash_node<E>**)malloc(wanted * 8);
    memset(buckets, 0, wanted * 8);
    num_buckets = wanted;
    head = nullptr;
    while (n != nullptr) {
      __std_hash_node<E>* const next = n->next;
      Link(n);
      n = next;
    }
  }
  __host__ void Add(__std_hash_node<E>* n) {
    if (count + 1 > num_buckets || buckets == nullptr) {
      const unsigned long twice = num_buckets * 2;
      const unsigned long wanted = count + 1 > twice ? count + 1 : twice;
      Rehash(__std_bucket_count(buckets == nullptr ? 11 : wanted));
    }
    Link(n);
    ++count;
  }
  __host__ void Remove(__std_hash_node<E>* n) {
    const unsigned long b = n->hash % num_buckets;
    __std_hash_node<E>* before = buckets[b];
    __std_hash_node<E>** link = Bucket(b);
    while (*link != n) {
      before = *link;
      link = &before->next;
    }
    __std_hash_node<E>* const next = n->next;
    const bool first = before == buckets[b];
    const bool last = next == nullptr || next->hash % num_buckets != b;
    *link = next;
    if (next != nullptr && last) buckets[next->hash % num_buckets] = before;
    if (first && last) buckets[b] = nullptr;
    delete n;
    --count;
  }
  __host__ void RemoveAll() {
    __std_hash_node<E>* n = head;
    while (n != nullptr) {
      __std_hash_node<E>* const next = n->next;
      delete n;
      n = next;
    }
    if (buckets != nullptr) memset(buckets, 0, num_buckets * 8);
    head = nullptr;
    count = 0;
  }
  __host__ void Free() {
    RemoveAll();
    if (buckets != nullptr) free(buckets);
    buckets = nullptr;
  }
  __host__ __std_hash_iterator<E> At(__std_hash_node<E>* n) const {
    __std_hash_iterator<E> it;
    it.at = n;
    return it;
  }
};

template <typename K, typename V, typename H = __std_hash<K>, typename Q = __std_same_as<K>>
struct __std_unordered_map {
  using key_type = K;
  using mapped_type = V;
  using value_type = __std_entry<K, V>;
  using iterator = __std_hash_iterator<__std_entry<K, V>>;
  using const_iterator = __std_hash_iterator<__std_entry<K, V>>;
  __std_hash_table<__std_entry<K, V>> table;
  H hasher;
  Q same;
  __host__ __std_unordered_map() {}
  __host__ __std_unordered_map(const __std_unordered_map<K, V, H, Q>& o) { Copy(o); }
  __host__ ~__std_unordered_map() { table.Free(); }
  __host__ __std_unordered_map<K, V, H, Q>& operator=(const __std_unordered_map<K, V, H, Q>& o) {
    if (this == &o) return *this;
    table.RemoveAll();
    Copy(o);
    return *this;
  }
  __host__ void Copy(const __std_unordered_map<K, V, H, Q>& o) {
    for (__std_hash_node<__std_entry<K, V>>* n = o.table.head; n != nullptr; n = n->next) {
      (*this)[n->entry.first] = n->entry.second;
    }
  }
  __host__ __std_hash_node<__std_entry<K, V>>* Find(const K& k) const {
    if (table.count == 0) return nullptr;
    const unsigned long hash = hasher(k);
    const unsigned long b = hash % table.num_buckets;
    __std_hash_node<__std_entry<K, V>>* n = table.buckets[b];
    if (n == nullptr) return nullptr;
    n = (const void*)n == (const void*)&table ? table.head : n->next;
    for (; n != nullptr && n->hash % table.num_buckets == b; n = n->next) {
      if (n->hash == hash && same(n->entry.first, k)) return n;
    }
    return nullptr;
  }
  __host__ __std_hash_node<__std_entry<K, V>>* Make(const K& k) {
    __std_hash_node<__std_entry<K, V>>* n = Find(k);
    if (n != nullptr) return n;
    n = new __std_hash_node<__std_entry<K, V>>();
    n->entry.first = k;
    n->entry.second = V();
    n->hash = hasher(k);
    table.Add(n);
    return n;
  }
  __host__ V& operator[](const K& k) { return Make(k)->entry.second; }
  __host__ V& at(const K& k) const {
    __std_hash_node<__std_entry<K, V>>* const n = Find(k);
    if (n == nullptr) abort();
    return n->entry.second;
  }
  __host__ unsigned long count(const K& k) const { return Find(k) != nullptr ? 1 : 0; }
  __host__ bool contains(const K& k) const { return Find(k) != nullptr; }
  __host__ iterator find(const K& k) const { return table.At(Find(k)); }
  __host__ __std_inserted<iterator> insert(const __std_entry<K, V>& e) {
    return emplace(e.first, e.second);
  }
  __host__ __std_inserted<iterator> emplace(const K& k, const V& v) {
    const unsigned long before = table.count;
    __std_hash_node<__std_entry<K, V>>* const n = Make(k);
    __std_inserted<iterator> result;
    result.first = table.At(n);
    result.second = table.count != before;
    if (result.second) n->entry.second = v;
    return result;
  }
  __host__ unsigned long erase(const K& k) {
    __std_hash_node<__std_entry<K, V>>* const n = Find(k);
    if (n == nullptr) return 0;
    table.Remove(n);
    return 1;
  }
  __host__ iterator erase(iterator it) {
    iterator next = it;
    ++next;
    table.Remove(it.at);
    return next;
  }
  __host__ void reserve(unsigned long n) {
    if (n > table.num_buckets) table.Rehash(__std_bucket_count(n));
  }
  __host__ void clear() { table.RemoveAll(); }
  __host__ unsigned long size() const { return table.count; }
  __host__ bool empty() const { return table.count == 0; }
  __host__ iterator begin() const { return table.At(table.head); }
  __host__ iterator end() const { return table.At(nullptr); }
};

template <typename K, typename H = __std_hash<K>, typename Q = __std_same_as<K>>
struct __std_unordered_set {
  using value_type = K;
  using iterator = __std_hash_iterator<K>;
  using const_iterator = __std_hash_iterator<K>;
  __std_hash_table<K> table;
  H hasher;
  Q same;
  __host__ __std_unordered_set() {}
  __host__ __std_unordered_set(const __std_unordered_set<K, H, Q>& o) { Copy(o); }
  __host__ ~__std_unordered_set() { table.Free(); }
  __host__ __std_unordered_set<K, H, Q>& operator=(const __std_unordered_set<K, H, Q>& o) {
    if (this == &o) return *this;
    table.RemoveAll();
    Copy(o);
    return *this;
  }
  __host__ void Copy(const __std_unordered_set<K, H, Q>& o) {
    for (__std_hash_node<K>* n = o.table.head; n != nullptr; n = n->next) insert(n->entry);
  }
  __host__ __std_hash_node<K>* Find(const K& k) const {
    if (table.count == 0) return nullptr;
    const unsigned long hash = hasher(k);
    const unsigned long b = hash % table.num_buckets;
    __std_hash_node<K>* n = table.buckets[b];
    if (n == nullptr) return nullptr;
    n = (const void*)n == (const void*)&table ? table.head : n->next;
    for (; n != nullptr && n->hash % table.num_buckets == b; n = n->next) {
      if (n->hash == hash && same(n->entry, k)) return n;
    }
    return nullptr;
  }
  __host__ __std_inserted<iterator> insert(const K& k) {
    __std_inserted<iterator> result;
    __std_hash_node<K>* n = Find(k);
    result.second = n == nullptr;
    if (n == nullptr) {
      n = new __std_hash_node<K>();
      n->entry = k;
      n->hash = hasher(k);
      table.Add(n);
    }
    result.first = table.At(n);
    return result;
  }
  __host__ __std_inserted<iterator> emplace(const K& k) { return insert(k); }
  __host__ unsigned long count(const K& k) const { return Find(k) != nullptr ? 1 : 0; }
  __host__ bool contains(const K& k) const { return Find(k) != nullptr; }
  __host__ iterator find(const K& k) const { return table.At(Find(k)); }
  __host__ unsigned long erase(const K& k) {
    __std_hash_node<K>* const n = Find(k);
    if (n == nullptr) return 0;
    table.Remove(n);
    return 1;
  }
  __host__ iterator erase(iterator it) {
    iterator next = it;
    ++next;
    table.Remove(it.at);
    return next;
  }
  __host__ void reserve(unsigned long n) {
    if (n > table.num_buckets) table.Rehash(__std_bucket_count(n));
  }
  __host__ void clear() { table.RemoveAll(); }
  __host__ unsigned long size() const { return table.count; }
  __host__ bool empty() const { return table.count == 0; }
  __host__ iterator begin() const { return table.At(table.head); }
  __host__ iterator end() const { return table.At(nullptr); }
};
