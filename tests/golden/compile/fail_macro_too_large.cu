// RUN: compile %s
#define L0 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 +
#define L1 L0 L0 L0 L0 L0 L0 L0 L0
#define L2 L1 L1 L1 L1 L1 L1 L1 L1
#define L3 L2 L2 L2 L2 L2 L2 L2 L2
#define L4 L3 L3 L3 L3 L3 L3 L3 L3
#define L5 L4 L4 L4 L4 L4 L4 L4 L4
#define L6 L5 L5 L5 L5 L5 L5 L5 L5
#define L7 L6 L6 L6 L6 L6 L6 L6 L6
int a = L7 1;
// STDERR:
// fail_macro_too_large.cu:10:9: error: macro L7 expands to too much [macro-too-large]
//   int a = L7 1;
//           ^~
//   hint: at most 1048576 tokens come out of all expansions of a program
