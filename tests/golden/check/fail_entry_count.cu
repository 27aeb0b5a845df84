// RUN: check %s --task %S/scale.toml --until compiled
void launch(float* y, const float* x) {}
// STDOUT:
// fail_entry_count.cu: rejected at compiled: the entry `launch` is not there or takes something else
// fail_entry_count.cu:2:6: error: `launch` does not take what the task passes: it has 2 parameters, not 3 [entry-mismatch]
//   void launch(float* y, const float* x) {}
//        ^~~~~~
//   hint: the task calls it as launch(float* y, const float* x, int n)
