// What the letters of signatures in builtins.def stand for. Device-clean.
#ifndef WARPSMITH_FRONT_SIGNATURE_H_
#define WARPSMITH_FRONT_SIGNATURE_H_

#include "front/types.h"

namespace ws::front {

// The type of a letter that stands for one type wherever it occurs; the error type for the others
// (pointers, and what the row or the call decides).
WS_HD constexpr TypeId PlainSignatureType(char code) {
  switch (code) {
    case 'v':
      return TypeId(TypeKind::kVoid);
    case 'b':
      return TypeId(TypeKind::kBool);
    case 'i':
    case 'e':
      return TypeId(TypeKind::kInt);
    case 'u':
      return TypeId(TypeKind::kUInt);
    case 'c':
      return TypeId(TypeKind::kChar);
    case 'a':
      return TypeId(TypeKind::kSChar);
    case 'r':
      return TypeId(TypeKind::kUChar);
    case 's':
      return TypeId(TypeKind::kShort);
    case 't':
      return TypeId(TypeKind::kUShort);
    case 'l':
      return TypeId(TypeKind::kLong);
    case 'm':
      return TypeId(TypeKind::kULong);
    case 'x':
      return TypeId(TypeKind::kLongLong);
    case 'y':
      return TypeId(TypeKind::kULongLong);
    case 'h':
      return TypeId(TypeKind::kHalf);
    case 'H':
      return TypeId(TypeKind::kHalf2);
    case 'g':
      return TypeId(TypeKind::kBFloat16);
    case 'G':
      return TypeId(TypeKind::kBFloat162);
    case 'f':
      return TypeId(TypeKind::kFloat);
    case 'd':
      return TypeId(TypeKind::kDouble);
    case 'F':
      return VectorType(TypeKind::kFloat, 2);
    case 'A':
      return VectorType(TypeKind::kSChar, 4);
    case 'B':
      return VectorType(TypeKind::kUChar, 4);
    case 'C':
      return VectorType(TypeKind::kShort, 2);
    case 'D':
      return VectorType(TypeKind::kUShort, 2);
    case 'z':
      return TypeId(TypeKind::kDim3);
    case 'o':
      return TypeId(TypeKind::kOstream);
    case 'w':
      return TypeId(TypeKind::kManipulator);
    case 'S':
      return TypeId(TypeKind::kStream);
    default:
      return {};
  }
}

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_SIGNATURE_H_
