// RUN: compile %s
#include <type_traits>
template <typename T> std::make_unsigned_t<T> bits(T x) { return x; }
template <typename T, typename = std::enable_if_t<std::is_integral<T>::value>> T only(T x);
static_assert(std::is_same<int>::value, "one");
static_assert(std::is_same<int, 3>::value, "value");
std::conditional_t<int, float, double> which;
static_assert(std::is_integral<int>::type, "type");
static_assert(std::is_aggregate<int>::value, "not known");
void f(float* p) { bits(p[0]); }
// STDERR:
// fail_traits.cu:8:38: error: expected 'value', found 'type' [expected]
//   static_assert(std::is_integral<int>::type, "type");
//                                        ^~~~
// fail_traits.cu:9:37: error: expected ')', found '::' [expected]
//   static_assert(std::is_aggregate<int>::value, "not known");
//                                       ^~
// fail_traits.cu:5:20: error: 'is_same' takes 2 arguments, 1 are given [wrong-argument-count]
//   static_assert(std::is_same<int>::value, "one");
//                      ^~~~~~~
// fail_traits.cu:6:33: error: the template parameter 'of a trait' of 'is_same' takes a type [template-argument-kind]
//   static_assert(std::is_same<int, 3>::value, "value");
//                                   ^
// fail_traits.cu:7:23: error: the template parameter 'of a trait' of 'conditional_t' takes a constant [template-argument-kind]
//   std::conditional_t<int, float, double> which;
//                         ^
// fail_traits.cu:3:28: error: an integer is needed, not float [not-an-integer]
//   template <typename T> std::make_unsigned_t<T> bits(T x) { return x; }
//                              ^~~~~~~~~~~~~~~
//   hint: convert it
