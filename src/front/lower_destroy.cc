// device-clean
// The ends of objects' lives: destructors run where a scope is left, last object first.
#include "front/lower.h"
#include "front/lowerer.h"

namespace ws::front {

// The object's own destructor, then those of its members and elements, last first.
WS_HD void Lowerer::Destroy(const Value& object, TypeId type, NodeId n) {
  struct Part {
    TypeId type;
    uint64_t offset;
  };
  constexpr uint32_t kMost = 4096;
  Vec<Part> work(arena_);
  work.push_back({type, 0});
  uint32_t count = 0;
  while (!work.empty() && !arena_.failed()) {
    const Part part = work.back();
    work.pop_back();
    if (kind(part.type) == TypeKind::kStdVector) {
      EmptyVector(Displace(object, static_cast<int64_t>(part.offset)), part.type);
      continue;
    }
    if (!types().NeedsDestroy(part.type)) continue;
    if (kind(part.type) == TypeKind::kArray) {
      const TypeInfo array = types().Info(part.type);
      const uint64_t bytes = types().Bytes(array.element);
      count += static_cast<uint32_t>(array.count < kMost ? array.count : kMost);
      if (count >= kMost) {
        Error(Kind::kStructLimit, n, "the declaration", kMost, "objects with destructors");
        return;
      }
      for (uint64_t i = 0; i < array.count; ++i) {
        work.push_back({array.element, part.offset + i * bytes});
      }
      continue;
    }
    const InstanceId id =
        sema_.DestructorOf(part.type, on_host() ? Target::kHost : Target::kDevice);
    if (id.valid()) {
      CallFunction(n, id, Address(Displace(object, static_cast<int64_t>(part.offset))), {});
    }
    for (const StructMember& member : types().Members(part.type)) {
      if (!member.by_reference) work.push_back({member.type, part.offset + member.offset});
    }
  }
}

// The vectors in a new object are empty before anything is made of them.
WS_HD void Lowerer::EmptyVectors(const Value& object, TypeId type) {
  struct Part {
    TypeId type;
    uint64_t offset;
  };
  Vec<Part> work(arena_);
  work.push_back({type, 0});
  while (!work.empty() && !arena_.failed()) {
    const Part part = work.back();
    work.pop_back();
    if (kind(part.type) == TypeKind::kStdVector) {
      for (uint64_t word = 0; word < 3; ++word) {
        const Value place = Displace(object, static_cast<int64_t>(part.offset + word * 8));
        StoreScalar(place, TypeId(TypeKind::kULong), Imm(0));
      }
    } else if (!types().NeedsDestroy(part.type)) {
      continue;
    } else if (kind(part.type) == TypeKind::kArray) {
      const TypeInfo array = types().Info(part.type);
      const uint64_t bytes = types().Bytes(array.element);
      for (uint64_t i = 0; i < array.count; ++i) {
        work.push_back({array.element, part.offset + i * bytes});
      }
    } else {
      for (const StructMember& member : types().Members(part.type)) {
        if (!member.by_reference) work.push_back({member.type, part.offset + member.offset});
      }
    }
  }
}

// Destroys the live objects from row `first` on, but for what a return hands on; they stay listed.
WS_HD void Lowerer::DestroyFrom(uint32_t first, NodeId n, EntityId kept) {
  for (uint32_t i = objects_.size(); i > first; --i) {
    const LiveObject object = objects_[i - 1];
    switch (object.what) {
      case LiveObject::kMember:
        if (!unwinding_) break;
        [[fallthrough]];
      case LiveObject::kLocal:
        if (!kept.valid() || object.entity != kept) Destroy(object.place, object.type, n);
        break;
      case LiveObject::kOpenTry:
        CloseTry(object.place);
        break;
      case LiveObject::kHandler:
        EndHandler(object.place, n);
        break;
    }
  }
}

// Whether objects that live were declared in it.
WS_HD bool Lowerer::HoldsObjects(NodeId n) const {
  return !objects_.empty() && objects_.back().declarator.index >= tree().first(n).index;
}

// Behind a block or a control statement: what was declared in it ends.
WS_HD void Lowerer::EndScope(NodeId n) {
  uint32_t first = objects_.size();
  while (first > 0 && objects_[first - 1].declarator.index >= tree().first(n).index) --first;
  if (first == objects_.size()) return;
  DestroyFrom(first, n);
  objects_.truncate(first);
}

// Whether it names a variable of the function that is a struct of the result's type.
WS_HD bool Lowerer::IsLocalObject(NodeId from) const {
  if (tree().kind(from) != NodeKind::kName || !info(from).entity.valid()) return false;
  const Entity& entity = sema_.entity(info(from).entity);
  return entity.kind == EntityKind::kLocal && entity.owner == instance_ &&
         kind(entity.type) == TypeKind::kStruct &&
         entity.type.Unqualified() == current().result.Unqualified();
}

// The local object that `return from` makes the result; it is not copied and lives on.
WS_HD EntityId Lowerer::ReturnedObject(NodeId from) const {
  if (tree().kind(from) != NodeKind::kName || !info(from).entity.valid()) return {};
  return types().NeedsDestroy(info(from).type) ? info(from).entity : EntityId();
}

}  // namespace ws::front
