// An object that ends in each round of a loop.
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
Owner make(int n) {
  Owner a(n);
  return a;
}
void launch(int n) {
  while (Owner c = make(n)) {
    --n;
  }
}
// STDERR:
// fail_lifetimes_while.cu:18:3: error: an object with a destructor in the head of a while is not supported by the native front end [unsupported]
//     while (Owner c = make(n)) {
//     ^~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
