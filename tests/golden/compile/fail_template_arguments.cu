// RUN: compile %s
template <typename T, int N>
__device__ T Sum(const T* x) {
  T sum = 0;
  for (int i = 0; i < N; ++i) sum += x[i];
  return sum;
}
__global__ void Calls(float* y, const float* x, int n) {
  y[0] = Sum<4, 4>(x);
  y[1] = Sum<float, float>(x);
  y[2] = Sum<float, n>(x);
  y[3] = Sum<float>(x);
  y[4] = Sum<double, 4>(x);
  y[5] = Sum<float, 4>(x, n);
}
// STDERR:
// fail_template_arguments.cu:9:14: error: the template parameter 'T' of 'Sum' takes a type [template-argument-kind]
//     y[0] = Sum<4, 4>(x);
//                ^
// fail_template_arguments.cu:10:26: error: the template parameter 'N' of 'Sum' takes a value [template-argument-kind]
//     y[1] = Sum<float, float>(x);
//                            ^
// fail_template_arguments.cu:11:21: error: a template argument must be known at compile time [not-constant]
//     y[2] = Sum<float, n>(x);
//                       ^
//   hint: use constexpr, a template parameter or a literal
// fail_template_arguments.cu:11:21: note: 'n' has no value at compile time [name-not-constant]
//     y[2] = Sum<float, n>(x);
//                       ^
// fail_template_arguments.cu:12:10: error: the template arguments of 'Sum' do not follow from the call [cannot-deduce]
//     y[3] = Sum<float>(x);
//            ^~~
//   hint: write them: Sum<...>
// fail_template_arguments.cu:13:25: error: const float* does not convert to const double* [cannot-convert]
//     y[4] = Sum<double, 4>(x);
//                           ^
//   hint: write a cast if it is meant
// fail_template_arguments.cu:14:10: error: 'Sum' takes 1 arguments, 2 are given [wrong-argument-count]
//     y[5] = Sum<float, 4>(x, n);
//            ^~~
