// RUN: run %s
#include <cstdio>
int main() {
  FILE* f = fopen("data.txt", "r");
  if (f == nullptr) {
    fprintf(stderr, "cannot open\n");
    return 1;
  }
  fclose(f);
}
// STDOUT:
// cannot open
// main(): exit code 1; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// STDERR:
// note: the program asks for files, and there are none; --files DIR lets it have those in a folder
