// RUN: compile %s
#warning this kernel is slow
int a;
// STDERR:
// warning_directive.cu:2:2: warning: #warning this kernel is slow [warning-directive]
//   #warning this kernel is slow
//    ^~~~~~~
