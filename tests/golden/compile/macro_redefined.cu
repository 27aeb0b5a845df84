// RUN: compile %s
#define TILE 16
#define TILE 32
int a = TILE;
// STDERR:
// macro_redefined.cu:3:9: warning: macro TILE is defined anew with another replacement [macro-redefined]
//   #define TILE 32
//           ^~~~
//   hint: #undef it first
