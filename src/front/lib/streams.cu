// std::ostream, std::istream and the streams over texts and files: each is the number of a stream
// (exec/host_streams.h, whose calls are named by number). One derives from the other in a row, so
// that a stream which reads is taken for one that writes too.

struct __std_ios {
  static constexpr int app = 1, ate = 2, binary = 4, in = 8, out = 16, trunc = 32;
  static constexpr int beg = 0, cur = 1, end = 2;
  static constexpr int goodbit = 0, eofbit = 1, failbit = 2, badbit = 2;
  // One bit for each manipulator, by its number.
  static constexpr int fixed = 4, scientific = 8, left = 0x100, right = 0x200, internal = 0x400;
  static constexpr int hex = 0x800, dec = 0x1000, oct = 0x2000, boolalpha = 0x4000;
  static constexpr int showpos = 0x10000, showpoint = 0x40000, uppercase = 0x100000;
  static constexpr int showbase = 0x400000;
  static constexpr int floatfield = 12, adjustfield = 0x700, basefield = 0x3800;
  using fmtflags = int;
  using openmode = int;
  using iostate = int;
  long number;
  __host__ int rdstate() const { return (int)__ws_stream(12, number, 0, 0); }
  __host__ bool good() const { return rdstate() == 0; }
  __host__ bool eof() const { return (rdstate() & 1) != 0; }
  __host__ bool fail() const { return (rdstate() & 2) != 0; }
  __host__ bool bad() const { return false; }
  __host__ void clear(int state = 0) { __ws_stream(13, number, state, 0); }
  __host__ void setstate(int state) { __ws_stream(13, number, rdstate() | state, 0); }
  __host__ explicit operator bool() const { return !fail(); }
  __host__ bool operator!() const { return fail(); }
  __host__ long precision() const { return __ws_stream(18, number, -1, 0); }
  __host__ long precision(long digits) { return __ws_stream(18, number, digits, 0); }
  __host__ long width() const { return __ws_stream(19, number, -1, 0); }
  __host__ long width(long columns) { return __ws_stream(19, number, columns, 0); }
  __host__ char fill() const { return (char)__ws_stream(20, number, -1, 0); }
  __host__ char fill(char c) { return (char)__ws_stream(20, number, (unsigned char)c, 0); }
  __host__ void setf(int flags) {
    for (int k = 0; k < 24; ++k) {
      if ((flags >> k & 1) != 0) __ws_stream(22, number, k, 0);
    }
  }
  __host__ void setf(int flags, int field) {
    unsetf(field);
    setf(flags);
  }
  __host__ void unsetf(int flags) {
    if ((flags & floatfield) != 0) __ws_stream(22, number, 4, 0);
    if ((flags & basefield) != 0) __ws_stream(22, number, 12, 0);
    if ((flags & adjustfield) != 0) __ws_stream(22, number, 9, 0);
    for (int k = 14; k < 24; k += 2) {
      if ((flags >> k & 1) != 0) __ws_stream(22, number, k + 1, 0);
    }
  }
  __host__ static bool sync_with_stdio(bool with = true) { return with; }
};

// What rdbuf() gives: the rest of a stream, to be written to another one.
struct __std_streambuf {
  long number;
};

struct __std_ostream : __std_ios {
  __host__ __std_ostream& operator<<(bool x) { return Put(6, (long)x); }
  __host__ __std_ostream& operator<<(char x) { return Put(3, (long)x); }
  __host__ __std_ostream& operator<<(signed char x) { return Put(3, (long)x); }
  __host__ __std_ostream& operator<<(unsigned char x) { return Put(3, (long)x); }
  __host__ __std_ostream& operator<<(short x) { return Put(512, (long)x); }
  __host__ __std_ostream& operator<<(unsigned short x) { return Put(1, (long)x); }
  __host__ __std_ostream& operator<<(int x) { return Put(256, (long)x); }
  __host__ __std_ostream& operator<<(unsigned x) { return Put(1, (long)x); }
  __host__ __std_ostream& operator<<(long x) { return Put(0, x); }
  __host__ __std_ostream& operator<<(unsigned long x) { return Put(1, (long)x); }
  __host__ __std_ostream& operator<<(long long x) { return Put(0, (long)x); }
  __host__ __std_ostream& operator<<(unsigned long long x) { return Put(1, (long)x); }
  __host__ __std_ostream& operator<<(float x) { return *this << (double)x; }
  __host__ __std_ostream& operator<<(double x) {
    __ws_put(number, 2, x);
    return *this;
  }
  __host__ __std_ostream& operator<<(const char* x) { return Put(4, (long)x); }
  __host__ __std_ostream& operator<<(const unsigned char* x) { return Put(4, (long)x); }
  __host__ __std_ostream& operator<<(const signed char* x) { return Put(4, (long)x); }
  __host__ __std_ostream& operator<<(const void* x) { return Put(5, (long)x); }
  __host__ __std_ostream& operator<<(__ws_manipulator x) {
    __ws_put(number, 255, x);
    return *this;
  }
  __host__ __std_ostream& operator<<(const __std_string& x) { return Put(4, (long)x.text); }
  __host__ __std_ostream& operator<<(__std_streambuf x) {
    char part[1024];
    long count = 1024;
    while (count == 1024) {
      count = __ws_stream(6, x.number, (long)part, 1024);
      if (count > 0) __ws_stream(7, number, (long)part, count);
    }
    return *this;
  }
  __host__ __std_ostream& Put(int kind, long bits) {
    __ws_put(number, kind, bits);
    return *this;
  }
  __host__ __std_ostream& put(char c) { return write(&c, 1); }
  __host__ __std_ostream& write(const char* from, long bytes) {
    __ws_stream(7, number, (long)from, bytes);
    return *this;
  }
  __host__ __std_ostream& flush() {
    __ws_stream(14, number, 0, 0);
    return *this;
  }
  __host__ long tellp() { return __ws_stream(11, number, 0, 0); }
  __host__ __std_ostream& seekp(long at, int from = 0) {
    __ws_stream(10, number, at, from);
    return *this;
  }
  __host__ __std_streambuf rdbuf() const {
    __std_streambuf rest;
    rest.number = number;
    return rest;
  }
};

