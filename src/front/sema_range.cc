// device-clean
// Range-based for.
#include "front/range_calls.h"
#include "front/walker.h"

namespace ws::front {

// The member functions of that name in a struct or in its bases.
WS_HD EntityId Walker::MethodsNamed(TypeId type, std::string_view name) const {
  for (TypeId t = type.Unqualified(); t != TypeId(); t = s_->types_.Struct(t).base) {
    for (EntityId e = s_->Scope(t).members; e.valid(); e = s_->entities_[e.index].next_member) {
      const Entity& entity = s_->entities_[e.index];
      if (entity.kind == EntityKind::kFunction && entity.name.valid() &&
          SameText(s_->names_->view(entity.name), name)) {
        return e;
      }
    }
  }
  return {};
}

// Of the member functions linked from `first` on the one with so many parameters that an object of
// the type has.
WS_HD InstanceId Walker::PickMethod(TypeId object, EntityId first, uint32_t params) {
  InstanceId best;
  for (EntityId e = first; e.valid(); e = s_->entities_[e.index].next) {
    const Entity& entity = s_->entities_[e.index];
    if (entity.kind != EntityKind::kFunction || entity.is_template) continue;
    const InstanceId id = FindInstance(e, nullptr, 0, TargetOf(entity.flags, Side()));
    if (!id.valid() || !s_->instances_[id.index].has_signature) continue;
    const Instance& inst = s_->instances_[id.index];
    if (inst.num_params != params || (object.is_const() && !inst.self.is_const())) continue;
    if (!best.valid() || inst.self.is_const() == object.is_const()) best = id;
  }
  return best;
}

// An object with begin() and end(): what the loop calls, and what it goes over. kAgain while the
// result of one of the functions is not known.
WS_HD Walker::Visit Walker::FindRangeCalls(NodeId range, RangeCalls* calls, TypeId* element) {
  const TypeId type = info(range).type;
  const auto result = [&](InstanceId id) {
    return types().StripReference(s_->instances_[id.index].result).Unqualified();
  };
  const auto find = [&](InstanceId* id, TypeId object, EntityId first, uint32_t params) {
    *id = PickMethod(object, first, params);
    return id->valid() && DeduceResult(range, *id) == Visit::kAgain;
  };
  if (find(&calls->begin, type, MethodsNamed(type, "begin"), 0) ||
      find(&calls->end, type, MethodsNamed(type, "end"), 0)) {
    return Visit::kAgain;
  }
  if (!calls->begin.valid() || !calls->end.valid()) return Visit::kNext;
  calls->iterator = result(calls->begin);
  if (calls->iterator != result(calls->end)) return Visit::kNext;
  if (kind(calls->iterator) == TypeKind::kPointer) {
    *element = types().Element(calls->iterator);
    return Visit::kNext;
  }
  if (kind(calls->iterator) != TypeKind::kStruct) return Visit::kNext;
  const TypeId it = calls->iterator;
  if (find(&calls->differs, it, FindOperator(it, TokenKind::kNotEqual), 1) ||
      find(&calls->next, it, FindOperator(it, TokenKind::kPlusPlus), 0) ||
      find(&calls->value, it, FindOperator(it, TokenKind::kStar), 0)) {
    return Visit::kAgain;
  }
  if (calls->differs.valid() && calls->next.valid() && calls->value.valid()) {
    *element = types().StripReference(s_->instances_[calls->value.index].result);
  }
  return Visit::kNext;
}

// The type of what the range consists of; the error type, reported, if it is no range.
WS_HD TypeId Walker::ElementOfRange(NodeId range) {
  if (tree().kind(range) == NodeKind::kInitList) return ElementOfList(range);
  const TypeId type = info(range).type;
  if (type == TypeId()) return {};
  if (kind(type) == TypeKind::kArray) {
    const TypeId element = types().Element(type);
    return type.is_const() ? element.Const() : element;
  }
  if (kind(type) == TypeKind::kStdVector) {
    const TypeId element = types().Element(type);
    return type.is_const() ? element.Const() : element;
  }
  if (kind(type) == TypeKind::kStruct && SameText(types().Struct(type).text, "std::string")) {
    return TypeId(TypeKind::kChar).Const();
  }
  Error(Kind::kNotARange, range, Spell(type));
  return {};
}

// A braced list of values of one type is an array of them, which cannot be changed.
WS_HD TypeId Walker::ElementOfList(NodeId list) {
  const Vec<NodeId> values = ChildList(list);
  TypeId element;
  for (const NodeId value : values) {
    const TypeId type = types().Decay(info(value).type);
    if (tree().kind(value) == NodeKind::kInitList || kind(type) == TypeKind::kVoid ||
        kind(type) == TypeKind::kFunction || kind(type) == TypeKind::kStdVector) {
      Error(Kind::kUnsupported, value, "this in a list to loop over");
      return {};
    }
    if (type == TypeId()) return {};
    if (element == TypeId()) element = type;
    if (type != element) {
      Error(Kind::kCannotConvert, value, Spell(type), Spell(element));
      return {};
    }
  }
  if (element == TypeId()) {
    Error(Kind::kNotARange, list, "an empty list");
    return {};
  }
  const TypeId array = types().Array(element, values.size());
  return CheckList(list, array) ? element.Const() : TypeId();
}

// Declares the variable of a range-based for: at the marker behind the range, because its type may
// come from there. The marker's row is the element.
WS_HD Walker::Visit Walker::DeclareRange(NodeId body) {
  const NodeId range(body.index - 1);
  const NodeId declaration(tree().first(range).index - 1);
  const NodeId declarator = tree().LastChild(declaration);
  if (tree().kind(declarator) != NodeKind::kDeclarator ||
      tree().kind(tree().PrevSibling(declaration, declarator)) != NodeKind::kTypeSpec) {
    Error(Kind::kExpected, declaration, "one variable", "several");
    return Visit::kNext;
  }
  RangeCalls calls;
  TypeId element;
  if (kind(info(range).type) == TypeKind::kStruct) {
    if (FindRangeCalls(range, &calls, &element) == Visit::kAgain) return Visit::kAgain;
    for (const InstanceId id : {calls.begin, calls.end, calls.differs, calls.next, calls.value}) {
      if (element != TypeId() && id.valid()) UseFunction(id, range);
    }
  }
  if (element == TypeId()) {
    calls = RangeCalls();
    element = ElementOfRange(range);
  } else {
    CheckTemporary(range);
  }
  const NodeId owner(tree().data(body));
  if (!owner.valid()) return Visit::kNext;  // the loop's end was not read
  Pack(calls, &info(body), &info(owner));
  info(body).type = element;
  info(body).category = Category::kLvalue;
  NodeId init;
  TypeId type = DeclaredType(declarator, &init);
  if (init.valid()) Error(Kind::kExpected, init, "':'", "an initialiser");
  if (element == TypeId()) type = {};
  if (type != TypeId()) type = DeduceAutoFrom(declarator, type, element);
  const TypeKind k = kind(type);
  if (type != TypeId() && (k == TypeKind::kAuto || k == TypeKind::kVoid || k == TypeKind::kArray)) {
    Error(Kind::kBadVariableType, declarator, token(declarator).view(), Spell(type));
    type = {};
  }
  if (type != TypeId() && RankOf(info(body), type) == kNoConversion) {
    Error(Kind::kCannotConvert, range, Spell(element), Spell(type));
    type = {};
  }
  if (type != TypeId()) CheckConvert(body, type);
  if (kind(type) == TypeKind::kReference || calls.iterator != TypeId()) MarkAddressTaken(range);
  Entity entity;
  entity.kind = EntityKind::kLocal;
  entity.type = type;
  entity.name = token(declarator).name;
  entity.node = declarator;
  entity.type_node = declaration;
  entity.owner = frames_.back().instance;
  entity.flags = tree().data(declaration);
  const bool binds = FirstOfKind(declarator, NodeKind::kBinding).valid();
  entity.address_taken = binds;
  const EntityId e = AddEntity(entity);
  info(declarator).type = type;
  info(declarator).entity = e;
  if (binds) {
    DeclareBindings(declarator, type);
  } else if (entity.name.valid()) {
    BindLocal(e);
  }
  return Visit::kNext;
}

}  // namespace ws::front
