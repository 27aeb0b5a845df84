// RUN: compile %s
float int a;
// STDERR:
// fail_redundant_type.cu:2:7: error: 'int' cannot be combined with the type named before [redundant-type]
//   float int a;
//         ^~~
