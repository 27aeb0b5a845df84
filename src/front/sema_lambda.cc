// device-clean
// Lambdas. Each becomes a struct whose members are what it captures, under the names of what is
// captured, and whose operator() is the lambda's body: names in the body find them as members of
// *this. What needs no capture (constants, types, static and shared variables) is found by way of
// borrowed_. A member of the object whose function the lambda stands in is captured by reference,
// which is what capturing `this` comes to.
#include "front/walker.h"

namespace ws::front {

// What `name` in a lambda's body means where the lambda stands: nothing if it is declared at file
// scope, or not at all.
WS_HD void Walker::CaptureName(TypeId closure, NodeId n, NameId name, bool by_reference,
                               bool explicitly) {
  if (!name.valid()) return;
  for (uint32_t i = open_structs_.back().first_field; i < fields_.size(); ++i) {
    if (fields_[i].name == name) return;
  }
  const EntityId e = LookUpLocal(name);
  Capture capture;
  capture.closure = closure;
  TypeId type;
  if (e.valid()) {
    const Entity& entity = s_->entities_[e.index];
    if (!IsVariable(e)) {
      for (const Borrowed& b : borrowed_) {
        if (b.closure == closure && b.name == name) return;
      }
      borrowed_.push_back({closure, name, e});
      return;
    }
    if (entity.type == TypeId()) return;
    type = types().StripReference(entity.type);
    capture.entity = e;
    if (by_reference) s_->entities_[e.index].address_taken = true;
  } else {
    // A member of *this; of a closure what it captured, which goes by reference or by value as
    // asked.
    const TypeId self = current().self;
    const uint32_t field =
        current().has_this ? FindField(self.Unqualified(), name) : TypeTable::kNoField;
    if (field == TypeTable::kNoField) {
      for (TypeId t = self.Unqualified(); t != TypeId(); t = s_->Scope(t).outer) {
        EntityId member = FindMember(t, name);
        if (!member.valid()) member = FindBorrowed(t, name);
        if (!member.valid()) continue;
        if (s_->entities_[member.index].kind == EntityKind::kFunction && current().has_this) {
          Error(Kind::kUnsupported, n, "a lambda that calls a member function of *this");
        }
        borrowed_.push_back({closure, name, member});
        return;
      }
      if (explicitly) Error(Kind::kUnknownName, n, token(n).view());
      return;
    }
    const StructMember& member = types().NamedMembers(self)[field];
    type = member.by_reference ? types().Element(member.type)
                               : member.type.With(self.index & TypeId::kConst);
    if (!IsClosure(self.Unqualified())) by_reference = true;
    capture.field = field;
  }
  const TypeKind k = kind(type);
  if (k == TypeKind::kStdVector && !by_reference) {
    Error(Kind::kUnsupported, n, "a copy of a std::vector in a lambda (capture it by reference)");
    return;
  }
  if (!by_reference && types().NeedsDestroy(type)) {
    Error(Kind::kUnsupported, n, "a capture of an object with a destructor or a std::vector in it");
    return;
  }
  AddCapture(capture, name, by_reference ? types().Pointer(type) : type.Unqualified(),
             by_reference);
}

WS_HD void Walker::AddCapture(const Capture& capture, NameId name, TypeId type, bool by_reference) {
  if (type == TypeId()) return;
  StructMember field;
  field.name = name;
  field.type = type;
  field.by_reference = by_reference;
  fields_.push_back(field);
  s_->captures_.push_back(capture);
}

// Whether the entity of a function is something to capture: its value is not known everywhere.
WS_HD bool Walker::IsVariable(EntityId e) const {
  const Entity& entity = s_->entities_[e.index];
  return (entity.kind == EntityKind::kLocal || entity.kind == EntityKind::kParam) &&
         !entity.is_constant;
}

WS_HD bool Walker::IsClosure(TypeId type) const {
  if (kind(type) != TypeKind::kStruct) return false;
  const NodeId node = s_->Scope(type).node;
  return node.valid() && tree().kind(node) == NodeKind::kLambda;
}

WS_HD EntityId Walker::FindBorrowed(TypeId closure, NameId name) const {
  for (uint32_t i = borrowed_.size(); i > 0; --i) {
    if (borrowed_[i - 1].closure == closure && borrowed_[i - 1].name == name) {
      return borrowed_[i - 1].entity;
    }
  }
  return {};
}

// `name = value` captures something of its own.
WS_HD void Walker::CaptureValue(TypeId closure, NodeId n) {
  const NodeId value(n.index - 1);
  const bool by_reference = (tree().data(n) & 1) != 0;
  const NodeInfo from = info(value);
  if (from.type == TypeId()) return;
  Capture capture;
  capture.closure = closure;
  capture.value = value;
  TypeId type = by_reference ? from.type : types().Decay(from.type);
  const TypeKind k = kind(type);
  if (k == TypeKind::kVoid || k == TypeKind::kFunction || k == TypeKind::kStdVector ||
      (by_reference && from.category != Category::kLvalue)) {
    Error(Kind::kUnsupported, n, "a capture of this");
    return;
  }
  if (by_reference) {
    MarkAddressTaken(value);
    type = types().Pointer(type);
  } else if (types().NeedsDestroy(type)) {
    Error(Kind::kUnsupported, n, "a capture of an object with a destructor or a std::vector in it");
    return;
  }
  AddCapture(capture, token(n).name, type, by_reference);
}

// The first time: its struct; again when the signature of its function is known.
WS_HD Walker::Visit Walker::VisitLambda(NodeId n) {
  const NodeId function(n.index - 1);
  if (tree().kind(function) != NodeKind::kFunction) return Visit::kNext;
  if (info(n).type != TypeId()) {
    CheckMemberFunctions(info(n).type);
    return Visit::kNext;
  }
  if (!in_function() || current().target == Target::kFile) {
    Error(Kind::kUnsupported, n, "a lambda outside of functions");
    return Visit::kNext;
  }
  const TypeId type = types().AddStruct(NameId(), "<lambda>", true);
  if (type == TypeId()) {
    Error(Kind::kStructLimit, n, "the program", TypeTable::kMaxStructs, "structs");
    return Visit::kNext;
  }
  s_->scopes_.push_back({});
  StructScope& scope = s_->scopes_[type.which()];
  scope.owner = frames_.back().instance;
  scope.node = n;
  const uint32_t first_capture = s_->captures_.size();
  const uint32_t flags = tree().data(n);
  info(function).bits = 0;
  open_structs_.push_back({type, fields_.size()});
  for (NodeId c = tree().LastChild(n); c.valid(); c = tree().PrevSibling(n, c)) {
    if (tree().kind(c) != NodeKind::kCapture) continue;
    if ((tree().data(c) & 2) != 0) {
      CaptureValue(type, c);
    } else {
      CaptureName(type, c, token(c).name, (tree().data(c) & 1) != 0, true);
    }
  }
  // Names in the body, for the default capture, and for what needs none.
  const bool by_default = (flags & (lambda_flag::kByValue | lambda_flag::kByReference)) != 0;
  const bool by_reference = (flags & lambda_flag::kByReference) != 0;
  const bool sees_this = by_default || (flags & lambda_flag::kThis) != 0;
  for (uint32_t i = tree().first(function).index; i < function.index; ++i) {
    const NodeId name(i);
    const NodeKind k = tree().kind(name);
    if (k == NodeKind::kThis) Error(Kind::kUnsupported, name, "this in a lambda");
    const bool names = (k == NodeKind::kName && tree().data(name) == 0) ||
                       (k == NodeKind::kCapture && (tree().data(name) & 2) == 0) ||
                       k == NodeKind::kTypeSpec;
    const NameId id = names ? token(name).name : NameId();
    if (!id.valid()) continue;
    const EntityId local = LookUpLocal(id);
    if (local.valid() && IsVariable(local)) {
      if (by_default && k != NodeKind::kTypeSpec) CaptureName(type, name, id, by_reference, false);
    } else if (local.valid() || sees_this) {
      CaptureName(type, name, id, by_reference, false);
    } else {
      BorrowMember(type, id);
    }
  }
  AddTemplateMembers(type);
  types().Struct(type).first_capture = first_capture;
  info(n).type = type;
  info(n).category = Category::kRvalue;
  DeclareMemberFunction(function);
  const OpenStruct open = open_structs_.back();
  open_structs_.pop_back();
  const std::span<const StructMember> members = fields_.span().subspan(open.first_field);
  if (!types().CompleteStruct(type, members, 0)) Error(Kind::kTypeTooLarge, n, "the lambda");
  fields_.truncate(open.first_field);
  return PushMemberSignatures(type) ? Visit::kAgain : Visit::kNext;
}

// A type or constant of the object's struct.
WS_HD void Walker::BorrowMember(TypeId closure, NameId name) {
  for (TypeId t = current().self.Unqualified(); t != TypeId(); t = s_->Scope(t).outer) {
    EntityId e = FindMember(t, name);
    if (!e.valid()) e = FindBorrowed(t, name);
    if (!e.valid()) continue;
    const EntityKind k = s_->entities_[e.index].kind;
    if (k == EntityKind::kTypeAlias || k == EntityKind::kConstant || k == EntityKind::kGlobal) {
      borrowed_.push_back({closure, name, e});
    }
    return;
  }
}

}  // namespace ws::front
