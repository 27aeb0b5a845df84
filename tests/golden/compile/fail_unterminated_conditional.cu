// RUN: compile %s
#ifdef N
int a;
// STDERR:
// fail_unterminated_conditional.cu:2:2: error: #if has no #endif [unterminated-conditional]
//   #ifdef N
//    ^
