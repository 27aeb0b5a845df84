// RUN: run %s
int g(int n);
int f(int n) { int a[100]; a[n % 100] = n; return g(n + 1) + a[n % 100]; }
int g(int n) { return f(n) + 1; }
int main() { return f(0); }
// STDOUT:
// main(): 1 finding, stopped; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_host_stack_overflow.cu:3:32: finding: f calls itself too often: the 8388608 bytes of the host's stack are used up [stack-overflow]
//   int f(int n) { int a[100]; a[n % 100] = n; return g(n + 1) + a[n % 100]; }
//                                  ^
//   hint: cudaDeviceSetLimit(cudaLimitStackSize, bytes) gives the threads of a device more
