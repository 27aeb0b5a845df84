// What lambdas may not capture, and copies of objects that end with more than their bytes.
// RUN: compile %s
#include <vector>
struct Owner {
  float* p;
  Owner() : p(nullptr) {}
  ~Owner() { cudaFree(p); }
};
struct Once {
  int x;
  Once() : x(0) {}
  Once(const Once&) = delete;
};
struct S {
  int f;
  int g() {
    auto h = [this] { return this->f; };
    return h();
  }
};
void launch(int n) {
  std::vector<int> v(n);
  auto a = [v] { return v[0]; };
  auto b = [missing] { return 1; };
  auto c = [] { return n; };
  Owner o;
  Owner q = o;
  Once x;
  Once y = x;
  std::vector<Owner> many(2);
  auto d = [o] { return o.p; };
}
// STDERR:
// fail_lambda_captures.cu:17:30: error: this in a lambda is not supported by the native front end [unsupported]
//       auto h = [this] { return this->f; };
//                                ^~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_lambda_captures.cu:17:36: error: no member 'f' in <lambda> [no-member]
//       auto h = [this] { return this->f; };
//                                      ^
// fail_lambda_captures.cu:23:13: error: a copy of a std::vector in a lambda (capture it by reference) is not supported by the native front end [unsupported]
//     auto a = [v] { return v[0]; };
//               ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_lambda_captures.cu:24:13: error: 'missing' is not declared [unknown-name]
//     auto b = [missing] { return 1; };
//               ^~~~~~~
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
// fail_lambda_captures.cu:29:12: error: Once cannot be copied: its copy is deleted [deleted-copy]
//     Once y = x;
//              ^
//   hint: pass a reference, or move what it holds
// fail_lambda_captures.cu:31:13: error: a capture of an object with a destructor or a std::vector in it is not supported by the native front end [unsupported]
//     auto d = [o] { return o.p; };
//               ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_lambda_captures.cu:23:25: error: 'v' is not declared [unknown-name]
//     auto a = [v] { return v[0]; };
//                           ^
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
// fail_lambda_captures.cu:25:24: error: 'n' is not declared [unknown-name]
//     auto c = [] { return n; };
//                          ^
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
// fail_lambda_captures.cu:31:25: error: 'o' is not declared [unknown-name]
//     auto d = [o] { return o.p; };
//                           ^
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
