// device-clean
#include "front/types.h"

#include "base/hash.h"

namespace ws::front {

WS_HD const char* SpellingOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::kError:
      return "<error>";
    case TypeKind::kVoid:
      return "void";
    case TypeKind::kBool:
      return "bool";
    case TypeKind::kChar:
      return "char";
    case TypeKind::kSChar:
      return "signed char";
    case TypeKind::kUChar:
      return "unsigned char";
    case TypeKind::kShort:
      return "short";
    case TypeKind::kUShort:
      return "unsigned short";
    case TypeKind::kInt:
      return "int";
    case TypeKind::kUInt:
      return "unsigned int";
    case TypeKind::kLong:
      return "long";
    case TypeKind::kULong:
      return "unsigned long";
    case TypeKind::kLongLong:
      return "long long";
    case TypeKind::kULongLong:
      return "unsigned long long";
    case TypeKind::kHalf:
      return "half";
    case TypeKind::kBFloat16:
      return "__nv_bfloat16";
    case TypeKind::kFloat:
      return "float";
    case TypeKind::kDouble:
      return "double";
    case TypeKind::kHalf2:
      return "half2";
    case TypeKind::kBFloat162:
      return "__nv_bfloat162";
    case TypeKind::kNullptr:
      return "nullptr_t";
    case TypeKind::kAuto:
      return "auto";
    case TypeKind::kCudaError:
      return "cudaError_t";
    case TypeKind::kStream:
      return "cudaStream_t";
    case TypeKind::kEvent:
      return "cudaEvent_t";
    case TypeKind::kString:
      return "string literal";
    case TypeKind::kDim3:
      return "dim3";
    case TypeKind::kVector:
      return "vector";
    case TypeKind::kPointer:
      return "pointer";
    case TypeKind::kReference:
      return "reference";
    case TypeKind::kStdVector:
      return "std::vector";
    case TypeKind::kOstream:
      return "std::ostream";
    case TypeKind::kManipulator:
      return "manipulator of a stream";
    case TypeKind::kArray:
      return "array";
    case TypeKind::kSignature:
      return "function";
    case TypeKind::kStruct:
      return "struct";
    case TypeKind::kEnumClass:
      return "enum class";
    case TypeKind::kFunction:
      return "function";
    case TypeKind::kCount:
      break;
  }
  return "";
}

namespace {

WS_HD uint32_t ScalarBytes(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
    case TypeKind::kChar:
    case TypeKind::kSChar:
    case TypeKind::kUChar:
      return 1;
    case TypeKind::kShort:
    case TypeKind::kUShort:
    case TypeKind::kHalf:
    case TypeKind::kBFloat16:
      return 2;
    case TypeKind::kInt:
    case TypeKind::kUInt:
    case TypeKind::kFloat:
    case TypeKind::kHalf2:
    case TypeKind::kBFloat162:
    case TypeKind::kCudaError:
      return 4;
    case TypeKind::kLong:
    case TypeKind::kULong:
    case TypeKind::kLongLong:
    case TypeKind::kULongLong:
    case TypeKind::kDouble:
    case TypeKind::kNullptr:
    case TypeKind::kStream:
    case TypeKind::kEvent:
    case TypeKind::kPointer:
    case TypeKind::kReference:
    case TypeKind::kString:
      return 8;
    case TypeKind::kDim3:
      return 12;
    default:
      return 0;
  }
}

// How a vector type's name begins.
WS_HD const char* VectorStem(TypeKind element) {
  switch (element) {
    case TypeKind::kChar:
    case TypeKind::kSChar:
      return "char";
    case TypeKind::kUChar:
      return "uchar";
    case TypeKind::kShort:
      return "short";
    case TypeKind::kUShort:
      return "ushort";
    case TypeKind::kUInt:
      return "uint";
    case TypeKind::kULong:
      return "ulong";
    case TypeKind::kLongLong:
      return "longlong";
    case TypeKind::kULongLong:
      return "ulonglong";
    default:
      return SpellingOf(element);
  }
}