struct __std_istream : __std_ostream {
  __host__ bool Integer(long* to) { return good() && __ws_stream(16, number, (long)to, 0) == 1; }
  // What does not fit sets the failure, and the nearest value.
  __host__ long Bounded(long least, long most, bool* read) {
    long value = 0;
    if (!good()) {
      setstate(2);
      *read = false;
      return 0;
    }
    *read = true;
    if (!Integer(&value)) return 0;
    if (value >= least && value <= most) return value;
    setstate(2);
    return value < least ? least : most;
  }
  __host__ __std_istream& operator>>(int& x) {
    bool read = false;
    const long value = Bounded(-2147483647l - 1, 2147483647l, &read);
    if (read) x = (int)value;
    return *this;
  }
  __host__ __std_istream& operator>>(unsigned& x) {
    bool read = false;
    const long value = Bounded(-4294967295l, 4294967295l, &read);
    if (read) x = (unsigned)value;
    return *this;
  }
  __host__ __std_istream& operator>>(short& x) {
    bool read = false;
    const long value = Bounded(-32768, 32767, &read);
    if (read) x = (short)value;
    return *this;
  }
  __host__ __std_istream& operator>>(unsigned short& x) {
    bool read = false;
    const long value = Bounded(-65535, 65535, &read);
    if (read) x = (unsigned short)value;
    return *this;
  }
  __host__ __std_istream& operator>>(long& x) {
    if (!good()) {
      setstate(2);
      return *this;
    }
    long value = 0;
    Integer(&value);
    x = value;
    return *this;
  }
  __host__ __std_istream& operator>>(unsigned long& x) {
    long value = (long)x;
    *this >> value;
    x = (unsigned long)value;
    return *this;
  }
  __host__ __std_istream& operator>>(long long& x) {
    long value = (long)x;
    *this >> value;
    x = value;
    return *this;
  }
  __host__ __std_istream& operator>>(unsigned long long& x) {
    long value = (long)x;
    *this >> value;
    x = (unsigned long)value;
    return *this;
  }
  __host__ __std_istream& operator>>(double& x) {
    if (!good()) {
      setstate(2);
      return *this;
    }
    double value = 0;
    __ws_stream(17, number, (long)&value, 0);
    x = value;
    return *this;
  }
  __host__ __std_istream& operator>>(float& x) {
    double value = (double)x;
    *this >> value;
    x = (float)value;
    return *this;
  }
  __host__ __std_istream& operator>>(bool& x) {
    int value = x ? 1 : 0;
    *this >> value;
    x = value != 0;
    return *this;
  }
  __host__ void SkipBlanks() {
    int c = ' ';
    while (c == ' ' || (c >= '\t' && c <= '\r')) c = (int)__ws_stream(8, number, 0, 0);
    if (c >= 0) __ws_stream(9, number, 0, 0);
  }
  __host__ __std_istream& operator>>(char& x) {
    if (good()) SkipBlanks();
    const long c = good() ? __ws_stream(8, number, 0, 0) : -1;
    if (c < 0) {
      setstate(3);
      return *this;
    }
    x = (char)c;
    return *this;
  }
  __host__ __std_istream& operator>>(__std_string& x) {
    if (!good()) {
      setstate(2);
      return *this;
    }
    x.clear();
    char part[256];
    long count = 255;
    while (count == 255) {
      count = __ws_stream(15, number, (long)part, 256);
      x.Append(part, (unsigned long)count);
    }
    if (x.count == 0) setstate(2);
    return *this;
  }
  __host__ int get() { return (int)__ws_stream(8, number, 0, 0); }
  __host__ __std_istream& get(char& c) {
    const int next = get();
    if (next < 0) {
      setstate(3);
    } else {
      c = (char)next;
    }
    return *this;
  }
  __host__ int peek() {
    const int next = get();
    if (next >= 0) __ws_stream(9, number, 0, 0);
    return next;
  }
  __host__ __std_istream& read(char* to, long bytes) {
    const long count = __ws_stream(6, number, (long)to, bytes);
    last_read = count;
    if (count < bytes) setstate(3);
    return *this;
  }
  __host__ long gcount() const { return last_read; }
  __host__ __std_istream& ignore(long count = 1, int until = -1) {
    for (long i = 0; i < count; ++i) {
      const int next = get();
      if (next < 0 || next == until) break;
    }
    return *this;
  }
  __host__ long tellg() { return __ws_stream(11, number, 0, 0); }
  __host__ __std_istream& seekg(long at, int from = 0) {
    __ws_stream(10, number, at, from);
    return *this;
  }
  long last_read;
};

