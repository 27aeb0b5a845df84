// std::string: an address, a length, and who may change the bytes: the object at that address alone,
// which may have room for more. Memory is not given back, so that copies of what nobody may change
// need no work.

// lib/exceptions.cu
__host__ void __std_throw_range(const char* text, unsigned long at, unsigned long count);
__host__ void __std_throw_invalid(const char* text);
__host__ void __std_throw_beyond(const char* text);

char* __std_text_room = nullptr;
unsigned long __std_text_left = 0;

// Room for `count` bytes and a zero, which stands behind them.
__host__ inline char* __std_new_text(unsigned long count) {
  if (count + 1 > __std_text_left) {
    __std_text_left = count + 1 > 16384 ? count + 1 : 16384;
    __std_text_room = (char*)malloc(__std_text_left);
  }
  char* const text = __std_text_room;
  __std_text_room = __std_text_room + count + 1;
  __std_text_left = __std_text_left - count - 1;
  text[count] = 0;
  return text;
}

struct __std_string {
  const char* text;
  unsigned long count;
  unsigned long owner;
  unsigned long room;  // bytes that the owner may write
  static constexpr unsigned long npos = 0xfffffffffffffffful;
  __host__ __std_string() : text(""), count(0), owner(0), room(0) {}
  __host__ __std_string(const __std_string& o) : text(o.text), count(o.count), owner(0), room(0) {
    if (o.owner == (unsigned long)&o) Set(o.text, o.count);
  }
  __host__ __std_string& operator=(const __std_string& o) {
    if (this == &o) return *this;
    text = o.text;
    count = o.count;
    owner = 0;
    room = 0;
    if (o.owner == (unsigned long)&o) Set(o.text, o.count);
    return *this;
  }
  __host__ __std_string(const char* s) : text(""), count(0), owner(0), room(0) { Set(s, strlen(s)); }
  __host__ __std_string(const char* s, unsigned long n) : text(""), count(0), owner(0), room(0) {
    Set(s, n);
  }
  __host__ __std_string(unsigned long n, char c) : text(""), count(0), owner(0), room(0) {
    char* made = __std_new_text(n);
    for (unsigned long i = 0; i < n; ++i) made[i] = c;
    text = made;
    count = n;
  }
  __host__ void Set(const char* s, unsigned long n) {
    char* made = __std_new_text(n);
    memcpy(made, s, n);
    text = made;
    count = n;
    owner = 0;
    room = n;
  }
  __host__ void Append(const char* s, unsigned long n) {
    const bool again = owner == (unsigned long)this;
    if (!again || count + n > room) {
      const unsigned long size = again ? 2 * (count + n) : count + n;
      char* made = __std_new_text(size);
      memcpy(made, text, count);
      text = made;
      owner = (unsigned long)this;
      room = size;
    }
    char* const end = (char*)text + count;
    memcpy(end, s, n);
    end[n] = 0;
    count = count + n;
  }
  __host__ const char* c_str() const { return text; }
  __host__ const char* data() const { return text; }
  __host__ unsigned long size() const { return count; }
  __host__ unsigned long length() const { return count; }
  __host__ bool empty() const { return count == 0; }
  __host__ const char& operator[](unsigned long i) const { return text[i]; }
  // Bytes that may be changed are this object's alone.
  __host__ char* Own() {
    if (owner != (unsigned long)this) {
      Set(text, count);
      owner = (unsigned long)this;
    }
    return (char*)text;
  }
  __host__ char& operator[](unsigned long i) { return Own()[i]; }
  __host__ char at(unsigned long i) const {
    if (i >= count) {
      __std_throw_range("basic_string::at: __n (which is %lu) >= this->size() (which is %lu)", i,
                        count);
    }
    return text[i];
  }
  __host__ char front() const { return text[0]; }
  __host__ char back() const { return text[count - 1]; }
  __host__ const char* begin() const { return text; }
  __host__ const char* end() const { return text + count; }
  __host__ char* begin() { return Own(); }
  __host__ char* end() { return Own() + count; }
  __host__ char& front() { return Own()[0]; }
  __host__ char& back() { return Own()[count - 1]; }
  __host__ void clear() {
    text = "";
    count = 0;
    owner = 0;
    room = 0;
  }
  __host__ void push_back(char c) { Append(&c, 1); }
  __host__ void pop_back() {
    --count;
    Own()[count] = 0;
  }
  __host__ __std_string& erase(unsigned long at = 0, unsigned long most = 0xfffffffffffffffful) {
    if (at > count) {
      __std_throw_range(
          "basic_string::erase: __pos (which is %lu) > this->size() (which is %lu)", at, count);
    }
    const unsigned long n = most < count - at ? most : count - at;
    const __std_string rest(text + at + n, count - at - n);
    Set(text, at);
    Append(rest.text, rest.count);
    return *this;
  }
  __host__ __std_string& insert(unsigned long at, const __std_string& o) {
    if (at > count) {
      __std_throw_range(
          "basic_string::insert: __pos (which is %lu) > this->size() (which is %lu)", at, count);
    }
    const __std_string rest(text + at, count - at);
    Set(text, at);
    Append(o.text, o.count);
    Append(rest.text, rest.count);
    return *this;
  }
  __host__ __std_string& insert(unsigned long at, unsigned long n, char c) {
    return insert(at, __std_string(n, c));
  }
  __host__ void resize(unsigned long n, char c = 0) {
    if (n < count) {
      Set(text, n);
    } else {
      const __std_string more(n - count, c);
      Append(more.text, more.count);
    }
  }
  __host__ void reserve(unsigned long n) {}
  __host__ __std_string& assign(const __std_string& o) {
    *this = o;
    return *this;
  }
  __host__ __std_string& append(unsigned long n, char c) { return append(__std_string(n, c)); }
  __host__ __std_string& operator+=(const __std_string& o) {
    Append(o.text, o.count);
    return *this;
  }
  __host__ __std_string& operator+=(char c) {
    Append(&c, 1);
    return *this;
  }
  __host__ __std_string& append(const __std_string& o) {
    Append(o.text, o.count);
    return *this;
  }
  __host__ __std_string substr(unsigned long at, unsigned long most = 0xfffffffffffffffful) const {
    if (at > count) {
      __std_throw_range(
          "basic_string::substr: __pos (which is %lu) > this->size() (which is %lu)", at, count);
    }
    const unsigned long rest = count - at;
    return __std_string(text + at, most < rest ? most : rest);
  }
  __host__ int compare(const __std_string& o) const {
    const int order = memcmp(text, o.text, count < o.count ? count : o.count);
    if (order != 0) return order;
    return count == o.count ? 0 : count < o.count ? -1 : 1;
  }
  __host__ int compare(unsigned long at, unsigned long most, const __std_string& o) const {
    return substr(at, most).compare(o);
  }
  __host__ int compare(unsigned long at, unsigned long most, const __std_string& o,
                       unsigned long other_at, unsigned long other_most = npos) const {
    return substr(at, most).compare(o.substr(other_at, other_most));
  }
  __host__ __std_string& replace(unsigned long at, unsigned long most, const __std_string& o) {
    const __std_string by = o;
    erase(at, most);
    return insert(at, by);
  }
  // The first or last place, from one on, of a character that is, or is not, among those of `set`.
  __host__ bool __among(unsigned long at, const __std_string& set) const {
    for (unsigned long k = 0; k < set.count; ++k) {
      if (text[at] == set.text[k]) return true;
    }
    return false;
  }
  __host__ unsigned long __first_among(const __std_string& set, unsigned long from,
                                       bool wanted) const {
    for (unsigned long at = from; at < count; ++at) {
      if (__among(at, set) == wanted) return at;
    }
    return npos;
  }
  __host__ unsigned long __last_among(const __std_string& set, unsigned long from,
                                      bool wanted) const {
    for (unsigned long at = from < count ? from + 1 : count; at > 0; --at) {
      if (__among(at - 1, set) == wanted) return at - 1;
    }
    return npos;
  }
  __host__ unsigned long find_first_of(const __std_string& set, unsigned long from = 0) const {
    return __first_among(set, from, true);
  }
  __host__ unsigned long find_first_not_of(const __std_string& set, unsigned long from = 0) const {
    return __first_among(set, from, false);
  }
  __host__ unsigned long find_last_of(const __std_string& set, unsigned long from = npos) const {
    return __last_among(set, from, true);
  }
  __host__ unsigned long find_last_not_of(const __std_string& set, unsigned long from = npos) const {
    return __last_among(set, from, false);
  }
  __host__ unsigned long find_first_of(char c, unsigned long from = 0) const {
    return find(c, from);
  }
  __host__ unsigned long find_last_of(char c) const { return rfind(c); }
  __host__ unsigned long rfind(const __std_string& o, unsigned long from = npos) const {
    if (o.count > count) return npos;
    for (unsigned long at = from < count - o.count ? from + 1 : count - o.count + 1; at > 0; --at) {
      if (memcmp(text + at - 1, o.text, o.count) == 0) return at - 1;
    }
    return npos;
  }
  __host__ unsigned long find(const __std_string& o, unsigned long from = 0) const {
    for (unsigned long at = from; at + o.count <= count; ++at) {
      unsigned long same = 0;
      while (same < o.count && text[at + same] == o.text[same]) ++same;
      if (same == o.count) return at;
    }
    return 0xfffffffffffffffful;
  }
  __host__ unsigned long find(char c, unsigned long from = 0) const {
    for (unsigned long at = from; at < count; ++at) {
      if (text[at] == c) return at;
    }
    return 0xfffffffffffffffful;
  }
  __host__ unsigned long rfind(char c) const {
    for (unsigned long at = count; at > 0; --at) {
      if (text[at - 1] == c) return at - 1;
    }
    return 0xfffffffffffffffful;
  }
};
__host__ inline __std_string operator+(const __std_string& a, const __std_string& b) {
  __std_string sum = a;
  sum.Append(b.text, b.count);
  return sum;
}
__host__ inline __std_string operator+(const __std_string& a, char c) {
  __std_string sum = a;
  sum.Append(&c, 1);
  return sum;
}
__host__ inline bool operator==(const __std_string& a, const __std_string& b) {
  return a.count == b.count && memcmp(a.text, b.text, a.count) == 0;
}
__host__ inline bool operator!=(const __std_string& a, const __std_string& b) {
  return !(a == b);
}
__host__ inline bool operator<(const __std_string& a, const __std_string& b) {
  return a.compare(b) < 0;
}
__host__ inline bool operator>(const __std_string& a, const __std_string& b) { return b < a; }
__host__ inline bool operator<=(const __std_string& a, const __std_string& b) { return !(b < a); }
__host__ inline bool operator>=(const __std_string& a, const __std_string& b) { return !(a < b); }

