// RUN: compile %s --emit ir
__global__ void k(int* y, int n) {
  if (n > 3) goto end;
  int x = n;
  y[0] = x;
end:
  y[1] = 1;
}
__global__ void s(int* y, int n) {
  switch (n) {
    case 0:
      int a = 3;
      y[0] = a;
      break;
    case 1: {
      int b = 4;
      y[0] = b;
      break;
    }
    default:
      y[0] = 0;
  }
}
__global__ void fine(int* y, int n) {
  int x = n;
again:
  int z;
  if (--x > 0) goto again;
  goto done;
done:
  y[0] = z = 1;
}
// STDERR:
// fail_jump_past.cu:3:19: error: the jump to end passes the initialisation of 'x' [jump-past-initialiser]
//     if (n > 3) goto end;
//                     ^~~
//   hint: declare it before the jump, or put it and its uses into braces of their own
// fail_jump_past.cu:15:5: error: the jump to this label of the switch passes the initialisation of 'a' [jump-past-initialiser]
//       case 1: {
//       ^~~~
//   hint: declare it before the jump, or put it and its uses into braces of their own
// fail_jump_past.cu:20:5: error: the jump to this label of the switch passes the initialisation of 'a' [jump-past-initialiser]
//       default:
//       ^~~~~~~
//   hint: declare it before the jump, or put it and its uses into braces of their own
