// Types of the dialect, interned. Device-clean.
//
// A TypeId holds the type's kind, which of that kind it is, and the qualifiers const and volatile
// in its two low bits, so equal types have equal ids and neither kind nor qualifier costs a
// look-up. Scalars and vector types exist without being made; pointers, references and arrays are
// rows of the TypeTable, made on demand; structs and scoped enumerations are rows of it, made by
// their declarations. Sizes and alignments are those of CUDA on 64-bit Linux (LP64, structs as in
// the Itanium ABI).
#ifndef WARPSMITH_FRONT_TYPES_H_
#define WARPSMITH_FRONT_TYPES_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "front/tree.h"
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
  kAuto,         // to be deduced from an initialiser
  kCudaError,    // cudaError_t and other enumerations of the runtime; an s32
  kStream,       // cudaStream_t; 64 bits, 0 the default stream
  kEvent,        // cudaEvent_t
  kString,       // a string literal
  kOstream,      // std::ostream
  kManipulator,  // std::endl and the like
  kDim3,
  kVector,  // float4 and the like: `count` x `element`
  kPointer,
  kReference,  // to `element`
  kStdVector,  // std::vector of `element`: three words of host memory
  kArray,      // `count` x `element`; count 0: bound not known (extern shared)
  kSignature,  // the type of a function that returns `element`
  kStruct,     // a struct or class of the program; always an object in memory
  kEnumClass,  // a scoped enumeration of the program
  kFunction,   // a function by its name, or several; details are in its entity
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
  // Of made types the row of their table; of vectors see VectorType.
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
  uint64_t count = 0;  // components of a vector, elements of an array; see SignatureParams
};

using EntityId = Id<struct EntityTag>;

// A member that holds data.
struct StructMember {
  NameId name;
  TypeId type;
  uint64_t offset = 0;  // bytes
  NodeId init;          // its default initialiser, a literal: InitEq or InitList
  EntityId made_by;     // instead: the member function that gives it (front/member_defaults.h)
  uint32_t align = 0;   // asked for by alignas; 0 the type's own
  bool is_private = false;
  bool by_reference = false;  // a closure's: the type is a pointer to what the member stands for
  bool is_base = false;       // the base, which is the first member and has no name
  bool is_class_id = false;   // tells the class of an object with virtual functions; no name
  TypeId owner;               // of what is named through a base: the struct that declares it
};

// A struct, class or union.
struct StructInfo {
  NameId name;  // invalid of an unnamed one
  std::string_view text;
  uint64_t bytes = 0;
  uint32_t align = 1;
  uint32_t first_member = 0, num_members = 0;
  uint32_t num_named = 0;        // behind the members, those of unnamed structs and unions in it
  uint32_t depth = 1;            // structs in it, one in the other
  uint32_t num_parts = 0;        // members that are no structs, with those of its members
  uint32_t first_capture = 0;    // of a lambda's: Sema::CaptureOf
  bool complete = false;         // its members are known
  bool is_class = false;         // declared with `class`
  bool is_union = false;         // all members begin where it does
  bool has_constructor = false;  // so it is no aggregate
  bool needs_init = false;       // it or a member has a constructor or a default initialiser
  bool has_const = false;        // a const member: objects cannot be assigned to
  bool defaulted = false;        // its constructor without arguments is written `= default`
  bool has_destructor = false;
  bool needs_destroy = false;  // it or a member has a destructor, or a member is a std::vector
  bool no_copy = false;        // its copy constructor or assignment is deleted
  bool has_copy = false;       // a constructor that copies
  bool needs_copy = false;     // it or a member has: it is not copied byte by byte
  TypeId base;                 // the error type if it has none; it lies where the object begins
  bool inherits = false;       // has the constructors of its base
  bool is_empty = false;       // no data, so that it takes no room as a base
  bool is_plain = true;  // no base, no constructor, nothing private: its padding stays its own
  bool is_polymorphic = false;   // has virtual functions
  bool is_abstract = false;      // one of which has no body
  uint64_t data_bytes = 0;       // without padding behind
  uint64_t class_id_offset = 0;  // of an object with virtual functions
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
  static constexpr uint32_t kMaxMade = 1u << 14;  // derived types of one program
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
  // The type of a function: its result and its parameters, without const and arrays decayed.
  WS_HD TypeId Signature(TypeId result, std::span<const TypeId> params);
  WS_HD std::span<const TypeId> SignatureParams(TypeId signature) const {
    const ParamList& list = lists_[static_cast<uint32_t>(Info(signature).count)];
    return {list_types_.data() + list.first, list.count};
  }
  // Whether it is a pointer to a function.
  WS_HD bool IsFunctionPointer(TypeId t) const {
    return t.kind() == TypeKind::kPointer && Element(t).kind() == TypeKind::kSignature;
  }
  WS_HD bool full() const { return made_.size() >= kMaxMade; }

