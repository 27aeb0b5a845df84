// Control flow: what a lane, a warp or a block does, and the order in which it does it.
#include <string>

#include "tests/referee/construct.h"
#include "tests/referee/writer.h"

namespace ws::referee {
namespace {

constexpr Construct kRows[] = {
    {.name = "declaration",
     .weight = 14,
     .write =
         [](Writer& w) {
           const Kind kind = w.AnyKind();
           const std::string name = "v" + std::to_string(w.Fresh());
           const std::string value = w.Expression(kind, 3);
           w.Expand(std::string(kKindInfos[kind].type) + " " + name + " = " + value + ";", 1, 0);
           w.Know(kind, name, true);
         },
     .declares = true},
    {.name = "if",
     .weight = 10,
     .text = "if ($b) {$;3}$[$/ else {$;2}$/ else if ($b) {$;2} else {$;1}]"},
    {.name = "if of a warp",
     .weight = 5,
     .where = Where::kWarp,
     .inner = Where::kWarp,
     .text = "if ((tid / 32u $[+ n$/+ blockIdx.x$/^ 1u]) & 1u) {$;3}$[$/ else {$;2}]"},
    {.name = "if of a block",
     .weight = 5,
     .where = Where::kBlock,
     .inner = Where::kBlock,
     .text = "if ($[n > $<1000>u$/blockIdx.x + blockIdx.y == $<3>u$/size > 40u$/in[$<256>] & 1u]) "
             "{$;3}$[$/ else {$;2}]"},
    {.name = "if with an initialiser",
     .weight = 3,
     .text = "if (const unsigned c$n = $u; $+u:c$n;$b) {$;2} else {$;1}"},
    {.name = "if of a declaration", .weight = 2, .text = "if (const int c$n = $i) {$+i:c$n;$;2}"},
    {.name = "if constexpr",
     .weight = 2,
     .text = "if constexpr (sizeof($[u0$/l0$/d0]) == $[4$/8]) {$;2} else {$;1}"},
    {.name = "for",
     .weight = 6,
     .text = "for (unsigned i$n = $[0u$/threadIdx.x & 3u$/$u & 3u]; i$n < $<8>u; ++i$n) {"
             "$+u:i$n;$[$/if ($b) $[break$/continue];]$;3}"},
    {.name = "for downwards",
     .weight = 3,
     .text = "for ($[int$/short$/signed char$/long long] i$n = $<7>; i$n $[>= 0$/> -2]; "
             "$[--i$n$/i$n -= 2$/i$n--]) {$+i:(0 + (int)i$n);$;2}"},
    {.name = "for of floats",
     .weight = 1,
     .text = "for (float i$n = 0.5f; i$n < $<5>.0f; i$n += 0.75f) {$+f:i$n;$;2}"},
    {.name = "for of two variables",
     .weight = 2,
     .text = "for (unsigned i$n = 0u, j$n = $<9>u; i$n < j$n; ++i$n, j$n -= 2u > j$n ? j$n : 2u) {"
             "$+u:i$n;$+u:j$n;$;2}"},
    {.name = "for of a block",
     .weight = 4,
     .where = Where::kBlock,
     .inner = Where::kBlock,
     .text = "for (unsigned i$n = 0u; i$n < 2u + (n & $<3>u); ++i$n) {$+u:i$n;$;3}"},
    {.name = "for of a warp",
     .weight = 2,
     .where = Where::kWarp,
     .inner = Where::kWarp,
     .text = "for (unsigned i$n = tid / 32u; i$n < 4u; ++i$n) {$+u:i$n;$;2}"},
    {.name = "for with an unroll pragma",
     .weight = 2,
     .text =
         "{\n#pragma unroll$[$/ 1$/ 2$/ 3]\nfor (int i$n = 0; i$n < $<6>; ++i$n) {$+i:i$n;$;2}}"},
    {.name = "while",
     .weight = 4,
     .text =
         "{ unsigned i$n = $u & 7u; $+u:i$n;while ($[i$n > 0u$/i$n-- > 1u && i$n < 9u]) {$;2 if "
         "(i$n == 0u) break; --i$n; $[$/if ($b) continue;] $;1} }"},
    {.name = "do while",
     .weight = 4,
     .text =
         "{ unsigned i$n = $<5>u; $+u:i$n;do {$;2 $[$/if ($b) continue;] $[$/if ($b) break;] $;1} "
         "while (i$n-- > 0u$[$/ && $b]); }"},
    {.name = "loop that ends inside",
     .weight = 2,
     .text = "for (unsigned i$n = $u & 3u;;) {$+u:i$n;$;1 if (++i$n > 5u) break; $;1}"},
    {.name = "switch",
     .weight = 4,
     .text = "switch ($u & 7u) { case 0: {$;1} $[break;$/] case 1: case 2: {$;2} break; default: "
             "{$;1} $[break;$/] case 5: {$;1} $[break;$/] case 7: {$;1}}"},
    {.name = "switch of narrow and negative values",
     .weight = 3,
     .text = "switch ($[$c$/(signed char)($i >> 5)$/($i & 3) - 2]) { case -1: {$;1} break; case 0: "
             "{$;1} case 127: case -2: {$;1} break; case 'a': {$;1} break; default: break; }"},
    {.name = "switch of 64 bits",
     .weight = 2,
     .text =
         "switch ($l & 0x8000000000000001ull) { case 0x8000000000000000ull: {$;1} break; case 1: "
         "{$;1} break; case 0x8000000000000001ull: {$;2} }"},
    {.name = "switch in a loop",
     .weight = 2,
     .text =
         "for (int i$n = 0; i$n < $<6>; ++i$n) { $+i:i$n;switch (i$n ^ $i & 3) { case 0: continue; "
         "case 1: {$;1} break; case 2: i$n += 2; default: {$;1}} $;1}"},
    {.name = "enum class",
     .weight = 2,
     .outside = "enum class E$n : $[unsigned char$/short$/int] { zero, one = $<9>1, two = 100 };\n",
     .text =
         "{ const E$n e$n = $b ? E$n::one : $b ? E$n::two : static_cast<E$n>(3); switch (e$n) { "
         "case E$n::one: {$;1} break; case E$n::two: {$;1} default: u0 += (unsigned)e$n; } if "
         "(e$n != E$n::zero) {$;1}}"},
    {.name = "short circuits with effects",
     .weight = 5,
     .text =
         "{ unsigned s$n = $u; int r$n = $i; $=u:s$n;if (($b && (s$n += 3u, $b)) || ((r$n ^= 5) > "
         "$i && (s$n ^= 9u, s$n & 1u))) {$;2} u0 ^= s$n; l0 += (unsigned)r$n; }"},
    {.name = "ternaries with effects",
     .weight = 3,
     .text =
         "{ unsigned s$n = $u; const unsigned r$n = $b ? (s$n *= 3u) : (s$n -= 7u, s$n >> 1); u0 "
         "+= r$n ^ s$n; $b ? (void)(u0 += 5u) : (void)(l0 ^= s$n); }"},
    {.name = "increments",
     .weight = 3,
     .text = "{ unsigned s$n = $u; signed char c$n = $c / 2; u0 += s$n++; u0 ^= ++s$n; l0 += "
             "(unsigned)c$n--; l0 ^= (unsigned)--c$n; u0 += s$n + (unsigned)c$n; }"},
    {.name = "assignments in a row",
     .weight = 2,
     .text = "{ unsigned a$n; unsigned char b$n; int c$n; c$n = b$n = a$n = $u; u0 ^= a$n + "
             "(unsigned)c$n; "
             "a$n = (b$n += 7); u0 += a$n; }"},
    {.name = "shadowing",
     .weight = 4,
     .text = "{ const unsigned x$n = $u; $+u:x$n;$;1 $-{ const float x$n = $f; f0 += x$n; for (int "
             "x$n = 0; "
             "x$n < 3; ++x$n) { u0 += (unsigned)x$n; { unsigned char x$n = $C; u0 ^= x$n; } } d0 "
             "+= x$n; } "
             "u0 ^= x$n; }"},
    {.name = "shadowed results",
     .weight = 2,
     .text = "{ const unsigned was$n = u0 ^ $u; { unsigned u0 = was$n; $;2 l0 += u0; } }"},
    {.name = "static assertions and sizes",
     .weight = 1,
     .text = "static_assert(sizeof(u0) == 4 && alignof(double) == 8, \"sizes\"); u0 += "
             "sizeof($[$c + $c$/$l + $i$/double$/u0]);"},
};

}  // namespace

std::span<const Construct> ControlConstructs() { return kRows; }

}  // namespace ws::referee
