// RUN: compile %s --emit ir
void f() {
  for (auto x : {1, 2.0f}) {
  }
  for (auto x : {}) {
  }
}
// STDERR:
// fail_range_for_list.cu:3:21: error: float does not convert to int [cannot-convert]
//     for (auto x : {1, 2.0f}) {
//                       ^~~~
//   hint: write a cast if it is meant
// fail_range_for_list.cu:5:17: error: a range-based for goes over an array or std::vector, not an empty list [not-a-range]
//     for (auto x : {}) {
//                   ^
//   hint: loop over an index
