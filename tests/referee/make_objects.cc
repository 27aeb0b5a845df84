// Structs, unions and templates of them: members, bases, copies, ends of life, conversions.
#include <string>

#include "base/format.h"
#include "tests/referee/construct.h"
#include "tests/referee/writer.h"

namespace ws::referee {
namespace {

// A struct of members drawn at random, a copy of it, and copies through shared memory.
void RandomStruct(Writer& w) {
  const uint32_t n = w.Fresh();
  std::string declared = Format("struct {}R{} {{\n", w.Chance(25) ? "__align__(16) " : "", n);
  std::string init, know, sum;
  const uint32_t members = 2 + w.Below(5);
  for (uint32_t m = 0; m < members; ++m) {
    const Kind kind = w.AnyKind();
    const std::string name = Format("m{}", m);
    const bool is_array = kind < kHalf && w.Chance(25);
    AppendFormat(declared, "  {} {}{};\n", kKindInfos[kind].type, name, is_array ? "[3]" : "");
    const std::string one = w.Expression(kind, 2);
    init += (m > 0 ? ", " : "") + (is_array ? "{" + one + ", " + w.Expression(kind, 1) + "}" : one);
    const std::string place = is_array ? name + "[1]" : name;
    know += Format("$={}:r{}.{};", kKindInfos[kind].letter, n, place);
    const bool is_narrow = kind <= kU16;
    sum += Format("u0 = u0 * 3u + bits({}q{}.{}); ", is_narrow ? "(int)" : "", n,
                  is_array ? name + "[$u % 3u]" : name);
  }
  const bool has_base = w.Chance(20);
  if (has_base) declared += "  short tail[2] = {-1, 7};\n";
  declared += "};\n";
  w.ExpandOutside(declared, n);
  const std::string whole = "{" + init + "}";
  std::string text = Format("{{ R{0} r{0} = {1}; {2}$;2 R{0} q{0} = r{0}; ", n, whole, know);
  switch (w.Below(w.is_in_block() ? 5 : 3)) {
    case 0:
      text += Format("if ($b) {{ const R{0} was{0} = r{0}; r{0} = q{0}; $;1 q{0} = was{0}; }} ", n);
      break;
    case 1:
      text += Format(
          "R{0} a{0}[2] = {{r{0}, q{0}}}; $;1 a{0}[$u & 1u] = r{0}; q{0} = a{0}[$u & 1u]; ", n);
      break;
    case 2:
      text += Format(
          "auto f{0} = [&](R{0} y{0}) -> R{0} {{ $;1 return $b ? y{0} : r{0}; }}; q{0} = "
          "f{0}(q{0}); ",
          n);
      break;
    default:
      text += Format(
          "__shared__ R{0} s{0}[128]; s{0}[tid] = r{0}; __syncthreads(); q{0} = s{0}[(tid + "
          "$<99>u) % "
          "size]; __syncthreads(); ",
          n);
  }
  w.Expand(text + sum + "}", 2, n);
}

constexpr Construct kRows[] = {
    {.name = "struct of any members", .weight = 8, .write = RandomStruct},
    {.name = "constructors and members",
     .weight = 4,
     .outside =
         "struct P$n { unsigned first; unsigned short second = $<99>; __device__ P$n(unsigned a, "
         "unsigned b) : "
         "first(a), second(b) {} __device__ explicit P$n(float a) : P$n(bits(a), 3u) { first += "
         "1u; } "
         "__device__ P$n() : first(9u) {} __device__ unsigned fold(unsigned c) const { " WS_RESULTS
         "$+u:first;$+S:second;$=u:c;$;2 return first * 31u + second + c + u0; } __device__ P$n& "
         "add(unsigned "
         "x) { first += x; return *this; } static __device__ P$n of(int a) { return "
         "P$n((unsigned)a, 1u); } "
         "static constexpr int kScale = $<9>; };\n",
     .text = "{ P$n a$n($u, $u), b$n; P$n c$n{$f}; u0 += a$n.add(3u).add($u).fold($u) ^ "
             "b$n.fold(1u); b$n = "
             "P$n::of($i); u0 += b$n.first * P$n::kScale + c$n.second + P$n($u, 2u).fold(5u); }"},
    {.name = "struct template",
     .weight = 3,
     .outside =
         "template <typename T, int N = 3> struct V$n { T at[N]; static constexpr int kSize = N; "
         "using element = T; "
         "__device__ T& operator[](int i) { return at[i % N]; } __device__ T fold() const { T s = "
         "at[0]; for "
         "(int i = 1; i < N; ++i) s = s ^ at[i]; return s; } template <typename U> __device__ "
         "V$n<U, N> as(U) "
         "const { V$n<U, N> r; for (int i = 0; i < N; ++i) r.at[i] = (U)at[i]; return r; } };\n",
     .text = "{ V$n<unsigned> a$n = {{$u, $u, 3u}}; V$n<short, 5> b$n = {}; b$n[$u & 7u] = $s; "
             "a$n[(int)($u & 3u)] += "
             "$u; V$n<short, 5>::element c$n = b$n[2]; u0 += a$n.fold() ^ (unsigned)b$n.fold() ^ "
             "(unsigned)a$n.as((unsigned char)0).fold() + (unsigned)c$n + V$n<int, 7>::kSize; }"},
    {.name = "specialised struct templates",
     .weight = 3,
     .outside =
         "template <typename T> struct Q$n { static __device__ unsigned of(T x) { return bits(x); "
         "} static "
         "constexpr bool kWhole = true; };\ntemplate <> struct Q$n<float> { static __device__ "
         "unsigned of(float "
         "x) { return bits(x) + 1u; } static constexpr bool kWhole = false; };\ntemplate <typename "
         "T> struct "
         "Q$n<T*> { static __device__ unsigned of(T* x) { return bits(*x) * 3u; } static constexpr "
         "bool kWhole = "
         "Q$n<T>::kWhole; };\ntemplate <typename T> __device__ unsigned q$n(T x) { if constexpr "
         "(Q$n<T>::kWhole) return Q$n<T>::of(x) ^ 8u; else return Q$n<T>::of(x); }\n",
     .text = "{ float x$n = $f; unsigned y$n = $u; u0 += q$n($u) ^ q$n(x$n) ^ q$n(&x$n) ^ "
             "q$n(&y$n) ^ q$n($d); }"},
    {.name = "struct like std::array",
     .weight = 3,
     .outside = "template <class T, size_t N> struct A$n { T elems[N]; __host__ __device__ "
                "constexpr size_t size() const { "
                "return N; } __device__ T* begin() { return elems; } __device__ T* end() { return "
                "elems + N; } "
                "__device__ const T* begin() const { return elems; } __device__ const T* end() "
                "const { return elems + "
                "N; } __device__ T& operator[](size_t i) { return elems[i]; } __device__ const T& "
                "operator[](size_t i) "
                "const { return elems[i]; } };\n",
     .text = "{ A$n<unsigned, 4> a$n = {$u, $u, 3u, 4u}; a$n[$u & 3u] ^= $u; unsigned s$n = 0u; "
             "for (unsigned x : a$n.elems) "
             "s$n = s$n * 3u + x; const A$n<unsigned, 4> b$n = a$n; for (const auto& x : "
             "b$n.elems) s$n ^= x; u0 += s$n + "
             "(unsigned)b$n.size(); u0 ^= b$n[$u & 3u]; }"},
    {.name = "inheritance",
     .weight = 3,
     .outside = "struct B$n { unsigned x; short y = -3; __device__ B$n(unsigned a) : x(a) {} "
                "__device__ unsigned get() const "
                "{ return x + (unsigned)y; } };\nstruct D$n : public B$n { float z; __device__ "
                "D$n(unsigned a, float b) "
                ": B$n(a * 3u), z(b) {} __device__ unsigned get() const { return B$n::get() ^ "
                "bits(z); } };\nstruct "
                "E$n : D$n { using D$n::D$n; unsigned char w = 250; __device__ unsigned all() { w "
                "+= 9; return get() + "
                "w; } };\n__device__ unsigned g$n(const B$n& b) { return b.get() * 5u; }\n",
     .text = "{ E$n e$n($u, $f); D$n d$n = e$n; B$n* p$n = &d$n; p$n->x ^= $u; u0 += e$n.all() + "
             "g$n(d$n) ^ d$n.get(); "
             "B$n b$n = e$n; u0 ^= b$n.get() + g$n(e$n); }"},
    {.name = "virtual functions",
     .weight = 4,
     .outside = "struct B$n { unsigned id; __device__ B$n(unsigned i) : id(i) {} __device__ "
                "virtual unsigned f(unsigned a) "
                "const { return a + id; } __device__ virtual unsigned g(int a) { return "
                "(unsigned)a ^ f(id); } };\nstruct "
                "C$n : B$n { unsigned k; __device__ C$n(unsigned i, unsigned b) : B$n(i), k(b) {} "
                "__device__ unsigned "
                "f(unsigned a) const override { " WS_RESULTS
                "$+u:k;$+u:a;u0 += $u; f0 = $f; return u0 * k + a; } };\nstruct D$n final : "
                "C$n { __device__ D$n(unsigned i) : C$n(i, 7u) {} __device__ unsigned f(unsigned "
                "a) const override { "
                "return C$n::f(a) - 1u; } __device__ unsigned g(int a) override { return "
                "(unsigned)a * 3u + id++; } "
                "};\n",
     .text = "{ B$n b$n($u); C$n c$n($u, $u); D$n d$n($u); B$n* p$n[3] = {&b$n, &c$n, &d$n}; u0 += "
             "p$n[$u % 3u]->f($u); "
             "B$n& r$n = $b ? (B$n&)c$n : (B$n&)d$n; u0 ^= r$n.g($i) + r$n.f($u); for (int i = 0; "
             "i < 3; ++i) u0 = u0 * "
             "3u + p$n[i]->g(i); }"},
    {.name = "curiously recurring template",
     .weight = 2,
     .outside = "template <typename D> struct B$n { __device__ unsigned twice(unsigned a) const { "
                "return 2u * static_cast<const "
                "D*>(this)->value(a); } };\nstruct I$n : B$n<I$n> { unsigned v; __device__ "
                "unsigned value(unsigned a) const "
                "{ return v ^ a; } };\n",
     .text = "{ I$n o$n; o$n.v = $u; u0 += o$n.twice($u); }"},
    {.name = "copy constructors and assignments",
     .weight = 3,
     .outside = "struct C$n { unsigned v, copies; __device__ C$n(unsigned a) : v(a), copies(0u) {} "
                "__device__ C$n(const C$n& o) "
                ": v(o.v + 1u), copies(o.copies + 1u) {} __device__ C$n& operator=(const C$n& o) { "
                "v = o.v * 3u; copies "
                "+= 16u; return *this; } };\n__device__ $[__noinline__ $/]unsigned g$n(C$n c, "
                "const C$n& d) { c.v ^= d.v; "
                "C$n e = c; return e.v + e.copies * 5u; }\n",
     .text = "{ C$n a$n($u); C$n b$n = a$n, c$n(b$n); if ($b) c$n = a$n; u0 += g$n(b$n, c$n) ^ "
             "c$n.copies ^ a$n.v; C$n "
             "d$n[2] = {a$n, c$n}; d$n[$u & 1u] = b$n; u0 += d$n[0].v ^ d$n[1].copies; }"},
    {.name = "destructors",
     .weight = 4,
     .outside = "struct G$n { unsigned* out; unsigned by; __device__ G$n(unsigned& o, unsigned b) "
                ": out(&o), by(b) { *out += 1u; } "
                "__device__ ~G$n() { *out = *out * 31u + by; } };\n__device__ unsigned "
                "g$n(unsigned& o, unsigned a) { G$n "
                "first(o, 2u); if (a & 1u) return o + 7u; G$n second(o, a); for (unsigned i = 0u; "
                "i < 3u; ++i) { G$n "
                "third(o, i); if ((a >> i & 3u) == 2u) break; if ((a & 8u) != 0u) continue; o ^= "
                "5u; } return o; }\n",
     .text = "{ unsigned x$n = $u; { G$n a$n(x$n, $u); if ($b) { G$n b$n(x$n, 3u); $;1 } u0 += "
             "g$n(x$n, $u); } u0 ^= x$n; "
             "}"},
    {.name = "conversion functions",
     .weight = 3,
     .outside = "struct C$n { unsigned short v; __device__ C$n(unsigned a) : v((unsigned short)a) "
                "{} __device__ operator "
                "unsigned() const { return v * 3u; } __device__ explicit operator bool() const { "
                "return v & 1; } "
                "__device__ explicit operator float() const { return v * 0.5f; } };\n__device__ "
                "unsigned g$n(C$n c) { return c; "
                "}\n",
     .text = "{ C$n c$n($u); unsigned x$n = c$n; if (c$n) x$n += 5u; u0 += x$n ^ g$n($u) ^ "
             "(static_cast<unsigned>(c$n) + 1u) ^ "
             "bits(static_cast<float>(c$n)); if (!c$n && $b) {$;1} }"},
    {.name = "calls of objects",
     .weight = 2,
     .outside = "struct F$n { unsigned k; __device__ unsigned operator()(unsigned a) { return a ^ "
                "k; } __device__ unsigned "
                "operator()(float a) { k += 1u; return bits(a) + k; } };\ntemplate <typename T> "
                "__device__ unsigned g$n(T f, "
                "unsigned a) { return f(f(a)); }\n",
     .text = "{ F$n f$n{$u}; u0 += f$n($u) ^ f$n($f); u0 ^= g$n(f$n, $u) + g$n(F$n{3u}, $u); }"},
    {.name = "union",
     .weight = 3,
     .outside = "union U$n { float f; unsigned u; unsigned char bytes[4]; ushort2 h; };\n",
     .text = "{ U$n a$n; a$n.f = plain($f); u0 ^= a$n.u; a$n.u = $u; u0 += a$n.bytes[$u & 3u]; "
             "a$n.bytes[$u & 3u] = $C; U$n b$n "
             "= a$n; u0 ^= b$n.u + b$n.h.y; }"},
    {.name = "union in a struct",
     .weight = 2,
     .outside = "struct U$n { unsigned char tag; union { unsigned long long l; double d; unsigned "
                "w[2]; }; };\n",
     .text = "{ U$n a$n; a$n.tag = $C; if (a$n.tag & 1) a$n.l = $l; else a$n.d = plain($d); u0 += "
             "a$n.w[$u & 1u] ^ a$n.tag; U$n "
             "b$n = a$n; l0 ^= b$n.l; }"},
    {.name = "structs in structs",
     .weight = 3,
     .outside = "struct S$n { struct Inner { signed char a; unsigned short b[2]; } in[2]; float w; "
                "Inner last; __device__ unsigned "
                "fold() const { return (unsigned)in[1].a + in[0].b[1] * 3u ^ last.b[0] ^ bits(w); "
                "} };\n__device__ S$n g$n(S$n "
                "s, unsigned k) { s.in[k & 1u].b[k >> 1 & 1u] += k; s.last = s.in[k >> 2 & 1u]; "
                "return s; }\n",
     .text = "{ S$n s$n = {{{$c, {$S, 2}}, {-1, {3, $S}}}, $f, {1, {2, 3}}}; "
             "$=c:s$n.in[1].a;$=S:s$n.last.b[1];$;1 s$n = g$n(s$n, "
             "$u); u0 += s$n.fold() ^ g$n(s$n, 5u).in[$u & 1u].b[1]; }"},
    {.name = "structured bindings",
     .weight = 2,
     .outside = "struct S$n { unsigned a; float b; signed char c; };\n__device__ S$n g$n(unsigned "
                "x) { return {x * 3u, 0.5f, "
                "(signed char)x}; }\n",
     .text = "{ auto [x$n, y$n, z$n] = g$n($u); ++x$n;  u0 += x$n ^ "
             "(unsigned)z$n; S$n s$n = g$n($u); auto& "
             "[p$n, q$n, r$n] = s$n; p$n += 5u; u0 ^= s$n.a + (unsigned)r$n; f0 += q$n; }"},
    {.name = "pointers to structs",
     .weight = 2,
     .outside = "struct N$n { unsigned v; N$n* next; };\n",
     .text = "{ N$n c$n = {$u, nullptr}, b$n = {$u, &c$n}, a$n = {$u, $b ? &b$n : &c$n}; unsigned "
             "s$n = 0u; for (const N$n* p$n = "
             "&a$n; p$n != nullptr; p$n = p$n->next) s$n = s$n * 3u + p$n->v; u0 += s$n; "
             "a$n.next->v ^= 9u; u0 ^= c$n.v; }"},
    {.name = "objects on the device's heap",
     .weight = 2,
     .outside = "struct H$n { unsigned v; __device__ H$n(unsigned a) : v(a) {} __device__ virtual "
                "unsigned f() { return v; } "
                "__device__ virtual ~H$n() { } };\nstruct I$n : H$n { float w; __device__ "
                "I$n(unsigned a) : H$n(a ^ 5u), w(2.5f) {} "
                "__device__ unsigned f() override { return v * 3u + bits(w); } };\n",
     .text = "{ H$n* p$n = $[new H$n($u)$/new I$n($u)]; if ($b) { delete p$n; p$n = new I$n($u); } "
             "u0 += p$n->f(); delete p$n; }"},
    {.name = "array members and their copies",
     .weight = 2,
     .outside = "struct M$n { float m[2][3]; unsigned short tag; __device__ M$n operator*(float s) "
                "const { M$n r = *this; for (int i "
                "= 0; i < 6; ++i) r.m[i / 3][i % 3] *= s; r.tag ^= 3; return r; } };\n",
     .text = "{ M$n a$n = {{{$f, 1.0f, $f}, {2.0f, $f}}, $S}; M$n b$n = a$n * $f; a$n = b$n; "
             "b$n.m[$u & 1u][$u % 3u] = $f; f0 = a$n.m[$u "
             "& 1u][$u % 3u]; u0 += bits(b$n.m[1][0]) ^ a$n.tag; }"},
};

}  // namespace

std::span<const Construct> ObjectConstructs() { return kRows; }

}  // namespace ws::referee
