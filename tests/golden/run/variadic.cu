// RUN: run %s
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <cstdlib>
#include <string>
static void log_msg(const char* fmt, ...) { va_list ap; va_start(ap, fmt); vprintf(fmt, ap); va_end(ap); }
int sum(int n, ...) { va_list ap; va_start(ap, n); int s = 0; for (int i = 0; i < n; ++i) s += va_arg(ap, int); va_end(ap); return s; }
double dsum(int n, ...) { va_list ap; va_start(ap, n); double s = 0; while (n--) s += va_arg(ap, double); va_end(ap); return s; }
std::string format(const char* fmt, ...) { char buf[256]; va_list ap; va_start(ap, fmt); va_list b; va_copy(b, ap); int n = vsnprintf(NULL, 0, fmt, b); va_end(b); vsnprintf(buf, sizeof buf, fmt, ap); va_end(ap); return std::string(buf) + "#" + std::to_string(n); }
void die(const char* fmt, ...) { va_list ap; va_start(ap, fmt); fprintf(stderr, "fatal: "); vfprintf(stderr, fmt, ap); fputc('\n', stderr); va_end(ap); }
int main() {
  float f = 2.5f; short s = -3; unsigned char c = 200; size_t z = 123456789012ul;
  log_msg("%d %s %.2f %d %u %zu %c\n", 5, "hi", f, s, c, z, 'x');
  log_msg("plain\n");
  printf("%d %g\n", sum(4, 1, 2, 3, 4), dsum(3, 1.5, 2.5, (double)f));
  printf("%s\n", format("<%05d|%-5s|>", 42, "ab").c_str());
  die("code %d %s", 3, "bad");
  char text[] = "a,b;c";
  for (char* t = strtok(text, ",;"); t; t = strtok(NULL, ",;")) printf("tok %s\n", t);
  const char* path = "dir/file.txt";
  printf("%s %s %s\n", strrchr(path, '/') + 1, strstr(path, "file"), strchr(path, '.'));
  int a, b; double d; char w[16];
  printf("%d:", sscanf("12 34 5.5 word", "%d %d %lf %15s", &a, &b, &d, w)); printf("%d %d %g %s\n", a, b, d, w);
  int* p = (int*)malloc(4 * sizeof(int)); for (int i = 0; i < 4; ++i) p[i] = i; p = (int*)realloc(p, 8 * sizeof(int)); printf("%d\n", p[3]); free(p);
  char* e; long v = strtol("0x1fz", &e, 16); printf("%ld %s\n", v, e);
  return 0;
}
// STDOUT:
// 5 hi 2.50 -3 200 123456789012 x
// plain
// 10 6.5
// <00042|ab   |>#14
// fatal: code 3 bad
// tok a
// tok b
// tok c
// file.txt file.txt .txt
// 4:12 34 5.5 word
// 3
// 31 z
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
