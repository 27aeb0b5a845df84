// device-clean
// Type traits: std::is_same<A, B>::value, std::conditional_t<c, A, B> and the like.
#include "front/copies.h"
#include "front/literal.h"
#include "front/type_traits.h"
#include "front/walker.h"

namespace ws::front {

WS_HD TraitName FindTrait(std::string_view name) {
  TraitName found;
  const auto is = [&](const char* spelling, bool is_type) {
    size_t at = 0;
    while (spelling[at] != 0 && at < name.size() && name.data()[at] == spelling[at]) ++at;
    if (spelling[at] != 0) return false;
    found.is_short = at < name.size();
    return !found.is_short || (name.size() == at + 2 && name.data()[at] == '_' &&
                               name.data()[at + 1] == (is_type ? 't' : 'v'));
  };
#define TYPE_TRAIT(spelling, fewest, number, type)      \
  if (is(#spelling, type != 0)) {                       \
    found.trait = TypeTrait::spelling;                  \
    found.least = fewest;                               \
    found.arguments = number;                           \
    found.is_type = type != 0;                          \
    found.is_short |= found.trait == TypeTrait::void_t; \
    return found;                                       \
  }
#include "front/type_traits.def"
#undef TYPE_TRAIT
  return {};
}

// The arguments at node n; false, reported, if they are not what the trait takes.
WS_HD bool Walker::TraitArgs(NodeId n, const TraitName& trait, TypeId* types_out, bool* condition) {
  const NodeId list = FirstOfKind(n, NodeKind::kTemplateArgs);
  const std::span<const NodeId> args = list.valid() ? Children(list) : std::span<const NodeId>();
  if (args.size() < trait.least || args.size() > trait.arguments) {
    Error(Kind::kWrongArgumentCount, n, token(n).view(), trait.arguments,
          static_cast<int64_t>(args.size()));
    return false;
  }
  uint32_t at = 0;
  for (const NodeId arg : args) {
    const NodeInfo& given = info(arg);
    if (given.type == TypeId()) return false;  // reported
    const bool wants_value =
        (trait.trait == TypeTrait::conditional || trait.trait == TypeTrait::enable_if) && at == 0;
    if (wants_value != (given.category != Category::kType) || (wants_value && !given.constant)) {
      Error(Kind::kTemplateArgumentKind, arg, "of a trait", wants_value ? "constant" : "type",
            token(n).view());
      return false;
    }
    if (wants_value) *condition = given.bits != 0;
    if (at < 3) types_out[at] = given.type;
    ++at;
  }
  return true;
}

namespace {

WS_HD bool IsClassKind(TypeKind k) {
  return k == TypeKind::kStruct || k == TypeKind::kVector || k == TypeKind::kDim3 ||
         k == TypeKind::kStdVector || IsHalfKind(k) || IsPackedKind(k);
}

}  // namespace

// Whether an object of the type is copied byte by byte and ends without a trace.
WS_HD bool Walker::IsTrivialCopy(TypeId type) const {
  const TypeTable& t = s_->types_;
  const TypeId inner = t.InnerElement(type);
  const TypeKind k = t.Kind(inner);
  if (k == TypeKind::kReference || k == TypeKind::kVoid || k == TypeKind::kStdVector) return false;
  if (k != TypeKind::kStruct) return true;
  const StructInfo& made = t.Struct(inner);
  return !made.needs_copy && !made.no_copy && !made.needs_destroy && !made.is_polymorphic &&
         !AssignsParts(*s_, inner, Target::kHost);
}

// What is asked of a type's kind alone, or of its struct.
WS_HD bool Walker::HasTrait(TypeTrait trait, NodeId arg, TypeId type) {
  const TypeKind k = kind(type);
  const bool is_struct = k == TypeKind::kStruct;
  const bool scalar = IsArithmeticKind(k) || k == TypeKind::kPointer || k == TypeKind::kEnumClass ||
                      k == TypeKind::kNullptr || IsEnumKind(k) || IsHandleKind(k);
  const bool fundamental = IsArithmeticKind(k) || k == TypeKind::kVoid || k == TypeKind::kNullptr;
  const bool rvalue =
      k == TypeKind::kReference && EndsInRvalue(FirstOfKind(arg, NodeKind::kTypeSpec), arg);
  switch (trait) {
    case TypeTrait::is_volatile:
      return type.is_volatile();
    case TypeTrait::is_lvalue_reference:
      return k == TypeKind::kReference && !rvalue;
    case TypeTrait::is_rvalue_reference:
      return rvalue;
    case TypeTrait::is_class:
      return IsClassKind(k) && !(is_struct && types().Struct(type).is_union);
    case TypeTrait::is_union:
      return is_struct && types().Struct(type).is_union;
    case TypeTrait::is_function:
      return k == TypeKind::kSignature;
    case TypeTrait::is_null_pointer:
      return k == TypeKind::kNullptr;
    case TypeTrait::is_scalar:
      return scalar;
    case TypeTrait::is_fundamental:
      return fundamental;
    case TypeTrait::is_compound:
      return !fundamental;
    case TypeTrait::is_object:
      return k != TypeKind::kReference && k != TypeKind::kVoid && k != TypeKind::kSignature;
    case TypeTrait::is_empty:
      return is_struct && types().Struct(type).is_empty && !types().Struct(type).is_polymorphic &&
             !types().Struct(type).is_union;
    case TypeTrait::is_polymorphic:
      return is_struct && types().Struct(type).is_polymorphic;
    case TypeTrait::is_abstract:
      return is_struct && types().Struct(type).is_abstract;
    case TypeTrait::is_trivially_copyable:
      return IsTrivialCopy(type);
    case TypeTrait::is_trivially_destructible:
      return !types().NeedsDestroy(type) && k != TypeKind::kVoid && k != TypeKind::kStdVector;
    case TypeTrait::is_trivial:
      return IsTrivialCopy(type) && !types().NeedsInit(types().InnerElement(type));
    case TypeTrait::is_default_constructible:
      if (k == TypeKind::kReference || k == TypeKind::kVoid) return false;
      return !is_struct || !types().Struct(type).has_constructor ||
             types().Struct(type).defaulted || s_->DefaultConstructor(type, Side()).valid();
    default:
      return false;
  }
}

// std::trait<...>::value.
WS_HD void Walker::VisitTraitValue(NodeId n) {
  const TraitName trait = FindTrait(token(n).view());
  TypeId args[3];
  bool condition = false;
  if (!TraitArgs(n, trait, args, &condition)) return;
  const TypeId type = args[0];
  const TypeKind k = kind(type);
  const bool negative = IsFloatKind(k) || (IsIntegerKind(k) && IsSignedKind(k));
  bool value = false;
  switch (trait.trait) {
    case TypeTrait::is_same:
      value = args[0] == args[1];
      break;
    case TypeTrait::is_void:
      value = k == TypeKind::kVoid;
      break;
    case TypeTrait::is_integral:
      value = IsIntegerKind(k);
      break;
    case TypeTrait::is_floating_point:
      value = IsFloatKind(k);
      break;
    case TypeTrait::is_arithmetic:
      value = IsArithmeticKind(k);
      break;
    case TypeTrait::is_signed:
      value = negative;
      break;
    case TypeTrait::is_unsigned:
      value = IsIntegerKind(k) && !negative;
      break;
    case TypeTrait::is_pointer:
      value = k == TypeKind::kPointer;
      break;
    case TypeTrait::is_reference:
      value = k == TypeKind::kReference;
      break;
    case TypeTrait::is_array:
      value = k == TypeKind::kArray;
      break;
    case TypeTrait::is_const:
      value = type.is_const();
      break;
    case TypeTrait::is_base_of: {
      const bool structs = k == TypeKind::kStruct && kind(args[1]) == TypeKind::kStruct;
      value = structs && types().IsOrDerives(args[1].Unqualified(), args[0].Unqualified());
      break;
    }
    case TypeTrait::is_convertible: {
      NodeInfo from;
      from.type = types().StripReference(args[0]);
      const bool refers = kind(args[0]) == TypeKind::kReference;
      from.category = refers ? Category::kLvalue : Category::kRvalue;
      const bool both_void = k == TypeKind::kVoid && kind(args[1]) == TypeKind::kVoid;
      value = both_void || (k != TypeKind::kVoid && kind(args[1]) != TypeKind::kVoid &&
                            RankOf(from, args[1]) != kNoConversion);
      break;
    }
    case TypeTrait::alignment_of:
      return SetConstant(n, TypeId(TypeKind::kULong),
                         types().Align(types().InnerElement(types().StripReference(type))));
    case TypeTrait::rank: {
      uint64_t rank = 0;
      for (TypeId t = type; kind(t) == TypeKind::kArray; t = types().Element(t)) ++rank;
      return SetConstant(n, TypeId(TypeKind::kULong), rank);
    }
    case TypeTrait::extent:
      return SetConstant(n, TypeId(TypeKind::kULong),
                         k == TypeKind::kArray ? types().Info(type).count : 0);
    default: {
      const NodeId list = FirstOfKind(n, NodeKind::kTemplateArgs);
      value = HasTrait(trait.trait, tree().LastChild(list), type);
      break;
    }
  }
  SetConstant(n, TypeId(TypeKind::kBool), value ? 1 : 0);
}

// The type that std::trait<...>::type is.
WS_HD TypeId Walker::TraitType(NodeId n) {
  const TraitName trait = FindTrait(token(n).view());
  TypeId args[3];
  bool condition = false;
  if (!TraitArgs(n, trait, args, &condition)) return {};
  const TypeId type = args[0];
  const TypeId object = types().StripReference(type);
  // The other integer type of the same size.
  const auto with_sign = [&](bool is_signed) {
    const TypeKind k = kind(type);
    if (!IsIntegerKind(k) || k == TypeKind::kBool) {
      Error(Kind::kNotAnInteger, n, Spell(type));
      return TypeId();
    }
    if (k == TypeKind::kChar) {
      return TypeId(is_signed ? TypeKind::kSChar : TypeKind::kUChar).With(type.index & 3);
    }
    if (IsSignedKind(k) == is_signed) return type;
    const uint32_t to = static_cast<uint32_t>(k) + (is_signed ? -1 : 1);
    return TypeId(static_cast<TypeKind>(to)).With(type.index & 3);
  };
  switch (trait.trait) {
    case TypeTrait::conditional:
      return condition ? args[1] : args[2];
    case TypeTrait::remove_const:
      return type.With(0, TypeId::kConst);
    case TypeTrait::remove_volatile:
      return type.With(0, TypeId::kVolatile);
    case TypeTrait::remove_cv:
      return type.Unqualified();
    case TypeTrait::remove_reference:
      return object;
    case TypeTrait::remove_cvref:
      return object.Unqualified();
    case TypeTrait::remove_pointer:
      return kind(type) == TypeKind::kPointer ? types().Element(type) : type;
    case TypeTrait::add_const:
      return kind(type) == TypeKind::kReference ? type : type.Const();
    case TypeTrait::add_pointer:
      return types().Pointer(object);
    case TypeTrait::decay:
      return types().Decay(object);
    case TypeTrait::make_signed:
      return with_sign(true);
    case TypeTrait::make_unsigned:
      return with_sign(false);
    case TypeTrait::enable_if:
      if (!condition) {
        Error(Kind::kNoMember, n, "type", "std::enable_if<false>");
        return {};
      }
      return args[1] == TypeId() ? TypeId(TypeKind::kVoid) : args[1];
    case TypeTrait::void_t:
      return TypeId(TypeKind::kVoid);
    case TypeTrait::type_identity:
      return type;
    case TypeTrait::common_type: {
      const TypeId a = types().Decay(object);
      if (args[1] == TypeId()) return a;
      const TypeId b = types().Decay(types().StripReference(args[1]));
      if (a == b) return a;
      if (IsArithmeticKind(kind(a)) && IsArithmeticKind(kind(b))) {
        return s_->OperandType(BinaryOp::kAdd, a, b);
      }
      Error(Kind::kUnsupported, n, "the common type of these");
      return {};
    }
    case TypeTrait::underlying_type:
      if (kind(type) != TypeKind::kEnumClass && !IsIntegerKind(kind(type))) {
        Error(Kind::kNotAnInteger, n, Spell(type));
        return {};
      }
      return types().Underlying(type).Unqualified();
    case TypeTrait::remove_extent:
      return kind(type) == TypeKind::kArray ? types().Element(type) : type;
    case TypeTrait::remove_all_extents:
      return types().InnerElement(type);
    case TypeTrait::add_volatile:
      return kind(type) == TypeKind::kReference ? type : type.With(TypeId::kVolatile);
    case TypeTrait::add_cv:
      return kind(type) == TypeKind::kReference ? type
                                                : type.With(TypeId::kVolatile | TypeId::kConst);
    case TypeTrait::add_lvalue_reference:
    case TypeTrait::add_rvalue_reference:
      return kind(type) == TypeKind::kVoid || kind(type) == TypeKind::kReference
                 ? type
                 : types().Reference(type);
    default:
      return {};
  }
}

}  // namespace ws::front
