// Objects whose end cannot be brought about are refused.
// RUN: compile %s
struct Owner {
  float* p;
  Owner() : p(nullptr) {}
  Owner(int n) : p(nullptr) { cudaMalloc(&p, n * sizeof(float)); }
  ~Owner() { cudaFree(p); }
  float* get() const { return p; }
  operator float*() const { return p; }
  float operator[](int i) const { return p[i]; }
  explicit operator bool() const { return p != nullptr; }
};
struct Counted {
  int n;
  Counted(int k) : n(k) {}
  Counted(short) = delete;
};
Owner kept;
Owner make(int n) {
  Owner a(n);
  return a;
}
Owner make_from(Owner& from) {
  Owner& same = from;
  return same;
}
void launch(int n) {
  static Owner once(n);
  Owner(3);
  make(n);
  float* p = make(n).get();
  float* q = Owner(n);
  float first = Owner(n)[0];
  Owner a, b(n);
  a = b;
  Counted x(3);
  Counted y = x;
}
// STDERR:
// fail_lifetimes.cu:28:16: error: a static object of a function with a destructor, or with a value and a std::vector in it is not supported by the native front end [unsupported]
//     static Owner once(n);
//                  ^~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
