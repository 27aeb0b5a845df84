// RUN: run %s
// Unions: one place, several types; members of unnamed ones are named as if they stood outside.
#include <cstdint>
#include <cstdio>

typedef union {
  float f;
  unsigned u;
} FloatBits;
union Number {
  int i;
  float f;
  Number(int v) : i(v) {}
  Number(float v) : f(v) {}
  int get() const { return i; }
};
struct Vec3 {
  union {
    struct {
      float x, y, z;
    };
    float v[3];
  };
  int tag;
};
struct Tagged {
  enum Kind { kInt, kFloat } kind = kInt;
  union {
    int whole;
    float real;
  };
  Tagged() : kind(kInt), whole(-4) {}
  Tagged(float f) : real(f), kind(kFloat) {}
  double AsDouble() const { return kind == kInt ? whole : real; }
};
union Word {
  uint32_t whole;
  struct {
    uint8_t b0, b1, b2, b3;
  } part;
  uint16_t halves[2];
};
union alignas(16) Wide {
  double d[2];
  char text[3];
};

static Word Swapped(Word w) {
  Word out;
  out.part.b0 = w.part.b3;
  out.part.b1 = w.part.b2;
  out.part.b2 = w.part.b1;
  out.part.b3 = w.part.b0;
  return out;
}

const FloatBits kTwo = {2.0f};
union Later;
union Later {
  short a;
  long b;
};

int main() {
  FloatBits one = {1.5f};
  FloatBits pi = {.u = 0x40490fdbu};
  printf("%08x %.6f %08x\n", one.u, pi.f, kTwo.u);
  Number x(3), y(2.0f);
  printf("%d %x\n", x.get(), y.get());
  Word w = {0x04030201u};
  Word list[2] = {w, Swapped(w)};
  for (const Word& e : list) printf("%d %d %x\n", e.part.b0, e.part.b3, e.halves[1]);
  Vec3 p = {{{1, 2, 3}}, 7};
  Vec3 q = p;
  q.v[1] += p.z;
  Vec3* at = &q;
  printf("%g %g %g %d\n", q.x, at->y, at->v[2], q.tag);
  Tagged t;
  Tagged s = t;
  s.kind = Tagged::kFloat;
  s.real = 0.25f;
  printf("%g %g %g\n", t.AsDouble(), s.AsDouble(), Tagged(1.5f).AsDouble());
  union {
    double d;
    uint64_t bits;
  } local, copy;
  local.d = -1.0;
  copy = local;
  printf("%lx\n", (unsigned long)copy.bits);
  printf("%zu %zu %zu %zu %zu %zu\n", sizeof(FloatBits), sizeof(Vec3), sizeof(Word), sizeof(Wide),
         alignof(Wide), sizeof(Later));
}
// STDOUT:
// 3fc00000 3.141593 40000000
// 3 40000000
// 1 4 403
// 4 1 102
// 1 5 3 7
// -4 0.25 1.5
// bff0000000000000
// 4 16 4 16 16 8
// main(): ok; 0 launches, 0 warp instructions, engine time {{.*}} ms
