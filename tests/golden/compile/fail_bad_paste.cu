// RUN: compile %s
#define JOIN(a, b) a##b
int a = JOIN(+, /) 1;
// STDERR:
// fail_bad_paste.cu:3:9: error: ## joins "+" and "/", which is no token [bad-paste]
//   int a = JOIN(+, /) 1;
//           ^~~~
