// What the lanes of a warp do together, and cooperative groups.
#include "tests/referee/construct.h"

namespace ws::referee {
namespace {

constexpr Construct kRows[] = {
    {.name = "shuffles",
     .weight = 5,
     .where = Where::kWarp,
     .text = "$[u0 += __shfl_sync(0xffffffffu, $u, (int)($u & 31u));$/f0 += "
             "plain(__shfl_xor_sync(0xffffffffu, "
             "$f, 1$<9>));$/l0 ^= __shfl_down_sync(0xffffffffu, $l, $<8>, $[8$/16$/32]);$/u0 ^= "
             "__shfl_up_sync(0xffffffffu, $u, $<32>, $[4$/32]);$/d0 += "
             "plain(__shfl_sync(0xffffffffu, $d, "
             "threadIdx.x + 3u, 8));$/u0 += (unsigned)__shfl_xor_sync(0xffffffffu, $i, 5) + "
             "bits(__shfl_xor_sync(0xffffffffu, $h, 3));$/u0 ^= bits(__shfl_down_sync(0xffffffffu, "
             "$H, 1));$/l0 += "
             "(unsigned long long)__shfl_sync(0xffffffffu, $q, 0, 16);]"},
    {.name = "shuffles of some lanes",
     .weight = 3,
     .where = Where::kWarp,
     .text = "if ((tid & 31u) $[< 8u) u0 += __shfl_sync(0xffu, $u, $u & 7u, 8)$/>= 16u) u0 ^= "
             "__shfl_down_sync(0xffff0000u, $u, 1, 16)$/!= 5u) u0 += "
             "__popc(__ballot_sync(0xffffffdfu, $b))]; "
             "__syncwarp();"},
    {.name = "votes",
     .weight = 4,
     .where = Where::kWarp,
     .text = "$[u0 ^= __ballot_sync(0xffffffffu, $b);$/if (__any_sync(0xffffffffu, $b)) u0 += "
             "3u;$/u0 += "
             "__all_sync(0xffffffffu, $b) ? 5u : 1u;$/if (__ballot_sync(0xffffffffu, $b) & 0xffu) "
             "{$;2}]"},
    {.name = "matches",
     .weight = 2,
     .where = Where::kWarp,
     .text = "$[u0 ^= __match_any_sync(0xffffffffu, $[$u & 3u$/$l & 5ull$/$i >> 29]);$/{ int p$n; "
             "u0 += "
             "__match_all_sync(0xffffffffu, $u & 1u, &p$n); u0 ^= (unsigned)p$n; }]"},
    {.name = "reductions of a warp",
     .weight = 3,
     .where = Where::kWarp,
     .text = "u0 $[+=$/^=] $[__reduce_$[add$/min$/max$/and$/or$/xor]_sync(0xffffffffu, "
             "$u)$/(unsigned)__reduce_$[add$/min$/max]_sync(0xffffffffu, $i)];"},
    {.name = "loop of a warp until all have done",
     .weight = 2,
     .where = Where::kWarp,
     .text = "{ unsigned left$n = $u & 7u; while (__any_sync(0xffffffffu, left$n > 0u)) { if "
             "(left$n > 0u) { --left$n; u0 += "
             "left$n ^ 5u; } } }"},
    {.name = "butterfly",
     .weight = 2,
     .where = Where::kWarp,
     .text = "{ $[unsigned s$n = $u$/float s$n = (float)($i & 1023)$/double s$n = (double)($i & "
             "4095)]; for (int o = 16; o > 0; o "
             ">>= 1) s$n += __shfl_xor_sync(0xffffffffu, s$n, o); u0 ^= bits(s$n); }"},
    {.name = "lanes that are active",
     .weight = 2,
     .text = "{ const unsigned m$n = __activemask(); u0 += m$n != 0u ? 3u : 0u; }"},
    {.name = "barriers that count",
     .weight = 3,
     .where = Where::kBlock,
     .text = "$[u0 += (unsigned)__syncthreads_count($b);$/if (__syncthreads_or($b)) u0 ^= 5u;$/u0 "
             "+= __syncthreads_and($b) ? 1u "
             ": 9u;]"},
    {.name = "fences", .weight = 1, .text = "{ __threadfence$[$/_block$/_system](); u0 += 1u; }"},
    {.name = "groups of a block",
     .weight = 2,
     .where = Where::kBlock,
     .heads = Bit(kGroupsHead),
     .text = "{ cg::thread_block b$n = cg::this_thread_block(); tile[b$n.thread_rank()] = $u; "
             "b$n.sync(); u0 ^= tile[(tid + 1u) % "
             "b$n.size()] + b$n.group_index().x + b$n.thread_index().y; cg::sync(b$n); }"},
    {.name = "tiles of a block",
     .weight = 3,
     .where = Where::kBlock,
     .heads = Bit(kGroupsHead),
     .text = "{ auto t$n = cg::tiled_partition<$[4$/8$/16$/32]>(cg::this_thread_block()); u0 += "
             "t$n.shfl($u, $u % t$n.size()); u0 "
             "^= t$n.shfl_xor($u, 1) + t$n.ballot($b) + t$n.meta_group_rank(); if (t$n.any($b)) l0 "
             "+= t$n.shfl_down($l, 2); u0 "
             "+= t$n.match_any($u & 1u) ^ t$n.thread_rank(); t$n.sync(); }",
     .full_warps = true},
    {.name = "reductions and scans of tiles",
     .weight = 3,
     .where = Where::kBlock,
     .heads = Bit(kGroupsHead),
     .text = "{ auto t$n = cg::tiled_partition<$[8$/16$/32]>(cg::this_thread_block()); u0 += "
             "cg::reduce(t$n, $u, "
             "cg::$[plus$/less$/greater$/bit_xor$/bit_or$/bit_and]<unsigned>()); u0 ^= "
             "cg::inclusive_scan(t$n, $u) + "
             "cg::exclusive_scan(t$n, $u, cg::plus<unsigned>()); u0 += (unsigned)cg::reduce(t$n, "
             "$i, cg::greater<int>()); }",
     .full_warps = true},
    {.name = "tiles of tiles",
     .weight = 2,
     .where = Where::kBlock,
     .heads = Bit(kGroupsHead),
     .text = "{ auto w$n = cg::tiled_partition<32>(cg::this_thread_block()); auto t$n = "
             "cg::tiled_partition<4>(w$n); u0 += "
             "t$n.shfl_up($u, 1) ^ w$n.shfl($u, 3); w$n.sync(); }",
     .full_warps = true},
    {.name = "coalesced threads",
     .weight = 2,
     .heads = Bit(kGroupsHead),
     .text = "if ($b) { cg::coalesced_group g$n = cg::coalesced_threads(); u0 += g$n.size() > "
             "g$n.thread_rank() ? 3u : 0u; }"},
};

}  // namespace

std::span<const Construct> WarpConstructs() { return kRows; }

}  // namespace ws::referee
