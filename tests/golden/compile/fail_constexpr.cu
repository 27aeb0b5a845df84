// RUN: compile %s
constexpr int divide(int a, int b) { return a / b; }
constexpr int forever(int n) {
  while (n > 0) n = n % 2 + 1;
  return n;
}
constexpr int overflow(int n) { return n * n; }
int plain(int n) { return n; }
constexpr int through(int n) { return plain(n); }
constexpr int deep(int n) { return n == 0 ? 0 : deep(n - 1) + 1; }
constexpr int kTable[2] = {1, 2};
constexpr int kOther[2] = {1, plain(2)};
static_assert(divide(4, 2) == 2, "");
static_assert(divide(4, 0) == 2, "");
static_assert(forever(3), "");
static_assert(overflow(65536), "");
static_assert(through(1), "");
static_assert(deep(1000), "");
static_assert(kTable[1] == 1, "");
static_assert(kTable[2], "");
int recursive(int n) { return deep(n); }
// STDERR:
// fail_constexpr.cu:12:31: error: an element of a constexpr array must be known at compile time [not-constant]
//   constexpr int kOther[2] = {1, plain(2)};
//                                 ^~~~~
//   hint: use constexpr, a template parameter or a literal
// fail_constexpr.cu:12:31: note: 'plain' is not constexpr [call-not-constexpr]
//   constexpr int kOther[2] = {1, plain(2)};
//                                 ^~~~~
// fail_constexpr.cu:14:28: error: the condition of static_assert must be known at compile time [not-constant]
//   static_assert(divide(4, 0) == 2, "");
//                              ^~
//   hint: use constexpr, a template parameter or a literal
// fail_constexpr.cu:2:47: note: the evaluation of 'divide' ends here: this has no value at compile time [evaluation-stops]
//   constexpr int divide(int a, int b) { return a / b; }
//                                                 ^
// fail_constexpr.cu:15:15: error: the condition of static_assert must be known at compile time [not-constant]
//   static_assert(forever(3), "");
//                 ^~~~~~~
//   hint: use constexpr, a template parameter or a literal
// fail_constexpr.cu:15:15: note: the evaluation of 'forever' ends here: it takes too many steps [evaluation-stops]
//   static_assert(forever(3), "");
//                 ^~~~~~~
// fail_constexpr.cu:16:15: error: the condition of static_assert must be known at compile time [not-constant]
//   static_assert(overflow(65536), "");
//                 ^~~~~~~~
//   hint: use constexpr, a template parameter or a literal
// fail_constexpr.cu:16:15: note: the evaluation of 'overflow' ends here: it takes too many steps [evaluation-stops]
//   static_assert(overflow(65536), "");
//                 ^~~~~~~~
// fail_constexpr.cu:17:15: error: the condition of static_assert must be known at compile time [not-constant]
//   static_assert(through(1), "");
//                 ^~~~~~~
//   hint: use constexpr, a template parameter or a literal
// fail_constexpr.cu:17:15: note: the evaluation of 'through' ends here: it takes too many steps [evaluation-stops]
//   static_assert(through(1), "");
//                 ^~~~~~~
// fail_constexpr.cu:18:15: error: the condition of static_assert must be known at compile time [not-constant]
//   static_assert(deep(1000), "");
//                 ^~~~
//   hint: use constexpr, a template parameter or a literal
// fail_constexpr.cu:18:15: note: the evaluation of 'deep' ends here: it takes too many steps [evaluation-stops]
//   static_assert(deep(1000), "");
//                 ^~~~
// fail_constexpr.cu:19:25: error: the condition of static_assert must be known at compile time [not-constant]
//   static_assert(kTable[1] == 1, "");
//                           ^~
//   hint: use constexpr, a template parameter or a literal
// fail_constexpr.cu:20:15: error: the condition of static_assert must be known at compile time [not-constant]
//   static_assert(kTable[2], "");
//                 ^~~~~~
//   hint: use constexpr, a template parameter or a literal