class TextBuffer {
 public:
  WS_HD void Add(const char* text) {
    while (*text != 0 && size_ < sizeof(text_)) text_[size_++] = *text++;
  }
  WS_HD void Add(std::string_view text) {
    for (size_t i = 0; i < text.size() && size_ < sizeof(text_); ++i)
      text_[size_++] = text.data()[i];
  }
  WS_HD void Add(uint64_t number) {
    char digits[20];
    uint32_t count = 0;
    do {
      digits[count++] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number != 0);
    while (count > 0 && size_ < sizeof(text_)) text_[size_++] = digits[--count];
  }
  WS_HD std::string_view CopyTo(Arena& arena) const { return CopyText(arena, text_, size_); }

 private:
  char text_[160];
  uint32_t size_ = 0;
};

}  // namespace

WS_HD TypeTable::TypeTable(Arena& arena)
    : arena_(&arena),
      made_(arena),
      lists_(arena),
      list_types_(arena),
      structs_(arena),
      members_(arena),
      enums_(arena) {
  for (uint32_t& head : heads_) head = 0;
}

WS_HD TypeInfo TypeTable::Info(TypeId t) const {
  switch (t.kind()) {
    case TypeKind::kPointer:
    case TypeKind::kReference:
    case TypeKind::kStdVector:
    case TypeKind::kArray:
    case TypeKind::kSignature:
      return made_[t.which()].info;
    case TypeKind::kVector:
      return {TypeKind::kVector, TypeId(VectorElement(t)), VectorComponents(t)};
    case TypeKind::kHalf2:
      return {t.kind(), TypeId(TypeKind::kHalf), 2};
    case TypeKind::kBFloat162:
      return {t.kind(), TypeId(TypeKind::kBFloat16), 2};
    case TypeKind::kDim3:
      return {t.kind(), TypeId(TypeKind::kUInt), 3};
    case TypeKind::kString:
      return {t.kind(), TypeId(TypeKind::kChar).Const(), 0};
    default:
      return {t.kind(), {}, 0};
  }
}

WS_HD TypeId TypeTable::Make(TypeKind kind, TypeId element, uint64_t count) {
  if (element == TypeId()) return element;
  const uint64_t hash =
      HashCombine(uint64_t{element.index} << 8 | static_cast<uint64_t>(kind), count);
  uint32_t& head = heads_[hash % kBuckets];
  for (uint32_t i = head; i != 0; i = made_[i - 1].next) {
    const TypeInfo& info = made_[i - 1].info;
    if (info.kind == kind && info.element == element && info.count == count) {
      return TypeId(kind, i - 1);
    }
  }
  if (full()) return {};
  Made made = {{kind, element, count}, 8, 8, head};
  if (kind == TypeKind::kArray) {
    const uint64_t bytes = Bytes(element);
    if (count != 0 && bytes > kMaxBytes / count) return {};
    made.bytes = bytes * count;
    made.align = Align(element);
  }
  if (kind == TypeKind::kStdVector) made.bytes = 24;
  if (kind == TypeKind::kSignature) made.bytes = 0;
  const uint32_t before = made_.size();
  made_.push_back(made);
  if (made_.size() == before) return {};
  head = made_.size();
  return TypeId(kind, head - 1);
}

WS_HD TypeId TypeTable::Signature(TypeId result, std::span<const TypeId> params) {
  if (result == TypeId()) return result;
  const auto passed = [](TypeId t) { return t.Unqualified(); };
  uint32_t list = 0;
  for (; list < lists_.size(); ++list) {
    bool same = lists_[list].count == params.size();
    for (uint32_t i = 0; same && i < params.size(); ++i) {
      same = list_types_[lists_[list].first + i] == passed(params[i]);
    }
    if (same) break;
  }
  if (list == lists_.size()) {
    if (list >= kMaxMade) return {};
    lists_.push_back({list_types_.size(), static_cast<uint32_t>(params.size())});
    for (const TypeId t : params) list_types_.push_back(passed(t));
    if (arena_->failed()) return {};
  }
  return Make(TypeKind::kSignature, result.Unqualified(), list);
}

