// Arithmetic on compile-time constants with C++'s meaning. Device-clean.
//
// A constant is 64 bits: integers and bool extended by their type, half, float and double as the
// bits of a double that is representable in the type, pointers their value.
#ifndef WARPSMITH_FRONT_CONSTANTS_H_
#define WARPSMITH_FRONT_CONSTANTS_H_

#include <cstdint>

#include "front/tree.h"
#include "front/types.h"

namespace ws::front {

// The low bits of `bits` that the integer kind has, extended by its signedness.
WS_HD uint64_t ExtendInteger(TypeKind kind, uint64_t bits);

// A double rounded to half, float or double, as a double's bits.
WS_HD uint64_t RoundConstant(TypeKind kind, double value);

// The 16 bits of a half (IEEE binary16) and back; `value` must be representable.
WS_HD uint16_t HalfBits(double value);
WS_HD double HalfValue(uint16_t bits);
WS_HD uint16_t BFloat16Bits(double value);

// The constant converted between scalar kinds; false where C++ leaves the result undefined or the
// kinds do not convert.
WS_HD bool ConvertConstant(TypeKind from, TypeKind to, uint64_t bits, uint64_t* result);

// a op b on operands of one kind (for shifts b is any integer); comparisons give 0 or 1. False
// where the result is undefined (division by zero, overlong shift, signed overflow).
WS_HD bool FoldBinary(BinaryOp op, TypeKind kind, uint64_t a, uint64_t b, uint64_t* result);
// + - ~ on an operand already promoted, ! on any scalar.
WS_HD bool FoldUnary(UnaryOp op, TypeKind kind, uint64_t a, uint64_t* result);

// Whether the constant is true in a condition.
WS_HD bool IsTrue(TypeKind kind, uint64_t bits);

// The bits that a constant of this kind has in memory and in an instruction's immediate.
WS_HD uint64_t MachineBits(TypeKind kind, uint64_t bits);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_CONSTANTS_H_
