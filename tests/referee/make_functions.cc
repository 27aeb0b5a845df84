// Functions: how they are declared, called, overloaded, instantiated and passed on.
#include "tests/referee/construct.h"

namespace ws::referee {
namespace {

#define GIVE "return u0 ^ (unsigned)l0 ^ bits(f0) ^ bits(d0); }\n"

constexpr Construct kRows[] = {
    {.name = "function",
     .weight = 6,
     .outside =
         "__device__ $[__noinline__$/__forceinline__$/inline$/static] unsigned g$n(unsigned a, int "
         "b, float c) { " WS_RESULTS "$=u:a;$+i:b;$=f:c;$;3 if ($b) return $u; $;2 " GIVE
         "$&u:g$n(uif);",
     .text = "u0 $[+=$/^=] g$n($u, $i, $f);"},
    {.name = "function of narrow types",
     .weight = 4,
     .outside = "__device__ $[__noinline__$/] $[signed char$/short$/unsigned short$/bool] "
                "g$n(signed char a, "
                "unsigned short b, bool c) { " WS_RESULTS
                "$=c:a;$=S:b;$+b:c;$;2 if ($b) return $c; return "
                "u0 + (unsigned)b; }\n$&c:(signed char)g$n(cSb);",
     .text = "{ const int x$n = g$n($c, $S, $b); u0 += (unsigned)x$n; }"},
    {.name = "function of floats",
     .weight = 3,
     .outside =
         "__device__ $[__noinline__ $/]$[float$/double] g$n(float a, double b, __half c) "
         "{ " WS_RESULTS "$=f:a;$=d:b;$+h:c;$;2 return plain(a) + f0; }\n$&f:(float)g$n(fdh);",
     .text = "f0 = g$n($f, $d, $h);"},
    {.name = "function of 64 bits",
     .weight = 3,
     .outside = "__device__ $[__noinline__ $/]unsigned long long g$n(long long a, unsigned long "
                "long b, unsigned "
                "c) { " WS_RESULTS "$+q:a;$=l:b;$=u:c;$;3 return l0 ^ b ^ c; }\n$&l:g$n(qlu);",
     .text = "l0 ^= g$n($q, $l, $u);"},
    {.name = "default arguments",
     .weight = 2,
     .outside = "__device__ unsigned g$n(unsigned a, int b = -$<9>, unsigned char c = 200) { "
                "return a * 3u + "
                "(unsigned)b + c; }\n$&u:g$n(ui);$&u:g$n(uiC);",
     .text = "u0 += g$n($u) ^ g$n($u, $i) ^ g$n($u, $i, $C);"},
    {.name = "overloads",
     .weight = 3,
     .outside =
         "__device__ unsigned g$n(int a) { return (unsigned)a + 1u; }\n__device__ unsigned "
         "g$n(unsigned "
         "a) { return a * 2u; }\n__device__ unsigned g$n(float a) { return bits(a) + 3u; "
         "}\n__device__ "
         "unsigned g$n(double a) { return bits(a) ^ 4u; }\n__device__ unsigned g$n(unsigned char "
         "a) { "
         "return a + 5u; }\n__device__ unsigned g$n(const unsigned* a) { return *a + 6u; }\n",
     .text = "u0 += g$n($i) ^ g$n($u) ^ g$n($f) ^ g$n($d) ^ g$n($C) ^ g$n(&u0) ^ g$n($c) ^ g$n($b "
             "? $S : "
             "$c);"},
    {.name = "reference parameters",
     .weight = 4,
     .outside = "__device__ $[__noinline__ $/]bool g$n(unsigned& a, const float& b, unsigned char "
                "(&c)[3], "
                "double* d) { " WS_RESULTS
                "$=u:a;$+f:b;$=C:c[1];$=d:*d;$;3 a ^= u0; c[a % 3u] += 1; return "
                "$b; }\n",
     .text = "{ unsigned x$n = $u; float y$n = $f; unsigned char z$n[3] = {1, 2, $C}; double w$n = "
             "$d; if "
             "(g$n(x$n, y$n, z$n, &w$n)) u0 += 3u; u0 ^= x$n + z$n[$u % 3u]; d0 = w$n; }"},
    {.name = "function template",
     .weight = 4,
     .outside = "template <typename T, int N$[$/ = 3]> __device__ T g$n(T a, T b) { T s = a; for "
                "(int i = 0; i < "
                "N; ++i) { if (s < b) s = s ^ (b >> 1); else s = (T)(s - (b >> 1)) >> (T)1; } "
                "return s; }\n",
     .text = "u0 += g$n<unsigned, $<5>>($u, $u) ^ bits(g$n<unsigned long long, 2>($l, $u)) ^ "
             "(unsigned)g$n<unsigned "
             "char, $<9>>($C, $C);"},
    {.name = "deduced template arguments",
     .weight = 3,
     .outside = "template <typename A, typename B> __device__ auto g$n(const A& a, B b) { return a "
                "< b ? a + b : "
                "b - b; }\ntemplate <typename T> __device__ T h$n(T a) { return a; }\ntemplate <> "
                "__device__ "
                "unsigned h$n<unsigned>(unsigned a) { return a * $<9>u; }\n",
     .text = "{ auto x$n = g$n($C, $s); auto y$n = g$n($u, $l); auto z$n = g$n($f, $c); u0 += "
             "(unsigned)x$n ^ "
             "bits(y$n) ^ bits(z$n) ^ h$n($u) ^ (unsigned)h$n($i); }"},
    {.name = "constexpr function",
     .weight = 2,
     .outside = "__host__ __device__ constexpr unsigned g$n(unsigned a) { unsigned s = 1; for "
                "(unsigned i = 1; i <= "
                "a; ++i) s = s * i + 1u; return s; }\n",
     .text = "{ constexpr unsigned x$n = g$n($<6>u); unsigned y$n[x$n % 4u + 1u] = {$u}; u0 += "
             "y$n[0] ^ "
             "g$n($u & 7u); }"},
    {.name = "recursion",
     .weight = 4,
     .outside = "__device__ $[__noinline__ $/]unsigned g$n(unsigned a, unsigned depth) { if (depth "
                "== 0u$[$/ || (a "
                "& 15u) == 3u]) return a; $[const unsigned was = a; a = g$n(a * 3u + 1u, depth - "
                "1u); return "
                "a ^ was$/unsigned s = 0u; for (unsigned i = 0u; i < 2u; ++i) s = s * 5u + g$n(a + "
                "i, depth - "
                "1u); return s$/return g$n(a >> 1, depth - 1u) + (a & 1u)$/return a & 1u ? g$n(a * "
                "3u, depth - "
                "1u) : g$n(a / 3u, depth - 1u) + 1u]; }\n",
     .text = "u0 += g$n($u, $[$<5>u$/$u & 3u]);"},
    {.name = "mutual recursion",
     .weight = 2,
     .outside = "__device__ int h$n(int a, int depth);\n__device__ int g$n(int a, int depth) { "
                "return depth <= 0 ? a "
                ": h$n(a ^ 5, depth - 1) - 1; }\n__device__ int h$n(int a, int depth) { if (depth "
                "<= 0) return ~a; "
                "const int x = g$n(a >> 1, depth - 2); return x ^ a; }\n",
     .text = "u0 ^= (unsigned)g$n($i >> 3, $[$<6>$/$i & 7]);"},
    {.name = "pointers to functions",
     .weight = 4,
     .outside = "__device__ $[__noinline__ $/]unsigned a$n(unsigned x, int y) { return x * 3u + "
                "(unsigned)y; "
                "}\n__device__ unsigned b$n(unsigned x, int y) { " WS_RESULTS
                "$=u:x;$+i:y;u0 += $u; l0 ^= $l; return u0 ^ x; "
                "}\n__device__ unsigned c$n(unsigned x, int y) { return y > 0 ? a$n(x, y >> 1) : "
                "x; }\ntypedef "
                "unsigned (*F$n)(unsigned, int);\n__device__ unsigned d$n(F$n f, unsigned x) { "
                "return f(x, 3) + (*f)(x, -3); }\n",
     .text = "{ F$n f$n = $b ? a$n : c$n; u0 += f$n($u, $i); u0 ^= d$n($b ? f$n : "
             "b$n, $u); if (f$n != a$n) u0 += f$n($u, $i); }"},
    {.name = "local tables of functions",
     .weight = 2,
     .outside =
         "__device__ $[__noinline__ $/]unsigned a$n(unsigned x, int y) { return x * 3u + "
         "(unsigned)y; "
         "}\n__device__ unsigned b$n(unsigned x, int y) { return x ^ (unsigned)y; }\ntypedef "
         "unsigned (*F$n)(unsigned, int);\n",
     .text = "{ F$n t$n[2] = {b$n, $b ? a$n : b$n}; u0 ^= t$n[$u & 1u]($u, $i); }",
     .not_nvrtc = "it lays the table over another array that is read later"},
    {.name = "tables of functions",
     .weight = 2,
     .outside = "__device__ $[__noinline__ $/]unsigned a$n(unsigned x, int y) { return x * 3u + "
                "(unsigned)y; "
                "}\n__device__ unsigned b$n(unsigned x, int y) { return x ^ (unsigned)y; "
                "}\ntypedef unsigned "
                "(*F$n)(unsigned, int);\n__device__ F$n const T$n[3] = {a$n, b$n, a$n};\n",
     .text = "{ F$n f$n = T$n[$u % 3u]; u0 += f$n($u, $i) ^ T$n[$u & 1u]($u, 5); }",
     .not_clang =
         "what variables hold comes from the native front end, which has no such functions then",
     .not_nvrtc =
         "what variables hold comes from the native front end, which has no such functions then"},
    {.name = "pointers to functions as template arguments",
     .weight = 2,
     .outside = "__device__ unsigned a$n(unsigned x) { return x ^ 9u; }\n__device__ unsigned "
                "b$n(unsigned x) { return "
                "rotate<7>(x); }\ntemplate <unsigned (*F)(unsigned)> __device__ unsigned "
                "g$n(unsigned x) { return "
                "F(F(x)); }\n",
     .text = "u0 += g$n<a$n>($u) ^ g$n<b$n>($u);"},
    {.name = "parameter packs",
     .weight = 3,
     .outside =
         "template <typename T> __device__ unsigned g$n(T x) { return bits(x); }\ntemplate "
         "<typename T, "
         "typename... R> __device__ unsigned g$n(T x, R... r) { return bits(x) * 3u + g$n(r...); "
         "}\ntemplate <typename... R> __device__ unsigned c$n(R...) { return sizeof...(R); }\n",
     .text = "u0 += g$n($u, $f, $q, $d) ^ g$n($h, $i) + c$n($u, $c, $l);"},
    {.name = "fold expressions",
     .weight = 3,
     .outside = "template <typename... R> __device__ unsigned g$n(R... r) { return $[(0u + ... + "
                "(unsigned)r)$/((unsigned)r "
                "^ ...)]; }\ntemplate <typename... R> __device__ bool a$n(R... r) { return (... "
                "$[&&$/||] (r "
                "!= 0)); }\ntemplate <typename... R> __device__ unsigned s$n(unsigned x, R... r) { "
                "((x = x * 5u + "
                "(unsigned)r), ...); return x; }\n",
     .text = "{ u0 ^= g$n($u, $i, $c, $S); if (a$n($i, $b, $u)) u0 += s$n($u, $C, $s); }"},
    {.name = "function that returns a vector",
     .weight = 2,
     .outside = "__device__ $[__noinline__ $/]uint3 g$n(unsigned a, float2 b) { return "
                "make_uint3(a, bits(b.x), "
                "bits(b.y) ^ a); }\n",
     .text =
         "{ const uint3 r$n = g$n($u, make_float2($f, $f)); u0 += r$n.x ^ r$n.y * 3u ^ r$n.z; }"},
    {.name = "operators",
     .weight = 2,
     .outside =
         "struct O$n { unsigned x, y; };\n__device__ O$n operator+(O$n a, unsigned b) { return "
         "{a.x + b, a.y "
         "^ b}; }\n__device__ O$n& operator^=(O$n& a, O$n b) { a.x ^= b.y; a.y ^= b.x; return a; "
         "}\n__device__ bool operator<(const O$n& a, const O$n& b) { return a.x < b.x || (a.x == "
         "b.x && "
         "a.y < b.y); }\n__device__ O$n operator-(O$n a) { return {a.y, a.x}; }\n",
     .text = "{ O$n a$n = {$u, $u}, b$n{$u, 5u}; a$n ^= b$n + $u; b$n = -(a$n + 3u); if (a$n < "
             "b$n) {$;1} u0 += "
             "a$n.x ^ b$n.y; }"},
    {.name = "namespaces",
     .weight = 2,
     .outside = "namespace s$n { __device__ unsigned v = $<99>u; namespace inner { __device__ "
                "unsigned g(unsigned "
                "a) { return a + v; } }\nusing inner::g; using word = unsigned short; }\n",
     .text = "{ u0 ^= s$n::g($u) + s$n::inner::g($u); s$n::word x$n = (s$n::word)$u; u0 += x$n; }"},
    {.name = "attributes of functions",
     .weight = 1,
     .outside = "[[nodiscard]] __device__ unsigned g$n([[maybe_unused]] unsigned a, unsigned b) "
                "noexcept { return b "
                "- 1u; }\n$&u:g$n(uu);",
     .text = "u0 += g$n($u, $u);"},
};

}  // namespace

std::span<const Construct> FunctionConstructs() { return kRows; }

}  // namespace ws::referee
