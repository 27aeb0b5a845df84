// RUN: run %s
// What is written to a file that could not be opened is lost, and the stream says so.
#include <cstdio>
#include <fstream>
#include <iomanip>
int main() {
  std::ofstream out("result.txt");
  out << std::setprecision(3) << 3.5 << "\n";
  if (!out) printf("cannot write\n");
  printf("%d %d\n", out.is_open(), out.good());
}
// STDOUT:
// cannot write
// 0 0
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
// STDERR:
// note: the program asks for files, and there are none; --files DIR lets it have those in a folder
