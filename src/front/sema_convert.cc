// device-clean
// Implicit conversions: what converts to what, at which cost.
#include "front/constants.h"
#include "front/walker.h"

namespace ws::front {

// What implicit conversion makes of an expression, by C++'s rules and the constructors and
// conversion functions that CUDA's headers give half and dim3.
WS_HD Walker::Rank Walker::RankOf(const NodeInfo& from, TypeId to) {
  if (from.type == TypeId() || to == TypeId()) return kExact;
  TypeTable& t = types();
  const TypeKind target = kind(to);
  if (target == TypeKind::kReference) {
    const TypeId object = t.Element(to);
    const bool is_object = from.category == Category::kLvalue || from.either;
    if (is_object && t.SameObject(from.type, object)) {
      return t.DropsQualifier(from.type, object) ? kNoConversion : kExact;
    }
    if (from.category == Category::kLvalue && t.DerivesFrom(from.type, object)) {
      return (from.type.index & 3 & ~object.index) != 0 ? kNoConversion : kConversion;
    }
    if (!object.is_const()) return kNoConversion;
    return RankOf(from, object.Unqualified());
  }
  if (from.category == Category::kFunction) {
    const bool typed = t.IsFunctionPointer(to);
    const bool any = target == TypeKind::kPointer && kind(t.Element(to)) == TypeKind::kVoid;
    if (!typed && !any) return kNoConversion;
    const TypeId signature = typed ? t.Element(to) : TypeId();
    if (!ChooseFunction(from, signature, SideAt(NodeId(frames_.back().next))).valid()) {
      return kNoConversion;
    }
    return typed ? kExact : kConversion;
  }
  const TypeId source_type = t.Decay(from.type);
  const TypeId target_type = to.Unqualified();
  if (source_type == target_type) {
    return source_type == TypeId(TypeKind::kVoid) ? kNoConversion : kExact;
  }
  const TypeKind source = kind(source_type);
  if (source == TypeKind::kStruct && target != TypeKind::kStruct) {
    return FindConversionFunction(from, target_type, false).valid() ? kUserConversion
                                                                    : kNoConversion;
  }
  const bool source_arithmetic = IsArithmeticKind(source) || IsEnumKind(source);
  const bool target_arithmetic = IsArithmeticKind(target);
  if (source_arithmetic && (target_arithmetic || IsEnumKind(target))) {
    const bool promotes = (source < TypeKind::kInt && target == TypeKind::kInt) ||
                          (source == TypeKind::kFloat && target == TypeKind::kDouble);
    return promotes ? kPromotion : kConversion;
  }
  if (IsHalfKind(target) && source_arithmetic) return kUserConversion;
  if (IsHalfKind(source) && target_arithmetic) return kUserConversion;
  const bool null_constant =
      source == TypeKind::kNullptr || (from.constant && IsIntegerKind(source) && from.bits == 0);
  if (target == TypeKind::kBool && (source == TypeKind::kPointer || IsHandleKind(source))) {
    return kConversion;
  }
  if (IsHandleKind(target)) return null_constant ? kConversion : kNoConversion;
  if (target == TypeKind::kPointer) {
    if (null_constant) return kConversion;
    if (source != TypeKind::kPointer) return kNoConversion;
    const TypeId a = t.Element(source_type);
    const TypeId b = t.Element(target_type);
    if ((a.index & 3 & ~b.index) != 0) return kNoConversion;  // would drop const
    if (a.Unqualified() == b.Unqualified()) return kPromotion;
    if (kind(a) == TypeKind::kArray && t.SameObject(a, b)) {
      return t.DropsQualifier(a, b) ? kNoConversion : kPromotion;
    }
    if (kind(a) == TypeKind::kSignature) return kNoConversion;
    if (t.DerivesFrom(a, b)) return kConversion;
    if (kind(b) == TypeKind::kVoid) return kConversion;
    return kNoConversion;
  }
  const TypeId uint3 = VectorType(TypeKind::kUInt, 3);
  if (target == TypeKind::kDim3) {
    return source_arithmetic || source_type == uint3 ? kUserConversion : kNoConversion;
  }
  if (target_type == uint3 && source == TypeKind::kDim3) return kUserConversion;
  if (t.DerivesFrom(source_type, target_type)) return kConversion;
  if (target == TypeKind::kStruct &&
      (FindConversion(from, target_type).valid() ||
       (source == TypeKind::kStruct && FindConversionFunction(from, target_type, false).valid()))) {
    return kUserConversion;
  }
  return kNoConversion;
}

// The value of the expression is converted by that constructor or conversion function.
WS_HD void Walker::ConvertBy(InstanceId id, NodeId expr) {
  info(expr).conversion = static_cast<uint16_t>(id.index);
  UseFunction(id, expr);
  UseDefaults(id, s_->instances_[id.index].num_params > 0 ? 1 : 0);
}

// Reports if the expression does not convert. Lists get their type.
WS_HD bool Walker::CheckConvert(NodeId expr, TypeId to) {
  if (tree().kind(expr) == NodeKind::kInitList) return CheckList(expr, to);
  const NodeInfo& from = info(expr);
  if (from.type == TypeId() || to == TypeId()) return true;
  if (RankOf(from, to) != kNoConversion) {
    if (from.category == Category::kFunction) {
      TakeFunction(expr, to);
      return true;
    }
    if (kind(to) == TypeKind::kReference && !types().Element(to).is_const()) ChooseObject(expr);
    if (kind(to) == TypeKind::kReference && from.category == Category::kLvalue &&
        types().IsOrDerives(from.type, types().Element(to))) {
      MarkAddressTaken(expr);
    }
    if (kind(to) == TypeKind::kStruct && from.category == Category::kLvalue && !moves_ &&
        types().IsOrDerives(from.type, to)) {
      UseCopies(expr, to.Unqualified(), expr);
    }
    if (kind(to) != TypeKind::kStruct) CheckTemporary(expr);
    const TypeId object = types().StripReference(to).Unqualified();
    if (kind(from.type) == TypeKind::kStruct && kind(object) != TypeKind::kStruct) {
      ConvertBy(FindConversionFunction(from, object, false), expr);
      return true;
    }
    if (kind(object) == TypeKind::kStruct && !types().IsOrDerives(from.type, object)) {
      const InstanceId id = FindConversion(from, object);
      if (!id.valid()) {
        CheckTemporary(expr);
        ConvertBy(FindConversionFunction(from, object, false), expr);
        return true;
      }
      ConvertBy(id, expr);
      CheckConvert(expr, WantedBy(s_->params_[s_->instances_[id.index].first_param], expr));
    }
    return true;
  }
  const bool is_template = from.category == Category::kFunction && from.entity.valid() &&
                           from.bits == 0 && s_->entities_[from.entity.index].is_template;
  if (is_template) {
    Error(Kind::kUnsupported, expr, "a function template as a value without its arguments");
  } else {
    Error(Kind::kCannotConvert, expr, Spell(from.type), Spell(to));
  }
  return false;
}

// A temporary object with a destructor is destroyed at the end of its expression.
WS_HD void Walker::CheckTemporary(NodeId expr) {
  const NodeInfo& value = info(expr);
  if (value.category != Category::kRvalue || kind(value.type) != TypeKind::kStruct) return;
  if (types().NeedsDestroy(value.type)) UseDestructors(expr, value.type);
}

WS_HD bool Walker::CheckCondition(NodeId expr) {
  const NodeInfo& from = info(expr);
  if (from.type == TypeId()) return true;
  const TypeKind k = kind(from.type);
  if (IsArithmeticKind(k) || IsEnumKind(k) || IsHalfKind(k) || k == TypeKind::kPointer ||
      k == TypeKind::kArray || k == TypeKind::kNullptr || IsHandleKind(k) ||
      k == TypeKind::kString) {
    return true;
  }
  if (k == TypeKind::kStruct) {
    const InstanceId id = FindConversionFunction(from, TypeId(TypeKind::kBool), true);
    if (id.valid()) {
      ConvertBy(id, expr);
      return true;
    }
  }
  Error(Kind::kCannotConvert, expr, Spell(from.type), "bool");
  return false;
}

WS_HD bool Walker::CheckInteger(NodeId expr) {
  const NodeInfo from = Operand(expr);
  if (from.type == TypeId()) return true;
  const TypeKind k = kind(from.type);
  if (IsIntegerKind(k) || IsEnumKind(k) || k == TypeKind::kEnumClass) return true;
  Error(Kind::kNotAnInteger, expr, Spell(from.type));
  return false;
}

// The variable below an lvalue needs memory.
WS_HD void Walker::MarkAddressTaken(NodeId expr) {
  while (true) {
    const NodeKind k = tree().kind(expr);
    if (k == NodeKind::kParen || (k == NodeKind::kMember && tree().data(expr) == 0)) {
      expr = k == NodeKind::kParen ? NodeId(expr.index - 1) : tree().ObjectOf(expr);
      continue;
    }
    if (k == NodeKind::kIndex) {
      const NodeId base = tree().PrevSibling(expr, NodeId(expr.index - 1));
      if (kind(info(base).type) != TypeKind::kArray) return;
      expr = base;
      continue;
    }
    if (k == NodeKind::kName && info(expr).entity.valid()) {
      s_->entities_[info(expr).entity.index].address_taken = true;
    }
    return;
  }
}

// The expression's constant value as a value of the type; false if it is none.
WS_HD bool Walker::ConstantAs(NodeId expr, TypeId type, uint64_t* bits) {
  const NodeInfo& from = info(expr);
  if (!from.constant || type == TypeId()) return false;
  const TypeKind to = kind(types().Underlying(type));
  if (to == TypeKind::kPointer || IsHandleKind(to)) {
    *bits = 0;
    return from.bits == 0;
  }
  if (kind(from.type) == TypeKind::kNullptr) return false;
  return ConvertConstant(kind(types().Underlying(from.type)), to, from.bits, bits);
}

}  // namespace ws::front