__host__ inline __std_string __std_to_string(int x) {
  char text[32];
  const int n = snprintf(text, 32, "%d", x);
  return __std_string(text, n);
}
__host__ inline __std_string __std_to_string(unsigned int x) {
  char text[32];
  const int n = snprintf(text, 32, "%u", x);
  return __std_string(text, n);
}
__host__ inline __std_string __std_to_string(long x) {
  char text[32];
  const int n = snprintf(text, 32, "%ld", x);
  return __std_string(text, n);
}
__host__ inline __std_string __std_to_string(unsigned long x) {
  char text[32];
  const int n = snprintf(text, 32, "%lu", x);
  return __std_string(text, n);
}
__host__ inline __std_string __std_to_string(long long x) { return __std_to_string((long)x); }
__host__ inline __std_string __std_to_string(unsigned long long x) {
  return __std_to_string((unsigned long)x);
}
__host__ inline __std_string __std_to_string(double x) {
  char text[400];
  const int n = snprintf(text, 400, "%f", x);
  return __std_string(text, n);
}
__host__ inline __std_string __std_to_string(float x) { return __std_to_string((double)x); }
__host__ inline void __std_set_used(const __std_string& s, const char* end, unsigned long* used) {
  if (used != nullptr) *used = (unsigned long)(end - s.text);
}
__host__ inline long __std_stol(const __std_string& s, unsigned long* used = nullptr,
                                int base = 10) {
  char* end = nullptr;
  const long value = strtol(s.text, &end, base);
  if (end == s.text) __std_throw_invalid("stol");
  if (fabs(strtod(s.text, nullptr)) > 9.3e18 && base == 10) __std_throw_beyond("stol");
  __std_set_used(s, end, used);
  return value;
}
__host__ inline unsigned long __std_stoul(const __std_string& s, unsigned long* used = nullptr,
                                          int base = 10) {
  char* end = nullptr;
  const long value = strtol(s.text, &end, base);
  if (end == s.text) __std_throw_invalid("stoul");
  __std_set_used(s, end, used);
  return (unsigned long)value;
}
__host__ inline int __std_stoi(const __std_string& s, unsigned long* used = nullptr,
                               int base = 10) {
  char* end = nullptr;
  const long value = strtol(s.text, &end, base);
  if (end == s.text) __std_throw_invalid("stoi");
  if (value < -2147483647l - 1 || value > 2147483647l) __std_throw_beyond("stoi");
  __std_set_used(s, end, used);
  return (int)value;
}
// Whether a number, not the word for infinity, was too large.
__host__ inline bool __std_too_large(const char* text, double value) {
  while (*text == ' ' || (*text >= 9 && *text <= 13) || *text == '-' || *text == '+') ++text;
  return isinf(value) && *text != 'i' && *text != 'I';
}
__host__ inline double __std_stod(const __std_string& s, unsigned long* used = nullptr) {
  char* end = nullptr;
  const double value = strtod(s.text, &end);
  if (end == s.text) __std_throw_invalid("stod");
  if (__std_too_large(s.text, value)) __std_throw_beyond("stod");
  __std_set_used(s, end, used);
  return value;
}
__host__ inline float __std_stof(const __std_string& s, unsigned long* used = nullptr) {
  char* end = nullptr;
  const float value = strtof(s.text, &end);
  if (end == s.text) __std_throw_invalid("stof");
  if (__std_too_large(s.text, value)) __std_throw_beyond("stof");
  __std_set_used(s, end, used);
  return value;
}
