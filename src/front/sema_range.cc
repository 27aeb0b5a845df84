// device-clean
// Range-based for.
#include "front/walker.h"

namespace ws::front {

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
WS_HD void Walker::DeclareRange(NodeId body) {
  const NodeId range(body.index - 1);
  const NodeId declaration(tree().first(range).index - 1);
  const NodeId declarator = tree().LastChild(declaration);
  if (tree().kind(declarator) != NodeKind::kDeclarator ||
      tree().kind(tree().PrevSibling(declaration, declarator)) != NodeKind::kTypeSpec) {
    Error(Kind::kExpected, declaration, "one variable", "several");
    return;
  }
  const TypeId element = ElementOfRange(range);
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
  if (kind(type) == TypeKind::kReference) MarkAddressTaken(range);
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
  if (binds) return DeclareBindings(declarator, type);
  if (entity.name.valid()) BindLocal(e);
}

}  // namespace ws::front
