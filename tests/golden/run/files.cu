// RUN: run %s --files %t
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
int main(int argc, char** argv) {
  FILE* fp = fopen("t.txt", "w");
  if (!fp) { printf("no file\n"); return 3; }
  fprintf(fp, "%d %s\n%f\n", 42, "abc", 1.5);
  float data[4] = {1, 2, 3, 4};
  fwrite(data, sizeof(float), 4, fp);
  fclose(fp);
  fp = fopen("t.txt", "rb");
  fseek(fp, 0, SEEK_END); long n = ftell(fp); rewind(fp);
  char line[64]; int a; char w[10]; double d;
  fgets(line, sizeof line, fp); printf("%ld [%s]\n", n, line);
  fscanf(fp, "%lf\n", &d);
  float back[4]; size_t got = fread(back, sizeof(float), 4, fp);
  printf("%g %zu %g %d\n", d, got, back[3], feof(fp)); int c = fgetc(fp); printf("%d %d\n", c, feof(fp) != 0);
  fclose(fp);
  std::ofstream out("o.txt"); if (!out) return 1; out << "x " << 12 << "\n" << 2.5 << std::endl; out.close();
  std::ifstream in("o.txt"); std::string s; int i; double e; in >> s >> i >> e; std::cout << s << i << e << "\n";
  std::ifstream none("nope"); std::cout << none.is_open() << (bool)none << !none << "\n";
  return 0;
}
// STDOUT:
// 32 [42 abc
// ]
// 1.5 4 4 0
// -1 1
// x122.5
// 001
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
