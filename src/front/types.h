// Types of the dialect, interned. Device-clean.
//
// A TypeId holds the type's kind, which of that kind it is, and the qualifiers const and volatile in
// its two low bits, so equal types have equal ids and neither kind nor qualifier costs a look-up.
// Scalars and vector types exist without being made; pointers, references and arrays are rows of the
// TypeTable, made on demand.
// Sizes and alignments are those of CUDA on 64-bit Linux (LP64).
#ifndef WARPSMITH_FRONT_TYPES_H_
#define WARPSMITH_FRONT_TYPES_H_

#include <cstdint>

#include "base/arena.h"
#include "ir/types.h"

namespace ws::front {

// The order of the arithmetic kinds is their order of conversion rank.
enum class TypeKind : uint8_t {
  kError,  // after a mistake; converts to and from everything silently
  kVoid,
  kBool,
  kChar,
  kSChar,
  kUChar,
  kShort,
  kUShort,
  kInt,
  kUInt,
  kLong,
  kULong,
  kLongLong,
  kULongLong,
  kHalf,
  kBFloat16,
  kFloat,
  kDouble,
  kHalf2,
  kBFloat162,
  kNullptr,
  kAuto,       // to be deduced from an initialiser
  kCudaError,  // cudaError_t and other enumerations of the runtime; an s32
  kStream,     // cudaStream_t; 64 bits, 0 the default stream
  kEvent,      // cudaEvent_t
  kString,     // a string literal
  kOstream,      // std::ostream
  kManipulator,  // std::endl and the like
  kDim3,
  kVector,  // float4 and the like: `count` x `element`
  kPointer,
  kReference,  // to `element`
  kStdVector,  // std::vector of `element`: three words of host memory
  kArray,      // `count` x `element`; count 0: bound not known (extern shared)
  kFunction,   // an overload set or a function; details are in its entity
  kCount
};

struct TypeId {
  uint32_t index = 0;  // kind << 26 | which << 2 | volatile << 1 | const

  static constexpr uint32_t kConst = 1, kVolatile = 2;

  constexpr TypeId() = default;
  WS_HD constexpr explicit TypeId(TypeKind kind, uint32_t which = 0)
      : index(static_cast<uint32_t>(kind) << 26 | which << 2) {}
  WS_HD constexpr bool operator==(TypeId o) const { return index == o.index; }
  WS_HD constexpr bool operator!=(TypeId o) const { return index != o.index; }

  WS_HD constexpr TypeKind kind() const { return static_cast<TypeKind>(index >> 26); }
  // Of pointers, references and arrays the row of the table; of vectors see VectorType.
  WS_HD constexpr uint32_t which() const { return index << 6 >> 8; }
  WS_HD constexpr bool is_const() const { return (index & kConst) != 0; }
  WS_HD constexpr bool is_volatile() const { return (index & kVolatile) != 0; }
  WS_HD constexpr TypeId Unqualified() const { return With(0, 3); }
  WS_HD constexpr TypeId Const() const { return With(kConst); }
  WS_HD constexpr TypeId With(uint32_t qualifiers, uint32_t without = 0) const {
    TypeId result;
    result.index = (index & ~without) | qualifiers;
    return result;
  }
};
static_assert(static_cast<uint32_t>(TypeKind::kCount) <= 64);

struct TypeInfo {
  TypeKind kind = TypeKind::kError;
  TypeId element;      // vector, half2, pointer, reference, array
  uint64_t count = 0;  // components of a vector, elements of an array
};

WS_HD constexpr TypeId VectorType(TypeKind element, uint32_t components) {
  return TypeId(TypeKind::kVector,
                (static_cast<uint32_t>(element) - static_cast<uint32_t>(TypeKind::kChar)) * 4 +
                    components - 1);
}
WS_HD constexpr TypeKind VectorElement(TypeId vector) {
  return static_cast<TypeKind>(vector.which() / 4 + static_cast<uint32_t>(TypeKind::kChar));
}
WS_HD constexpr uint32_t VectorComponents(TypeId vector) { return vector.which() % 4 + 1; }

// Predicates on kinds.
WS_HD constexpr bool IsIntegerKind(TypeKind k) {
  return k >= TypeKind::kBool && k <= TypeKind::kULongLong;
}
WS_HD constexpr bool IsFloatKind(TypeKind k) {
  return k == TypeKind::kFloat || k == TypeKind::kDouble;
}
WS_HD constexpr bool IsHalfKind(TypeKind k) {
  return k == TypeKind::kHalf || k == TypeKind::kBFloat16;
}
WS_HD constexpr bool IsPackedKind(TypeKind k) {
  return k == TypeKind::kHalf2 || k == TypeKind::kBFloat162;
}
// What C++ calls arithmetic types (half is a class, with conversions).
WS_HD constexpr bool IsArithmeticKind(TypeKind k) { return IsIntegerKind(k) || IsFloatKind(k); }
WS_HD constexpr bool IsEnumKind(TypeKind k) { return k == TypeKind::kCudaError; }
WS_HD constexpr bool IsHandleKind(TypeKind k) {
  return k == TypeKind::kStream || k == TypeKind::kEvent;
}
WS_HD constexpr bool IsSignedKind(TypeKind k) {
  switch (k) {
    case TypeKind::kChar:
    case TypeKind::kSChar:
    case TypeKind::kShort:
    case TypeKind::kInt:
    case TypeKind::kLong:
    case TypeKind::kLongLong:
    case TypeKind::kCudaError:
      return true;
    default:
      return false;
  }
}

class TypeTable {
 public:
  static constexpr uint32_t kMaxMade = 4096;  // derived types of one program
  static constexpr uint64_t kMaxBytes = uint64_t{1} << 40;

