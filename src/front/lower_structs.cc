// device-clean
// Structs: always objects in memory, which pass::PromoteFrame takes apart into registers. They are
// copied scalar by scalar, so that padding is never read.
#include "front/copies.h"
#include "front/init_list.h"
#include "front/lower.h"
#include "front/lowerer.h"

namespace ws::front {
namespace {

constexpr uint32_t kMaxCopied = 256;        // scalars; more are copied in a loop
constexpr uint32_t kMaxConstructed = 1024;  // objects made by one declaration

struct Part {
  TypeId type;
  uint64_t offset;
  bool class_id = false;  // of this class, behind its base
  // Instead: this member of the object there, which a function gives.
  const StructMember* given = nullptr;
};

// What an object is made of.
struct Scalars {
  uint64_t least = 16;  // bytes of the smallest
  uint64_t bytes = 0;   // of all together, but for those in unions, of which some are there alone
};
WS_HD Scalars SurveyScalars(const TypeTable& types, Arena& arena, TypeId type) {
  struct Inside {
    TypeId type;
    bool in_union;
  };
  Scalars found;
  Vec<Inside> work(arena);
  work.push_back({type, false});
  while (!work.empty() && !arena.failed()) {
    const Inside outer = work.back();
    work.pop_back();
    const TypeId t = types.InnerElement(outer.type);
    if (types.Kind(t) == TypeKind::kStruct) {
      // Structs in an array are looked at once, so that an array counts as one with padding.
      const bool in_union = outer.in_union || types.Struct(t).is_union;
      for (const StructMember& member : types.Members(t)) work.push_back({member.type, in_union});
      continue;
    }
    const uint64_t scalar = types.Bytes(types.ComponentType(t));
    if (scalar != 0 && scalar < found.least) found.least = scalar;
    if (!outer.in_union && types.Bytes(t) != 0) found.bytes += types.Bytes(outer.type);
  }
  return found;
}

WS_HD TypeId UnsignedOf(uint64_t bytes) {
  return TypeId(bytes >= 8   ? TypeKind::kULong
                : bytes == 4 ? TypeKind::kUInt
                : bytes == 2 ? TypeKind::kUShort
                             : TypeKind::kUChar);
}

// The scalars of an object, ascending; of a union, whichever of its members is there, its bytes in
// units of the smallest. False if there are more than `most`.
WS_HD bool ListScalars(const TypeTable& types, Arena& arena, TypeId type, uint32_t most,
                       Vec<Part>& out) {
  Vec<Part> work(arena);
  work.push_back({type, 0});
  while (!work.empty()) {
    const Part part = work.back();
    work.pop_back();
    const TypeKind k = types.Kind(part.type);
    if (k == TypeKind::kStruct && types.Struct(part.type).is_union) {
      const TypeId unit = UnsignedOf(SurveyScalars(types, arena, part.type).least);
      const uint64_t count = types.Bytes(part.type) / types.Bytes(unit);
      if (count > most) return false;
      for (uint64_t i = 0; i < count; ++i)
        out.push_back({unit, part.offset + i * types.Bytes(unit)});
    } else if (k == TypeKind::kStdVector) {
      constexpr uint64_t kWord = 8;
      for (uint64_t i = 0; i < 3; ++i) {
        out.push_back({TypeId(TypeKind::kULong), part.offset + i * kWord});
      }
    } else if (k == TypeKind::kStruct) {
      const std::span<const StructMember> members = types.Members(part.type);
      for (size_t i = members.size(); i > 0; --i) {
        work.push_back({members[i - 1].type, part.offset + members[i - 1].offset});
      }
    } else if (k == TypeKind::kArray || types.IsAggregate(part.type)) {
      const TypeInfo made = types.Info(part.type);
      if (made.count > most) return false;
      const uint64_t bytes = types.Bytes(made.element);
      for (uint64_t i = made.count; i > 0; --i) {
        work.push_back({made.element, part.offset + (i - 1) * bytes});
      }
    } else {
      out.push_back(part);
    }
    if (out.size() > most || work.size() > 2 * most) return false;
  }
  return true;
}

}  // namespace

// Copies an object, several scalars at once as far as its alignment allows.
WS_HD void Lowerer::CopyObject(const Value& to, const Value& from, TypeId type) {
  if (to.kind != Value::Kind::kMemory || from.kind != Value::Kind::kMemory) return;
  const bool param = from.space == ir::Space::kParam;
  Vec<Part> parts(arena_);
  if (!ListScalars(types(), arena_, type, param ? kMaxParamBytes : kMaxCopied, parts)) {
    CopyBytes(to, from, types().Bytes(type), CopyUnit(type));
    return;
  }
  const uint64_t align = types().Align(type);
  for (uint32_t i = 0; i < parts.size();) {
    const TypeId scalar = parts[i].type;
    const Type memory = MemoryType(scalar);
    const uint64_t bytes = types().Bytes(scalar);
    uint32_t count = 4;
    for (; count > 1; count /= 2) {
      const uint64_t all = count * bytes;
      bool fits = !param && all <= 16 && align >= all && parts[i].offset % all == 0 &&
                  i + count <= parts.size();
      for (uint32_t k = 1; fits && k < count; ++k) {
        fits = MemoryType(parts[i + k].type) == memory &&
               parts[i + k].offset == parts[i].offset + k * bytes;
      }
      if (fits) break;
    }
    Operand values[5];
    const Type reg = kind(scalar) == TypeKind::kBool ? Type::kU32 : RegType(scalar);
    for (uint32_t k = 0; k < count; ++k) values[k + 1] = Operand::Reg(NewReg(reg));
    const Value source = Displace(from, static_cast<int64_t>(parts[i].offset));
    ir::Inst inst;
    inst.op = Op::kLd;
    inst.type = memory;
    inst.space = source.space;
    inst.offset = source.offset;
    inst.vec = static_cast<uint8_t>(count);
    Emit(inst, std::span<const Operand>(values + 1, count),
         std::span<const Operand>(&source.operand, 1));
    const Value target = Displace(to, static_cast<int64_t>(parts[i].offset));
    values[0] = target.operand;
    inst.op = Op::kSt;
    inst.space = target.space;
    inst.offset = target.offset;
    Emit(inst, std::span<const Operand>(), std::span<const Operand>(values, count + 1));
    i += count;
  }
}

// The largest unit of which each holds values alone or padding alone: a word that is half padding
// would be half undefined.
WS_HD uint32_t Lowerer::CopyUnit(TypeId type) const {
  const Scalars found = SurveyScalars(types(), arena_, type);
  const uint32_t align = types().Align(type);
  if (found.bytes == types().Bytes(type)) return align;
  return found.least < align ? static_cast<uint32_t>(found.least) : align;
}

// Copies bytes in a loop, in units of the alignment.
WS_HD void Lowerer::CopyBytes(const Value& to, const Value& from, uint64_t bytes, uint32_t align) {
  const Type type = align >= 8   ? Type::kB64
                    : align == 4 ? Type::kB32
                    : align == 2 ? Type::kB16
                                 : Type::kU8;
  const uint64_t unit = ir::BytesOf(type);
  const Operand target = Address(to);
  const Operand source = Address(from);
  if (!live()) return;
  const Operand at = Operand::Reg(NewReg(Type::kU64, true));
  Copy(at.reg(), Type::kU64, Imm(0));
  const BlockId head = NewBlock();
  const BlockId end = NewBlock();
  used_[head.index] = 1;  // by the branch below
  Place(head);
  const Operand read = Compute(Op::kAdd, Type::kU64, {source, at}, Type::kU64);
  const Operand written = Compute(Op::kAdd, Type::kU64, {target, at}, Type::kU64);
  const Operand word = Operand::Reg(NewReg(ir::IsWide(type) ? Type::kB64 : Type::kB32));
  Emit(Op::kLd, type, {word}, {read});
  Emit(Op::kSt, type, {}, {written, word});
  const Operand next = Compute(Op::kAdd, Type::kU64, {at, Imm(unit)}, Type::kU64);
  Copy(at.reg(), Type::kU64, next);
  BranchIf(Binary(BinaryOp::kNe, TypeId(TypeKind::kULong), at, Imm(bytes)), head, end);
  Place(end);
}

WS_HD void Lowerer::StoreConstant(const Value& to, TypeId type, uint64_t bits) {
  Operand value = Imm(0);
  const TypeKind k = kind(type);
  if (k != TypeKind::kPointer && !IsHandleKind(k)) value = ConstantOperand(type, bits);
  if (k == TypeKind::kBool) value = Compute(Op::kMov, Type::kPred, {value}, Type::kPred);
  StoreScalar(to, type, value);
}

// An object declared without initialiser: default initialisers and constructors. Objects made by a
// constructor where one of `done` lies are left out, as is, if there is any, what functions give.
WS_HD void Lowerer::DefaultInit(const Value& to, TypeId type, NodeId n,
                                std::span<const ListItem> done) {
  Vec<Part> work(arena_);
  work.push_back({type, 0});
  uint32_t made = 0;
  while (!work.empty() && !arena_.failed()) {
    const Part part = work.back();
    work.pop_back();
    if (!types().NeedsInit(part.type)) continue;
    if (part.given != nullptr) {
      CallDefault(Displace(to, static_cast<int64_t>(part.offset)), *part.given, n);
      continue;
    }
    if (part.class_id) {
      StoreClassId(Displace(to, static_cast<int64_t>(part.offset)), part.type);
      continue;
    }
    if (kind(part.type) == TypeKind::kArray) {
      const TypeInfo array = types().Info(part.type);
      made += static_cast<uint32_t>(array.count < kMaxConstructed ? array.count : kMaxConstructed);
      if (made >= kMaxConstructed) {
        Error(Kind::kStructLimit, n, "the declaration", kMaxConstructed,
              "objects with constructors or default initialisers");
        return;
      }
      const uint64_t bytes = types().Bytes(array.element);
      for (uint64_t i = array.count; i > 0; --i) {
        work.push_back({array.element, part.offset + (i - 1) * bytes});
      }
      continue;
    }
    const Value place = Displace(to, static_cast<int64_t>(part.offset));
    if (kind(part.type) == TypeKind::kDim3) {
      const Operand ones[4] = {Imm(1), Imm(1), Imm(1), Imm(1)};
      StoreParts(place, part.type, ones, ir::Cache::kNone);
      continue;
    }
    if (types().Struct(part.type).has_constructor && !types().Struct(part.type).defaulted) {
      bool skip = false;
      for (const ListItem& item : done) skip |= item.offset == part.offset;
      const InstanceId id =
          sema_.DefaultConstructor(part.type, on_host() ? Target::kHost : Target::kDevice);
      if (skip || !id.valid()) continue;
      CallFunction(n, id, Address(place), {});
      continue;
    }
    const std::span<const StructMember> members = types().Members(part.type);
    const bool polymorphic = types().Struct(part.type).is_polymorphic;
    const bool has_base = types().Struct(part.type).base != TypeId();
    if (polymorphic && !has_base) work.push_back({part.type, part.offset, true});
    for (size_t i = members.size(); i > 0; --i) {
      const StructMember& member = members[i - 1];
      if (polymorphic && member.is_base) work.push_back({part.type, part.offset, true});
      if (member.made_by.valid()) {
        if (done.empty()) work.push_back({part.type, part.offset, false, &member});
        continue;
      }
      if (!member.init.valid()) {
        work.push_back({member.type, part.offset + member.offset});
        continue;
      }
      InitMember(Displace(place, static_cast<int64_t>(member.offset)), part.type, member);
    }
  }
}

// What a list leaves out and functions give, once the rest is there.
WS_HD void Lowerer::CallDefaults(const Value& to, TypeId type, NodeId n,
                                 std::span<const ListItem> done) {
  Vec<Part> work(arena_);
  work.push_back({type, 0});
  while (!work.empty() && !arena_.failed()) {
    const Part part = work.back();
    work.pop_back();
    const Value place = Displace(to, static_cast<int64_t>(part.offset));
    if (part.given != nullptr) {
      CallDefault(place, *part.given, n);
      continue;
    }
    if (kind(part.type) == TypeKind::kArray) {
      const TypeInfo array = types().Info(part.type);
      const uint64_t bytes = types().Bytes(array.element);
      for (uint64_t i = array.count; i > 0 && HasGivenMembers(array.element); --i) {
        work.push_back({array.element, part.offset + (i - 1) * bytes});
      }
      continue;
    }
    if (!HasGivenMembers(part.type)) continue;
    const std::span<const StructMember> members = types().Members(part.type);
    for (size_t i = members.size(); i > 0; --i) {
      const StructMember& member = members[i - 1];
      const uint64_t at = part.offset + member.offset;
      bool skip = false;
      for (const ListItem& item : done) {
        skip |= item.offset >= at && item.offset < at + types().Bytes(member.type);
      }
      if (!member.made_by.valid()) {
        work.push_back({member.type, at});
      } else if (!skip) {
        work.push_back({part.type, part.offset, false, &member});
      }
    }
  }
}

// Whether functions give members of such an object, or of its parts, that no constructor makes.
WS_HD bool Lowerer::HasGivenMembers(TypeId type) const {
  Vec<TypeId> work(arena_);
  work.push_back(types().InnerElement(type));
  while (!work.empty() && !arena_.failed()) {
    const TypeId part = work.back();
    work.pop_back();
    if (kind(part) != TypeKind::kStruct || !types().NeedsInit(part)) continue;
    const StructInfo& made = types().Struct(part);
    if (made.has_constructor && !made.defaulted) continue;
    for (const StructMember& member : types().Members(part)) {
      if (member.made_by.valid()) return true;
      work.push_back(types().InnerElement(member.type));
    }
  }
  return false;
}

// A member of the object by the function that stands for its default initialiser.
WS_HD void Lowerer::CallDefault(const Value& object, const StructMember& member, NodeId n) {
  const InstanceId id = sema_.DefaultOf(member, on_host() ? Target::kHost : Target::kDevice);
  if (!id.valid()) return;
  const Value place = Displace(object, static_cast<int64_t>(member.offset));
  const NodeId init = DefaultInitOf(sema_, id);
  Vec<ConstantPart> parts(arena_);
  if (init.valid() && ConstantParts(sema_, id, init, member.type, parts)) {
    return StoreConstants(place, member.type, parts.span());
  }
  const TypeId type = member.type.Unqualified();
  const uint32_t before = temporaries_.size();
  if (kind(type) == TypeKind::kStdVector || types().NeedsDestroy(type)) EmptyVectors(place, type);
  const Value made = Call(n, id, Address(object), {}, 0, false, &place);
  if (types().IsAggregate(type)) {
    Operand operands[4];
    LoadParts(made, type, operands, ir::Cache::kNone);
    StoreParts(place, type, operands, ir::Cache::kNone);
  } else if (!ByAddress(type)) {
    StoreScalar(place, type, made.operand);
  }
  EndTemporaries(before, n);
}

// A member by its default initialiser, which is constant.
WS_HD void Lowerer::InitMember(const Value& to, TypeId object, const StructMember& member) {
  Vec<ConstantPart> parts(arena_);
  if (!ConstantParts(sema_, sema_.Scope(object).owner, member.init, member.type, parts)) return;
  StoreConstants(to, member.type, parts.span());
}

WS_HD void Lowerer::StoreConstants(const Value& to, TypeId type,
                                   std::span<const ConstantPart> parts) {
  const TypeKind k = kind(type);
  if (k == TypeKind::kArray || k == TypeKind::kStruct || types().IsAggregate(type) ||
      IsPackedKind(k) || parts.empty()) {
    FillZero(to, types().Bytes(type), types().Align(type), loc_);
  }
  for (const ConstantPart& part : parts) {
    const Value place = Displace(to, static_cast<int64_t>(part.offset));
    if (!part.address.valid()) {
      StoreConstant(place, part.type, part.bits);
      continue;
    }
    if (part.address.function.valid()) {
      StoreScalar(place, part.type, FunctionAddress(part.address.function));
      continue;
    }
    const ir::GlobalId global = GlobalAt(part.address);
    Value target;
    target.kind = Value::Kind::kMemory;
    target.operand = Operand::Global(global);
    target.space = module_.globals[global.index].space;
    StoreScalar(place, part.type, Address(Displace(target, part.address.offset)));
  }
}

// The value of an expression in a new object.
WS_HD void Lowerer::StoreStruct(const Value& to, TypeId type, NodeId from) {
  const NodeInfo& source = info(from);
  if (source.conversion == 0) {
    if (source.category == Category::kLvalue) {
      CopyConstruct(to, value(from), type, from, source.moved);
    } else {
      TakeTemporary(value(from));
      CopyObject(to, value(from), type);
    }
    if (source.type.Unqualified() != type.Unqualified()) StoreClassId(to, type);
    return;
  }
  const InstanceId id(source.conversion);
  if (sema_.Params(sema_.instance(id)).empty()) {
    // A conversion function of the source.
    const Value made = CallFunction(from, id, Address(value(from)), {});
    TakeTemporary(made);
    CopyObject(to, made, type);
    return;
  }
  // A constructor converts.
  const TypeId param = sema_.Params(sema_.instance(id))[0].type;
  const TypeId object = types().StripReference(param).Unqualified();
  const bool by_reference = kind(param) == TypeKind::kReference;
  Operand parts[4];
  const uint32_t count = types().Components(object);
  if (kind(object) == TypeKind::kStruct || (by_reference && kind(object) == TypeKind::kStdVector)) {
    parts[0] = Address(value(from));
    Call(from, id, Address(to), std::span<const Operand>(parts, 1), 1);
    return;
  }
  if (types().IsAggregate(object)) {
    Parts(from, object, parts);
  } else {
    parts[0] = Scalar(from, object);
  }
  if (by_reference) {
    const Value temporary = NewVariable(object, true, from);
    if (types().IsAggregate(object)) {
      StoreParts(temporary, object, parts, ir::Cache::kNone);
    } else {
      StoreScalar(temporary, object, parts[0]);
    }
    parts[0] = Address(temporary);
  }
  Call(from, id, Address(to), std::span<const Operand>(parts, by_reference ? 1 : count), 1);
}

// Constructs an object by the constructor that sema chose for `n`.
WS_HD void Lowerer::ConstructAt(const Value& to, TypeId type, NodeId n,
                                std::span<const NodeId> args) {
  const InstanceId id = sema_.CalleeOf(info(n));
  if (!id.valid()) return;
  CallFunction(n, id, Address(to), args);
  // An inherited constructor makes a base; the rest is made by default.
  const TypeId made = sema_.instance(id).self.Unqualified();
  if (made == type.Unqualified()) return;
  StoreClassId(to, type);
  Vec<TypeId> rest(arena_);
  for (TypeId t = type.Unqualified(); t != made && t != TypeId(); t = types().Struct(t).base) {
    rest.push_back(t);
  }
  for (; !rest.empty(); rest.pop_back()) {
    const TypeId part = rest.back();
    const std::span<const StructMember> members = types().Members(part);
    for (size_t i = 1; i < members.size(); ++i) {
      const StructMember member = members[i];
      const Value place = Displace(to, static_cast<int64_t>(member.offset));
      if (member.made_by.valid()) {
        CallDefault(to, member, n);
      } else if (member.init.valid()) {
        InitMember(place, part, member);
      } else if (types().NeedsInit(member.type)) {
        DefaultInit(place, member.type, n, {});
      }
    }
  }
}

// The word by which an object with virtual functions tells its class.
WS_HD void Lowerer::StoreClassId(const Value& object, TypeId type) {
  const StructInfo& made = types().Struct(type);
  if (!made.is_polymorphic) return;
  const Value place = Displace(object, static_cast<int64_t>(made.class_id_offset));
  StoreScalar(place, TypeId(TypeKind::kULong), Imm(ClassId(type, on_host())));
}

WS_HD uint64_t Lowerer::ClassId(TypeId type, bool on_host) {
  return ir::kFunctionAddress | uint64_t{on_host ? 2u : 1u} << 32 | (uint64_t{type.which()} + 1);
}

// The body of a constructor begins with its members, in their order; or with another constructor.
WS_HD void Lowerer::InitMembers() {
  const Instance& inst = current();
  const TypeId self = inst.self.Unqualified();
  Vec<NodeId> inits(arena_);
  for (const NodeId c : Children(inst.node)) {
    if (tree().kind(c) != NodeKind::kMemberInit) continue;
    if (info(c).bits == TypeTable::kNoField) return InitBy(c, ThisObject(), self);
    inits.push_back(c);
  }
  const uint32_t count = types().Struct(self).num_members;
  for (uint32_t i = 0; i < types().NamedMembers(self).size(); ++i) {
    NodeId init;
    for (const NodeId c : inits) {
      if (info(c).bits == i) init = c;
    }
    const StructMember member = types().NamedMembers(self)[i];
    const Value place = Displace(ThisObject(), static_cast<int64_t>(member.offset));
    if (init.valid()) {
      InitBy(init, place, member.type);
    } else if (i >= count || types().Struct(self).is_union) {
      continue;  // a part of one of the others; of a union, whichever is asked for
    } else if (member.made_by.valid()) {
      CallDefault(ThisObject(), member, inst.node);
    } else if (member.init.valid()) {
      InitMember(place, self, member);
    } else if (types().NeedsInit(member.type)) {
      DefaultInit(place, member.type, inst.node, {});
    }
    NoteMember(place, member.type);
    // Its base's constructor took it for an object of the base.
    if (member.is_base || member.is_class_id) StoreClassId(ThisObject(), self);
  }
}

// An object by name(value) or name{value} before a constructor's body.
WS_HD void Lowerer::InitBy(NodeId init, const Value& place, TypeId type) {
  const NodeId written(init.index - 1);
  Walk(tree().first(written).index, written.index);
  loc_ = token(init).loc;
  if (kind(type) == TypeKind::kReference) {
    StoreReference(place, type, NodeId(written.index - 1));
    EndTemporaries(0, init);
    return;
  }
  if (tree().kind(written) == NodeKind::kInitParen && tree().subtree_size(written) == 1) {
    FillZero(place, types().Bytes(type), types().Align(type), loc_);
    if (types().NeedsInit(type)) DefaultInit(place, type, init, {});
    return;
  }
  Initialize(place, type.Unqualified(), written);
  EndTemporaries(0, init);
}

WS_HD Value Lowerer::ThisObject() const {
  Value v;
  v.kind = Value::Kind::kMemory;
  v.operand = this_;
  return v;
}

// An operator that the program defines.
WS_HD void Lowerer::CallOperator(NodeId n) {
  const InstanceId id = sema_.CalleeOf(info(n));
  Vec<NodeId> args(arena_);
  for (const NodeId c : Children(n)) args.push_back(c);
  Operand self;
  std::span<const NodeId> passed = args.span();
  if (sema_.instance(id).self != TypeId()) {
    if (sema_.instance(id).has_this) self = Address(value(args[0]));
    passed = passed.subspan(1);
  }
  value(n) = CallFunction(n, id, self, passed);
}

}  // namespace ws::front