__host__ inline __std_istream& __std_getline(__std_istream& from, __std_string& to,
                                             char until = '\n') {
  char part[256];
  unsigned long count = 0;
  bool any = false;
  to.clear();
  if (!from.good()) {
    from.setstate(2);
    return from;
  }
  for (;;) {
    const int c = (int)__ws_stream(8, from.number, 0, 0);
    if (c < 0) break;
    any = true;
    if ((char)c == until) break;
    part[count] = (char)c;
    ++count;
    if (count == 256) {
      to.Append(part, count);
      count = 0;
    }
  }
  to.Append(part, count);
  if (!any) from.setstate(2);
  return from;
}

__std_ostream __std_cout = {{2}};
__std_ostream __std_cerr = {{3}};
__std_ostream __std_clog = {{4}};
__std_istream __std_cin = {{{1}}, 0};

__host__ inline __std_string __std_text_of(long number) {
  const unsigned long count = (unsigned long)__ws_stream(3, number, 0, 0);
  char* room = __std_new_text(count);
  __ws_stream(4, number, (long)room, (long)count);
  __std_string text;
  text.text = room;
  text.count = count;
  return text;
}

struct __std_ostringstream : __std_ostream {
  __host__ __std_ostringstream() { number = __ws_stream(0, 0, 0, 0); }
  __host__ explicit __std_ostringstream(const __std_string& s) {
    number = __ws_stream(0, 0, 0, 0);
    str(s);
  }
  __std_ostringstream(const __std_ostringstream&) = delete;
  __host__ ~__std_ostringstream() { __ws_stream(2, number, 0, 0); }
  __host__ __std_string str() const { return __std_text_of(number); }
  __host__ void str(const __std_string& s) {
    __ws_stream(5, number, (long)s.text, (long)s.count);
  }
};
struct __std_stringstream : __std_istream {
  __host__ __std_stringstream() {
    number = __ws_stream(0, 0, 0, 0);
    last_read = 0;
  }
  __host__ explicit __std_stringstream(const __std_string& s) {
    number = __ws_stream(0, 0, 0, 0);
    last_read = 0;
    str(s);
  }
  __std_stringstream(const __std_stringstream&) = delete;
  __host__ ~__std_stringstream() { __ws_stream(2, number, 0, 0); }
  __host__ __std_string str() const { return __std_text_of(number); }
  __host__ void str(const __std_string& s) {
    __ws_stream(5, number, (long)s.text, (long)s.count);
  }
};
using __std_istringstream = __std_stringstream;

// A file, or none: then the number is 0.
struct __std_fstream : __std_istream {
  __host__ __std_fstream() {
    number = 0;
    last_read = 0;
  }
  __host__ explicit __std_fstream(const __std_string& path, int mode = 24) {
    number = 0;
    last_read = 0;
    open(path, mode);
  }
  __std_fstream(const __std_fstream&) = delete;
  __host__ ~__std_fstream() { close(); }
  __host__ void open(const __std_string& path, int mode = 24) {
    close();
    const bool reads = (mode & 8) != 0;
    const bool writes = (mode & 17) != 0;
    const char* how = (mode & 1) != 0             ? (reads ? "a+" : "a")
                      : !writes                   ? "r"
                      : reads && (mode & 32) == 0 ? "r+"
                      : reads                     ? "w+"
                                                  : "w";
    number = __ws_stream(1, (long)path.text, (long)how, 0);
    if ((mode & 2) != 0) seekg(0, 2);
  }
  __host__ bool is_open() const { return number != 0; }
  __host__ void close() {
    if (number != 0) __ws_stream(2, number, 0, 0);
    number = 0;
  }
};
struct __std_ifstream : __std_fstream {
  __host__ __std_ifstream() {}
  __host__ explicit __std_ifstream(const __std_string& path, int mode = 8) { open(path, mode); }
  __host__ void open(const __std_string& path, int mode = 8) { __std_fstream::open(path, mode | 8); }
};
struct __std_ofstream : __std_fstream {
  __host__ __std_ofstream() {}
  __host__ explicit __std_ofstream(const __std_string& path, int mode = 16) { open(path, mode); }
  __host__ void open(const __std_string& path, int mode = 16) {
    __std_fstream::open(path, mode | 16);
  }
};
