// device-clean
// Copies of objects part by part: what has a function of its own that copies is copied by it.
#include "front/copies.h"
#include "front/lowerer.h"

namespace ws::front {
namespace {

constexpr uint32_t kMaxConstructed = 1024;  // objects copied by one expression

struct ObjectPart {
  TypeId type;
  uint64_t offset;
};

}  // namespace

// `fresh`: the target holds nothing yet.
WS_HD void Lowerer::CopyVector(const Value& to, const Value& from, TypeId type, bool fresh) {
  const TypeId word(TypeKind::kULong);
  constexpr int64_t kWord = 8;
  for (int64_t i = 0; fresh && i < 3; ++i) StoreScalar(Displace(to, i * kWord), word, Imm(0));
  const Operand count = VectorWord(from, kWord, word);
  CallVector("ws_vector_assign", {Address(to), count, Imm(types().Bytes(types().Element(type))),
                                  VectorWord(from, 0, word)});
  OwnElements(to, type, Imm(0), count);
}

// The target gets the elements. `fresh`: it holds nothing yet, and the source is empty then;
// otherwise the source gets the target's.
WS_HD void Lowerer::MoveVector(const Value& to, const Value& from, bool fresh) {
  const TypeId word(TypeKind::kULong);
  for (int64_t i = 0; i < 3; ++i) {
    const Value target = Displace(to, i * 8), source = Displace(from, i * 8);
    const Operand kept = fresh ? Imm(0) : LoadScalar(target, word);
    StoreScalar(target, word, LoadScalar(source, word));
    StoreScalar(source, word, kept);
  }
}

WS_HD void Lowerer::CopyConstruct(const Value& to, const Value& from, TypeId type, NodeId n,
                                  bool moves) {
  Vec<ObjectPart> work(arena_);
  work.push_back({type.Unqualified(), 0});
  uint32_t count = 0;
  while (!work.empty() && !arena_.failed()) {
    const ObjectPart part = work.back();
    work.pop_back();
    const Value target = Displace(to, static_cast<int64_t>(part.offset));
    const Value source = Displace(from, static_cast<int64_t>(part.offset));
    const TypeId inner = types().InnerElement(part.type);
    const bool called = kind(inner) == TypeKind::kStruct && types().Struct(inner).needs_copy;
    const bool in_parts = called || kind(inner) == TypeKind::kStdVector;
    if (kind(part.type) == TypeKind::kArray && in_parts) {
      const TypeInfo array = types().Info(part.type);
      count += static_cast<uint32_t>(array.count < kMaxConstructed ? array.count : kMaxConstructed);
      if (count >= kMaxConstructed) {
        Error(Kind::kStructLimit, n, "the copy", kMaxConstructed, "objects with constructors");
        return;
      }
      const uint64_t bytes = types().Bytes(array.element);
      for (uint64_t i = array.count; i > 0; --i) {
        work.push_back({array.element.Unqualified(), part.offset + (i - 1) * bytes});
      }
    } else if (kind(part.type) == TypeKind::kStdVector) {
      if (moves) {
        MoveVector(target, source, true);
      } else {
        CopyVector(target, source, part.type, true);
      }
    } else if (!called) {
      CopyObject(target, source, part.type);
    } else if (types().Struct(inner).has_copy) {
      const InstanceId id =
          sema_.CopyConstructor(inner, on_host() ? Target::kHost : Target::kDevice, moves);
      const Operand address = Address(source);
      if (id.valid()) Call(n, id, Address(target), std::span<const Operand>(&address, 1), 1);
    } else {
      const std::span<const StructMember> members = types().Members(inner);
      for (size_t i = members.size(); i > 0; --i) {
        work.push_back({members[i - 1].type, part.offset + members[i - 1].offset});
      }
    }
  }
}

// to = from, with the operators of its members; `to` holds an object already, and stays of the
// class that it was made as.
WS_HD void Lowerer::AssignObject(const Value& to, const Value& from, TypeId type, NodeId n,
                                 bool moves) {
  const StructInfo& whole = types().Struct(type);
  if (!whole.is_polymorphic) return AssignParts(to, from, type, n, moves);
  const TypeId word(TypeKind::kULong);
  const Value class_id = Displace(to, static_cast<int64_t>(whole.class_id_offset));
  const Operand was = LoadScalar(class_id, word);
  AssignParts(to, from, type, n, moves);
  StoreScalar(class_id, word, was);
}

WS_HD void Lowerer::AssignParts(const Value& to, const Value& from, TypeId type, NodeId n,
                                bool moves) {
  if (!AssignsParts(sema_, type, on_host() ? Target::kHost : Target::kDevice)) {
    return CopyObject(to, from, type);
  }
  Vec<ObjectPart> work(arena_);
  work.push_back({type.Unqualified(), 0});
  uint32_t count = 0;
  while (!work.empty() && !arena_.failed()) {
    const ObjectPart part = work.back();
    work.pop_back();
    const Value target = Displace(to, static_cast<int64_t>(part.offset));
    const Value source = Displace(from, static_cast<int64_t>(part.offset));
    const TypeId inner = types().InnerElement(part.type);
    const Target side = on_host() ? Target::kHost : Target::kDevice;
    if (kind(part.type) == TypeKind::kStdVector) {
      if (moves) {
        MoveVector(target, source, false);
      } else {
        CopyVector(target, source, part.type, false);
      }
    } else if (kind(part.type) == TypeKind::kArray &&
               (kind(inner) == TypeKind::kStruct || kind(inner) == TypeKind::kStdVector)) {
      const TypeInfo array = types().Info(part.type);
      count += static_cast<uint32_t>(array.count < kMaxConstructed ? array.count : kMaxConstructed);
      if (count >= kMaxConstructed) {
        Error(Kind::kStructLimit, n, "the assignment", kMaxConstructed, "objects");
        return;
      }
      const uint64_t bytes = types().Bytes(array.element);
      for (uint64_t i = array.count; i > 0; --i) {
        work.push_back({array.element.Unqualified(), part.offset + (i - 1) * bytes});
      }
    } else if (kind(part.type) != TypeKind::kStruct || types().Struct(part.type).is_union) {
      CopyObject(target, source, part.type);
    } else if (const InstanceId id = CopyAssignment(sema_, part.type, side, moves); id.valid()) {
      const TypeId param = sema_.Params(sema_.instance(id))[0].type;
      Operand address = Address(source);
      if (kind(param) == TypeKind::kStruct) {  // by value
        const Value copy = NewVariable(part.type, true, n);
        CopyConstruct(copy, source, part.type, n);
        address = Address(copy);
      }
      Call(n, id, Address(target), std::span<const Operand>(&address, 1), 1);
    } else {
      const std::span<const StructMember> members = types().Members(part.type);
      for (size_t i = members.size(); i > 0; --i) {
        const StructMember& member = members[i - 1];
        if (!member.is_class_id) work.push_back({member.type, part.offset + member.offset});
      }
    }
  }
}

}  // namespace ws::front
