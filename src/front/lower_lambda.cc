// device-clean
// The object that a lambda is: what it captures.
#include "front/lower.h"
#include "front/lowerer.h"

namespace ws::front {

WS_HD void Lowerer::VisitLambda(NodeId n) {
  const TypeId type = info(n).type;
  const Value made = NewVariable(type, true, n);
  value(n) = made;
  const std::span<const StructMember> members = types().Members(type);
  if (members.empty()) {
    FillZero(made, types().Bytes(type), 1, loc_);
    return;
  }
  for (uint32_t i = 0; i < members.size(); ++i) {
    const StructMember member = members[i];
    const Capture capture = sema_.CaptureOf(type, i);
    const Value place = Displace(made, static_cast<int64_t>(member.offset));
    if (capture.value.valid() && !member.by_reference) {
      Store(place, member.type, capture.value);
      continue;
    }
    Value from;
    if (capture.value.valid()) {
      from = value(capture.value);
    } else if (capture.entity.valid()) {
      from = slots_[capture.entity.index].value;
    } else {
      from = FieldOf(ThisObject(), types().NamedMembers(current().self)[capture.field]);
    }
    if (member.by_reference) {
      StoreScalar(place, member.type, Address(from));
      continue;
    }
    const TypeKind k = kind(member.type);
    if (k == TypeKind::kStruct || k == TypeKind::kArray) {
      CopyConstruct(place, from, member.type, n);
    } else if (types().IsAggregate(member.type)) {
      Operand parts[4];
      LoadParts(from, member.type, parts, ir::Cache::kNone);
      StoreParts(place, member.type, parts, ir::Cache::kNone);
    } else {
      StoreScalar(place, member.type, LoadScalar(from, member.type));
    }
  }
}

// What a member that is a reference stands for.
WS_HD void Lowerer::StoreReference(const Value& place, TypeId type, NodeId from) {
  Vec<Operand> address(arena_);
  AppendArgument(from, type, address);
  if (!address.empty()) StoreScalar(place, type, address[0]);
}

// A member of an object in memory; what it refers to, if it is a reference.
WS_HD Value Lowerer::FieldOf(const Value& object, const StructMember& member) {
  const Value place = Displace(object, static_cast<int64_t>(member.offset));
  if (!member.by_reference) return place;
  Value target;
  target.kind = Value::Kind::kMemory;
  target.operand = LoadScalar(place, member.type);
  return target;
}

}  // namespace ws::front
