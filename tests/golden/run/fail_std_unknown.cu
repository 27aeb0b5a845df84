// RUN: run --front native %s
// Types of the standard library that are known, and not there: each is said once, by name.
#include <functional>
#include <list>
#include <thread>
void work() {}
int main() {
  std::function<int(int)> f = [](int x) { return x + 1; };
  std::list<int> l;
  std::variant<int, float> q;
  std::thread t(work);
}
// STDOUT:
// fail_std_unknown.cu:8:8: error: 'function' (std::function) is known, but not supported by the native front end [known-unsupported]
//     std::function<int(int)> f = [](int x) { return x + 1; };
//          ^~~~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_std_unknown.cu:9:8: error: 'list' (std::list) is known, but not supported by the native front end [known-unsupported]
//     std::list<int> l;
//          ^~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_std_unknown.cu:10:8: error: 'variant' (std::variant) is known, but not supported by the native front end [known-unsupported]
//     std::variant<int, float> q;
//          ^~~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_std_unknown.cu:11:8: error: 'thread' (threads of the host) is known, but not supported by the native front end [known-unsupported]
//     std::thread t(work);
//          ^~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_std_unknown.cu:11:8: error: thread does not name a type [unknown-type]
//     std::thread t(work);
//          ^~~~~~
//   hint: declare it before it is used, or check the spelling
