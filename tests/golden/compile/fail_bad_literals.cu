// RUN: compile %s
__global__ void Literals(float* y, int* z, char* s) {
  y[0] = 1.5q;
  y[1] = 1e;
  y[2] = 0x1.8;
  z[0] = 0x;
  z[1] = 089;
  z[2] = 123456789012345678901234567890;
  z[3] = 10ulll;
  z[4] = 0b12;
  s[0] = 'ab';
  s[1] = '\q';
  s[2] = '';
}
// STDERR:
// fail_bad_literals.cu:3:10: error: 1.5q is no valid literal: its suffix is unknown [bad-literal]
//     y[0] = 1.5q;
//            ^~~~
// fail_bad_literals.cu:4:10: error: 1e is no valid literal: its exponent has no digits [bad-literal]
//     y[1] = 1e;
//            ^~
// fail_bad_literals.cu:5:10: error: 0x1.8 is no valid literal: a hexadecimal fraction needs an exponent, as in 0x1.8p3 [bad-literal]
//     y[2] = 0x1.8;
//            ^~~~~
// fail_bad_literals.cu:6:10: error: 0x is no valid literal: it has no digits [bad-literal]
//     z[0] = 0x;
//            ^~
// fail_bad_literals.cu:7:10: error: 089 is no valid literal: it is octal, and has a digit above 7 [bad-literal]
//     z[1] = 089;
//            ^~~
// fail_bad_literals.cu:8:10: error: 123456789012345678901234567890 is no valid literal: it is larger than 64 bits [bad-literal]
//     z[2] = 123456789012345678901234567890;
//            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
// fail_bad_literals.cu:9:10: error: 10ulll is no valid literal: its suffix is unknown [bad-literal]
//     z[3] = 10ulll;
//            ^~~~~~
// fail_bad_literals.cu:10:10: error: 0b12 is no valid literal: it is binary, and has a digit above 1 [bad-literal]
//     z[4] = 0b12;
//            ^~~~
// fail_bad_literals.cu:11:10: error: 'ab' is no valid literal: it has several characters [bad-literal]
//     s[0] = 'ab';
//            ^~~~
// fail_bad_literals.cu:12:10: error: '\q' is no valid literal: it has an unknown escape sequence [bad-literal]
//     s[1] = '\q';
//            ^~~~
// fail_bad_literals.cu:13:10: error: '' is no valid literal: it is empty [bad-literal]
//     s[2] = '';
//            ^~
