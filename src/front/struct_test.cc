// Layout of structs as in the Itanium ABI, against this compiler's own.
#include <cstddef>
#include <cstdint>
#include <string>

#include "front/compiled.h"
#include "tests/test.h"

namespace ws::front {
namespace {

struct A {
  char c;
  double d;
  char e;
};
struct B {
  char c;
  short s;
  int i;
  char z;
};
struct alignas(16) D {
  float f;
};
struct E {
  A a;
  char t;
  D d;
  bool flags[3];
};
struct F {
  char a[5];
  long long q;
  alignas(8) char last;
};
struct Empty {};
// Of plain data the padding stays its own; other bases lend it.
struct Plain {
  int a;
  char b;
};
struct OnPlain : Plain {
  char c;
};
struct Made {
  Made() {}
  int a;
  char b;
};
struct OnMade : Made {
  char c;
};
struct OnEmpty : Empty {
  int x;
};
struct StillEmpty : Empty {};
struct Virtual {
  virtual int f() { return 0; }
  char c;
};
struct OnVirtual : Virtual {
  char d;
};
struct VirtualOnPlain : Plain {
  virtual int f() { return 0; }
};

constexpr char kSource[] = R"(
struct A { char c; double d; char e; };
struct B { char c; short s; int i; char z; };
struct alignas(16) D { float f; };
struct E { A a; char t; D d; bool flags[3]; };
struct F { char a[5]; long long q; alignas(8) char last; };
struct Empty {};
struct Plain { int a; char b; };
struct OnPlain : Plain { char c; };
struct Made { Made() {} int a; char b; };
struct OnMade : Made { char c; };
struct OnEmpty : Empty { int x; };
struct StillEmpty : Empty {};
struct Virtual { virtual int f() { return 0; } char c; };
struct OnVirtual : Virtual { char d; };
struct VirtualOnPlain : Plain { virtual int f() { return 0; } };
)";

// Compiles with one assertion; it holds or the compiler says so.
void Holds(const std::string& condition) {
  const auto compiled = CompileText("a.cu", kSource + ("static_assert(" + condition + ", \"\");"));
  EXPECT_TRUE(compiled->ok()) << condition << "\n" << diag::ToText(compiled->diagnostics());
}
std::string Is(const std::string& what, size_t value) {
  return what + " == " + std::to_string(value);
}

TEST(Struct, SizesWithBases) {
  Holds(Is("sizeof(OnPlain)", sizeof(OnPlain)));
  Holds(Is("sizeof(OnMade)", sizeof(OnMade)));
  Holds(Is("sizeof(OnEmpty)", sizeof(OnEmpty)));
  Holds(Is("sizeof(StillEmpty)", sizeof(StillEmpty)));
  Holds(Is("sizeof(Virtual)", sizeof(Virtual)));
  Holds(Is("sizeof(OnVirtual)", sizeof(OnVirtual)));
  Holds(Is("sizeof(VirtualOnPlain)", sizeof(VirtualOnPlain)));
}

TEST(Struct, SizesAndAlignments) {
  Holds(Is("sizeof(A)", sizeof(A)));
  Holds(Is("sizeof(B)", sizeof(B)));
  Holds(Is("sizeof(D)", sizeof(D)));
  Holds(Is("sizeof(E)", sizeof(E)));
  Holds(Is("sizeof(F)", sizeof(F)));
  Holds(Is("sizeof(Empty)", sizeof(Empty)));
  Holds(Is("alignof(A)", alignof(A)));
  Holds(Is("alignof(D)", alignof(D)));
  Holds(Is("alignof(E)", alignof(E)));
  Holds(Is("sizeof(E[3])", sizeof(E[3])));
}

TEST(Struct, Offsets) {
  Holds(Is("offsetof(A, e)", offsetof(A, e)));
  Holds(Is("offsetof(B, i)", offsetof(B, i)));
  Holds(Is("offsetof(E, d)", offsetof(E, d)));
  Holds(Is("offsetof(E, flags)", offsetof(E, flags)));
  Holds(Is("offsetof(F, q)", offsetof(F, q)));
  Holds(Is("offsetof(F, last)", offsetof(F, last)));
}

}  // namespace
}  // namespace ws::front
