// RUN: compile %s
int é = 3;
// STDERR:
// fail_stray_byte.cu:2:5: error: byte 195 begins no token of C++ [stray-byte]
//   int é = 3;
//       ^~
//   hint: remove it; outside comments and strings the source must be ASCII
// fail_stray_byte.cu:2:8: error: expected a name, found '=' [expected]
//   int é = 3;
//          ^
