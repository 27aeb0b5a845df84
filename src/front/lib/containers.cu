// std::map, set, unordered_map, unordered_set, deque, queue, stack and priority_queue of the host.

template <typename T>
struct __std_less_than {
  __host__ bool operator()(const T& a, const T& b) const { return a < b; }
};

// --- ordered: a treap, whose priorities are drawn from a counter, so that runs repeat.

template <typename K, typename V>
struct __std_entry {
  K first;
  V second;
};
template <typename E>
struct __std_tree_node {
  E entry;
  __std_tree_node<E>* left;
  __std_tree_node<E>* right;
  __std_tree_node<E>* up;
  unsigned priority;
};
template <typename E>
struct __std_tree_iterator {
  __std_tree_node<E>* at;
  __std_tree_node<E>* const* root;
  __host__ E& operator*() const { return at->entry; }
  __host__ E* operator->() const { return &at->entry; }
  __host__ __std_tree_iterator<E>& operator++() {
    if (at->right != nullptr) {
      at = at->right;
      while (at->left != nullptr) at = at->left;
      return *this;
    }
    while (at->up != nullptr && at->up->right == at) at = at->up;
    at = at->up;
    return *this;
  }
  __host__ __std_tree_iterator<E>& operator--() {
    if (at == nullptr) {
      at = *root;
      while (at->right != nullptr) at = at->right;
      return *this;
    }
    if (at->left != nullptr) {
      at = at->left;
      while (at->right != nullptr) at = at->right;
      return *this;
    }
    while (at->up != nullptr && at->up->left == at) at = at->up;
    at = at->up;
    return *this;
  }
  __host__ bool operator==(const __std_tree_iterator<E>& o) const { return at == o.at; }
  __host__ bool operator!=(const __std_tree_iterator<E>& o) const { return at != o.at; }
};

// The node by a tree's links; what is common to maps and sets.
template <typename E>
struct __std_tree {
  __std_tree_node<E>* root;
  unsigned long count;
  unsigned drawn;
  __host__ __std_tree() : root(nullptr), count(0), drawn(0) {}
  __host__ void Rotate(__std_tree_node<E>* n) {
    __std_tree_node<E>* const up = n->up;
    __std_tree_node<E>* const top = up->up;
    if (up->left == n) {
      up->left = n->right;
      if (n->right != nullptr) n->right->up = up;
      n->right = up;
    } else {
      up->right = n->left;
      if (n->left != nullptr) n->left->up = up;
      n->left = up;
    }
    up->up = n;
    n->up = top;
    if (top == nullptr) {
      root = n;
    } else if (top->left == up) {
      top->left = n;
    } else {
      top->right = n;
    }
  }
  __host__ void Link(__std_tree_node<E>* n, __std_tree_node<E>* up, bool left) {
    drawn = drawn * 1664525u + 1013904223u;
    n->priority = drawn ^ drawn >> 15;
    n->left = nullptr;
    n->right = nullptr;
    n->up = up;
    if (up == nullptr) {
      root = n;
    } else if (left) {
      up->left = n;
    } else {
      up->right = n;
    }
    while (n->up != nullptr && n->up->priority < n->priority) Rotate(n);
    ++count;
  }
  __host__ void Remove(__std_tree_node<E>* n) {
    while (n->left != nullptr || n->right != nullptr) {
      const bool left = n->right == nullptr ||
                        (n->left != nullptr && n->left->priority > n->right->priority);
      Rotate(left ? n->left : n->right);
    }
    if (n->up == nullptr) {
      root = nullptr;
    } else if (n->up->left == n) {
      n->up->left = nullptr;
    } else {
      n->up->right = nullptr;
    }
    delete n;
    --count;
  }
  __host__ void RemoveAll() {
    __std_tree_node<E>* n = root;
    while (n != nullptr) {
      if (n->left != nullptr) {
        n = n->left;
      } else if (n->right != nullptr) {
        n = n->right;
      } else {
        __std_tree_node<E>* const up = n->up;
        if (up != nullptr && up->left == n) up->left = nullptr;
        if (up != nullptr && up->right == n) up->right = nullptr;
        delete n;
        n = up;
      }
    }
    root = nullptr;
    count = 0;
  }
  __host__ __std_tree_iterator<E> At(__std_tree_node<E>* n) const {
    __std_tree_iterator<E> it;
    it.at = n;
    it.root = &root;
    return it;
  }
  __host__ __std_tree_iterator<E> First() const {
    __std_tree_node<E>* n = root;
    while (n != nullptr && n->left != nullptr) n = n->left;
    return At(n);
  }
};

