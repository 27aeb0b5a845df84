// The operation table as code. Device-clean: rows are reached through functions.
#ifndef WARPSMITH_IR_OPS_H_
#define WARPSMITH_IR_OPS_H_

#include <cstdint>

#include "base/macros.h"
#include "ir/types.h"

namespace ws::ir {

enum class Op : uint8_t {
#define OP(name, ptx, dsts, srcs, types, effect, pipe, latency, error) k##name,
#include "ir/ops.def"
#undef OP
  kCount
};

enum class Effect : uint8_t { None, Load, Store, Atomic, Barrier, Cross, Control, Host, Fence };
enum class Pipe : uint8_t { None, Alu, Fma, Half, Fp64, Xu, Imad, Lsu, Branch, Cross, Host };

// Sets of types an operation takes; combined with +.
namespace op_types {
inline constexpr int N = 0, I = 1, F = 2, H = 4, B = 8, P = 16;
}

struct OpInfo {
  const char* name;  // CamelCase
  const char* ptx;
  int8_t dsts;  // -1: as many as the instruction says
  int8_t srcs;
  uint8_t types;  // op_types
  Effect effect;
  Pipe pipe;
  uint8_t latency_cycles;
  const char* error;
};

WS_HD constexpr OpInfo InfoOf(Op op) {
  using namespace op_types;
  constexpr int8_t V = -1;
  switch (op) {
#define OP(name, ptx, dsts, srcs, types, effect, pipe, latency, error) \
  case Op::k##name:                                                    \
    return {#name, ptx, dsts, srcs, types, Effect::effect, Pipe::pipe, latency, error};
#include "ir/ops.def"
#undef OP
    case Op::kCount:
      break;
  }
  return {};
}

WS_HD constexpr bool IsTerminator(Op op) {
  return op == Op::kBra || op == Op::kCondBra || op == Op::kRet || op == Op::kExit ||
         op == Op::kTrap;
}

// Inst::sub of Op::kTrap: why.
enum TrapReason : uint8_t {
  kTrapPlain,
  kTrapAssert,       // an assertion failed
  kTrapNotExecuted,  // stands for an instruction of PTX that is not executed
  kTrapBadTarget,    // an address or index that leads to no function or label
  kTrapBadSize,      // a bulk copy of a size that is not a multiple of 16
  kTrapStack,        // alloca beyond what is kept for it
  kTrapTensorMap,    // a copy by what is no tensor map, or one of another rank
  kTrapMatrixPlace,  // a matrix of wmma.load or wmma.store that is not aligned
  kTrapBoxPlace,     // a box in shared memory, for a copy of a tensor, that is not aligned
};
// Inst::sub of Op::kCopyGroup: of the copies that the thread has begun by cp.async.
enum class CopyStep : uint8_t { kCommit, kWaitGroup, kWaitAll };
// Inst::sub of Op::kSt: the store is part of a cp.async; what it writes is there when a wait says
// so.
inline constexpr uint8_t kStoreLater = 1;
// What a function of PTX has for alloca.
inline constexpr uint32_t kAllocaBytes = 4096;
// Inst::sub of floating Min, Max, Add, Sub, Mul, Fma and Cvt; bits.
inline constexpr uint8_t kFloatNaN = 1;        // NaN wins
inline constexpr uint8_t kFloatXorsign = 2;    // of the magnitudes, with the product's sign
inline constexpr uint8_t kFloatRelu = 4;       // what is negative or NaN becomes 0 or canonical NaN
inline constexpr uint8_t kFloatSatfinite = 8;  // Cvt: what is too large becomes the largest
// Inst::sub of Dp4a and Dp2a; bits.
inline constexpr uint8_t kDotSignedA = 1, kDotSignedB = 2, kDotHigh = 4;
// Inst::sub of Print: the second source is the address of the values, packed as vprintf wants them.
inline constexpr uint8_t kPrintFromBuffer = 1;
// sub of a launch whose blocks all run at once and may wait for each other.
inline constexpr uint8_t kLaunchCooperative = 1;

// Values that one Op::kPrint takes, as CUDA's printf in kernels does.
inline constexpr uint32_t kMaxPrinted = 32;

enum class RtFn : uint8_t {
#define RT(name, spelling, args, result) k##name,
#include "ir/rt.def"
#undef RT
  kCount
};
struct RtInfo {
  const char* name;
  const char* spelling;
  int8_t args;  // -1: any
  Type result;
};
WS_HD constexpr RtInfo InfoOf(RtFn fn) {
  switch (fn) {
#define RT(name, spelling, args, result) \
  case RtFn::k##name:                    \
    return {#name, spelling, args, Type::result};
#include "ir/rt.def"
#undef RT
    case RtFn::kCount:
      break;
  }
  return {};
}

enum class MathFn : uint8_t {
  kNone,
#define MATH(name, spelling, args, type) k##name,
#include "ir/math.def"
#undef MATH
  kCount
};
struct MathInfo {
  const char* spelling;
  int8_t args;
  Type type;
};
WS_HD constexpr MathInfo InfoOf(MathFn fn) {
  switch (fn) {
#define MATH(name, spelling, args, type) \
  case MathFn::k##name:                  \
    return {spelling, args, Type::type};
#include "ir/math.def"
#undef MATH
    case MathFn::kNone:
    case MathFn::kCount:
      break;
  }
  return {"", 0, Type::kNone};
}

}  // namespace ws::ir

#endif  // WARPSMITH_IR_OPS_H_
