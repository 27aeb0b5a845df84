// RUN: run %s --task %S/../check/scale.toml
void launch(float* y, const float* x, int n) { exit(0); }
// STDOUT:
// 1 finding, stopped at n=1: 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [1] checksum 5dbeb358e39c496d: -nan
// fail_exit.cu:2:48: finding: the host code called exit(0) [exited]
//   void launch(float* y, const float* x, int n) { exit(0); }
//                                                  ^
//   hint: a launcher returns to its caller