WS_HD uint64_t TypeTable::BytesOfFixed(TypeId t) const {
  switch (t.kind()) {
    case TypeKind::kVector:
      return ScalarBytes(VectorElement(t)) * VectorComponents(t);
    case TypeKind::kStruct:
      return Struct(t).bytes;
    case TypeKind::kEnumClass:
      return ScalarBytes(enums_[t.which()].kind);
    default:
      return ScalarBytes(t.kind());
  }
}

WS_HD TypeId TypeTable::AddStruct(NameId name, std::string_view text, bool is_class) {
  if (structs_.size() >= kMaxStructs) return {};
  StructInfo info;
  info.name = name;
  info.text = text;
  info.is_class = is_class;
  const uint32_t before = structs_.size();
  structs_.push_back(info);
  return structs_.size() == before ? TypeId() : TypeId(TypeKind::kStruct, before);
}

WS_HD bool TypeTable::CompleteStruct(TypeId t, std::span<const StructMember> members,
                                     uint32_t align) {
  StructInfo info = Struct(t);
  info.first_member = members_.size();
  info.num_members = static_cast<uint32_t>(members.size());
  info.align = align == 0 ? 1 : align;
  uint64_t end = 0;
  info.is_empty = true;
  for (StructMember member : members) {
    uint32_t at = Align(member.type);
    if (member.align > at) at = member.align;
    member.offset = info.is_union ? 0 : (end + at - 1) / at * at;
    uint64_t bytes = Bytes(member.type);
    if (member.is_base) {
      // A base that is more than plain data lends its padding; an empty one takes no room.
      const StructInfo& base = Struct(member.type);
      bytes = base.is_empty ? 0 : base.is_plain ? bytes : base.data_bytes;
      info.is_empty = base.is_empty;
      info.class_id_offset = base.class_id_offset;
      info.no_copy |= base.no_copy;
    } else {
      info.is_empty = false;
    }
    if (member.is_class_id) info.class_id_offset = member.offset;
    info.is_plain = info.is_plain && !member.is_base && !member.is_private && !member.is_class_id;
    const uint64_t behind = member.offset + bytes;
    if (behind > end) end = behind;
    if (end > kMaxBytes) return false;
    if (at > info.align) info.align = at;
    const TypeId inner = InnerElement(member.type);
    // None of a union's members is made without being asked for.
    info.needs_init |=
        !info.is_union && (member.init.valid() || member.made_by.valid() || NeedsInit(inner));
    const bool is_vector = inner.kind() == TypeKind::kStdVector;
    info.needs_destroy |= !member.by_reference && (is_vector || NeedsDestroy(inner));
    info.needs_copy |= is_vector && !member.by_reference;
    info.has_const |= member.type.is_const() || inner.is_const() || member.by_reference;
    if (inner.kind() == TypeKind::kStruct) {
      const StructInfo& part = Struct(inner);
      info.needs_copy |= part.needs_copy && !member.by_reference;
      info.has_const |= part.has_const;
      if (part.depth >= info.depth) info.depth = part.depth + 1;
    }
    const uint32_t parts = inner.kind() == TypeKind::kStruct ? Struct(inner).num_parts : 1;
    info.num_parts += parts;
    if (info.num_parts > kMaxParts) info.num_parts = kMaxParts + 1;
    members_.push_back(member);
  }
  for (uint32_t i = 0; i < info.num_members; ++i) {
    const StructMember outer = members_[info.first_member + i];
    if (outer.name.valid() || outer.type.kind() != TypeKind::kStruct) continue;
    for (uint32_t k = 0; k < NamedMembers(outer.type).size(); ++k) {
      StructMember named = NamedMembers(outer.type)[k];
      if (!named.name.valid()) continue;
      named.offset += outer.offset;
      named.is_private |= outer.is_private;
      if (outer.is_base && named.owner == TypeId()) named.owner = outer.type.Unqualified();
      members_.push_back(named);
      ++info.num_named;
    }
  }
  info.data_bytes = end;
  info.bytes = end == 0 ? info.align : (end + info.align - 1) / info.align * info.align;
  info.complete = true;
  Struct(t) = info;
  return true;
}