  // Bytes and alignment of an object; 0 and 1 for void, functions, unknown bounds.
  WS_HD uint64_t Bytes(TypeId t) const {
    return IsMade(t) ? made_[t.which()].bytes : BytesOfFixed(t);
  }
  WS_HD uint32_t Align(TypeId t) const;

  // --- structs and scoped enumerations
  static constexpr uint32_t kMaxStructs = 1u << 12;
  static constexpr uint32_t kMaxMembers = 1024;  // of one struct
  static constexpr uint32_t kMaxStructDepth = 16;
  static constexpr uint32_t kMaxParts = 1u << 14;    // of a struct, an array counted once
  static constexpr uint32_t kNoField = 0xffffffffu;  // stands for no member

  // A new struct without members yet; the error type when there are too many. `name` may be empty.
  WS_HD TypeId AddStruct(NameId name, std::string_view text, bool is_class);
  WS_HD const StructInfo& Struct(TypeId t) const { return structs_[t.which()]; }
  WS_HD StructInfo& Struct(TypeId t) { return structs_[t.which()]; }
  WS_HD uint32_t num_structs() const { return structs_.size(); }
  WS_HD std::span<const StructMember> Members(TypeId t) const {
    const StructInfo& s = structs_[t.which()];
    return {members_.data() + s.first_member, s.num_members};
  }
  // The members and, behind them, those of unnamed structs and unions among them, which may be
  // named as if they were members.
  WS_HD std::span<const StructMember> NamedMembers(TypeId t) const {
    const StructInfo& s = structs_[t.which()];
    return {members_.data() + s.first_member, s.num_members + s.num_named};
  }
  // Gives the struct its members and lays them out; `align` is asked for by alignas, or 0. False if
  // it would be too large.
  WS_HD bool CompleteStruct(TypeId t, std::span<const StructMember> members, uint32_t align);
  // Whether struct `a` has struct `b` among its bases.
  WS_HD bool DerivesFrom(TypeId a, TypeId b) const {
    if (a.kind() != TypeKind::kStruct || b.kind() != TypeKind::kStruct) return false;
    for (TypeId t = Struct(a).base; t != TypeId(); t = Struct(t).base) {
      if (t == b.Unqualified()) return true;
    }
    return false;
  }
  // Whether a reference to `b` can name an `a`: the same object or a part of it.
  WS_HD bool IsOrDerives(TypeId a, TypeId b) const { return SameObject(a, b) || DerivesFrom(a, b); }
  WS_HD TypeId AddEnumClass(std::string_view text, TypeKind underlying);
  // Of a scoped enumeration the integer type that it is made of; else the type itself.
  WS_HD TypeId Underlying(TypeId t) const {
    return t.kind() == TypeKind::kEnumClass ? TypeId(enums_[t.which()].kind).With(t.index & 3) : t;
  }
  // The type of an array's elements, of arrays of arrays the innermost; else the type itself.
  WS_HD TypeId InnerElement(TypeId t) const {
    while (t.kind() == TypeKind::kArray) t = Element(t);
    return t;
  }
  // Whether an object of the type is filled in where it is declared without initialiser.
  WS_HD bool NeedsInit(TypeId t) const {
    t = InnerElement(t);
    if (t.kind() == TypeKind::kDim3) return true;  // to ones
    return t.kind() == TypeKind::kStruct && Struct(t).needs_init;
  }
  // Whether something is to be done at the end of such an object's life.
  WS_HD bool NeedsDestroy(TypeId t) const {
    t = InnerElement(t);
    return t.kind() == TypeKind::kStruct && Struct(t).needs_destroy;
  }
  // Whether the type is a struct without its members, or an array of such.
  WS_HD bool IsIncomplete(TypeId t) const {
    t = InnerElement(t);
    return t.kind() == TypeKind::kStruct && !Struct(t).complete;
  }

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
    return t.kind() >= TypeKind::kPointer && t.kind() <= TypeKind::kSignature;
  }
  WS_HD std::string_view SpellFunction(TypeId t);
  WS_HD std::string_view PlainSpelling(TypeId t);
  WS_HD uint64_t BytesOfFixed(TypeId t) const;
  WS_HD TypeId PointerToElement(TypeId array);
  WS_HD TypeId Make(TypeKind kind, TypeId element, uint64_t count);

  static constexpr uint32_t kBuckets = 64;
  struct Made {
    TypeInfo info;
    uint64_t bytes;
    uint32_t align;
    uint32_t next;
  };
  struct EnumClass {
    std::string_view text;
    TypeKind kind;
  };
  struct ParamList {
    uint32_t first, count;
  };
  Arena* arena_;
  Vec<Made> made_;
  Vec<ParamList> lists_;  // of signatures
  Vec<TypeId> list_types_;
  Vec<StructInfo> structs_;
  Vec<StructMember> members_;
  Vec<EnumClass> enums_;
  uint32_t heads_[kBuckets];
};

// How a scalar or vector kind is written.
WS_HD const char* SpellingOf(TypeKind kind);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_TYPES_H_
