// device-clean
// Casts, and what reaches into objects: indices, members, sizeof.
#include "front/constants.h"
#include "front/init_list.h"
#include "front/walker.h"

namespace ws::front {

WS_HD Walker::Visit Walker::VisitCast(NodeId n) {
  const CastKind how = static_cast<CastKind>(tree().data(n));
  const std::span<const NodeId> kids = Children(n);
  const TypeId to = info(kids[0]).type;
  NodeInfo& out = info(n);
  if (to == TypeId()) return Visit::kNext;
  const TypeId object = types().StripReference(to);
  const TypeKind k = kind(object);
  if (k == TypeKind::kStdVector) {
    const Vec<NodeId> values = ChildList(n);
    const std::span<const NodeId> given = values.span().subspan(1);
    // std::vector<T>{a, b}: the brace stands behind the type.
    const bool braces =
        (*s_->tokens_)[tree().end_token(n).index - 1].kind == TokenKind::kRightBrace;
    if (braces) {
      for (const NodeId value : given) CheckConvert(value, types().Element(object));
    } else {
      CheckVectorInit(n, object, given);
    }
    SetValue(n, object, false);
    return Visit::kNext;
  }
  if (k == TypeKind::kStruct && kind(to) != TypeKind::kReference &&
      (kids.size() != 2 || tree().kind(kids[1]) == NodeKind::kInitList ||
       info(kids[1]).type.Unqualified() != object.Unqualified())) {
    return MakeStruct(n, object);
  }
  const bool braced = how == CastKind::kFunctional &&
                      (*s_->tokens_)[tree().end_token(n).index - 1].kind == TokenKind::kRightBrace;
  // float2{a}: the first component.
  const bool one_part = braced && k == TypeKind::kVector && kids.size() == 2 &&
                        tree().kind(kids[1]) != NodeKind::kInitList &&
                        info(kids[1]).type.Unqualified() != object.Unqualified();
  if (kids.size() != 2 || one_part) {
    // T(), dim3(x, y), half2(a, b), float2{a, b}
    const bool several =
        k == TypeKind::kDim3 || IsPackedKind(k) || (braced && k == TypeKind::kVector);
    if (kids.size() > 2 && !(several && kids.size() - 1 <= types().Info(object).count)) {
      Error(Kind::kTooManyInitializers, n, Spell(to));
      return Visit::kNext;
    }
    bool pure = true;
    const TypeId element = types().ComponentType(object);
    for (size_t i = 1; i < kids.size(); ++i) {
      if (tree().kind(kids[i]) == NodeKind::kInitList) {
        Error(Kind::kTooManyInitializers, kids[i], Spell(to));
        return Visit::kNext;
      }
      const NodeId part = kids[i];
      if (CheckConvert(part, element) && braced) CheckNarrowing(part, element);
      pure &= info(part).pure;
    }
    if (kids.size() == 1 && (IsArithmeticKind(k) || IsHalfKind(k))) {
      SetConstant(n, object, 0);
    } else {
      SetValue(n, object, pure);
    }
    return Visit::kNext;
  }
  const NodeId value = kids[1];
  if (tree().kind(value) == NodeKind::kInitList) {
    CheckList(value, object);
    SetValue(n, object, false);
    return Visit::kNext;
  }
  const NodeInfo from = info(value);
  if (from.type == TypeId()) {
    SetValue(n, object, false);
    return Visit::kNext;
  }
  if (kind(to) == TypeKind::kReference) {
    // reinterpret_cast<T&>(lvalue): the same object under another type.
    if (from.category != Category::kLvalue) {
      Error(Kind::kNotAddressable, value);
      return Visit::kNext;
    }
    if (object.Unqualified() != from.type.Unqualified()) MarkAddressTaken(value);
    out.type = object;
    out.category = Category::kLvalue;
    const NodeId written = kids[0];
    out.moved = EndsInRvalue(FirstOfKind(written, NodeKind::kTypeSpec), written);
    return Visit::kNext;
  }
  if (k == TypeKind::kVoid) {
    SetValue(n, object, from.pure);
    return Visit::kNext;
  }
  const TypeId source = types().Decay(from.type);
  const TypeKind sk = kind(source);
  const bool s_pointer = sk == TypeKind::kPointer || sk == TypeKind::kNullptr || IsHandleKind(sk);
  const bool t_pointer = k == TypeKind::kPointer || IsHandleKind(k);
  const TypeKind uk = kind(types().Underlying(object));
  const TypeKind us = kind(types().Underlying(source));
  const bool enumeration = (k == TypeKind::kEnumClass || sk == TypeKind::kEnumClass) &&
                           IsArithmeticKind(uk) && IsArithmeticKind(us);
  const bool related = sk == TypeKind::kPointer && k == TypeKind::kPointer &&
                       types().DerivesFrom(types().Element(object), types().Element(source));
  const bool wide_integer = IsIntegerKind(k) && types().Bytes(object) == 8;
  bool ok = RankOf(from, object) != kNoConversion;
  if (from.category == Category::kFunction) {
    if (!types().IsFunctionPointer(object)) {
      info(n) = info(value);
      return Visit::kNext;
    }
    // As another type of function only where that is asked for.
    const bool reinterprets = how == CastKind::kCStyle || how == CastKind::kReinterpret;
    const TypeId own = TypeAsValue(value);
    if (!ok && reinterprets && types().IsFunctionPointer(own)) {
      if (CheckConvert(value, own)) SetValue(n, object, true);
    } else if (CheckConvert(value, object)) {
      info(n) = info(value);
    }
    return Visit::kNext;
  }
  if (sk == TypeKind::kStruct && source.Unqualified() != object.Unqualified() &&
      how != CastKind::kReinterpret && how != CastKind::kConst) {
    const InstanceId id = FindConversionFunction(from, object, true);
    if (id.valid()) {
      CheckTemporary(value);
      ConvertBy(id, value);
      SetValue(n, object, false);
      return Visit::kNext;
    }
  }
  switch (how) {
    case CastKind::kCStyle:
    case CastKind::kFunctional:
      ok |= enumeration || (s_pointer && t_pointer) || (s_pointer && wide_integer) ||
            (IsIntegerKind(sk) && t_pointer) || (IsPackedKind(k) && IsHalfKind(sk));
      break;
    case CastKind::kStatic:
      // void* to T*, a base to what derives from it, and what goes the other way implicitly.
      ok |= enumeration ||
            (related &&
             (types().Element(object).is_const() || !types().Element(source).is_const())) ||
            (s_pointer && t_pointer && sk == TypeKind::kPointer && k == TypeKind::kPointer &&
             kind(types().Element(source)) == TypeKind::kVoid &&
             (types().Element(object).is_const() || !types().Element(source).is_const()));
      break;
    case CastKind::kReinterpret:
      ok = (s_pointer && t_pointer) || (s_pointer && wide_integer) ||
           (IsIntegerKind(sk) && t_pointer) || source == object.Unqualified();
      if (s_pointer && t_pointer && sk == TypeKind::kPointer && k == TypeKind::kPointer &&
          types().Element(source).is_const() && !types().Element(object).is_const()) {
        ok = false;
      }
      break;
    case CastKind::kConst:
      ok = s_pointer && t_pointer && sk == TypeKind::kPointer && k == TypeKind::kPointer &&
           types().Element(source).Unqualified() == types().Element(object).Unqualified();
      break;
  }
  if (!ok) {
    Error(Kind::kBadCast, n, Spell(from.type), Spell(to));
    return Visit::kNext;
  }
  uint64_t bits = 0;
  if (from.constant && (IsArithmeticKind(uk) || IsHalfKind(k)) && sk != TypeKind::kNullptr &&
      ConvertConstant(us, uk, from.bits, &bits)) {
    SetConstant(n, object, bits);
  } else {
    SetValue(n, object, from.pure);
  }
  return Visit::kNext;
}

// S(a, b), S{a, b} and conversions to a struct.
WS_HD Walker::Visit Walker::MakeStruct(NodeId n, TypeId object) {
  if (!CheckObject(n, object)) return Visit::kNext;
  if (Children(n).size() == 2 && tree().kind(NodeId(n.index - 1)) != NodeKind::kInitList &&
      types().DerivesFrom(info(NodeId(n.index - 1)).type, object)) {
    SetValue(n, object, false);
    return Visit::kNext;
  }
  if (!types().Struct(object).has_constructor) {
    if (static_cast<CastKind>(tree().data(n)) != CastKind::kFunctional) {
      const TypeId from = info(NodeId(n.index - 1)).type;
      if (from != TypeId()) Error(Kind::kBadCast, n, Spell(from), Spell(object));
      return Visit::kNext;
    }
    CheckList(n, object);
    SetValue(n, object, false);
    return Visit::kNext;
  }
  Vec<NodeId> args(*s_->arena_);
  for (const NodeId c : Children(n).subspan(1)) args.push_back(c);
  if (Construct(n, object, args.span()) == Visit::kAgain) return Visit::kAgain;
  const NodeInfo made = info(n);
  SetValue(n, object, false);
  info(n).entity = made.entity;
  info(n).bits = made.bits;
  return Visit::kNext;
}

WS_HD Walker::Visit Walker::VisitIndex(NodeId n) {
  const NodeId index(n.index - 1);
  const NodeId base = tree().PrevSibling(n, index);
  const TypeId type = info(base).type;
  if (type == TypeId()) return Visit::kNext;
  if (kind(type) == TypeKind::kStruct && info(index).type != TypeId()) {
    const NodeId operands[2] = {base, index};
    bool called = false;
    const Visit visit = CallOperator(n, TokenKind::kLeftBracket, operands, &called);
    if (visit == Visit::kAgain || called) return visit;
  }
  const TypeId decayed = types().Decay(Operand(base).type);
  if (kind(decayed) != TypeKind::kPointer && kind(type) != TypeKind::kStdVector) {
    Error(Kind::kNotAPointer, base, Spell(type));
    return Visit::kNext;
  }
  const bool is_vector = kind(type) == TypeKind::kStdVector;
  const TypeId element =
      is_vector && type.is_const() ? types().Element(type).Const() : types().Element(decayed);
  info(n).type = element;
  info(n).category = Category::kLvalue;
  if (types().Bytes(element) == 0) {
    Error(Kind::kNotAPointer, base, Spell(type));
    info(n).type = {};
    return Visit::kNext;
  }
  CheckInteger(index);
  // The whole array must be in memory, which it is; a const array's elements are const.
  if (kind(type) == TypeKind::kArray && type.is_const()) info(n).type = element.Const();
  if (info(index).constant && IsArithmeticKind(kind(element))) FoldIndex(n);
  return Visit::kNext;
}

// An element of a constexpr array, at a constant place, is a constant.
WS_HD void Walker::FoldIndex(NodeId n) {
  uint64_t offset = 0;
  NodeId base = n;
  while (tree().kind(base) == NodeKind::kIndex) {
    const NodeId index(base.index - 1);
    const NodeId below = tree().PrevSibling(base, index);
    const uint64_t count = types().Info(info(below).type).count;
    if (kind(info(below).type) != TypeKind::kArray || !info(index).constant ||
        info(index).bits >= count) {
      return;
    }
    offset += info(index).bits * types().Bytes(info(base).type);
    base = below;
  }
  if (tree().kind(base) != NodeKind::kName || !info(base).entity.valid()) return;
  const Entity& entity = s_->entities_[info(base).entity.index];
  if ((entity.flags & storage_flag::kConstexpr) == 0 || !entity.node.valid()) return;
  NodeId init = tree().LastChild(entity.node);
  if (init.valid() && tree().kind(init) == NodeKind::kInitEq) init = NodeId(init.index - 1);
  if (!init.valid() || tree().kind(init) != NodeKind::kInitList) return;
  ListItem item{init, entity.type, 0};
  Vec<ListItem> parts(*s_->arena_);
  while (tree().kind(item.value) == NodeKind::kInitList) {
    const uint64_t cost = tree().subtree_size(item.value);
    if (eval_fuel_ < cost) return;
    eval_fuel_ -= cost;
    parts.clear();
    SplitList(*s_, entity.owner, item, parts);
    item.value = NodeId();
    for (const ListItem& part : parts) {
      if (part.offset <= offset && offset < part.offset + types().Bytes(part.type)) item = part;
    }
    if (!item.value.valid()) {  // nothing is written for it
      SetElement(n, 0);
      return;
    }
  }
  const NodeInfo& value = s_->Info(entity.owner, item.value);
  uint64_t bits = 0;
  if (value.constant && kind(value.type) != TypeKind::kNullptr &&
      ConvertConstant(kind(value.type), kind(info(n).type), value.bits, &bits)) {
    SetElement(n, bits);
  }
}

WS_HD void Walker::SetElement(NodeId n, uint64_t bits) {
  info(n).constant = true;
  info(n).pure = true;
  info(n).bits = bits;
}

WS_HD void Walker::VisitMember(NodeId n) {
  const NodeId child = tree().ObjectOf(n);
  const NodeInfo base = info(child);
  if (base.type == TypeId()) return;
  TypeId object = base.type;
  const bool arrow = tree().data(n) == 1;
  const std::string_view member = token(n).view();
  if (arrow) {
    TypeId decayed = types().Decay(object);
    const bool overloads =
        kind(object) == TypeKind::kStruct && FindOperator(object, TokenKind::kArrow).valid();
    if (overloads) decayed = CallArrow(child);
    if (overloads && decayed == TypeId()) return;
    if (kind(decayed) != TypeKind::kPointer) {
      const bool dot = kind(object) == TypeKind::kStruct || types().IsAggregate(object);
      Error(dot ? Kind::kNeedsDot : Kind::kNotAPointer, child, Spell(object));
      return;
    }
    object = types().Element(decayed);
  }
  if (kind(object) == TypeKind::kStdVector) {
    VisitVectorMember(n, object);
    return;
  }
  if (kind(object) == TypeKind::kStruct) {
    if (!CheckComplete(n, object)) return;
    CheckTemporary(child);
    NameMember(n, object, arrow ? Category::kLvalue : base.category, !arrow && base.pure);
    return;
  }
  if (!arrow && kind(object) == TypeKind::kPointer) {
    const TypeKind pointed = kind(types().Element(object));
    if (pointed == TypeKind::kStruct || types().IsAggregate(types().Element(object))) {
      Error(Kind::kNeedsArrow, n, member, Spell(object));
      return;
    }
  }
  const TypeInfo made = types().Info(object);
  const bool has_members =
      made.kind == TypeKind::kVector || made.kind == TypeKind::kDim3 || IsPackedKind(made.kind);
  uint32_t component = 4;
  if (has_members && member.size() == 1) {
    const char c = member.data()[0];
    component = c == 'w' ? 3u : c >= 'x' && c <= 'z' ? static_cast<uint32_t>(c - 'x') : 4u;
  }
  if (!has_members || component >= made.count) {
    Error(Kind::kNoMember, n, member, Spell(object));
    return;
  }
  NodeInfo& out = info(n);
  out.type = made.element.With(object.index & 3);
  out.bits = component;
  out.category = arrow ? Category::kLvalue : base.category;
  out.pure = !arrow && base.pure;
  if (out.category == Category::kRvalue) out.type = out.type.Unqualified();
}

WS_HD void Walker::VisitSizeof(NodeId n) {
  const bool of_type = tree().kind(n) == NodeKind::kSizeofType;
  const TypeId type = info(NodeId(n.index - 1)).type;
  if (type == TypeId()) return;
  const TypeId object = types().StripReference(type);
  if (of_type && tree().data(n) == 2) {
    VisitOffsetof(n, object);
    return;
  }
  const bool align = of_type && tree().data(n) == 1;
  const uint64_t bytes = align ? types().Align(object) : types().Bytes(object);
  if (bytes == 0) {
    Error(Kind::kNoSize, n, Spell(type));
    return;
  }
  SetConstant(n, TypeId(TypeKind::kULong), bytes);
}

WS_HD void Walker::VisitNew(NodeId n) {
  const Vec<NodeId> all = ChildList(n);
  const uint32_t data = tree().data(n);
  const bool placed = (data & new_flag::kPlaced) != 0;
  const std::span<const NodeId> kids = all.span().subspan(placed ? 1 : 0);
  const TypeId type = info(kids[0]).type;
  if (type == TypeId()) return;
  if (placed) {
    if (!CheckConvert(all[0], types().Pointer(TypeId(TypeKind::kVoid)))) return;
    if ((data & new_flag::kArray) != 0) {
      Error(Kind::kUnsupported, n, "an array made in a given place");
      return;
    }
  }
  if (in_function() && current().target != Target::kHost && (data & new_flag::kZero) != 0) {
    Error(Kind::kUnsupported, n, "new T[n]() in device code");
    return;
  }
  if (types().Bytes(type) == 0 || kind(type) == TypeKind::kReference ||
      kind(type) == TypeKind::kStdVector) {
    Error(Kind::kNoSize, n, Spell(type));
    return;
  }
  if (kind(type) == TypeKind::kStruct && !CheckObject(n, type)) return;
  const bool array = (data & new_flag::kArray) != 0;
  const std::span<const NodeId> args = array ? std::span<const NodeId>() : kids.subspan(1);
  if (array) CheckInteger(kids[1]);
  if ((data & new_flag::kBraces) != 0) {
    CheckInit(type, args[0]);
  } else if (kind(type) == TypeKind::kStruct && types().Struct(type).has_constructor &&
             !args.empty()) {
    ConstructNow(n, type, args);
  } else if (kind(type) == TypeKind::kDim3 && args.size() > 1 && args.size() <= 3) {
    for (const NodeId arg : args) CheckConvert(arg, types().Element(type));
  } else if (args.size() > 1) {
    Error(Kind::kTooManyInitializers, n, Spell(type));
  } else if (args.size() == 1) {
    CheckConvert(args[0], type.Unqualified());
  } else if (types().NeedsInit(type)) {
    RequireDefault(n, type);
  }
  UseStorage(n, type, TokenKind::kNew, array, placed);
  SetValue(n, types().Pointer(type), false);
}

// The storage of an object is taken or given back by an operator of its class, if it has one.
WS_HD void Walker::UseStorage(NodeId n, TypeId type, TokenKind op, bool array, bool placed) {
  const InstanceId id = s_->StorageOperator(type, op, Side());
  if (!id.valid()) return;
  if (array || placed) {
    Error(Kind::kUnsupported, n, "this form of new for a class with an operator new or delete");
    return;
  }
  UseFunction(id, n);
}

WS_HD void Walker::VisitDelete(NodeId n) {
  const NodeId pointer(n.index - 1);
  if (info(pointer).type == TypeId()) return;
  if (tree().data(n) != 0) {  // x.~T()
    TypeId object = info(pointer).type;
    if (tree().data(n) == delete_flag::kAtPointer) {
      object = types().Decay(object);
      if (kind(object) != TypeKind::kPointer) {
        Error(Kind::kNotAPointer, pointer, Spell(object));
        return;
      }
      object = types().Element(object);
    } else if (info(pointer).category != Category::kLvalue) {
      Error(Kind::kNotAddressable, pointer);
      return;
    } else {
      MarkAddressTaken(pointer);
    }
    if (types().NeedsDestroy(object)) UseDestructors(n, object);
    SetValue(n, TypeId(TypeKind::kVoid), false);
    return;
  }
  if (kind(info(pointer).type) != TypeKind::kPointer) {
    Error(Kind::kNotAPointer, pointer, Spell(info(pointer).type));
  } else if (const TypeId object = types().Element(info(pointer).type);
             types().NeedsDestroy(object)) {
    const uint32_t at = tree().token(n).index;
    if ((*s_->tokens_)[at + 1].kind == TokenKind::kLeftBracket) {
      Error(Kind::kUnsupported, n, "delete[] of objects with destructors");
    } else {
      UseDestructors(n, object);
    }
  }
  if (kind(info(pointer).type) == TypeKind::kPointer) {
    const bool array = (*s_->tokens_)[tree().token(n).index + 1].kind == TokenKind::kLeftBracket;
    UseStorage(n, types().Element(info(pointer).type), TokenKind::kDelete, array, false);
  }
  SetValue(n, TypeId(TypeKind::kVoid), false);
}

// offsetof(type, member)
WS_HD void Walker::VisitOffsetof(NodeId n, TypeId object) {
  if (kind(object) != TypeKind::kStruct) {
    Error(Kind::kNoMember, n, token(n).view(), Spell(object));
    return;
  }
  if (!CheckComplete(n, object)) return;
  const uint32_t field = FindField(object, token(n).name);
  if (field == TypeTable::kNoField) {
    ReportNoMember(n, object);
    return;
  }
  CheckAccess(n, object, types().NamedMembers(object)[field].is_private);
  SetConstant(n, TypeId(TypeKind::kULong), types().NamedMembers(object)[field].offset);
}

}  // namespace ws::front
