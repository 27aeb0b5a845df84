// RUN: run %s --front native
// What is not there is refused by name.
#include <thrust/device_vector.h>
int main() {
  thrust::device_vector<int> d(4, 1);
  thrust::set_symmetric_difference(d.begin(), d.end(), d.begin(), d.end(), d.begin());
}
// STDOUT:
// fail_thrust_unknown.cu:6:11: error: 'set_symmetric_difference' is not declared [unknown-name]
//     thrust::set_symmetric_difference(d.begin(), d.end(), d.begin(), d.end(), d.begin());
//             ^~~~~~~~~~~~~~~~~~~~~~~~
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
