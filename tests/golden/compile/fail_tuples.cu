// RUN: compile %s --front native
#include <tuple>
#include <utility>
int main() {
  std::tuple<int, float> t(1, 2.0f);
  std::pair<int, int> p(1, 2);
  t = p;
  auto [x, y, z] = t;
  return std::get<2>(t);
}
// STDERR:
// fail_tuples.cu:7:7: error: std::pair<int, int> does not convert to std::tuple<int, float> [cannot-convert]
//     t = p;
//         ^
//   hint: write a cast if it is meant
// fail_tuples.cu:8:8: error: 3 names for std::tuple<int, float>, which has 2 parts [binding-count]
//     auto [x, y, z] = t;
//          ^
//   hint: a structured binding names every part
// fail_tuples.cu:9:10: error: static assertion failed: "std::get of a tuple that has fewer elements" [static-assert-failed]
//     return std::get<2>(t);
//            ^~~
// fail_tuples.cu:9:10: error: the template arguments of 'std::select' do not follow from the call [cannot-deduce]
//     return std::get<2>(t);
//            ^~~
//   hint: write them: std::select<...>