WS_HD TypeId TypeTable::AddEnumClass(std::string_view text, TypeKind underlying) {
  if (enums_.size() >= kMaxStructs) return {};
  const uint32_t before = enums_.size();
  enums_.push_back({text, underlying});
  return enums_.size() == before ? TypeId() : TypeId(TypeKind::kEnumClass, before);
}

WS_HD uint32_t TypeTable::Align(TypeId t) const {
  if (IsMade(t)) return made_[t.which()].align;
  if (t.kind() == TypeKind::kDim3) return 4;
  if (t.kind() == TypeKind::kStruct) return Struct(t).align;
  if (t.kind() != TypeKind::kVector) {
    const uint32_t bytes = static_cast<uint32_t>(BytesOfFixed(t));
    return bytes == 0 ? 1 : bytes;
  }
  // vector_types.h: pairs and quads are aligned to their size, at most 16; triples to the element.
  const uint32_t element = ScalarBytes(VectorElement(t));
  const uint32_t count = VectorComponents(t);
  if (count == 1 || count == 3) return element;
  return element * count > 16 ? 16 : element * count;
}

WS_HD TypeId TypeTable::PointerToElement(TypeId array) { return Pointer(Element(array)); }

WS_HD bool TypeTable::SameObject(TypeId a, TypeId b) const {
  while (a.Unqualified() != b.Unqualified()) {
    if (Kind(a) != TypeKind::kArray || Kind(b) != TypeKind::kArray) return false;
    if (Info(a).count != Info(b).count) return false;
    a = Element(a);
    b = Element(b);
  }
  return true;
}

WS_HD bool TypeTable::DropsQualifier(TypeId a, TypeId b) const {
  while (true) {
    if ((a.index & 3 & ~b.index) != 0) return true;
    if (Kind(a) != TypeKind::kArray || Kind(b) != TypeKind::kArray) return false;
    a = Element(a);
    b = Element(b);
  }
}

WS_HD uint32_t TypeTable::Components(TypeId t) const {
  switch (Kind(t)) {
    case TypeKind::kVector:
      return static_cast<uint32_t>(Info(t).count);
    case TypeKind::kDim3:
      return 3;
    default:
      return 1;
  }
}

WS_HD TypeId TypeTable::ComponentType(TypeId t) const {
  switch (Kind(t)) {
    case TypeKind::kVector:
    case TypeKind::kDim3:
    case TypeKind::kHalf2:
    case TypeKind::kBFloat162:
      return Element(t);
    default:
      return t.Unqualified();
  }
}

WS_HD ir::Type TypeTable::IrType(TypeId t) const {
  switch (Kind(Underlying(t))) {
    case TypeKind::kBool:
      return ir::Type::kPred;
    case TypeKind::kChar:
    case TypeKind::kSChar:
      return ir::Type::kS8;
    case TypeKind::kUChar:
      return ir::Type::kU8;
    case TypeKind::kShort:
      return ir::Type::kS16;
    case TypeKind::kUShort:
      return ir::Type::kU16;
    case TypeKind::kInt:
    case TypeKind::kCudaError:
      return ir::Type::kS32;
    case TypeKind::kUInt:
      return ir::Type::kU32;
    case TypeKind::kLong:
    case TypeKind::kLongLong:
      return ir::Type::kS64;
    case TypeKind::kULong:
    case TypeKind::kULongLong:
    case TypeKind::kPointer:
    case TypeKind::kReference:
    case TypeKind::kStdVector:  // passed by its address
    case TypeKind::kNullptr:
    case TypeKind::kStream:
    case TypeKind::kEvent:
    case TypeKind::kString:
    case TypeKind::kOstream:
    case TypeKind::kManipulator:
      return ir::Type::kU64;
    case TypeKind::kHalf:
      return ir::Type::kF16;
    case TypeKind::kBFloat16:
      return ir::Type::kBF16;
    case TypeKind::kHalf2:
      return ir::Type::kF16x2;
    case TypeKind::kBFloat162:
      return ir::Type::kBF16x2;
    case TypeKind::kFloat:
      return ir::Type::kF32;
    case TypeKind::kDouble:
      return ir::Type::kF64;
    default:
      return ir::Type::kNone;
  }
}

