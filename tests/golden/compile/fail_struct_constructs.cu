// RUN: compile %s
// What of structs is outside of the dialect is named, and the rest of the program is still read.
struct Base {
  int a;
};
struct Derived : Base {
  int b;
};
union Both {
  int i;
  float f;
};
template <typename T>
struct Box {
  T value;
};
struct Members {
  int low : 4;
  __device__ ~Members() {}
  virtual int dispatch();
  template <typename T>
  __device__ T get() { return T(); }
  __device__ operator float() const { return 1.0f; }
  __device__ Members(const Members& other) {}
  __device__ Members& operator=(Members) = delete;
  __device__ float operator->*(int);
  mutable int cache;
  int kept;
  __device__ int fine() const { return kept; }
};
template <typename T>
__device__ void local(T* p) {
  struct Inner {
    T v;
    __device__ T get() { return v; }
  };
}
__global__ void k(int* y, Members* m) {
  local(y);
  *y = m->fine() + m->missing;
}
// STDERR:
// fail_struct_constructs.cu:18:7: error: a bit-field is not supported by the native front end [unsupported]
//     int low : 4;
//         ^~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_struct_constructs.cu:26:20: error: this operator function is not supported by the native front end [unsupported]
//     __device__ float operator->*(int);
//                      ^~~~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_struct_constructs.cu:27:3: error: mutable is not supported by the native front end [unsupported]
//     mutable int cache;
//     ^~~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_struct_constructs.cu:40:23: error: no member 'missing' in Members [no-member]
//     *y = m->fine() + m->missing;
//                         ^~~~~~~
