// Lambdas: what they capture, what they are passed to.
#include "tests/referee/construct.h"

namespace ws::referee {
namespace {

constexpr Construct kRows[] = {
    {.name = "lambda that captures by reference",
     .weight = 4,
     .text = "{ unsigned x$n = $u; auto f$n = [&](unsigned a$n, $[int$/short$/float] b$n) { "
             "$=u:x$n;$+u:a$n;$;2 x$n "
             "^= a$n; $-return a$n + (b$n > 0 ? 1u : 2u); }; u0 += f$n($u, $i); if ($b) u0 ^= "
             "f$n(u0, 3); u0 "
             "+= x$n; }"},
    {.name = "lambda that captures by value",
     .weight = 4,
     .text = "{ const unsigned x$n = $u; const float y$n = $f; signed char z$n = $c; auto f$n = "
             "[=](unsigned a$n) "
             "{ return a$n * x$n + (unsigned)z$n ^ bits(y$n); }; z$n = 5; u0 += f$n($u) + "
             "(unsigned)z$n; }"},
    {.name = "mutable lambda",
     .weight = 2,
     .text = "{ unsigned x$n = $u; auto f$n = [x$n]() mutable { x$n = x$n * 5u + 1u; return x$n; "
             "}; u0 += f$n(); "
             "auto g$n = f$n; u0 ^= f$n() + g$n() + x$n; }"},
    {.name = "lambda with initialised captures",
     .weight = 2,
     .text = "{ unsigned x$n = $u; auto f$n = [v = $u + 1u, &r = x$n, w = $f] { r += v; return "
             "bits(w) ^ v; }; u0 "
             "+= f$n() ^ x$n; }"},
    {.name = "generic lambda",
     .weight = 3,
     .text = "{ auto f$n = [k = $u](auto a, auto b) { return a < b ? bits(a) + k : bits(b) ^ k; }; "
             "u0 += f$n($u, $u) "
             "^ f$n($f, $f) ^ f$n($q, $q) ^ f$n($d, $f); }"},
    {.name = "lambda called where it stands",
     .weight = 2,
     .text = "u0 ^= [&] { if ($b) return 1u; for (int i = 0; i < 3; ++i) if ((int)($u & 7u) == i) "
             "return 5u; "
             "return $u; }();"},
    {.name = "lambda of a lambda",
     .weight = 2,
     .text = "{ unsigned x$n = $u; auto f$n = [&](unsigned a) { auto g$n = [&, a](unsigned b) { "
             "x$n += a; return a "
             "^ b; }; return g$n(3u) + g$n(x$n); }; u0 += f$n($u); }"},
    {.name = "lambda passed to a function",
     .weight = 3,
     .outside = "template <typename F> __device__ $[__noinline__ $/]unsigned g$n(F f, unsigned a) "
                "{ unsigned s = 0u; "
                "for (unsigned i = 0u; i < 3u; ++i) s = s * 3u + f(a + i, i); return s; }\n",
     .text =
         "{ unsigned x$n = $u; u0 += g$n([=](unsigned p$n, unsigned i) { return p$n ^ x$n * i; }, "
         "$u); u0 ^= "
         "g$n([&](unsigned p$n, auto i) { x$n += i; return $b ? p$n : x$n; }, $u); u0 += x$n; }"},
    {.name = "lambda returned from a function",
     .weight = 2,
     .outside = "__device__ auto g$n(unsigned a, float b) { return [=](unsigned c) { return c * a "
                "+ bits(b); }; }\n",
     .text = "{ auto f$n = g$n($u, $f); u0 ^= f$n($u) + f$n(7u); }"},
    {.name = "lambda that captures an array",
     .weight = 2,
     .text = "{ unsigned a$n[3] = {$u, $u, 5u}; auto f$n = [a$n](unsigned i) { return a$n[i % 3u]; "
             "}; a$n[1] = 0u; "
             "u0 += f$n($u) ^ a$n[$u % 3u]; }"},
    {.name = "lambda that captures this",
     .weight = 2,
     .outside = "struct L$n { unsigned v; float w; __device__ unsigned g(unsigned a) { auto f = "
                "[this](unsigned x) { v "
                "+= x; return v ^ bits(w); }; auto h = [o = *this](unsigned x) { return o.v + x; "
                "}; const unsigned r = "
                "f(a); return r + h(a); } };\n",
     .text = "{ L$n o$n = {$u, $f}; u0 += o$n.g($u) ^ o$n.v; }"},
    {.name = "lambda that calls itself",
     .weight = 1,
     .text = "{ auto f$n = [](auto self, unsigned a, int depth) -> unsigned { return depth <= 0 ? "
             "a : self(self, a * "
             "3u + 1u, depth - 1) ^ a; }; u0 += f$n(f$n, $u, $<5>); }",
     .not_nvrtc = "it takes such a lambda for a host function"},
};

}  // namespace

std::span<const Construct> LambdaConstructs() { return kRows; }

}  // namespace ws::referee
