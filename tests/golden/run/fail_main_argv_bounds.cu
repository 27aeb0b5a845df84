// RUN: run %s
int main(int argc, char* argv[]) { return argv[argc + 1] != nullptr; }
// STDOUT:
// main(): 1 finding, stopped; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
// fail_main_argv_bounds.cu:2:58: finding: load of 8 bytes at byte 16 of argv (16 bytes) [out-of-bounds]
//   int main(int argc, char* argv[]) { return argv[argc + 1] != nullptr; }
//                                                            ^
//   hint: compare the index with the size before using it
