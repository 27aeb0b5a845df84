// RUN: compile %s --emit ir
void f() {
  char a[3] = "abc";
  int b[4] = "abc";
}
// STDERR:
// fail_character_arrays.cu:3:15: error: too many initialisers for char[3] [too-many-initializers]
//     char a[3] = "abc";
//                 ^~~~~
// fail_character_arrays.cu:4:14: error: string literal does not convert to int[4] [cannot-convert]
//     int b[4] = "abc";
//                ^~~~~
//   hint: write a cast if it is meant
