// device-clean
// Range-based for: a loop over an index, the element a value of the marker before the body.
#include "front/lowerer.h"
#include "front/range_calls.h"

namespace ws::front {

// Element number `index`, a signed integer of that type, of the array that `base` is.
WS_HD Value Lowerer::ElementAt(const Value& base, Operand index, TypeId index_type, uint64_t size) {
  Value v = base;
  const bool wide = types().Bytes(index_type) == 8;
  if (v.space == ir::Space::kShared && !wide && (v.narrow || !v.operand.IsReg())) {
    Operand start = v.operand;
    if (!start.IsReg()) start = Compute(Op::kMov, Type::kU32, {start}, Type::kU32);
    const Operand bytes =
        Compute(Op::kMul, Type::kU32, {index, Imm(size & 0xffffffff)}, Type::kU32);
    v.operand = Compute(Op::kAdd, Type::kU32, {start, bytes}, Type::kU32);
    v.narrow = true;
    return v;
  }
  Operand start = v.operand;
  if (v.narrow) {
    start = CvtInst(Type::kU64, Type::kU32, ir::Round::kNone, start, Type::kU64);
    v.narrow = false;
  } else if (!start.IsReg()) {
    start = Compute(Op::kMov, Type::kU64, {start}, Type::kU64);
  }
  const Operand bytes = wide ? Compute(Op::kMul, Type::kS64, {index, Imm(size)}, Type::kS64)
                             : Compute(Op::kMulWide, Type::kS32, {index, Imm(size)}, Type::kS64);
  v.operand = Compute(Op::kAdd, Type::kU64, {start, bytes}, Type::kU64);
  return v;
}

// The same where the range is an object with begin() and end(): the loop's value is the iterator.
WS_HD void Lowerer::BeginIteration(NodeId n, const RangeCalls& calls) {
  const NodeId owner(tree().data(n));
  const NodeId range(n.index - 1);
  const Value object = value(range);
  ExtendTemporary(object, info(range).type, range, EntityId());
  const TypeId type = calls.iterator;
  const bool is_pointer = kind(type) == TypeKind::kPointer;
  const auto keep = [&](InstanceId id) {
    const Value made = Call(n, id, Address(object), {}, 0);
    const Value kept = NewVariable(type, !is_pointer, n);
    const TypeId given = types().StripReference(sema_.instance(id).result).Unqualified();
    if (is_pointer) {
      Copy(kept.operand.reg(), Type::kU64, LoadScalar(made, given));
    } else {
      CopyObject(kept, made, type);
    }
    return kept;
  };
  Control c;
  c.owner = owner;
  c.is_loop = true;
  c.next = NewBlock();
  c.step = NewBlock();
  c.end = NewBlock();
  c.index_type = type;
  c.value = keep(calls.begin);
  const Value last = keep(calls.end);
  used_[c.next.index] = 1;
  Place(c.next, static_cast<uint16_t>(tree().data(owner)));
  const BlockId body = NewBlock();
  if (is_pointer) {
    BranchIf(Binary(BinaryOp::kNe, type, c.value.operand, last.operand), body, c.end);
  } else {
    const ParamInfo param = sema_.Params(sema_.instance(calls.differs))[0];
    Value other = last;
    if (kind(param.type) == TypeKind::kStruct) {  // a copy that the callee owns
      other = NewVariable(type, true, n);
      CopyObject(other, last, type);
    }
    const Operand passed = Address(other);
    const Value differs =
        Call(n, calls.differs, Address(c.value), std::span<const Operand>(&passed, 1), 1);
    const TypeId result = types().StripReference(sema_.instance(calls.differs).result);
    BranchIf(Convert(LoadScalar(differs, result), result.Unqualified(), TypeId(TypeKind::kBool)),
             body, c.end);
  }
  Place(body);
  PushControl(c);
  Value element;
  element.kind = Value::Kind::kMemory;
  if (is_pointer) {
    element.operand = Compute(Op::kMov, Type::kU64, {c.value.operand}, Type::kU64);
  } else {
    element = Call(n, calls.value, Address(c.value), {}, 0);
    const TypeId result = sema_.instance(calls.value).result;
    if (kind(result) != TypeKind::kReference && kind(result) != TypeKind::kStruct) {
      const Value held = NewVariable(result.Unqualified(), true, n);
      if (types().IsAggregate(result)) {
        Operand parts[4];
        LoadParts(element, result, parts, ir::Cache::kNone);
        StoreParts(held, result, parts, ir::Cache::kNone);
      } else {
        StoreScalar(held, result.Unqualified(), LoadScalar(element, result));
      }
      element = held;
    }
  }
  value(n) = element;
  BindElement(n);
}

WS_HD NodeId Lowerer::RangeBodyOf(NodeId loop) {
  for (const NodeId c : Children(loop)) {
    if (tree().kind(c) == NodeKind::kRangeBody) return c;
  }
  return loop;
}

// Behind the body of such a loop.
WS_HD void Lowerer::StepIteration(const Value& iterator, NodeId body, const RangeCalls& calls) {
  if (kind(calls.iterator) == TypeKind::kPointer) {
    const uint64_t bytes = types().Bytes(types().Element(calls.iterator));
    const Operand next = Compute(Op::kAdd, Type::kU64, {iterator.operand, Imm(bytes)}, Type::kU64);
    Copy(iterator.operand.reg(), Type::kU64, next);
    return;
  }
  Call(body, calls.next, Address(iterator), {}, 0);
}

// Behind the range: opens the loop and makes its variable.
WS_HD void Lowerer::BeginRange(NodeId n) {
  const NodeId owner(tree().data(n));
  const NodeId range(n.index - 1);
  const RangeCalls calls = Unpack(info(n), info(owner));
  if (calls.iterator != TypeId()) return BeginIteration(n, calls);
  const TypeId type = info(range).type;
  const TypeId element = info(n).type;
  // A std::string begins as a vector does: with its characters' address and their number.
  const bool is_vector =
      kind(type) == TypeKind::kStdVector ||
      (kind(type) == TypeKind::kStruct && SameText(types().Struct(type).text, "std::string"));
  const uint64_t count = is_vector ? ~uint64_t{0} : types().Info(type).count;
  Value base = value(range);
  if (tree().kind(range) == NodeKind::kInitList) {
    base = NewVariable(type, true, range);
    InitializeList(base, type, range);
  }
  Operand bound = Imm(count);
  if (is_vector) {
    // Where it begins and ends is asked once.
    const TypeId word(TypeKind::kULong);
    bound = VectorWord(base, 8, word);
    base.operand = VectorWord(base, 0, word);
    base.space = ir::Space::kGeneric;
    base.offset = 0;
    base.narrow = false;
  }
  Control c;
  c.owner = owner;
  c.is_loop = true;
  c.next = NewBlock();
  c.step = NewBlock();
  c.end = NewBlock();
  c.index_type = TypeId(count > 0x7fffffff ? TypeKind::kLong : TypeKind::kInt);
  const Type index = RegType(c.index_type);
  c.value = NewVariable(c.index_type, false, n);
  Copy(c.value.operand.reg(), index, Imm(0));
  if (base.operand.IsReg() && IsVariable(base.operand)) {
    // The pointer may move on; the range stays.
    const Type t = base.narrow ? Type::kU32 : Type::kU64;
    base.operand = Compute(Op::kMov, t, {base.operand}, t);
  }
  if (base.operand.IsReg() && base.operand.index < is_variable_.size()) {
    is_variable_[base.operand.index] = 1;
  }
  used_[c.next.index] = 1;
  Place(c.next, static_cast<uint16_t>(tree().data(owner)));
  const BlockId body = NewBlock();
  BranchIf(Binary(BinaryOp::kLt, c.index_type, c.value.operand, bound), body, c.end);
  Place(body);
  PushControl(c);

  value(n) = ElementAt(base, c.value.operand, c.index_type, types().Bytes(element));
  BindElement(n);
}

// The loop's variable is the element, the value of the marker, or a copy of it.
WS_HD void Lowerer::BindElement(NodeId n) {
  const NodeId owner(tree().data(n));
  const NodeId range(n.index - 1);
  const TypeId element = info(n).type;
  const NodeId declarator = tree().LastChild(tree().PrevSibling(owner, range));
  const EntityId e = info(declarator).entity;
  const TypeId declared = sema_.entity(e).type;
  if (kind(declared) == TypeKind::kReference) {
    const TypeId object = types().Element(declared);
    if (!types().SameObject(element, object)) value(n) = Materialize(n, object.Unqualified());
    const Value& v = value(n);
    if (v.operand.IsReg() && v.operand.index < is_variable_.size()) {
      is_variable_[v.operand.index] = 1;  // named as long as the reference lives
    }
    slots_[e.index] = {v, true};
    PlaceBindings(declarator, v, object);
    return;
  }
  const Value v = NewVariable(declared, sema_.entity(e).address_taken, n);
  slots_[e.index] = {v, true};
  Store(v, declared.Unqualified(), n);
  PlaceBindings(declarator, v, declared);
}

}  // namespace ws::front
