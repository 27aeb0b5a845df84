// Normally distributed numbers that are the same bits on every machine: no libm.
#ifndef WARPSMITH_TASK_NORMAL_H_
#define WARPSMITH_TASK_NORMAL_H_

namespace ws::task {

// The natural logarithm of x > 0, finite; relative error below 1e-15. Only + - * /.
double PortableLog(double x);

// The x at which the standard normal distribution function is p, 0 < p < 1; relative error about
// 1e-16. Wichura's rational approximations (Algorithm AS 241, PPND16, Applied Statistics 37, 1988).
double NormalQuantile(double p);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_NORMAL_H_
