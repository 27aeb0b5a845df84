// Where values lie: variables, their parts, elements of buffers; loads and stores.
#include <algorithm>

#include "nest/lifter.h"

namespace ws::nest {

using front::BinaryOp;
using front::NodeId;
using front::NodeKind;
using front::TypeId;
using front::TypeKind;
using front::UnaryOp;

uint32_t ComponentIndex(std::string_view member) {
  constexpr std::string_view kNames = "xyzw";
  if (member.size() != 1) return 0xffffffffu;
  const size_t at = kNames.find(member[0]);
  return at == std::string_view::npos ? 0xffffffffu : static_cast<uint32_t>(at);
}

Place Lifter::EvalPlace(NodeId n) {
  RefuseStruct(n);
  const std::vector<NodeId> children = Children(n);
  switch (tree_.kind(n)) {
    case NodeKind::kParen:
      return EvalPlace(children[0]);
    case NodeKind::kName: {
      const front::NodeInfo& info = Info(n);
      if (!info.entity.valid()) Refuse("this name", n);
      const front::Entity& entity = sema_.entity(info.entity);
      if (entity.kind == front::EntityKind::kShared) {
        Refuse("cooperative code through shared memory", n);
      }
      if (entity.kind == front::EntityKind::kGlobal) {
        Refuse("a variable at file scope", n);
      }
      const auto it = s_.env.find(info.entity.index);
      if (it != s_.env.end() && it->second.kind == Value::kPlace &&
          sema_.types().Kind(entity.type) == TypeKind::kReference) {
        return it->second.place;
      }
      Place place;
      place.entity = info.entity.index;
      place.type = sema_.types().StripReference(entity.type);
      return place;
    }
    case NodeKind::kMember: {
      if (tree_.data(n) == 1) {
        const Value pointer = Eval(children[0]);
        const TypeId pointee = sema_.types().Element(TypeOf(children[0]));
        Place place = PlaceOfPointer(pointer, pointee, LocOf(n));
        const uint32_t c = ComponentIndex(TokenText(n));
        if (c >= Components(pointee)) Refuse("this member", n);
        place.offset = p_.Binary(ExprOp::kAdd, place.offset, p_.Int(c));
        place.type = ComponentType(pointee);
        return place;
      }
      Place place = EvalPlace(children[0]);
      const TypeId type = place.type;
      const uint32_t c = ComponentIndex(TokenText(n));
      if (c >= Components(type)) Refuse("this member", n);
      if (place.is_element) {
        place.offset = p_.Binary(ExprOp::kAdd, place.offset, p_.Int(c));
      } else {
        place.path.push_back(c);
      }
      place.type = ComponentType(type);
      return place;
    }
    case NodeKind::kIndex: {
      const TypeId base_type = sema_.types().StripReference(TypeOf(children[0]));
      const ExprId index = EvalScalar(children[1]);
      if (sema_.types().Kind(base_type) == TypeKind::kArray) {
        Place place = EvalPlace(children[0]);
        const TypeId element = sema_.types().Element(place.type);
        if (place.is_element) {
          const uint32_t scale = ElementsOf(place.buffer, element, LocOf(n));
          place.offset =
              p_.Binary(ExprOp::kAdd, place.offset, p_.Binary(ExprOp::kMul, index, p_.Int(scale)));
        } else {
          int64_t at = 0;
          if (!p_.IsInt(Simplify(p_, index), &at)) {
            Refuse("a local array indexed by a value that is not constant", n);
          }
          place.path.push_back(static_cast<uint32_t>(at));
        }
        place.type = element;
        return place;
      }
      const Value pointer = Eval(children[0]);
      const TypeId pointee = sema_.types().Element(base_type);
      if (pointer.kind == Value::kPlace) {
        int64_t at = 0;
        Place place = pointer.place;
        if (place.is_element || place.path.empty() || !p_.IsInt(Simplify(p_, index), &at)) {
          Refuse("indexing a pointer to a local variable", n);
        }
        place.path.back() += static_cast<uint32_t>(at);
        return place;
      }
      return PlaceOfPointer(Advance(pointer, pointee, index, LocOf(n)), pointee, LocOf(n));
    }
    case NodeKind::kUnary: {
      const auto op = static_cast<UnaryOp>(tree_.data(n));
      if (op == UnaryOp::kDeref) {
        return PlaceOfPointer(Eval(children[0]), sema_.types().Element(TypeOf(children[0])),
                              LocOf(n));
      }
      if (op == UnaryOp::kPreInc || op == UnaryOp::kPreDec) {
        Increment(n);
        return EvalPlace(children[0]);
      }
      break;
    }
    case NodeKind::kAssign:
      EvalAssign(n);
      return EvalPlace(children[0]);
    case NodeKind::kCast: {  // reinterpret_cast<float4&>(x)
      Place place = EvalPlace(children.back());
      place.type = sema_.types().StripReference(TypeOf(n));
      return place;
    }
    default:
      break;
  }
  Refuse("writing through an expression of this kind", n);
}

Place Lifter::PlaceOfPointer(const Value& pointer, TypeId pointee, diag::Loc loc) {
  if (pointer.kind == Value::kUnknown) Refuse(pointer.why, loc);
  if (pointer.kind == Value::kPlace) return pointer.place;
  if (pointer.kind != Value::kPointer || !pointer.buffer.valid()) {
    Refuse("a pointer that is not known to point to an array", loc);
  }
  Place place;
  place.is_element = true;
  place.buffer = pointer.buffer;
  place.offset = pointer.offset;
  place.type = pointee;
  ElementsOf(pointer.buffer, pointee, loc);
  return place;
}

Value Lifter::PointerTo(const Place& place) {
  Value v;
  if (place.is_element) {
    v.kind = Value::kPointer;
    v.buffer = place.buffer;
    v.offset = place.offset;
  } else {
    v.kind = Value::kPlace;
    v.place = place;
  }
  return v;
}

// Buffer elements in an object that is accessed through the buffer; the first typed access to an
// untyped (void*) buffer gives it its type.
uint32_t Lifter::ElementsOf(BufferId id, TypeId object, diag::Loc loc) {
  Buffer& buffer = p_.buffers[id.index];
  TypeId element = object;
  while (Components(element) > 1 || sema_.types().Kind(element) == TypeKind::kArray) {
    element = ComponentType(element);
  }
  const ir::Type type = IrType(element);
  // Also where a pointer was converted to an integer and is no pointer any more.
  if (sema_.types().Bytes(element) == 0) Refuse("arithmetic on an address", loc);
  const uint32_t count =
      static_cast<uint32_t>(sema_.types().Bytes(object) / sema_.types().Bytes(element));
  if (buffer.type == ir::Type::kNone) buffer.type = type;
  if (buffer.type == type) return count;
  // Wide integers that only carry elements about (uint4, float4 over half) hold several of them.
  Refuse("the array " + buffer.name + " accessed as another type than its own", loc);
}

Value Lifter::Advance(const Value& pointer, TypeId pointee, ExprId count, diag::Loc loc) {
  if (pointer.kind == Value::kUnknown) Refuse(pointer.why, loc);
  if (pointer.kind != Value::kPointer || !pointer.buffer.valid()) {
    Refuse("arithmetic on a pointer that is not known to point to an array", loc);
  }
  if (sema_.types().Kind(pointee) == TypeKind::kVoid) Refuse("arithmetic on void*", loc);
  Value v = pointer;
  const uint32_t scale = ElementsOf(pointer.buffer, pointee, loc);
  const ExprId step = p_.Binary(ExprOp::kMul, count, p_.Int(scale));
  v.offset = Simplify(p_, p_.Binary(ExprOp::kAdd, pointer.offset, step));
  return v;
}

Value* Lifter::Find(const Place& place, diag::Loc loc) {
  Value* value = &s_.env[place.entity];
  for (const uint32_t part : place.path) {
    if (value->kind == Value::kUnknown) Refuse(value->why, loc);
    if (value->kind != Value::kTuple || part >= value->parts.size()) {
      Refuse("an element outside " + NameOf(place.entity), loc);
    }
    value = &value->parts[part];
  }
  return value;
}

Value Lifter::Load(const Place& place, diag::Loc loc) {
  if (!place.is_element) {
    const Value* value = Find(place, loc);
    if (value->kind == Value::kUnknown) Refuse(value->why, loc);
    if (sema_.types().Kind(place.type) == TypeKind::kArray) {  // decays
      Value v;
      v.kind = Value::kPlace;
      v.place = place;
      v.place.path.push_back(0);
      v.place.type = sema_.types().Element(place.type);
      return v;
    }
    return *value;
  }
  if (on_host_) Refuse("reading device memory in host code", loc);
  const uint32_t count = ElementsOf(place.buffer, place.type, loc);
  const auto load = [&](uint32_t k) {
    const ExprId index = Simplify(p_, p_.Binary(ExprOp::kAdd, place.offset, p_.Int(k)));
    return Value::Scalar(p_.Add({.kind = ExprKind::kLoad,
                                 .type = p_.buffers[place.buffer.index].type,
                                 .index = place.buffer.index,
                                 .bits = s_.versions[place.buffer.index],
                                 .args = {index},
                                 .loc = loc}));
  };
  if (Components(place.type) == 1) return load(0);
  std::vector<Value> parts;
  for (uint32_t k = 0; k < count; ++k) parts.push_back(load(k));
  return Value::Tuple(std::move(parts));
}

// Shared parts of an expression are written out where they are used: what doubles in every step
// would never end.
void Lifter::CheckLength(ExprId e, diag::Loc loc) {
  constexpr uint32_t kLongest = 1u << 14;
  for (uint32_t i = static_cast<uint32_t>(lengths_.size()); i < p_.exprs.size(); ++i) {
    uint32_t length = 1;
    for (const ExprId a : p_.exprs[i].args) {
      length = std::min(length + (a.index < i ? lengths_[a.index] : kLongest), kLongest);
    }
    lengths_.push_back(length);
  }
  if (e.valid() && lengths_[e.index] >= kLongest) Refuse("a value that is too long", loc);
}

void Lifter::Store(const Place& place, const Value& value, diag::Loc loc) {
  if (value.kind == Value::kNone) Refuse("storing a value that may not have been set", loc);
  if (value.kind == Value::kScalar) CheckLength(value.scalar, loc);
  if (!place.is_element) {
    Value v = value;
    if (v.kind == Value::kScalar && ir::IsInteger(p_.expr(v.scalar).type)) {
      v.scalar = Simplify(p_, v.scalar);
      Hint(v.scalar, NameOf(place.entity));
    }
    *Find(place, loc) = std::move(v);
    return;
  }
  if (on_host_) Refuse("writing device memory in host code", loc);
  ElementsOf(place.buffer, place.type, loc);
  std::vector<Value> parts = {value};
  if (value.kind == Value::kTuple) parts = value.parts;
  const uint64_t version = ++next_version_;
  std::vector<Item> items;
  for (uint32_t k = 0; k < parts.size(); ++k) {
    if (parts[k].kind != Value::kScalar) Refuse("storing a value that is no number", loc);
    Item item;
    item.out = place.buffer;
    item.index = Simplify(p_, p_.Binary(ExprOp::kAdd, place.offset, p_.Int(k)));
    item.value = parts[k].scalar;
    item.type = p_.buffers[place.buffer.index].type;
    item.loc = loc;
    items.push_back(std::move(item));
  }
  for (Item& item : items) Emit(std::move(item));
  s_.versions[place.buffer.index] = version;
}

}  // namespace ws::nest
