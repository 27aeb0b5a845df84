// RUN: compile %s
#endif
#if 1
#else
#else
#endif
// STDERR:
// fail_unbalanced_conditional.cu:2:2: error: #endif without #if [unbalanced-conditional]
//   #endif
//    ^~~~~
// fail_unbalanced_conditional.cu:5:2: error: #else without #if [unbalanced-conditional]
//   #else
//    ^~~~
