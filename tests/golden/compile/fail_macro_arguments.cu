// RUN: compile %s
#define DIV(a, b) ((a) / (b))
int a = DIV(1);
// STDERR:
// fail_macro_arguments.cu:3:9: error: macro DIV takes 2 arguments, not 1 [macro-arguments]
//   int a = DIV(1);
//           ^~~
