// RUN: check %s
void launch() {}
// STDERR:
// error: --task is missing, and there is no task.toml beside fail_no_task_beside.cu
//   hint: name one with --task; `warpsmith init fail_no_task_beside.cu` writes a first one
