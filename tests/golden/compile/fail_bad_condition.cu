// RUN: compile %s
#if (1 + 2
#endif
#if 1 / 0
#endif
#ifdef 3
#endif
// STDERR:
// fail_bad_condition.cu:2:2: error: #if: ( is not closed [bad-condition]
//   #if (1 + 2
//    ^~
// fail_bad_condition.cu:4:2: error: #if: division by zero [bad-condition]
//   #if 1 / 0
//    ^~
// fail_bad_condition.cu:6:2: error: #ifdef: a macro name is missing [bad-condition]
//   #ifdef 3
//    ^~~~~