// float (*)(int, float*): what is made of a function's type stands in the middle.
WS_HD std::string_view TypeTable::SpellFunction(TypeId t) {
  TextBuffer out;
  TypeId inner = t;
  while (inner.kind() != TypeKind::kSignature) inner = Element(inner);
  out.Add(PlainSpelling(Element(inner)));
  out.Add(" (");
  TypeId chain[16];
  uint32_t made = 0;
  for (TypeId c = t; c != inner && made < 16; c = Element(c)) chain[made++] = c;
  for (uint32_t i = made; i > 0; --i) {
    const TypeKind k = chain[i - 1].kind();
    if (k == TypeKind::kArray) {
      out.Add("[");
      out.Add(Info(chain[i - 1]).count);
      out.Add("]");
    } else if (k == TypeKind::kPointer || k == TypeKind::kReference) {
      out.Add(k == TypeKind::kPointer ? "*" : "&");
      if (chain[i - 1].is_const()) out.Add(" const");
    }
  }
  out.Add(made == 0 ? "" : ")(");
  const std::span<const TypeId> params = SignatureParams(inner);
  for (size_t i = 0; i < params.size(); ++i) {
    if (i > 0) out.Add(", ");
    out.Add(PlainSpelling(params[i]));
  }
  out.Add(")");
  return out.CopyTo(*arena_);
}

WS_HD std::string_view TypeTable::Spelling(TypeId t) {
  TypeId inner = t;
  while (IsMade(inner) && inner.kind() != TypeKind::kSignature) inner = Element(inner);
  return inner.kind() == TypeKind::kSignature ? SpellFunction(t) : PlainSpelling(t);
}

// Of functions only that they are some.
WS_HD std::string_view TypeTable::PlainSpelling(TypeId t) {
  // The innermost type first, then what was made of it, arrays outermost first.
  TypeId chain[16];
  uint32_t depth = 0;
  TypeId inner = t;
  while (depth < 16 && IsMade(inner) && inner.kind() != TypeKind::kSignature) {
    chain[depth++] = inner;
    inner = Element(inner);
  }
  TextBuffer out;
  for (uint32_t i = 0; i < depth; ++i) {
    if (Kind(chain[i]) != TypeKind::kStdVector) continue;
    if (chain[i].is_const()) out.Add("const ");
    out.Add("std::vector<");
  }
  if (inner.is_const()) out.Add("const ");
  if (inner.is_volatile()) out.Add("volatile ");
  const TypeInfo info = Info(inner);
  if (info.kind == TypeKind::kVector) {
    out.Add(VectorStem(Kind(info.element)));
    out.Add(info.count);
  } else if (info.kind == TypeKind::kStruct) {
    out.Add(Struct(inner).text);
  } else if (info.kind == TypeKind::kEnumClass) {
    out.Add(enums_[inner.which()].text);
  } else {
    out.Add(SpellingOf(info.kind));
  }
  for (uint32_t i = depth; i > 0; --i) {
    const TypeInfo made = Info(chain[i - 1]);
    if (made.kind == TypeKind::kArray) {
      // A run of arrays reads from the outermost.
      uint32_t first = i - 1;
      while (first > 0 && Kind(chain[first - 1]) == TypeKind::kArray) --first;
      for (uint32_t k = first; k < i; ++k) {
        out.Add("[");
        if (Info(chain[k]).count != 0) out.Add(Info(chain[k]).count);
        out.Add("]");
      }
      i = first + 1;
      continue;
    }
    if (made.kind == TypeKind::kStdVector) {
      out.Add(">");
      continue;
    }
    out.Add(made.kind == TypeKind::kReference ? "&" : "*");
    if (chain[i - 1].is_const()) out.Add(" const");
  }
  return out.CopyTo(*arena_);
}

}  // namespace ws::front
