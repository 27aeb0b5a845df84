// Memory: arrays, pointers, vectors, shared and global variables, atomics whose order does not
// show.
#include <string>

#include "tests/referee/construct.h"
#include "tests/referee/writer.h"

namespace ws::referee {
namespace {

constexpr Construct kRows[] = {
    {.name = "local array",
     .weight = 5,
     .text =
         "{ $[unsigned$/unsigned short$/signed char$/long long] a$n[5] = {1, 2, 3}; a$n[$u % 5u] "
         "$[+=$/^=$/=] $c; for (int j = 0; j < 3; ++j) a$n[($u + j) % 5u] ^= (j + 1); u0 ^= "
         "(unsigned)a$n[$u % 5u] + (unsigned)a$n[1]; }"},
    {.name = "local array of floats",
     .weight = 3,
     .text =
         "{ float a$n[4] = {$f, $f}; double b$n[3] = {$d, 2.0, $f}; a$n[$u & 3u] += $f; b$n[$u % "
         "3u] *= $d; f0 = a$n[$u & 3u]; d0 += plain(b$n[$u % 3u]); }"},
    {.name = "local array of halves",
     .weight = 2,
     .text = "{ __half a$n[4] = {$h, $h, $h, $h}; a$n[$u & 3u] = $h; __half2 b$n[2]; b$n[0] = $H; "
             "b$n[1] "
             "= $H; u0 += bits(a$n[$u & 3u]) ^ bits(b$n[$u & 1u]); }"},
    {.name = "array of arrays",
     .weight = 3,
     .text = "{ int a$n[3][4] = {{1, 2}, {$i, $i, $i, 4}, {-1}}; for (int i = 0; i < 3; ++i) "
             "a$n[i][(i + ($i & 3)) & 3] ^= i; int(*r$n)[4] = &a$n[$u % 3u]; u0 += "
             "(unsigned)((*r$n)[$u & 3u] ^ a$n[2][$u & 3u]); }"},
    {.name = "constant array",
     .weight = 2,
     .text =
         "{ $[const$/constexpr$/static constexpr] short a$n[6] = {1, -2, $<99>, -32768, 32767, 0}; "
         "u0 += (unsigned)(int)a$n[$u % 6u]; }"},
    {.name = "range-based for",
     .weight = 2,
     .text = "{ unsigned a$n[4] = {$u, $u, 3u, 4u}; for (unsigned& x$n : a$n) {$=u:x$n;$;1 x$n += "
             "3u;} for "
             "(const unsigned x$n : a$n) u0 = u0 * 5u + x$n; }"},
    {.name = "pointers",
     .weight = 4,
     .text =
         "{ unsigned a$n[6] = {$u, 1u, 2u, $u, 4u, 5u}; unsigned* p$n = a$n + ($u % 5u); unsigned* "
         "const "
         "q$n = &a$n[1]; *p$n ^= $u; *(p$n + 1) += 3u; ++p$n; u0 += p$n[-1] + *q$n + (p$n > q$n ? "
         "1u : 0u) "
         "+ (unsigned)(p$n - a$n); unsigned** pp$n = &p$n; **pp$n -= 1u; u0 ^= a$n[$u % 6u]; }"},
    {.name = "pointer chosen by lanes",
     .weight = 3,
     .text = "{ unsigned x$n = $u, y$n = $u; unsigned* p$n = $b ? &x$n : &y$n; *p$n += $u; "
             "unsigned& r$n = "
             "*p$n; r$n ^= 7u; u0 += x$n * 3u + y$n; }"},
    {.name = "pointer to shared or local",
     .weight = 3,
     .where = Where::kBlock,
     .text = "{ unsigned x$n = $u; __syncthreads(); unsigned* p$n = $b ? &tile[tid] : &x$n; *p$n "
             "^= $u; u0 "
             "+= tile[tid] + x$n; __syncthreads(); }"},
    {.name = "references",
     .weight = 2,
     .text = "{ unsigned short x$n = $S; unsigned short& r$n = x$n; const unsigned short& k$n = "
             "r$n; r$n += "
             "$u; u0 ^= k$n; const int& t$n = $i; u0 += (unsigned)t$n; }"},
    {.name = "bytes of a variable",
     .weight = 3,
     .text = "{ unsigned long long x$n = $l; unsigned char* p$n = reinterpret_cast<unsigned "
             "char*>(&x$n); "
             "p$n[$u & 7u] $[^=$/+=$/=] $C; u0 += p$n[$u & 7u]; l0 ^= x$n; }"},
    {.name = "memcpy of a variable",
     .weight = 2,
     .text = "{ const float x$n = plain($f); unsigned y$n; memcpy(&y$n, &x$n, 4); u0 ^= y$n; "
             "unsigned short "
             "z$n[2]; memcpy(z$n, &y$n, sizeof z$n); u0 += z$n[$u & 1u]; }"},
    {.name = "vectors",
     .weight = 5,
     .text = "{ uint4 v$n = make_uint4($u, $u, $u, $u); $=u:v$n.y;$;2 v$n.x += v$n.w; v$n.z = "
             "v$n.y ^ $u; "
             "const uint2 w$n = make_uint2(v$n.x, v$n.z); u0 ^= w$n.x + w$n.y + v$n.w; }"},
    {.name = "vectors of narrow integers",
     .weight = 3,
     .text =
         "{ char4 v$n = make_char4($c, $c, (signed char)$i, -1); ushort4 w$n = make_ushort4($S, "
         "$S, 1, "
         "(unsigned short)$u); $=c:v$n.z;$=S:w$n.w;$;2 short3 s$n = make_short3($s, v$n.x, -5); "
         "uchar2 "
         "b$n = {$C, $C}; u0 += (unsigned)(v$n.x * v$n.z + s$n.z + s$n.x) ^ (w$n.x + w$n.w * 3u) + "
         "b$n.y; }"},
    {.name = "vectors of wide types",
     .weight = 3,
     .text = "{ ulonglong2 v$n = make_ulonglong2($l, $l); longlong2 q$n = {$q, $q}; double2 w$n = "
             "make_double2($d, $d); $=l:v$n.y;$=d:w$n.x;$;2 l0 += v$n.x ^ v$n.y ^ (unsigned long "
             "long)q$n.y; d0 = w$n.x; f0 += (float)w$n.y; }"},
    {.name = "vectors of floats",
     .weight = 3,
     .text = "{ float4 v$n = make_float4($f, $f, 1.0f, $f); float3 w$n = {$f, 2.0f, $f}; float2 "
             "x$n[2] = "
             "{{$f, $f}, {1.0f, $f}}; $=f:v$n.w;$=f:w$n.x;$;2 x$n[$u & 1u].y += v$n.x; f0 = v$n.w "
             "+ w$n.z; "
             "u0 ^= bits(x$n[1].y) + bits(w$n.x); }"},
    {.name = "vector loads",
     .weight = 3,
     .where = Where::kBlock,
     .text = "{ const uint4 v$n = reinterpret_cast<const uint4*>(in)[$u & 63u]; const float2 w$n = "
             "*(reinterpret_cast<const float2*>(fin) + ($u & 127u)); u0 ^= v$n.x + v$n.y * 3u + "
             "(v$n.z ^ "
             "v$n.w); f0 += plain(w$n.x) - plain(w$n.y); }"},
    {.name = "narrow loads",
     .weight = 3,
     .where = Where::kBlock,
     .text =
         "{ u0 += (unsigned)reinterpret_cast<const $[signed char$/unsigned char$/short$/unsigned "
         "short]*>(in)[$u & 511u]; l0 ^= reinterpret_cast<const unsigned long long*>(in)[$u & "
         "127u]; }"},
    {.name = "loads with cache hints",
     .weight = 2,
     .where = Where::kBlock,
     .text = "u0 ^= $[__ldg$/__ldca$/__ldcg$/__ldcs$/__ldlu$/__ldcv](in + ($u & 255u));",
     .not_clang = nullptr},
    {.name = "volatile",
     .weight = 2,
     .text = "{ volatile unsigned x$n = $u; x$n += 3u; const unsigned y$n = x$n; u0 ^= y$n; }"},
    {.name = "shared array",
     .weight = 6,
     .where = Where::kBlock,
     .text = "{ tile[tid] = $u; __syncthreads(); u0 $[^=$/+=] tile[(tid $[+ $<99>u$/* 7u$/^ ($u & "
             "15u)]) % "
             "size]; __syncthreads(); }"},
    {.name = "shared array of other types",
     .weight = 5,
     .where = Where::kBlock,
     .write =
         [](Writer& w) {
           const Kind kind = w.AnyKind();
           const std::string type = kKindInfos[kind].type, value = w.Expression(kind, 3);
           const bool is_narrow = kind <= kU16;
           w.Expand(
               "{ __shared__ " + type + " s$n[128]; s$n[tid] = " + value + "; __syncthreads(); " +
                   type + " x$n = s$n[(tid + $<99>u) % size]; $=" + kKindInfos[kind].letter +
                   ":x$n;$;2 u0 += bits(" + (is_narrow ? "(int)" : "") + "x$n); __syncthreads(); }",
               2, w.Fresh());
         }},
    {.name = "shared matrix",
     .weight = 3,
     .where = Where::kBlock,
     .text =
         "{ __shared__ float m$n[16][9]; m$n[tid & 15u][(tid >> 4) & 7u] = plain($f); "
         "__syncthreads(); "
         "f0 = tid < 128u && size == 128u ? m$n[($u) & 15u][(tid) & 7u] : f0; __syncthreads(); }"},
    {.name = "shared vectors",
     .weight = 3,
     .where = Where::kBlock,
     .text = "{ __shared__ float4 q$n[8]; if (tid < 8u) q$n[tid] = make_float4($f, $f, 1.0f, $f); "
             "__syncthreads(); const float4 r$n = q$n[$u % (size < 8u ? size : 8u)]; f0 += "
             "plain(r$n.y); u0 ^= bits(r$n.w); __syncthreads(); }"},
    {.name = "shared array of a warp",
     .weight = 3,
     .where = Where::kWarp,
     .text = "{ __syncwarp(); tile[tid] = $u; __syncwarp(); u0 ^= tile[(tid & ~31u) + ((tid + "
             "$<32>u) & "
             "31u)]; __syncwarp(); }"},
    {.name = "scan in shared memory",
     .weight = 2,
     .where = Where::kBlock,
     .text = "{ tile[tid] = $u; __syncthreads(); for (unsigned s$n = 1u; s$n < size; s$n *= 2u) { "
             "const "
             "unsigned x$n = tid >= s$n ? tile[tid - s$n] : 0u; __syncthreads(); tile[tid] += x$n; "
             "__syncthreads(); } u0 ^= tile[size - 1u - tid]; __syncthreads(); }"},
    {.name = "__constant__ variable",
     .weight = 3,
     .outside =
         "__constant__ $[unsigned$/long long$/unsigned char$/short] K$n[8] = {1, 3, $<99>, 127, 7, "
         "65, 0, $<9>};\n",
     .text = "u0 += (unsigned)K$n[$u & 7u] ^ (unsigned)K$n[$<8>];"},
    {.name = "__device__ variable",
     .weight = 3,
     .outside = "__device__ $[const $/]float D$n[4] = {0.5f, -0.0f, 1e-40f, "
                "$<99>.25f};\n__device__ unsigned "
                "C$n = $<99>u;\n",
     .text = "{ f0 += D$n[$u & 3u]; u0 ^= C$n; }"},
    {.name = "__managed__ variable",
     .weight = 2,
     .outside = "__managed__ unsigned M$n[3] = {1u, $<99>u, 0xffffffffu};\n",
     .text = "u0 += M$n[$u % 3u];"},
    {.name = "constexpr variable",
     .weight = 2,
     .outside = "constexpr unsigned X$n = $<99>u * 3u + 1u;\n",
     .text = "{ unsigned a$n[X$n % 5u + 1u]; for (unsigned& e : a$n) e = $u; u0 += a$n[$u % (X$n % "
             "5u + "
             "1u)] * X$n; }"},
    {.name = "atomics in global memory",
     .weight = 4,
     .where = Where::kLane,
     .write =
         [](Writer& w) {
           constexpr const char* kNames[] = {"Add", "Min", "Max", "And", "Or", "Xor"};
           const uint32_t which = w.Below(6);
           // One operation for each place: different ones do not commute.
           if (!w.is_in_kernel()) return w.Assign();
           w.Expand("atomic" + std::string(kNames[which]) + "(&sums[" +
                        std::to_string(which + 8 * w.Below(2)) + "], $u);",
                    2, 0);
         }},
    {.name = "atomics in shared memory",
     .weight = 4,
     .where = Where::kBlock,
     .text =
         "{ __shared__ $[unsigned s$n; if (tid == 0u) s$n = 5u; __syncthreads(); if ($b) "
         "atomic$[Add$/Min$/Max$/And$/Or$/Xor$/Sub](&s$n, $u)$/int s$n; if (tid == 0u) s$n = -1; "
         "__syncthreads(); if ($b) atomic$[Min$/Max$/Xor](&s$n, $i)$/unsigned long long s$n; if "
         "(tid == "
         "0u) s$n = 5ull; __syncthreads(); if ($b) atomic$[Add$/Min$/Max$/And$/Or](&s$n, $l)]; "
         "__syncthreads(); u0 += bits(s$n); __syncthreads(); }"},
    {.name = "atomics of floats",
     .weight = 3,
     .where = Where::kBlock,
     .text = "{ __shared__ $[float$/double] s$n; if (tid == 0u) s$n = 0.0f; __syncthreads(); "
             "atomicAdd(&s$n, "
             "($u & 63u) - 31.0f); __syncthreads(); u0 += bits(s$n); __syncthreads(); }"},
    {.name = "atomics of halves",
     .weight = 2,
     .where = Where::kBlock,
     .text = "{ __shared__ __half2 s$n; if (tid == 0u) s$n = __floats2half2_rn(0.0f, 0.0f); "
             "__syncthreads(); "
             "atomicAdd(&s$n, __floats2half2_rn((float)($u & 3u), (float)($i & 7))); "
             "__syncthreads(); u0 += "
             "bits(s$n); __syncthreads(); }"},
    {.name = "atomics that count",
     .weight = 2,
     .where = Where::kBlock,
     .text = "{ __shared__ unsigned s$n; if (tid == 0u) s$n = 3u; __syncthreads(); if ($b) "
             "atomic$[Inc(&s$n, $<40>u)$/Dec(&s$n, 5u)]; __syncthreads(); u0 ^= s$n; "
             "__syncthreads(); }"},
    {.name = "atomic compare and swap",
     .weight = 2,
     .where = Where::kBlock,
     .text =
         "{ __shared__ unsigned s$n; if (tid == 0u) s$n = 1u; __syncthreads(); const unsigned m$n "
         "= $u | "
         "1u; unsigned old$n = 0u, seen$n = atomicCAS(&s$n, 0u, 0u); do { old$n = seen$n; seen$n = "
         "atomicCAS(&s$n, old$n, old$n * m$n); } while (seen$n != old$n); __syncthreads(); u0 ^= "
         "s$n; "
         "__syncthreads(); }"},
    {.name = "bytes on the device's heap",
     .weight = 2,
     .text =
         "{ $[unsigned* p$n = new unsigned[4]; for (int j = 0; j < 4; ++j) p$n[j] = u0 + j; p$n[$u "
         "& "
         "3u] ^= $u; u0 += p$n[$u & 3u]; delete[] p$n$/short* p$n = (short*)malloc(8); for (int j "
         "= 0; "
         "j < 4; ++j) p$n[j] = (short)(j - 2); p$n[$u & 3u] = $s; u0 += (unsigned)p$n[$u & 3u]; "
         "free(p$n)]; }"},
    {.name = "spaces of pointers",
     .weight = 2,
     .where = Where::kBlock,
     .text = "{ unsigned x$n = $u; const unsigned* p$n = $b ? in + ($u & 63u) : $b ? &tile[tid] : "
             "&x$n; u0 += "
             "*p$n + (__isGlobal(p$n) ? 3u : __isShared(p$n) ? 5u : __isLocal(p$n) ? 7u : 9u); "
             "__syncthreads(); }"},
    {.name = "printf",
     .weight = 2,
     .text = "if (threadIdx.x == $<9>u && blockIdx.x == 0u && ($u & 7u) == 0u) printf(\"%u %d %llx "
             "%s %c %5.3f "
             "%e|\\n\", $u, $i, $l, $b ? \"yes\" : \"no\", 'a' + ($i & 15), (double)plain($f), "
             "plain($d));"},
};

}  // namespace

std::span<const Construct> MemoryConstructs() { return kRows; }

}  // namespace ws::referee
