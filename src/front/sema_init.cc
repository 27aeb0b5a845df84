// device-clean
// Initialisers: what fits a variable, and how braces are shared out.
#include "front/constants.h"
#include "front/init_list.h"
#include "front/walker.h"

namespace ws::front {

// Whether a literal initialises an array of characters; the zero may not be left out.
WS_HD bool Walker::CheckText(NodeId value, TypeId type) {
  if (tree().kind(value) != NodeKind::kStringLiteral || kind(type) != TypeKind::kArray)
    return false;
  const TypeKind element = kind(types().Element(type));
  if (element != TypeKind::kChar && element != TypeKind::kSChar && element != TypeKind::kUChar) {
    return false;
  }
  if (TextSize(value) > types().Info(type).count) {
    Error(Kind::kTooManyInitializers, value, Spell(type));
  }
  return true;
}

// Checks an initialiser node (InitEq, InitParen, InitList) against the variable's type.
WS_HD void Walker::CheckInit(TypeId type, NodeId init) {
  const NodeKind k = tree().kind(init);
  info(init).type = type;
  if (kind(type) == TypeKind::kStdVector) {
    if (k == NodeKind::kInitList) {
      CheckVectorList(init, type);
      return;
    }
    const Vec<NodeId> values = ChildList(init);
    // v = 3 does not construct.
    if (k == NodeKind::kInitEq && kind(info(values[0]).type) != TypeKind::kStdVector &&
        tree().kind(values[0]) != NodeKind::kInitList) {
      CheckConvert(values[0], type);
      return;
    }
    CheckVectorInit(init, type, values.span());
    return;
  }
  const TypeId made = types().StripReference(type);
  if (kind(type) == TypeKind::kStruct && k != NodeKind::kInitList) {
    InitStruct(made, init);
    return;
  }
  if (k == NodeKind::kInitList) {
    CheckList(init, type);
    return;
  }
  const std::span<const NodeId> kids = Children(init);
  const TypeId object = types().StripReference(type);
  if (kids.size() == 1) {
    const NodeId value = kids[0];
    if (CheckText(value, type)) return;
    if (kind(type) == TypeKind::kArray && tree().kind(value) != NodeKind::kInitList) {
      if (info(value).type != TypeId()) {
        Error(Kind::kCannotConvert, value, Spell(info(value).type), Spell(type));
      }
      return;
    }
    CheckConvert(value, type);
    return;
  }
  // dim3 d(x, y, z); half2 h(a, b); T x() cannot occur, it is a function.
  const uint32_t most = kind(object) == TypeKind::kDim3 || IsPackedKind(kind(object))
                            ? static_cast<uint32_t>(types().Info(object).count)
                            : 0;
  if (kids.size() > most) {
    Error(Kind::kTooManyInitializers, init, Spell(type));
    return;
  }
  const TypeId element = types().ComponentType(object);
  for (const NodeId value : kids) {
    if (tree().kind(value) == NodeKind::kInitList) {
      Error(Kind::kTooManyInitializers, value, Spell(element));
    } else {
      CheckConvert(value, element);
    }
  }
}

// struct S s(a, b); struct S s = a;
WS_HD void Walker::InitStruct(TypeId type, NodeId init) {
  Vec<NodeId> args(*s_->arena_);
  for (const NodeId c : Children(init)) args.push_back(c);
  const bool one = args.size() == 1;
  if (one && (tree().kind(args[0]) == NodeKind::kInitList ||
              info(args[0]).type.Unqualified() == type.Unqualified() ||
              tree().kind(init) == NodeKind::kInitEq)) {
    CheckConvert(args[0], type);
    return;
  }
  if (types().Struct(type).has_constructor) {
    ConstructNow(init, type, args.span());
  } else if (!args.empty()) {
    Error(Kind::kNoConstructor, init, Spell(type));
  }
}

// Checks {a, b, {c}} against a type, innermost lists included. Rows of lists get their type.
WS_HD bool Walker::CheckList(NodeId list, TypeId type) {
  if (kind(types().StripReference(type)) == TypeKind::kStdVector) {
    return CheckVectorList(list, types().StripReference(type));
  }
  Vec<ListItem> work(*s_->arena_);
  work.push_back({list, type, 0});
  bool ok = true;
  while (!work.empty() && !s_->arena_->failed()) {
    const ListItem item = work.back();
    work.pop_back();
    const TypeId object = types().StripReference(item.type);
    info(item.value).type = object;
    info(item.value).category = Category::kRvalue;
    if (object == TypeId()) continue;
    if (kind(item.type) == TypeKind::kReference && kind(object) == TypeKind::kArray) {
      Error(Kind::kUnsupported, item.value, "a list for a reference to an array");
      return false;
    }
    if (kind(object) == TypeKind::kStruct && types().Struct(object).has_constructor) {
      Vec<NodeId> args(*s_->arena_);
      for (const NodeId c : Children(item.value)) args.push_back(c);
      const uint32_t before = s_->sink_->errors();
      ConstructNow(item.value, object, args.span());
      info(item.value).type = object;
      info(item.value).category = Category::kRvalue;
      ok &= before == s_->sink_->errors();
      continue;
    }
    if (!CheckDesignators(item.value, object)) {
      ok = false;
      continue;
    }
    Vec<ListItem> parts(*s_->arena_);
    const NodeId extra =
        SplitList(*s_, frames_.back().instance, {item.value, object, item.offset}, parts);
    if (extra.valid()) {
      Error(Kind::kTooManyInitializers, item.value, Spell(object));
      ok = false;
      continue;
    }
    for (const ListItem& part : parts) {
      if (tree().kind(part.value) == NodeKind::kInitList) {
        work.push_back(part);
      } else {
        ok &= CheckText(part.value, part.type) ||
              (CheckConvert(part.value, part.type) && CheckNarrowing(part.value, part.type));
      }
    }
  }
  return ok;
}

// .member = value: of a struct, in the order of its members.
WS_HD bool Walker::CheckDesignators(NodeId list, TypeId object) {
  uint32_t next = 0;
  for (const NodeId c : Children(list)) {
    if (tree().kind(c) != NodeKind::kDesignated) continue;
    if (kind(object) != TypeKind::kStruct) {
      Error(Kind::kNoMember, c, token(c).view(), Spell(object));
      return false;
    }
    const uint32_t field = FindField(object, token(c).name);
    if (field == TypeTable::kNoField) {
      ReportNoMember(c, object);
      return false;
    }
    if (field >= types().Struct(object).num_members) {
      Error(Kind::kUnsupported, c, "a designator of a member of an unnamed union or struct");
      return false;
    }
    if (field < next) {
      Error(Kind::kDesignatorOrder, c, token(c).view());
      return false;
    }
    CheckAccess(c, object, types().Members(object)[field].is_private);
    next = field + 1;
  }
  return true;
}

// In braces nothing may be lost: a constant must have the same value in the new type. What is no
// constant passes, as nvcc only warns of it.
WS_HD bool Walker::CheckNarrowing(NodeId value, TypeId to) {
  const NodeInfo& from = info(value);
  if (from.type == TypeId() || to == TypeId()) return true;
  const TypeKind a = kind(from.type);
  const TypeKind b = kind(to);
  if (!IsArithmeticKind(a) || !IsArithmeticKind(b) || a == b) return true;
  if (!from.constant) return true;
  uint64_t there = 0;
  uint64_t back = 0;
  if (!ConvertConstant(a, b, from.bits, &there) || !ConvertConstant(b, a, there, &back)) {
    return true;
  }
  // A floating constant may be rounded, but not become an integer.
  bool narrows = IsFloatKind(a) ? !IsFloatKind(b) : back != from.bits;
  if (!narrows && IsIntegerKind(a) && IsIntegerKind(b)) {
    narrows = IsSignedKind(a) != IsSignedKind(b) && static_cast<int64_t>(from.bits) < 0 &&
              (IsSignedKind(a) || types().Bytes(from.type) == 8);
  }
  if (!narrows) return true;
  Error(Kind::kNarrowing, value, Spell(from.type), Spell(to));
  return false;
}

}  // namespace ws::front
