// PTX spellings of the small enumerations. Device-clean.
#ifndef WARPSMITH_IR_NAMES_H_
#define WARPSMITH_IR_NAMES_H_

#include "base/macros.h"
#include "ir/types.h"

namespace ws::ir {

WS_HD constexpr const char* NameOf(Type type) {
  constexpr const char* kNames[] = {"none", "pred", "b8",  "b16",  "b32",   "b64",    "u8",
                                    "u16",  "u32",  "u64", "s8",   "s16",   "s32",    "s64",
                                    "e4m3", "e5m2", "f16", "bf16", "f16x2", "bf16x2", "tf32",
                                    "f32",  "f64",  "b1",  "u4",   "s4"};
  static_assert(sizeof(kNames) / sizeof(kNames[0]) == static_cast<size_t>(Type::kCount));
  return type < Type::kCount ? kNames[static_cast<int>(type)] : "?";
}
// Empty for generic.
WS_HD constexpr const char* NameOf(Space space) {
  constexpr const char* kNames[] = {"", "global", "shared", "local", "const", "param"};
  return kNames[static_cast<int>(space)];
}
WS_HD constexpr const char* NameOf(Cmp cmp) {
  constexpr const char* kNames[] = {"",    "eq",  "ne",  "lt",  "le",  "gt",  "ge",
                                    "lo",  "ls",  "hi",  "hs",  "equ", "neu", "ltu",
                                    "leu", "gtu", "geu", "num", "nan"};
  return kNames[static_cast<int>(cmp)];
}
WS_HD constexpr const char* NameOf(Round round) {
  constexpr const char* kNames[] = {"",    "rn",  "rz",  "rm",     "rp",   "rni",
                                    "rzi", "rmi", "rpi", "approx", "full", "rna"};
  return kNames[static_cast<int>(round)];
}
WS_HD constexpr const char* NameOf(Cache cache) {
  constexpr const char* kNames[] = {"", "ca", "cg", "cs", "lu", "cv", "wb", "wt", "nc"};
  return kNames[static_cast<int>(cache)];
}
WS_HD constexpr const char* NameOf(Atomic atomic) {
  constexpr const char* kNames[] = {"add", "min",  "max", "and", "or",
                                    "xor", "exch", "cas", "inc", "dec"};
  return kNames[static_cast<int>(atomic)];
}
WS_HD constexpr const char* NameOf(Shuffle shuffle) {
  constexpr const char* kNames[] = {"up", "down", "bfly", "idx"};
  return kNames[static_cast<int>(shuffle)];
}
// Empty for the plain form.
WS_HD constexpr const char* NameOf(PermuteMode mode) {
  constexpr const char* kNames[] = {"", "f4e", "b4e", "rc8", "ecl", "ecr", "rc16"};
  return kNames[static_cast<int>(mode)];
}
WS_HD constexpr const char* NameOf(Vote vote) {
  constexpr const char* kNames[] = {"all", "any", "uni", "ballot"};
  return kNames[static_cast<int>(vote)];
}
WS_HD constexpr const char* NameOf(Mbarrier what) {
  constexpr const char* kNames[] = {"init",        "inval",     "arrive",
                                    "arrive_drop", "expect_tx", "complete_tx",
                                    "arrive",      "test_wait", "test_wait.parity"};
  return kNames[static_cast<int>(what)];
}
WS_HD constexpr const char* NameOf(Scope scope) {
  constexpr const char* kNames[] = {"", "cta", "gpu", "sys"};
  return kNames[static_cast<int>(scope)];
}
WS_HD constexpr const char* NameOf(Order order) {
  constexpr const char* kNames[] = {"",        "weak",    "volatile", "relaxed",
                                    "acquire", "release", "acq_rel"};
  return kNames[static_cast<int>(order)];
}
// Without the leading %.
WS_HD constexpr const char* NameOf(Special special) {
  constexpr const char* kNames[] = {"tid.x",
                                    "tid.y",
                                    "tid.z",
                                    "ntid.x",
                                    "ntid.y",
                                    "ntid.z",
                                    "ctaid.x",
                                    "ctaid.y",
                                    "ctaid.z",
                                    "nctaid.x",
                                    "nctaid.y",
                                    "nctaid.z",
                                    "laneid",
                                    "warpid",
                                    "nwarpid",
                                    "lanemask_eq",
                                    "lanemask_lt",
                                    "lanemask_le",
                                    "lanemask_gt",
                                    "lanemask_ge",
                                    "clock",
                                    "clock64",
                                    "smid",
                                    "nsmid",
                                    "gridid",
                                    "dynamic_smem_size",
                                    "total_smem_size",
                                    "envreg1",
                                    "envreg2"};
  static_assert(sizeof(kNames) / sizeof(kNames[0]) == static_cast<size_t>(Special::kCount));
  return special < Special::kCount ? kNames[static_cast<int>(special)] : "?";
}

}  // namespace ws::ir

#endif  // WARPSMITH_IR_NAMES_H_
