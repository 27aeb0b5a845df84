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
