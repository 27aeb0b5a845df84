// RUN: run %s
int main(float x) { return 0; }
// STDERR:
// error: fail_main_parameters.cu:2:5: main() takes parameters that a program is not given
//   hint: write `int main()` or `int main(int argc, char** argv)`
