// RUN: check %s
__global__ void none() {}
int main() { none<<<1, 1>>>(); }
// STDERR:
// error: --task is missing, and there is no task.toml beside fail_no_task_main.cu
//   hint: a whole program: it has `main`, but no launcher that takes arrays; `warpsmith run fail_no_task_main.cu` executes it; a task needs a host function that takes device pointers and launches the kernels
