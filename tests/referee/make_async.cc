// Copies that end later, barriers that are objects, atomics of libcu++.
#include "tests/referee/construct.h"

namespace ws::referee {
namespace {

constexpr const char* kNoLibrary = "it has no libcu++";

constexpr Construct kRows[] = {
    {.name = "cp.async",
     .weight = 3,
     .where = Where::kBlock,
     .text = "{ __shared__ __align__(16) unsigned s$n[512]; const unsigned at$n = "
             "(unsigned)__cvta_generic_to_shared(&s$n[4u * tid]); asm "
             "volatile(\"cp.async.c$[a.shared.global [%0], [%1], $[4$/8$/16]$/g.shared.global "
             "[%0], [%1], 16];\\n\\tcp.async.commit_group;\" :: \"r\"(at$n), "
             "\"l\"(in + 4u * ($u & 63u)) : \"memory\"); asm volatile(\"cp.async.wait_$[group "
             "0$/all];\" ::: \"memory\"); "
             "$[$/__syncthreads();] u0 ^= s$n[4u * tid]; __syncthreads(); }"},
    {.name = "pipeline primitives",
     .weight = 3,
     .where = Where::kBlock,
     .heads = Bit(kPipelineHead),
     .text =
         "{ __shared__ __align__(16) unsigned s$n[2][512]; for (unsigned k = 0u; k < 2u; ++k) { "
         "__pipeline_memcpy_async(&s$n[k][4u * tid], in + 4u * ((tid + 7u * k) & 63u), "
         "$[4$/8$/16$/16, 8]); __pipeline_commit(); } "
         "__pipeline_wait_prior(1); __syncthreads(); u0 += s$n[0][4u * ((tid + 3u) % size)]; "
         "__pipeline_wait_prior(0); __syncthreads(); "
         "u0 ^= s$n[1][4u * ((tid + 5u) % size)]; __syncthreads(); }"},
    {.name = "atomic_ref",
     .weight = 2,
     .where = Where::kBlock,
     .heads = Bit(kAtomicHead),
     .text = "{ __shared__ $[unsigned$/int$/unsigned long long] s$n; if (tid == 0u) s$n = 3; "
             "__syncthreads(); { "
             "cuda::atomic_ref<decltype(s$n + 0), cuda::thread_scope_$[block$/device]> r$n(s$n); "
             "if ($b) "
             "r$n.fetch_$[add$/and$/or$/xor$/min$/max]($u $[$/, cuda::memory_order_relaxed]); } "
             "__syncthreads(); u0 += bits(s$n); "
             "__syncthreads(); }",
     .not_clang = kNoLibrary},
    {.name = "cuda::atomic",
     .weight = 2,
     .where = Where::kBlock,
     .heads = Bit(kAtomicHead),
     .text = "{ __shared__ cuda::atomic<unsigned, cuda::thread_scope_block> s$n; if (tid == 0u) "
             "s$n.store($<99>u); __syncthreads(); const "
             "unsigned m$n = $u | 1u; unsigned e$n = s$n.load(cuda::memory_order_relaxed); while "
             "(!s$n.compare_exchange_weak(e$n, e$n * m$n)) "
             "{} __syncthreads(); u0 ^= s$n.load(); __syncthreads(); }",
     .not_clang = kNoLibrary},
    {.name = "cuda::barrier",
     .weight = 2,
     .where = Where::kBlock,
     .heads = Bit(kBarrierHead),
     .text = "{ __shared__ cuda::barrier<cuda::thread_scope_block> b$n; if (tid == 0u) init(&b$n, "
             "size); __syncthreads(); for (int k = 0; k < "
             "3; ++k) { tile[tid] = $u; auto token$n = b$n.arrive(); l0 ^= $l; "
             "b$n.wait(std::move(token$n)); u0 += tile[(tid + 3u) % size]; "
             "b$n.arrive_and_wait(); } __syncthreads(); }",
     .not_clang = kNoLibrary},
    {.name = "memcpy_async with a barrier",
     .weight = 2,
     .where = Where::kBlock,
     .heads = Bit(kBarrierHead),
     .text = "{ __shared__ __align__(16) unsigned s$n[256]; __shared__ "
             "cuda::barrier<cuda::thread_scope_block> b$n; if (tid == 0u) "
             "init(&b$n, size); __syncthreads(); cuda::memcpy_async(&s$n[2u * tid], in + 2u * ($u "
             "& 127u), $[8$/sizeof(unsigned)$/cuda::aligned_size_t<4>(4)], b$n); "
             "b$n.arrive_and_wait(); u0 += s$n[2u * ((tid + 3u) % size)]; __syncthreads(); }",
     .not_clang = kNoLibrary},
    {.name = "cuda::pipeline",
     .weight = 2,
     .where = Where::kBlock,
     .heads = Bit(kBarrierHead) | Bit(kPipelineClassHead),
     .text = "{ __shared__ unsigned s$n[2][128]; auto p$n = cuda::make_pipeline(); for (unsigned k "
             "= 0u; k < 3u; ++k) { "
             "p$n.producer_acquire(); cuda::memcpy_async(&s$n[k & 1u][tid], in + ((tid + k * "
             "$<9>u) & 255u), sizeof(unsigned), p$n); "
             "p$n.producer_commit(); p$n.consumer_wait(); u0 = u0 * 3u + s$n[k & 1u][tid]; "
             "p$n.consumer_release(); } }",
     .not_clang = kNoLibrary},
    {.name = "memcpy_async of a group",
     .weight = 2,
     .where = Where::kBlock,
     .heads = Bit(kGroupsHead) | Bit(kGroupCopiesHead),
     .text =
         "{ __shared__ __align__(16) unsigned s$n[128]; auto g$n = cg::this_thread_block(); "
         "cg::memcpy_async(g$n, s$n, in + ($<2> * 16), "
         "sizeof(unsigned) * size); cg::wait(g$n); u0 += s$n[(tid + $<9>u) % size]; g$n.sync(); }"},
};

}  // namespace

std::span<const Construct> AsyncConstructs() { return kRows; }

}  // namespace ws::referee
