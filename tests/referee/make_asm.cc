// Inline assembly: operands of every kind, several instructions, predicates, carries, vectors.
#include "tests/referee/construct.h"

namespace ws::referee {
namespace {

constexpr Construct kRows[] = {
    {.name = "asm of one instruction",
     .weight = 4,
     .text = "{ unsigned r$n; asm$[$/ "
             "volatile](\"$[add.u32$/sub.u32$/mul.lo.u32$/mul.hi.u32$/xor.b32$/min.u32$/max.u32$/"
             "and.b32$/or."
             "b32] %0, %1, %2;\" : \"=r\"(r$n) : \"r\"($u), "
             "$[\"r\"($u)$/\"n\"($<99>)$/\"r\"($i)]); u0 ^= r$n; }"},
    {.name = "asm of three operands",
     .weight = 3,
     .text = "{ unsigned r$n; "
             "asm(\"$[mad.lo.u32$/mad.hi.u32$/sad.u32$/prmt.b32$/shf.l.wrap.b32$/shf.r.clamp.b32$/"
             "dp4a.u32.u32$/dp2a.lo."
             "u32.u32$/vadd.u32.u32.u32.sat] %0, %1, %2, %3;\" : \"=r\"(r$n) : \"r\"($u), "
             "\"r\"($u), \"r\"($u)); u0 += r$n; "
             "}"},
    {.name = "asm of bit fields",
     .weight = 3,
     .text =
         "{ unsigned r$n; $[asm(\"bfe.$[u32$/s32] %0, %1, %2, %3;\" : \"=r\"(r$n) : \"r\"($u), "
         "\"r\"($u & 63u), \"r\"($u & "
         "63u))$/asm(\"bfi.b32 %0, %1, %2, %3, $<33>;\" : \"=r\"(r$n) : \"r\"($u), \"r\"($u), "
         "\"r\"($u & "
         "31u))$/asm(\"lop3.b32 %0, %1, %2, %3, $<256>;\" : \"=r\"(r$n) : \"r\"($u), \"r\"($u), "
         "\"r\"($u))$/asm(\"bfind.$[u32$/s32] %0, %1;\" : \"=r\"(r$n) : "
         "\"r\"($u))$/asm(\"bmsk.clamp.b32 %0, %1, %2;\" : "
         "\"=r\"(r$n) : \"r\"($u & 31u), \"r\"($u & 63u))$/asm(\"szext.wrap.s32 %0, %1, %2;\" : "
         "\"=r\"(r$n) : \"r\"($u), "
         "\"r\"($u))]; u0 ^= r$n; }"},
    {.name = "asm of several statements",
     .weight = 3,
     .text = "{ unsigned r$n; asm(\"{ .reg .u32 t, s;\\n\\tadd.u32 t, %1, %2; // a "
             "sum\\n\\txor.b32 s, t, 0x5a;\\n\\tmul.lo.u32 %0, s, t; "
             "}\" : \"=r\"(r$n) : \"r\"($u), \"r\"($u)); u0 ^= r$n; }"},
    {.name = "asm that changes operands",
     .weight = 3,
     .text = "{ unsigned r$n = $u, s$n = $u; unsigned long long q$n = $l; asm volatile(\"xor.b32 "
             "%0, %0, %1;\\n\\tadd.u32 %1, %1, "
             "%0;\\n\\tcvt.u64.u32 %2, %1;\" : \"+r\"(r$n), \"+r\"(s$n), \"+l\"(q$n)); u0 ^= r$n + "
             "s$n; l0 += q$n; }"},
    {.name = "asm of 64 bits",
     .weight = 3,
     .text =
         "{ unsigned long long r$n; long long s$n; asm(\"$[mul.wide.u32 %0, %2, %3; mul.wide.s32 "
         "%1, %2, %3;$/mad.wide.u32 %0, %2, "
         "%3, %4; mad.wide.s32 %1, %2, %3, %4;$/shl.b64 %0, %4, %2; shr.s64 %1, %4, %3;]\" : "
         "\"=l\"(r$n), "
         "\"=l\"(s$n) : \"r\"($u), \"r\"($u), \"l\"($l)); l0 ^= r$n + (unsigned long long)s$n; }"},
    {.name = "asm of narrow operands",
     .weight = 3,
     .text = "{ unsigned short r$n; short s$n = $s; asm(\"{ .reg .s16 n; neg.s16 n, %2; add.s16 "
             "%0, n, %3; }\\n\\tmul.lo.s16 %1, %1, %2;\" : "
             "\"=h\"(r$n), \"+h\"(s$n) : \"h\"($s), \"h\"($S)); u0 += r$n ^ (unsigned)s$n; }"},
    {.name = "asm of floats",
     .weight = 3,
     .text = "{ float r$n; double s$n; "
             "asm(\"$[add.rz$/mul.rn$/sub.rp$/div.rm$/add.rn.ftz$/mul.rz.sat].f32 %0, %2, "
             "%3;\\n\\tfma.$[rn$/rz$/rp]."
             "f64 %1, %4, 0d3FF8000000000000, %4;\" : \"=f\"(r$n), \"=d\"(s$n) : \"f\"($f), "
             "\"f\"($f), \"d\"($d)); f0 = plain(r$n); "
             "u0 ^= bits(s$n); }"},
    {.name = "asm with predicates",
     .weight = 3,
     // A compiler may give what is read the register of what is written: that is written last.
     .text = "{ unsigned r$n = 5u; asm(\"{ .reg .pred p, q;\\n\\t.reg .u32 t;\\n\\tmov.u32 t, %0;"
             "\\n\\tsetp.$[lt$/ge$/ne].u32 p|q, %1, "
             "%2;\\n\\t@p add.u32 t, %1, 3;\\n\\t@!q xor.b32 "
             "t, t, %2;\\n\\tselp.b32 %0, t, %1, q; }\" : \"+r\"(r$n) : \"r\"($u), \"r\"($u)); "
             "u0 += r$n; }"},
    {.name = "asm with carries",
     .weight = 3,
     .text = "{ unsigned a$n, b$n, c$n; asm(\"add.cc.u32 %0, %3, %4;\\n\\taddc.cc.u32 %1, %5, "
             "%6;\\n\\taddc.u32 %2, 0, 0;\\n\\tsub.cc.u32 %0, %0, "
             "%5;\\n\\tsubc.u32 %1, %1, %4;\\n\\tmad.lo.cc.u32 %0, %3, %4, %0;\\n\\tmadc.hi.u32 "
             "%1, %3, %4, %1;\" : \"=&r\"(a$n), "
             "\"=&r\"(b$n), \"=&r\"(c$n) : \"r\"($u), \"r\"($u), \"r\"($u), \"r\"($u)); u0 ^= a$n "
             "+ b$n * 3u + c$n; }"},
    {.name = "asm with a loop",
     .weight = 2,
     .text = "{ unsigned r$n = 0u, k$n = $u & 15u; asm volatile(\"{ .reg .pred "
             "p;\\nAGAIN:\\n\\tsetp.eq.u32 p, %1, 0;\\n\\t@p bra DONE;\\n\\tadd.u32 "
             "%0, %0, %1;\\n\\tsub.u32 %1, %1, 1;\\n\\tbra AGAIN;\\nDONE:\\n}\" : \"+r\"(r$n), "
             "\"+r\"(k$n)); u0 += r$n + k$n; }"},
    {.name = "asm with vectors",
     .weight = 3,
     .where = Where::kBlock,
     .text = "{ unsigned a$n, b$n, c$n, d$n; $[asm volatile(\"ld.global.v4.u32 {%0, %1, %2, %3}, "
             "[%4];\" : \"=r\"(a$n), \"=r\"(b$n), "
             "\"=r\"(c$n), \"=r\"(d$n) : \"l\"(in + 4u * ($u & 63u)) : \"memory\");$/{ unsigned "
             "long long w$n = $l; asm(\"mov.b64 {%0, %1}, "
             "%2;\" : \"=r\"(a$n), \"=r\"(b$n) : \"l\"(w$n)); asm(\"mov.b64 %0, {%1, %2};\" : "
             "\"=l\"(w$n) : \"r\"(b$n), \"r\"(a$n)); c$n = "
             "(unsigned)w$n; d$n = 7u; }] u0 ^= a$n + b$n * 3u + c$n * 5u + d$n; }"},
    {.name = "asm on shared memory",
     .weight = 3,
     .where = Where::kBlock,
     .text = "{ const unsigned at$n = (unsigned)__cvta_generic_to_shared(&tile[tid]); asm "
             "volatile(\"st.shared.u32 [%0], %1;\" :: "
             "\"r\"(at$n), \"r\"($u) : \"memory\"); __syncthreads(); unsigned r$n; asm "
             "volatile(\"ld.shared.u$[8$/16$/32] %0, [%1 + "
             "$[0$/0]];\" : \"=r\"(r$n) : \"r\"(at$n) : \"memory\"); u0 += r$n + tile[(tid + 1u) % "
             "size]; __syncthreads(); }"},
    {.name = "asm of special registers",
     .weight = 2,
     .text = "{ unsigned r$n; asm(\"mov.u32 %0, "
             "%%$[laneid$/tid.x$/ntid.y$/ctaid.x$/nctaid.z$/lanemask_lt$/lanemask_ge];\" : "
             "\"=r\"(r$n)); u0 += r$n; "
             "}"},
    {.name = "asm of conversions",
     .weight = 3,
     .text = "{ unsigned r$n; unsigned short h$n; asm(\"cvt.$[rni$/rzi$/rmi$/rpi].$[u32$/s32].f32 "
             "%0, %1;\" : \"=r\"(r$n) : \"f\"($f)); "
             "asm(\"cvt.rn.$[f16.f32$/f16.f32] %0, %1;\" : \"=h\"(h$n) : \"f\"(plain($f))); u0 ^= "
             "r$n + h$n; asm(\"cvt.sat.u8.s32 %0, "
             "%1;\" : \"=r\"(r$n) : \"r\"($i)); u0 += r$n; }"},
    {.name = "asm of pairs of halves",
     .weight = 2,
     .text = "{ unsigned r$n; asm(\"{ .reg .b32 t; $[add$/sub$/mul].f16x2 t, %1, %2; fma.rn.f16x2 "
             "%0, t, %1, %2; }\" : \"=r\"(r$n) : "
             "\"r\"(0x3c00bc00u ^ ($u & 0x83ff83ffu)), \"r\"($u & 0xbbffbbffu)); u0 ^= r$n; }"},
    {.name = "asm of barriers that arrive",
     .weight = 2,
     .where = Where::kBlock,
     .text = "if (size >= 64u) { if (tid < 32u) { tile[tid] = $u; asm "
             "volatile(\"barrier.cta.arrive 1, 64;\" ::: \"memory\"); } else if (tid < "
             "64u) { asm volatile(\"barrier.cta.sync 1, 64;\" ::: \"memory\"); u0 += tile[(tid + "
             "5u) & 31u]; } __syncthreads(); }",
     .full_warps = true},
    {.name = "asm of products of matrices",
     .weight = 2,
     .where = Where::kWarp,
     .text = "{ int a$n = $i, b$n = $i, c$n = 3, d$n = $i; asm "
             "volatile(\"mma.sync.aligned.m16n8k32.row.col.s32.$[s8.s8$/u8.s8$/u8.u8].s32 "
             "{%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};\" : \"+r\"(a$n), "
             "\"+r\"(b$n), \"+r\"(c$n), \"+r\"(d$n) : "
             "\"r\"($u), \"r\"($u), \"r\"($u), \"r\"($u), \"r\"($u), \"r\"($u)); u0 ^= "
             "(unsigned)(a$n ^ b$n) + (unsigned)(c$n ^ d$n); }"},
};

}  // namespace

std::span<const Construct> AsmConstructs() { return kRows; }

}  // namespace ws::referee