template <typename I>
struct __std_inserted {
  I first;
  bool second;
};

template <typename K, typename V, typename C = __std_less_than<K>>
struct __std_map {
  using key_type = K;
  using mapped_type = V;
  using value_type = __std_entry<K, V>;
  using iterator = __std_tree_iterator<__std_entry<K, V>>;
  using const_iterator = __std_tree_iterator<__std_entry<K, V>>;
  __std_tree<__std_entry<K, V>> tree;
  C less;
  __host__ __std_map() {}
  __host__ __std_map(const __std_map<K, V, C>& o) { Copy(o); }
  __host__ ~__std_map() { tree.RemoveAll(); }
  __host__ __std_map<K, V, C>& operator=(const __std_map<K, V, C>& o) {
    if (this == &o) return *this;
    tree.RemoveAll();
    Copy(o);
    return *this;
  }
  __host__ void Copy(const __std_map<K, V, C>& o) {
    for (auto it = o.tree.First(); it.at != nullptr; ++it) (*this)[it->first] = it->second;
  }
  __host__ __std_tree_node<__std_entry<K, V>>* Find(const K& k) const {
    __std_tree_node<__std_entry<K, V>>* n = tree.root;
    while (n != nullptr) {
      if (less(k, n->entry.first)) {
        n = n->left;
      } else if (less(n->entry.first, k)) {
        n = n->right;
      } else {
        return n;
      }
    }
    return nullptr;
  }
  __host__ __std_tree_node<__std_entry<K, V>>* Make(const K& k) {
    __std_tree_node<__std_entry<K, V>>* up = nullptr;
    __std_tree_node<__std_entry<K, V>>* n = tree.root;
    bool left = false;
    while (n != nullptr) {
      up = n;
      left = less(k, n->entry.first);
      if (left) {
        n = n->left;
      } else if (less(n->entry.first, k)) {
        n = n->right;
      } else {
        return n;
      }
    }
    __std_tree_node<__std_entry<K, V>>* const made = new __std_tree_node<__std_entry<K, V>>();
    made->entry.first = k;
    made->entry.second = V();
    tree.Link(made, up, left);
    return made;
  }
  __host__ V& operator[](const K& k) { return Make(k)->entry.second; }
  __host__ V& at(const K& k) const {
    __std_tree_node<__std_entry<K, V>>* const n = Find(k);
    if (n == nullptr) abort();
    return n->entry.second;
  }
  __host__ unsigned long count(const K& k) const { return Find(k) != nullptr ? 1 : 0; }
  __host__ bool contains(const K& k) const { return Find(k) != nullptr; }
  __host__ iterator find(const K& k) const { return tree.At(Find(k)); }
  __host__ iterator lower_bound(const K& k) const {
    __std_tree_node<__std_entry<K, V>>* n = tree.root;
    __std_tree_node<__std_entry<K, V>>* best = nullptr;
    while (n != nullptr) {
      if (less(n->entry.first, k)) {
        n = n->right;
      } else {
        best = n;
        n = n->left;
      }
    }
    return tree.At(best);
  }
  __host__ iterator upper_bound(const K& k) const {
    __std_tree_node<__std_entry<K, V>>* n = tree.root;
    __std_tree_node<__std_entry<K, V>>* best = nullptr;
    while (n != nullptr) {
      if (less(k, n->entry.first)) {
        best = n;
        n = n->left;
      } else {
        n = n->right;
      }
    }
    return tree.At(best);
  }
  __host__ __std_inserted<iterator> insert(const __std_entry<K, V>& e) {
    return emplace(e.first, e.second);
  }
  __host__ __std_inserted<iterator> emplace(const K& k, const V& v) {
    const unsigned long before = tree.count;
    __std_tree_node<__std_entry<K, V>>* const n = Make(k);
    __std_inserted<iterator> result;
    result.first = tree.At(n);
    result.second = tree.count != before;
    if (result.second) n->entry.second = v;
    return result;
  }
  __host__ unsigned long erase(const K& k) {
    __std_tree_node<__std_entry<K, V>>* const n = Find(k);
    if (n == nullptr) return 0;
    tree.Remove(n);
    return 1;
  }
  __host__ iterator erase(iterator it) {
    iterator next = it;
    ++next;
    tree.Remove(it.at);
    return next;
  }
  __host__ void clear() { tree.RemoveAll(); }
  __host__ unsigned long size() const { return tree.count; }
  __host__ bool empty() const { return tree.count == 0; }
  __host__ iterator begin() const { return tree.First(); }
  __host__ iterator end() const { return tree.At(nullptr); }
};

