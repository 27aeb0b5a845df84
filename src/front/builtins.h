// Builtin functions and variables: the rows of builtins.def as code. Device-clean.
#ifndef WARPSMITH_FRONT_BUILTINS_H_
#define WARPSMITH_FRONT_BUILTINS_H_

#include <cstdint>
#include <string_view>

#include "base/macros.h"
#include "ir/ops.h"
#include "ir/types.h"

namespace ws::front {

// What makes a builtin's code; see builtins.def.
enum class BuiltinHow : uint8_t {
  kActiveBlocks,
  kAssert,
  kAtomic,
  kAtomicSub,
  kBarWarp,
  kBarrier,
  kBestBlock,
  kBits,
  kBytePerm,
  kClock,
  kConst,
  kCopysign,
  kCvt,
  kDestroy,
  kDeviceAttribute,
  kDim,
  kDupHalf2,
  kErrorString,
  kEventCreate,
  kExit,
  kFastExp,
  kFastExp10,
  kFastLog,
  kFastPow,
  kFastTan,
  kFdim,
  kFence,
  kFfs,
  kFirst,
  kFloat2ToHalf2,
  kFloatToHalf2,
  kFloatsToHalf2,
  kFreeHost,
  kFromSymbol,
  kFuncAttribute,
  kHalf2ToFloat2,
  kHalfCmp,
  kHalfDiv,
  kHalfMath,
  kHalfOp,
  kHiInt,
  kHiLo,
  kHighFloat,
  kHighHalf,
  kHighHigh,
  kHighsHalf2,
  kHostCopy,
  kIgnore,
  kIsFinite,
  kIsInf,
  kIsNan,
  kKernelFacts,
  kLaunchArray,
  kLd,
  kLib,
  kLibDevice,
  kLibHost,
  kLoInt,
  kLowFloat,
  kLowHalf,
  kLowLow,
  kLowsHalf2,
  kMake,
  kMallocHost,
  kManipulator,
  kMatch,
  kMath,
  kMinMax,
  kMul24,
  kNan,
  kOp,
  kPackHalf2,
  kPause,
  kPrintf,
  kRedux,
  kRoundAway,
  kRoundTo,
  kRsqrt64,
  kRt,
  kSaturate,
  kScan,
  kShfl,
  kSignbit,
  kSincos,
  kSt,
  kStore,
  kSuccess,
  kStream,
  kSwapHalf2,
  kSymbolAddress,
  kToSymbol,
  kTrap,
  kUnsupported,
  kVaCopy,
  kVaEnd,
  kVaNext,
  kVaStart,
  kVote
};

struct BuiltinRow {
  const char* spelling;
  const char* signature;  // see the legend of builtins.def
  BuiltinHow how;
  ir::Op op;
  ir::Type type;
  uint64_t extra;
};

// Rows are sorted so that the overloads of a name follow one another.
WS_HD const BuiltinRow& RowOf(uint16_t builtin);
WS_HD uint32_t NumBuiltinRows();
// Whether an argument is the name of a device variable.
WS_HD constexpr bool TakesSymbol(BuiltinHow how) {
  return how == BuiltinHow::kToSymbol || how == BuiltinHow::kFromSymbol ||
         how == BuiltinHow::kSymbolAddress;
}

// Which argument names a kernel; -1: none.
WS_HD constexpr int KernelArgument(BuiltinHow how) {
  switch (how) {
    case BuiltinHow::kFuncAttribute:
      return 0;
    case BuiltinHow::kKernelFacts:
    case BuiltinHow::kActiveBlocks:
      return 1;
    case BuiltinHow::kBestBlock:
      return 2;
    default:
      return -1;
  }
}

// First row and number of rows of the name; count 0 if it is no builtin.
struct BuiltinRange {
  uint16_t first = 0;
  uint16_t count = 0;
};
WS_HD BuiltinRange FindBuiltin(std::string_view name);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_BUILTINS_H_
