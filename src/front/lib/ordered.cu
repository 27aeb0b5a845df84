// std::map and set of the host: a treap, whose priorities are drawn from a counter, so that runs
// repeat.

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
