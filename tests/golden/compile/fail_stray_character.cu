// RUN: compile %s
int @a;
// STDERR:
// fail_stray_character.cu:2:5: error: '@' begins no token of C++ [stray-character]
//   int @a;
//       ^
//   hint: remove it
