// device-clean
// Type traits: std::is_same<A, B>::value, std::conditional_t<c, A, B> and the like.
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
#define TYPE_TRAIT(spelling, number, type) \
  if (is(#spelling, type != 0)) {          \
    found.trait = TypeTrait::spelling;     \
    found.arguments = number;              \
    found.is_type = type != 0;             \
    return found;                          \
  }
#include "front/type_traits.def"
#undef TYPE_TRAIT
  return {};
}

// The arguments at node n; false, reported, if they are not what the trait takes.
WS_HD bool Walker::TraitArgs(NodeId n, const TraitName& trait, TypeId* types_out, bool* condition) {
  const NodeId list = FirstOfKind(n, NodeKind::kTemplateArgs);
  const std::span<const NodeId> args = list.valid() ? Children(list) : std::span<const NodeId>();
  if (args.size() != trait.arguments) {
    Error(Kind::kWrongArgumentCount, n, token(n).view(), trait.arguments,
          static_cast<int64_t>(args.size()));
    return false;
  }
  uint32_t at = 0;
  for (const NodeId arg : args) {
    const NodeInfo& given = info(arg);
    if (given.type == TypeId()) return false;  // reported
    const bool wants_value = trait.trait == TypeTrait::conditional && at == 0;
    if (wants_value != (given.category != Category::kType) || (wants_value && !given.constant)) {
      Error(Kind::kTemplateArgumentKind, arg, "of a trait", wants_value ? "constant" : "type",
            token(n).view());
      return false;
    }
    if (wants_value) *condition = given.bits != 0;
    types_out[at++] = given.type;
  }
  return true;
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
    default:
      break;
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
    default:
      return {};
  }
}

}  // namespace ws::front
