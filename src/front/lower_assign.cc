// device-clean
// Assignment of objects, part by part where parts have an operator= of their own.
#include "front/lower.h"
#include "front/lowerer.h"

namespace ws::front {

// An assignment is no construction: the object stays of the class that it was made as.
WS_HD void Lowerer::AssignObject(const Value& to, const Value& from, TypeId type, NodeId n) {
  struct Part {
    TypeId type;
    uint64_t offset;
  };
  constexpr uint32_t kMost = 1024;
  const StructInfo& whole = types().Struct(type);
  const TypeId word(TypeKind::kULong);
  Value class_id;
  Operand was;
  if (whole.is_polymorphic) {
    class_id = Displace(to, static_cast<int64_t>(whole.class_id_offset));
    was = LoadScalar(class_id, word);
  }
  Vec<Part> work(arena_);
  work.push_back({type.Unqualified(), 0});
  uint32_t count = 0;
  while (!work.empty() && !arena_.failed()) {
    const Part part = work.back();
    work.pop_back();
    const Value target = Displace(to, static_cast<int64_t>(part.offset));
    const Value source = Displace(from, static_cast<int64_t>(part.offset));
    const TypeId inner = types().InnerElement(part.type).Unqualified();
    const bool called = kind(inner) == TypeKind::kStruct && types().Struct(inner).needs_assign &&
                        !types().Struct(inner).is_union;
    if (!called) {
      CopyObject(target, source, part.type);
    } else if (kind(part.type) == TypeKind::kArray) {
      const TypeInfo array = types().Info(part.type);
      count += static_cast<uint32_t>(array.count < kMost ? array.count : kMost);
      if (count >= kMost) {
        Error(Kind::kStructLimit, n, "the assignment", kMost, "objects with an operator=");
        return;
      }
      const uint64_t bytes = types().Bytes(array.element);
      for (uint64_t i = array.count; i > 0; --i) {
        work.push_back({array.element.Unqualified(), part.offset + (i - 1) * bytes});
      }
    } else if (types().Struct(inner).has_assign) {
      const InstanceId id =
          sema_.CopyAssignment(inner, on_host() ? Target::kHost : Target::kDevice);
      const Operand address = Address(source);
      if (id.valid()) Call(n, id, Address(target), std::span<const Operand>(&address, 1), 1);
    } else {
      const std::span<const StructMember> members = types().Members(inner);
      for (size_t i = members.size(); i > 0; --i) {
        work.push_back({members[i - 1].type, part.offset + members[i - 1].offset});
      }
    }
  }
  if (whole.is_polymorphic) StoreScalar(class_id, word, was);
}

}  // namespace ws::front