template <typename K, typename C = __std_less_than<K>>
struct __std_set {
  using value_type = K;
  using iterator = __std_tree_iterator<K>;
  using const_iterator = __std_tree_iterator<K>;
  __std_tree<K> tree;
  C less;
  __host__ __std_set() {}
  __host__ __std_set(const __std_set<K, C>& o) { Copy(o); }
  __host__ ~__std_set() { tree.RemoveAll(); }
  __host__ __std_set<K, C>& operator=(const __std_set<K, C>& o) {
    if (this == &o) return *this;
    tree.RemoveAll();
    Copy(o);
    return *this;
  }
  __host__ void Copy(const __std_set<K, C>& o) {
    for (auto it = o.tree.First(); it.at != nullptr; ++it) insert(*it);
  }
  __host__ __std_tree_node<K>* Find(const K& k) const {
    __std_tree_node<K>* n = tree.root;
    while (n != nullptr) {
      if (less(k, n->entry)) {
        n = n->left;
      } else if (less(n->entry, k)) {
        n = n->right;
      } else {
        return n;
      }
    }
    return nullptr;
  }
  __host__ __std_inserted<iterator> insert(const K& k) {
    __std_inserted<iterator> result;
    result.second = false;
    __std_tree_node<K>* up = nullptr;
    __std_tree_node<K>* n = tree.root;
    bool left = false;
    while (n != nullptr) {
      up = n;
      left = less(k, n->entry);
      if (left) {
        n = n->left;
      } else if (less(n->entry, k)) {
        n = n->right;
      } else {
        result.first = tree.At(n);
        return result;
      }
    }
    n = new __std_tree_node<K>();
    n->entry = k;
    tree.Link(n, up, left);
    result.first = tree.At(n);
    result.second = true;
    return result;
  }
  __host__ __std_inserted<iterator> emplace(const K& k) { return insert(k); }
  __host__ unsigned long count(const K& k) const { return Find(k) != nullptr ? 1 : 0; }
  __host__ bool contains(const K& k) const { return Find(k) != nullptr; }
  __host__ iterator find(const K& k) const { return tree.At(Find(k)); }
  __host__ unsigned long erase(const K& k) {
    __std_tree_node<K>* const n = Find(k);
    if (n == nullptr) return 0;
    tree.Remove(n);
    return 1;
  }
  __host__ iterator erase(iterator it) {
    iterator next = it;
    ++next;
    tree.Remove(it.at);
    return next;
  }
  __host__ void clear() { tree.RemoveAll(); }
  __host__ unsigned long size() const { return tree.count; }
  __host__ bool empty() const { return tree.count == 0; }
  __host__ iterator begin() const { return tree.First(); }
  __host__ iterator end() const { return tree.At(nullptr); }
};

// --- hashed: buckets over one list, in the order that libstdc++ gives it.

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
template <typename T>
struct __std_same_as {
  __host__ bool operator()(const T& a, const T& b) const { return a == b; }
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

// --- sequences: a ring whose room is a power of two

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
