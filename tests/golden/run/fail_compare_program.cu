// RUN: run %s --compare
int main() {}
// STDERR:
// error: --compare is for a task, and there is none
//   hint: name one with --task
