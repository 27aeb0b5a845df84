// RUN: compile %s
// The right side of an assignment comes first, which is not done: what would show it is refused.
__global__ void k(int* a, int* p, int n) {
  int i = threadIdx.x;
  a[i] = ++i;
  a[i++] = i;
  a[i] -= a[--i] + n;
  *p = *++p;
  *p++ = *a++;
  a[n] = i++;
  i = i++ + 1;
  a[i] = n = 2;
}
// STDERR:
// fail_order.cu:5:8: error: an assignment of which one side changes what the other one reads is not supported by the native front end [unsupported]
//     a[i] = ++i;
//          ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_order.cu:6:10: error: an assignment of which one side changes what the other one reads is not supported by the native front end [unsupported]
//     a[i++] = i;
//            ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_order.cu:7:8: error: an assignment of which one side changes what the other one reads is not supported by the native front end [unsupported]
//     a[i] -= a[--i] + n;
//          ^~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_order.cu:8:6: error: an assignment of which one side changes what the other one reads is not supported by the native front end [unsupported]
//     *p = *++p;
//        ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
