// RUN: run %s --front native
// Iterators of both sides in one algorithm.
#include <thrust/device_vector.h>
#include <thrust/host_vector.h>
int main() {
  thrust::host_vector<int> h(4, 1);
  thrust::device_vector<int> d(4, 1);
  thrust::transform(h.begin(), h.end(), d.begin(), thrust::negate<int>());
}
// STDOUT:
// fail_thrust_sides.cu:8:3: error: static assertion failed: "a Thrust algorithm over iterators of the host and of the device" [static-assert-failed]
//     thrust::transform(h.begin(), h.end(), d.begin(), thrust::negate<int>());
//     ^~~~~~
