// RUN: check %s --task %S/scale.toml --until compiled
void launch(float* y, const double* x, int n) {}
// STDOUT:
// fail_entry_mismatch.cu: rejected at compiled: the entry `launch` is not there or takes something else
// fail_entry_mismatch.cu:2:6: error: `launch` does not take what the task passes: `x` does not point to float [entry-mismatch]
//   void launch(float* y, const double* x, int n) {}
//        ^~~~~~
//   hint: the task calls it as launch(float* y, const float* x, int n)
