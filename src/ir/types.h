// Types and the small enumerations of instructions. Device-clean.
#ifndef WARPSMITH_IR_TYPES_H_
#define WARPSMITH_IR_TYPES_H_

#include <cstdint>

#include "base/macros.h"

namespace ws::ir {

// PTX's fundamental types (PTX ISA, "Types"). kNone for instructions without one.
enum class Type : uint8_t {
  kNone,
  kPred,
  kB8,
  kB16,
  kB32,
  kB64,
  kU8,
  kU16,
  kU32,
  kU64,
  kS8,
  kS16,
  kS32,
  kS64,
  kE4M3,  // floats of 8 bits; with kTF32 of conversions and matrices alone
  kE5M2,
  kF16,
  kBF16,
  kF16x2,
  kBF16x2,
  kTF32,
  kF32,
  kF64,
  kB1,  // elements of matrices alone, less than a byte
  kU4,
  kS4,
  kCount
};

// State spaces. kGeneric addresses carry their space in their tag (see exec/memory).
enum class Space : uint8_t { kGeneric, kGlobal, kShared, kLocal, kConst, kParam };

enum class Cmp : uint8_t {
  kNone,
  kEq,
  kNe,
  kLt,
  kLe,
  kGt,
  kGe,
  kLo,
  kLs,
  kHi,
  kHs,
  kEqu,
  kNeu,
  kLtu,
  kLeu,
  kGtu,
  kGeu,
  kNum,
  kNan
};

// Rounding and accuracy modifiers. kRni.. round to an integral value (cvt); kRna to nearest, ties
// away from zero.
enum class Round : uint8_t {
  kNone,
  kRn,
  kRz,
  kRm,
  kRp,
  kRni,
  kRzi,
  kRmi,
  kRpi,
  kApprox,
  kFull,
  kRna
};

enum class Cache : uint8_t { kNone, kCa, kCg, kCs, kLu, kCv, kWb, kWt, kNc };

enum class Atomic : uint8_t { kAdd, kMin, kMax, kAnd, kOr, kXor, kExch, kCas, kInc, kDec };
enum class Shuffle : uint8_t { kUp, kDown, kBfly, kIdx };
// Inst::sub of BarRed: what is made of the threads' predicates.
enum class BarrierSum : uint8_t { kPopc, kAnd, kOr };
// Inst::sub of Prmt: how the third source chooses bytes.
enum class PermuteMode : uint8_t { kAny, kF4e, kB4e, kRc8, kEcl, kEcr, kRc16 };
enum class Vote : uint8_t { kAll, kAny, kUni, kBallot };
// Inst::sub of Mbar: what is done to the barrier object in shared memory (ir/mbarrier.h).
enum class Mbarrier : uint8_t {
  kInit,
  kInval,
  kArrive,
  kArriveDrop,
  kExpectTx,
  kCompleteTx,
  kArriveCopies,  // of the copies that the thread has begun, which are done
  kTestState,
  kTestParity
};
enum class Scope : uint8_t { kNone, kCta, kGpu, kSys };
enum class Order : uint8_t { kNone, kWeak, kVolatile, kRelaxed, kAcquire, kRelease, kAcqRel };

// Special registers; the order is the order of SpecialName's table.
enum class Special : uint8_t {
  kTidX,
  kTidY,
  kTidZ,
  kNtidX,
  kNtidY,
  kNtidZ,
  kCtaidX,
  kCtaidY,
  kCtaidZ,
  kNctaidX,
  kNctaidY,
  kNctaidZ,
  kLaneid,
  kWarpid,
  kNwarpid,
  kLanemaskEq,
  kLanemaskLt,
  kLanemaskLe,
  kLanemaskGt,
  kLanemaskGe,
  kClock,
  kClock64,
  kSmid,
  kNsmid,
  kGridid,
  kDynamicSmemSize,
  kTotalSmemSize,
  kEnvreg1,  // the workspace of a cooperative launch, the upper half of its address; else 0
  kEnvreg2,  // the lower half
  kCount
};

WS_HD constexpr uint32_t BytesOf(Type type) {
  switch (type) {
    case Type::kNone:
      return 0;
    case Type::kPred:
    case Type::kB8:
    case Type::kU8:
    case Type::kS8:
    case Type::kE4M3:
    case Type::kE5M2:
      return 1;
    case Type::kB16:
    case Type::kU16:
    case Type::kS16:
    case Type::kF16:
    case Type::kBF16:
      return 2;
    case Type::kB32:
    case Type::kU32:
    case Type::kS32:
    case Type::kF16x2:
    case Type::kBF16x2:
    case Type::kTF32:
    case Type::kF32:
      return 4;
    case Type::kB64:
    case Type::kU64:
    case Type::kS64:
    case Type::kF64:
      return 8;
    case Type::kB1:  // they fill no byte: BitsOf
    case Type::kU4:
    case Type::kS4:
    case Type::kCount:
      break;
  }
  return 0;
}
WS_HD constexpr uint32_t BitsOf(Type type) {
  return type == Type::kB1 ? 1 : type == Type::kU4 || type == Type::kS4 ? 4 : 8 * BytesOf(type);
}
WS_HD constexpr bool IsFloat(Type t) { return t >= Type::kE4M3 && t <= Type::kF64; }
WS_HD constexpr bool IsSigned(Type t) { return t >= Type::kS8 && t <= Type::kS64; }
WS_HD constexpr bool IsUnsigned(Type t) { return t >= Type::kU8 && t <= Type::kU64; }
WS_HD constexpr bool IsInteger(Type t) { return t >= Type::kB8 && t <= Type::kS64; }
// Whether values of the type live in 64-bit registers (else 32-bit ones, or predicates).
WS_HD constexpr bool IsWide(Type t) { return BytesOf(t) == 8; }

}  // namespace ws::ir

#endif  // WARPSMITH_IR_TYPES_H_
