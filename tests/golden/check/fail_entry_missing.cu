// RUN: check %s --task %S/scale.toml --until compiled
void start(float* y, const float* x, int n) {}
// STDOUT:
// fail_entry_missing.cu: rejected at compiled: the entry `launch` is not there or takes something else
// error: there is no host function `launch` [entry-missing]
//   hint: the task calls it as launch(float* y, const float* x, int n)
