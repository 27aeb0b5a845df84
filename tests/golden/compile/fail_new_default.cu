// RUN: compile %s --emit ir
struct Pair {
  int a = 5;
};
int main() {
  Pair* p = new Pair;
  return p->a;
}
// STDERR:
// fail_new_default.cu:6:13: error: `new` of a type with a constructor or default values is not supported by the native front end [unsupported]
//     Pair* p = new Pair;
//               ^~~
//   hint: rewrite it without; nothing else compiles it here
