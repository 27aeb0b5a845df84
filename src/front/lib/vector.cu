// std::vector of the host. An object is three words: where its elements are, how many there are, how
// many have room. Elements are `bytes` wide and moved as bytes; an object of zeros is empty.

__host__ void ws_vector_reserve(unsigned long* v, unsigned long count, unsigned long bytes) {
  if (count <= v[2]) return;
  if (count > (1ul << 40) / bytes) abort();
  unsigned long room = v[2] * 2;
  if (room < count) room = count;
  void* elements = malloc(room * bytes);
  if (v[1] != 0) memcpy(elements, (void*)v[0], v[1] * bytes);
  if (v[0] != 0) free((void*)v[0]);
  v[0] = (unsigned long)elements;
  v[2] = room;
}

// New elements are zero.
__host__ void ws_vector_resize(unsigned long* v, unsigned long count, unsigned long bytes) {
  ws_vector_reserve(v, count, bytes);
  if (count > v[1]) ws_set_bytes((char*)v[0] + v[1] * bytes, 0, (count - v[1]) * bytes);
  v[1] = count;
}

// New elements are copies of the one at x, which is none of v's.
__host__ void ws_vector_fill(unsigned long* v, unsigned long count, unsigned long bytes,
                             const void* x) {
  ws_vector_reserve(v, count, bytes);
  if (count > v[1]) {
    char* first = (char*)v[0] + v[1] * bytes;
    const unsigned long wanted = (count - v[1]) * bytes;
    memcpy(first, x, bytes);
    for (unsigned long done = bytes; done < wanted; done = done * 2) {
      const unsigned long rest = wanted - done;
      memcpy(first + done, first, rest < done ? rest : done);
    }
  }
  v[1] = count;
}

__host__ void ws_vector_push(unsigned long* v, unsigned long bytes, const void* x) {
  if (v[1] == v[2]) ws_vector_reserve(v, v[1] < 4 ? 4 : v[1] * 2, bytes);
  memcpy((char*)v[0] + v[1] * bytes, x, bytes);
  v[1] = v[1] + 1;
}

// The elements from `from` on, `count` of them, which may be v's own.
__host__ void ws_vector_assign(unsigned long* v, unsigned long count, unsigned long bytes,
                               const void* from) {
  const unsigned long old = v[0];
  if (count > v[2]) {
    v[0] = 0;
    v[1] = 0;
    v[2] = 0;
    ws_vector_reserve(v, count, bytes);
  }
  if (count != 0 && (unsigned long)from != v[0]) memcpy((void*)v[0], from, count * bytes);
  if (old != v[0] && old != 0) free((void*)old);
  v[1] = count;
}

// Makes room for `count` elements before the one at `at` and copies them there; gives the address of
// the first.
__host__ unsigned long ws_vector_insert(unsigned long* v, unsigned long at, unsigned long count,
                                        unsigned long bytes, const void* from) {
  const unsigned long before = v[0] == 0 ? 0 : at - v[0];
  if (before > v[1] * bytes) abort();
  if (count == 0) return at;
  const unsigned long behind = v[1] * bytes - before;
  char* copy = (char*)malloc(count * bytes);
  memcpy(copy, from, count * bytes);
  ws_vector_reserve(v, v[1] + count, bytes);
  char* const place = (char*)v[0] + before;
  if (behind != 0) memcpy(place + count * bytes, place, behind);
  memcpy(place, copy, count * bytes);
  free(copy);
  v[1] = v[1] + count;
  return (unsigned long)place;
}

__host__ unsigned long ws_vector_erase(unsigned long* v, unsigned long first, unsigned long last,
                                       unsigned long bytes) {
  const unsigned long end = v[0] + v[1] * bytes;
  if (first < v[0] || last < first || last > end) abort();
  if (last != end && last != first) memcpy((void*)first, (void*)last, end - last);
  v[1] = v[1] - (last - first) / bytes;
  return first;
}

__host__ void ws_vector_swap(unsigned long* a, unsigned long* b) {
  for (int i = 0; i < 3; ++i) {
    const unsigned long word = a[i];
    a[i] = b[i];
    b[i] = word;
  }
}

// Elements that are vectors themselves, from `first` to before `last`, were copied as words: each
// gets memory of its own. `bytes` is the size of their elements.
__host__ void ws_vector_clone(unsigned long* v, unsigned long first, unsigned long last,
                              unsigned long bytes) {
  for (unsigned long i = first; i < last; ++i) {
    unsigned long* const element = (unsigned long*)v[0] + 3 * i;
    if (element[1] == 0) {
      element[0] = 0;
      element[2] = 0;
      continue;
    }
    void* const copy = malloc(element[1] * bytes);
    memcpy(copy, (void*)element[0], element[1] * bytes);
    element[0] = (unsigned long)copy;
    element[2] = element[1];
  }
}

__host__ int ws_vector_equal(const unsigned long* a, const unsigned long* b, unsigned long bytes) {
  if (a[1] != b[1]) return 0;
  return a[1] == 0 || ws_memcmp_qqm((void*)a[0], (void*)b[0], a[1] * bytes) == 0 ? 1 : 0;
}
__host__ int ws_vector_equal_float(const unsigned long* a, const unsigned long* b) {
  if (a[1] != b[1]) return 0;
  const float* const x = (const float*)a[0];
  const float* const y = (const float*)b[0];
  for (unsigned long i = 0; i < a[1]; ++i) {
    if (x[i] != y[i]) return 0;
  }
  return 1;
}
__host__ int ws_vector_equal_double(const unsigned long* a, const unsigned long* b) {
  if (a[1] != b[1]) return 0;
  const double* const x = (const double*)a[0];
  const double* const y = (const double*)b[0];
  for (unsigned long i = 0; i < a[1]; ++i) {
    if (x[i] != y[i]) return 0;
  }
  return 1;
}

// v.at(i), v.front() and the like want an element.
__host__ void ws_vector_check(const unsigned long* v, unsigned long i) {
  if (i >= v[1]) abort();
}

__host__ void ws_vector_free(unsigned long* v) {
  if (v[0] != 0) free((void*)v[0]);
  v[0] = 0;
  v[1] = 0;
  v[2] = 0;
}

// Of elements that are vectors too.
__host__ void ws_vector_free_nested(unsigned long* v) {
  for (unsigned long i = 0; i < v[1]; ++i) ws_vector_free((unsigned long*)v[0] + 3 * i);
  ws_vector_free(v);
}

// Exceptions: whether a try that is open takes one of the type of that number
// (lower_exceptions.cc).
__host__ unsigned long ws_catching_try(const unsigned long* open, unsigned long number) {
  const unsigned long bit = 1ul << (number < 64 ? number - 1 : 63);
  for (; open != nullptr; open = (const unsigned long*)open[0]) {
    if ((open[1] & bit) != 0) return 1;
  }
  return 0;
}