  WS_HD explicit TypeTable(Arena& arena);

  WS_HD TypeInfo Info(TypeId t) const;
  WS_HD TypeKind Kind(TypeId t) const { return t.kind(); }
  WS_HD TypeId Element(TypeId t) const {
    return IsMade(t) ? made_[t.which()].info.element : Info(t).element;
  }

  // Interned derived types; the error type when the table is full.
  WS_HD TypeId Pointer(TypeId to) { return Make(TypeKind::kPointer, to, 0); }
  WS_HD TypeId Reference(TypeId to) { return Make(TypeKind::kReference, to, 0); }
  WS_HD TypeId Array(TypeId element, uint64_t count) {
    return Make(TypeKind::kArray, element, count);
  }
  WS_HD TypeId StdVector(TypeId element) { return Make(TypeKind::kStdVector, element, 0); }
  WS_HD bool full() const { return made_.size() >= kMaxMade; }

  // Bytes and alignment of an object; 0 and 1 for void, functions, unknown bounds.
  WS_HD uint64_t Bytes(TypeId t) const {
    return IsMade(t) ? made_[t.which()].bytes : BytesOfFixed(t);
  }
  WS_HD uint32_t Align(TypeId t) const;

  // The referred-to type of a reference, else the type itself.
  WS_HD TypeId StripReference(TypeId t) const {
    return Kind(t) == TypeKind::kReference ? Element(t) : t;
  }
  // Array to pointer; drops top-level qualifiers of values.
  WS_HD TypeId Decay(TypeId t) {
    const bool pointed = t.kind() == TypeKind::kArray || t.kind() == TypeKind::kString;
    return pointed ? PointerToElement(t) : t.Unqualified();
  }

  // Whether the types differ in qualifiers at most, those of array elements included.
  WS_HD bool SameObject(TypeId a, TypeId b) const;
  // Whether a reference to `b` bound to an `a` of the same object type would drop a qualifier.
  WS_HD bool DropsQualifier(TypeId a, TypeId b) const;

  WS_HD bool IsAggregate(TypeId t) const {  // held as several registers
    const TypeKind k = Kind(t);
    return k == TypeKind::kVector || k == TypeKind::kDim3;
  }
  WS_HD uint32_t Components(TypeId t) const;   // 1 for scalars
  WS_HD TypeId ComponentType(TypeId t) const;  // element of vectors, packed halves, dim3

  // The IR type of a scalar's arithmetic: s32, u64, f32, f16x2...; pointers and handles are u64,
  // bool is kPred, narrow integers their own width (kS8...), aggregates and void kNone.
  WS_HD ir::Type IrType(TypeId t) const;

  // The type's name as a user would write it, in the arena.
  WS_HD std::string_view Spelling(TypeId t);

 private:
  WS_HD static constexpr bool IsMade(TypeId t) {
    return t.kind() >= TypeKind::kPointer && t.kind() <= TypeKind::kArray;
  }
  WS_HD static uint64_t BytesOfFixed(TypeId t);
  WS_HD TypeId PointerToElement(TypeId array);
  WS_HD TypeId Make(TypeKind kind, TypeId element, uint64_t count);

  static constexpr uint32_t kBuckets = 64;
  struct Made {
    TypeInfo info;
    uint64_t bytes;
    uint32_t align;
    uint32_t next;
  };
  Arena* arena_;
  Vec<Made> made_;
  uint32_t heads_[kBuckets];
};

// How a scalar or vector kind is written.
WS_HD const char* SpellingOf(TypeKind kind);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_TYPES_H_
