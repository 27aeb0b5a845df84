// RUN: compile %s --emit ir
Unknown k(int* y) { return 1; }
// STDERR:
// fail_first_token.cu:2:1: error: 'Unknown' does not name a type [unknown-type]
//   Unknown k(int* y) { return 1; }
//   ^~~~~~~
//   hint: declare it before it is used, or check the spelling
