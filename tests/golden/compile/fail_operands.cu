// RUN: compile %s
__global__ void Operands(float* y, const float* x, void* v, bool done) {
  y[0] = ~x[0];
  y[1] = -y;
  v++;
  done--;
  y[2] = 7 / 0;
  y[3] = 7 % (2 - 2);
  y[4] = sizeof(void);
  y[5] = sizeof(Operands);
}
// STDERR:
// fail_operands.cu:3:10: error: '~' does not apply to const float [bad-operand]
//     y[0] = ~x[0];
//            ^
// fail_operands.cu:4:10: error: '-' does not apply to float* [bad-operand]
//     y[1] = -y;
//            ^
// fail_operands.cu:5:4: error: '++' does not apply to void* [bad-operand]
//     v++;
//      ^~
// fail_operands.cu:6:7: error: '--' does not apply to bool [bad-operand]
//     done--;
//         ^~
// fail_operands.cu:7:12: error: division by zero [division-by-zero]
//     y[2] = 7 / 0;
//              ^
// fail_operands.cu:8:12: error: division by zero [division-by-zero]
//     y[3] = 7 % (2 - 2);
//              ^
// fail_operands.cu:9:10: error: void has no size [no-size]
//     y[4] = sizeof(void);
//            ^~~~~~
// fail_operands.cu:10:10: error: function has no size [no-size]
//     y[5] = sizeof(Operands);
//            ^~~~~~
