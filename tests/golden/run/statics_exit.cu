// RUN: run %s
// Objects at file scope end when exit() is called, last first.
#include <cstdio>
#include <cstdlib>
struct Loud {
  const char* name;
  Loud(const char* n) : name(n) { printf("begin %s\n", name); }
  ~Loud() { printf("end %s\n", name); }
};
Loud first("first"), second("second");
void leave(int status) {
  Loud local("local");
  exit(status);
}
int main() {
  leave(first.name == second.name);
  return 5;
}
// STDOUT:
// begin first
// begin second
// begin local
// end second
// end first
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
