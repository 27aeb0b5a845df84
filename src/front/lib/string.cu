// std::string: an address and a length. The bytes are never changed once they are shared, and their
// memory is not given back, so that copies need no work.

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
  __host__ __std_string() : text(""), count(0) {}
  __host__ __std_string(const char* s) : text(""), count(0) { Set(s, strlen(s)); }
  __host__ __std_string(const char* s, unsigned long n) : text(""), count(0) { Set(s, n); }
  __host__ __std_string(unsigned long n, char c) : text(""), count(0) {
    char* room = __std_new_text(n);
    for (unsigned long i = 0; i < n; ++i) room[i] = c;
    text = room;
    count = n;
  }
  __host__ void Set(const char* s, unsigned long n) {
    char* room = __std_new_text(n);
    memcpy(room, s, n);
    text = room;
    count = n;
  }
  __host__ void Append(const char* s, unsigned long n) {
    char* room = __std_new_text(count + n);
    memcpy(room, text, count);
    memcpy(room + count, s, n);
    text = room;
    count = count + n;
  }
  __host__ const char* c_str() const { return text; }
  __host__ const char* data() const { return text; }
  __host__ unsigned long size() const { return count; }
  __host__ unsigned long length() const { return count; }
  __host__ bool empty() const { return count == 0; }
  __host__ const char& operator[](unsigned long i) const { return text[i]; }
  __host__ char at(unsigned long i) const {
    if (i >= count) abort();
    return text[i];
  }
  __host__ char front() const { return text[0]; }
  __host__ char back() const { return text[count - 1]; }
  __host__ const char* begin() const { return text; }
  __host__ const char* end() const { return text + count; }
  __host__ void clear() {
    text = "";
    count = 0;
  }
  __host__ void push_back(char c) { Append(&c, 1); }
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
    if (at > count) abort();
    const unsigned long rest = count - at;
    return __std_string(text + at, most < rest ? most : rest);
  }
  __host__ int compare(const __std_string& o) const { return strcmp(text, o.text); }
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
  static constexpr unsigned long npos = 0xfffffffffffffffful;
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
  return a.count == b.count && strcmp(a.text, b.text) == 0;
}
__host__ inline bool operator!=(const __std_string& a, const __std_string& b) {
  return !(a == b);
}
__host__ inline bool operator<(const __std_string& a, const __std_string& b) {
  return strcmp(a.text, b.text) < 0;
}

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
// C++ throws where there is no number or one beyond int.
__host__ inline int __std_stoi(const __std_string& s) {
  char* end = nullptr;
  const long value = strtol(s.text, &end, 10);
  if (end == s.text || value < -2147483647l - 1 || value > 2147483647l) abort();
  return (int)value;
}
