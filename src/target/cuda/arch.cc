#include "target/cuda/arch.h"

namespace ws::target::cuda {
namespace {

constexpr uint64_t kKib = 1024;

constexpr Arch kArchs[] = {
#define ARCH(name, chip, sms, clock_ghz, dram_gbps, l2_mib, l2_bytes_clk, l1_kib, shared_kib,  \
             shared_opt_in_kib, warps, blocks, fp32, half2, int32, imad, fp64, xu, cvt, cross, \
             lat_shared, lat_l1, lat_l2, lat_dram, launch_us, host_gbps)                       \
  {#name,                                                                                      \
   chip,                                                                                       \
   sms,                                                                                        \
   clock_ghz,                                                                                  \
   dram_gbps,                                                                                  \
   l2_mib * kKib * kKib,                                                                       \
   l2_bytes_clk,                                                                               \
   l1_kib * kKib,                                                                              \
   shared_kib * kKib,                                                                          \
   shared_opt_in_kib * kKib,                                                                   \
   warps,                                                                                      \
   blocks,                                                                                     \
   fp32,                                                                                       \
   half2,                                                                                      \
   int32,                                                                                      \
   imad,                                                                                       \
   fp64,                                                                                       \
   xu,                                                                                         \
   cvt,                                                                                        \
   cross,                                                                                      \
   lat_shared,                                                                                 \
   lat_l1,                                                                                     \
   lat_l2,                                                                                     \
   lat_dram,                                                                                   \
   launch_us,                                                                                  \
   host_gbps},
#include "target/cuda/arch.def"
#undef ARCH
};

constexpr bool NamesDiffer() {
  for (size_t i = 0; i < std::size(kArchs); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (kArchs[i].name == kArchs[j].name) return false;
    }
  }
  return true;
}
static_assert(NamesDiffer());

}  // namespace

std::span<const Arch> Archs() { return kArchs; }

const Arch* FindArch(std::string_view name) {
  for (const Arch& arch : kArchs) {
    if (arch.name == name) return &arch;
  }
  return nullptr;
}

int ComputeCapability(std::string_view name) {
  if (!name.starts_with("sm_")) return 0;
  int value = 0;
  for (const char c : name.substr(3)) {
    if (c >= '0' && c <= '9') value = 10 * value + (c - '0');
  }
  return value;
}

}  // namespace ws::target::cuda
