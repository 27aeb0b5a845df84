// device-clean
// Range-based for.
#include "front/walker.h"

namespace ws::front {

// The type of what the range consists of; the error type, reported, if it is no range.
WS_HD TypeId Walker::ElementOfRange(NodeId range) {
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
  Error(Kind::kNotARange, range, Spell(type));
  return {};
}

// Declares the variable of a range-based for: at the marker behind the range, because its type may
// come from there. The marker's row is the element.
WS_HD void Walker::DeclareRange(NodeId body) {
  const NodeId range(body.index - 1);
  const NodeId declaration = tree().PrevSibling(NodeId(tree().data(body)), range);
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
  const EntityId e = AddEntity(entity);
  info(declarator).type = type;
  info(declarator).entity = e;
  if (entity.name.valid()) BindLocal(e);
}

}  // namespace ws::front
