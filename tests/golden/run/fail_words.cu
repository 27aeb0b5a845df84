// RUN: run %s 12 --task %S/../check/scale.toml
void launch(float* y, const float* x, int n) {}
// STDERR:
// error: `12` is one word too many
//   hint: only a program with main() takes arguments; see `warpsmith run --help`
