// device-clean
// std::vector: its initialisers and members.
#include "front/vector_methods.h"
#include "front/walker.h"

namespace ws::front {

WS_HD VectorMethodInfo InfoOf(VectorMethod method) {
  switch (method) {
#define VECTOR_METHOD(spelling, least, most, result, changes) \
  case VectorMethod::spelling:                                \
    return {least, most, result, changes != 0};
#include "front/vector_methods.def"
#undef VECTOR_METHOD
    case VectorMethod::kCount:
      break;
  }
  return {0, 0, 'v', false};
}

WS_HD VectorMethod FindVectorMethod(std::string_view name) {
#define VECTOR_METHOD(spelling, least, most, result, changes) \
  if (SameText(name, #spelling)) return VectorMethod::spelling;
#include "front/vector_methods.def"
#undef VECTOR_METHOD
  return VectorMethod::kCount;
}

// Of std::vector of objects that are more than their bytes the template that is it
// (lib/object_vector.cu); else invalid.
WS_HD static NameId NameInLibrary(const Names& names, std::string_view name) {
  for (uint32_t i = 0; i < names.size(); ++i) {
    if (SameText(names.view(NameId(i)), name)) return NameId(i);
  }
  return {};
}
WS_HD EntityId Walker::ObjectVector(NodeId n) {
  const NodeId list = FirstOfKind(n, NodeKind::kTemplateArgs);
  if (!list.valid()) return {};
  const std::span<const NodeId> args = Children(list);
  if (args.size() != 1 || info(args[0]).category != Category::kType) return {};
  const TypeId type = info(args[0]).type;
  if (kind(type) != TypeKind::kStruct || type.is_const()) return {};
  bool being_read = false;  // a member of the struct itself
  for (const OpenStruct& open : open_structs_) {
    being_read |= open.type.Unqualified() == type.Unqualified();
  }
  if (!being_read && !types().NeedsDestroy(type)) return {};
  const NameId name = NameInLibrary(*s_->names_, "__std_object_vector");
  return name.valid() ? LookUpGlobal(name) : EntityId();
}

// The type written std::vector<...> at node n.
WS_HD TypeId Walker::VectorTypeOf(NodeId n) {
  const NodeId list = FirstOfKind(n, NodeKind::kTemplateArgs);
  const std::span<const NodeId> args = list.valid() ? Children(list) : std::span<const NodeId>();
  if (args.size() != 1) {
    Error(Kind::kWrongArgumentCount, n, "std::vector", 1, static_cast<int64_t>(args.size()));
    return {};
  }
  const NodeInfo& given = info(args[0]);
  if (given.type == TypeId()) return {};
  if (given.category != Category::kType) {
    Error(Kind::kTemplateArgumentKind, args[0], "T", "type", "std::vector");
    return {};
  }
  const TypeKind k = kind(given.type);
  if (k == TypeKind::kArray || types().Bytes(given.type) == 0 || k == TypeKind::kReference ||
      given.type.is_const()) {
    Error(Kind::kUnsupported, args[0], "a std::vector of arrays, references or const elements");
    return {};
  }
  if (k == TypeKind::kStdVector && kind(types().Element(given.type)) == TypeKind::kStdVector) {
    Error(Kind::kUnsupported, args[0], "a std::vector of vectors of vectors");
    return {};
  }
  if (types().NeedsDestroy(given.type)) {
    Error(Kind::kUnsupported, args[0], "a std::vector of objects with destructors or vectors");
    return {};
  }
  if (in_function() && current().target != Target::kHost && current().target != Target::kFile) {
    Error(Kind::kBuiltinOnDevice, n, "std::vector");
    return {};
  }
  return types().StdVector(given.type);
}

// What outlives the function begins empty; main() fills what stands outside of all.
WS_HD bool Walker::CheckVectorPlace(NodeId n, EntityKind where, NodeId init) {
  const bool empty = !init.valid() || tree().subtree_size(init) == 1;
  if (where == EntityKind::kLocal || (where == EntityKind::kGlobal && empty)) return true;
  if (where == EntityKind::kGlobal && !in_function()) return true;
  Error(Kind::kUnsupported, n, "a std::vector that outlives the call, with elements,");
  return false;
}

// a == b and a != b of two vectors; false if that is not what it is.
WS_HD bool Walker::CompareVectors(NodeId n, BinaryOp op, TypeId a, TypeId b) {
  if (kind(a) != TypeKind::kStdVector || a.Unqualified() != b.Unqualified() ||
      (op != BinaryOp::kEq && op != BinaryOp::kNe)) {
    return false;
  }
  const TypeKind element = kind(types().Element(a));
  if (!IsArithmeticKind(element) && element != TypeKind::kPointer) {
    Error(Kind::kUnsupported, n, "a comparison of vectors of anything but numbers");
    return true;
  }
  SetValue(n, TypeId(TypeKind::kBool), false);
  return true;
}

// v(n), v(n, x), v(first, last), v(other), v{a, b}, v = {a, b}, v = other: `values` are what stands
// between parentheses.
WS_HD bool Walker::CheckVectorInit(NodeId n, TypeId type, std::span<const NodeId> values) {
  const TypeId element = types().Element(type);
  bool ok = true;
  for (const NodeId value : values) {
    if (info(value).type == TypeId() && tree().kind(value) != NodeKind::kInitList) return false;
  }
  if (values.size() == 1) {
    const NodeId value = values[0];
    if (tree().kind(value) == NodeKind::kInitList) return CheckVectorList(value, type);
    const TypeKind k = kind(info(value).type);
    if (k == TypeKind::kStdVector) return CheckConvert(value, type.Unqualified());
    if (types().NeedsInit(element)) RequireDefault(n, element);
    return CheckInteger(value);
  }
  if (values.size() == 2) {
    const TypeId first = types().Decay(info(values[0]).type);
    if (kind(first) == TypeKind::kPointer) {
      const TypeId from = types().Element(first).Unqualified();
      const TypeId last = types().Decay(info(values[1]).type);
      const bool converts = IsArithmeticKind(kind(from)) && IsArithmeticKind(kind(element));
      ok = (from == element || converts) && kind(last) == TypeKind::kPointer &&
           types().Element(last).Unqualified() == from;
      if (!ok) Error(Kind::kCannotConvert, values[0], Spell(first), Spell(type));
      return ok;
    }
    ok = CheckInteger(values[0]);
    return CheckConvert(values[1], element) && ok;
  }
  if (values.size() > 2) Error(Kind::kTooManyInitializers, n, Spell(type));
  return values.empty();
}

WS_HD bool Walker::CheckVectorList(NodeId list, TypeId type) {
  info(list).type = type.Unqualified();
  info(list).category = Category::kRvalue;
  const TypeId element = types().Element(type);
  bool ok = true;
  for (NodeId c = tree().LastChild(list); c.valid(); c = tree().PrevSibling(list, c)) {
    if (info(c).type == TypeId() && tree().kind(c) != NodeKind::kInitList) continue;
    ok = CheckConvert(c, element) && CheckNarrowing(c, element) && ok;
  }
  return ok;
}

// v.name, before its call.
WS_HD void Walker::VisitVectorMember(NodeId n, TypeId object) {
  const VectorMethod method = FindVectorMethod(token(n).view());
  if (method == VectorMethod::kCount) {
    Error(Kind::kNoMember, n, token(n).view(), Spell(object));
    return;
  }
  NodeInfo& out = info(n);
  out.type = TypeId(TypeKind::kFunction);
  out.category = Category::kVectorMethod;
  out.bits = static_cast<uint64_t>(method);
}

WS_HD void Walker::CallVectorMethod(NodeId n, NodeId callee, std::span<const NodeId> args) {
  const VectorMethod method = static_cast<VectorMethod>(info(callee).bits);
  const VectorMethodInfo row = InfoOf(method);
  TypeId object = info(NodeId(callee.index - 1)).type;
  if (tree().data(callee) == 1) object = types().Element(types().Decay(object));
  const TypeId element = types().Element(object);
  const TypeId seen = object.is_const() ? element.Const() : element;
  if (args.size() < row.least || args.size() > row.most) {
    Error(Kind::kWrongArgumentCount, n, token(callee).view(), row.most,
          static_cast<int64_t>(args.size()));
    return;
  }
  if (row.changes && object.is_const()) {
    Error(Kind::kAssignToConst, NodeId(callee.index - 1), Spell(object));
    return;
  }
  switch (method) {
    case VectorMethod::at:
      // Beyond the end it throws, where the program has exceptions.
      if (const NameId name = NameInLibrary(*s_->names_, "__std_throw_vector_range");
          name.valid()) {
        const EntityId throws = LookUpGlobal(name);
        if (throws.valid() && s_->entities_[throws.index].kind == EntityKind::kFunction) {
          ConvertBy(InstanceId(static_cast<uint32_t>(s_->entities_[throws.index].bits)), callee);
        }
      }
      [[fallthrough]];
    case VectorMethod::reserve:
      CheckInteger(args[0]);
      break;
    case VectorMethod::resize:
      CheckInteger(args[0]);
      if (args.size() > 1) {
        CheckConvert(args[1], element);
      } else if (types().NeedsInit(element)) {
        RequireDefault(n, element);
      }
      break;
    case VectorMethod::push_back:
    case VectorMethod::emplace_back:
      if (args.size() == 1) {
        CheckConvert(args[0], element);
      } else if (kind(element) == TypeKind::kStruct && types().Struct(element).has_constructor) {
        Construct(n, element, args);
      } else {
        Error(Kind::kWrongArgumentCount, n, token(callee).view(), 1,
              static_cast<int64_t>(args.size()));
      }
      break;
    case VectorMethod::assign:
      if (args.size() == 1 && tree().kind(args[0]) != NodeKind::kInitList) {
        Error(Kind::kWrongArgumentCount, n, token(callee).view(), 2, 1);
      } else {
        CheckVectorInit(n, object, args);
      }
      break;
    case VectorMethod::insert: {
      const TypeId iterator = types().Pointer(element.Const());
      CheckConvert(args[0], iterator);
      if (args.size() == 2) {
        CheckConvert(args[1], element);
      } else if (kind(types().Decay(info(args[1]).type)) == TypeKind::kPointer) {
        CheckConvert(args[1], iterator);
        CheckConvert(args[2], iterator);
      } else {
        CheckInteger(args[1]);
        CheckConvert(args[2], element);
      }
      break;
    }
    case VectorMethod::erase:
      for (const NodeId arg : args) CheckConvert(arg, types().Pointer(element.Const()));
      break;
    case VectorMethod::swap:
      if (info(args[0]).type != TypeId() && (info(args[0]).type != object.Unqualified() ||
                                             info(args[0]).category != Category::kLvalue)) {
        Error(Kind::kCannotConvert, args[0], Spell(info(args[0]).type), Spell(object));
      }
      break;
    default:
      break;
  }
  switch (row.result) {
    case 'n':
      SetValue(n, TypeId(TypeKind::kULong), false);
      return;
    case 'b':
      SetValue(n, TypeId(TypeKind::kBool), false);
      return;
    case 'p': {
      const bool constant = method == VectorMethod::cbegin || method == VectorMethod::cend;
      SetValue(n, types().Pointer(constant ? element.Const() : seen), false);
      return;
    }
    case 'r':
      info(n).type = seen;
      info(n).category = Category::kLvalue;
      return;
    default:
      SetValue(n, TypeId(TypeKind::kVoid), false);
      return;
  }
}

}  // namespace ws::front
