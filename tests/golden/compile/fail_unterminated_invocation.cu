// RUN: compile %s
#define DIV(a, b) ((a) / (b))
int a = DIV(1, 2;
// STDERR:
// fail_unterminated_invocation.cu:3:9: error: the argument list of macro DIV is not closed [unterminated-invocation]
//   int a = DIV(1, 2;
//           ^~~
//   hint: add )
