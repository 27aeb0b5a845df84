// RUN: run %s
#include <cstdio>
#include <type_traits>
template <typename T> const char* name() {
  if constexpr (std::is_same<T, float>::value) {
    return "float";
  } else if constexpr (std::is_same_v<T, double>) {
    return "double";
  } else if constexpr (std::is_integral<T>() && std::is_signed_v<T>) {
    return "signed";
  } else if constexpr (std::is_unsigned<T>{}) {
    return "unsigned";
  } else {
    static_assert(std::is_pointer<T>::value, "no pointer");
    return "pointer";
  }
}
template <typename T> typename std::conditional<sizeof(T) == 8, double, float>::type widen(T x) {
  using Result = std::conditional_t<(sizeof(T) > 4), double, float>;
  static_assert(std::is_same_v<Result, double> == (sizeof(T) == 8));
  return x;
}
template <typename T> std::make_unsigned_t<T> bits(T x) { return x; }
template <typename T> void plain(T& x) {
  std::remove_const_t<T> copy = x;
  copy = copy + 1;
  typename std::remove_reference<T&>::type other = x;
  printf("%g %g %d\n", double(copy), double(other), int(std::is_const<T>::value));
}
static_assert(std::is_same_v<std::decay_t<const int[4]>, const int*>);
static_assert(!std::is_same<const int, int>::value && std::is_void<void>::value);
static_assert(std::is_same_v<std::remove_pointer_t<float*>, float>);
int main() {
  printf("%s %s %s %s %s\n", name<float>(), name<double>(), name<long>(), name<unsigned char>(),
         name<int*>());
  printf("%d %d\n", int(sizeof(widen(1))), int(sizeof(widen(1.0))));
  printf("%u %d\n", bits(-1), bits((signed char)-1));
  const float f = 2.5f;
  plain(f);
  return 0;
}
// STDOUT:
// float double signed unsigned pointer
// 4 8
// 4294967295 255
// 3.5 2.5 1
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
