// device-clean
// Expressions other than calls.
#include "front/copies.h"
#include "front/lowerer.h"

namespace ws::front {

WS_HD void Lowerer::VisitName(NodeId n) {
  const NodeInfo& name = info(n);
  if (name.entity.valid()) return NameVariable(n);
  if (name.field) {
    value(n) = FieldOf(ThisObject(), types().NamedMembers(current().self)[name.bits]);
    return;
  }
  if (kind(name.type) == TypeKind::kString && name.builtin == kNoBuiltin) {  // __func__
    const bool pretty = SameText(token(n).view(), "__PRETTY_FUNCTION__");
    const std::string_view text =
        pretty ? sema_.SignatureText(instance_) : sema_.NameOf(current().function);
    Vec<uint8_t> bytes(arena_);
    for (const char c : text) bytes.push_back(static_cast<uint8_t>(c));
    bytes.push_back(0);
    value(n) = ScalarValue(Operand::Global(TextGlobal(bytes.span(), token(n).loc)));
    return;
  }
  if (name.builtin == kNoBuiltin || name.category != Category::kRvalue || name.constant) return;
  const BuiltinRow& row = RowOf(name.builtin);
  if (row.how == BuiltinHow::kDim) {
    // All three are read where the whole is used; a member reads its own (VisitMember).
    const bool member = n.index + 1 < first_node_ + values_.size() &&
                        tree().kind(NodeId(n.index + 1)) == NodeKind::kMember;
    if (member) return;
    Operand parts[3];
    for (uint32_t i = 0; i < 3; ++i) {
      parts[i] = ReadSpecial(static_cast<ir::Special>(row.extra + i), Type::kU32);
    }
    value(n) = PartsValue(parts);
    return;
  }
  value(n) = ScalarValue(Imm(row.extra));
}

// What the entity of a Name or Member is.
WS_HD void Lowerer::NameVariable(NodeId n) {
  const NodeInfo& name = info(n);
  const Entity& entity = sema_.entity(name.entity);
  if (entity.kind == EntityKind::kFunction || entity.kind == EntityKind::kConstant ||
      entity.kind == EntityKind::kTypeAlias) {
    return;
  }
  Slot& slot = slots_[name.entity.index];
  if (!slot.known && (entity.kind == EntityKind::kGlobal || entity.kind == EntityKind::kShared)) {
    if (name.constant) return;
    const ir::GlobalId global = MakeGlobal(name.entity);
    Value v;
    v.kind = Value::Kind::kMemory;
    v.operand = Operand::Global(global);
    v.space = module_.globals[global.index].space;
    value(n) = v;
    return;
  }
  value(n) = slot.value;
}

WS_HD bool Lowerer::ResultUnused(NodeId n) const {
  const NodeKind next = tree().kind(NodeId(n.index + 1));
  return next == NodeKind::kExprStmt || next == NodeKind::kForBody;
}

WS_HD ir::Operand Lowerer::Negate(TypeId type, Operand a) {
  return Compute(Op::kNeg, RegType(type), {a}, RegType(type));
}

WS_HD void Lowerer::VisitUnary(NodeId n) {
  const UnaryOp op = static_cast<UnaryOp>(tree().data(n));
  const NodeId child(n.index - 1);
  const TypeId type = info(n).type;
  const bool function = info(child).category == Category::kFunction;
  if (info(n).entity.valid() && !function) return CallOperator(n);
  switch (op) {
    case UnaryOp::kPlus:
      value(n) = ScalarValue(Scalar(child, type));
      return;
    case UnaryOp::kMinus:
      // Of unsigned numbers too the negation is the two's complement.
      if (IsIntegerKind(kind(type))) {
        const Type t = types().Bytes(type) == 8 ? Type::kS64 : Type::kS32;
        value(n) = ScalarValue(Compute(Op::kNeg, t, {Scalar(child, type)}, RegType(type)));
      } else {
        value(n) = ScalarValue(Negate(type, Scalar(child, type)));
      }
      return;
    case UnaryOp::kBitNot: {
      const Type bits = types().Bytes(type) == 8 ? Type::kB64 : Type::kB32;
      value(n) = ScalarValue(Compute(Op::kNot, bits, {Scalar(child, type)}, RegType(type)));
      return;
    }
    case UnaryOp::kNot:
      value(n) = ScalarValue(Compute(Op::kNot, Type::kPred, {Condition(child)}, Type::kPred));
      return;
    case UnaryOp::kDeref: {
      Value v;
      v.kind = Value::Kind::kMemory;
      if (kind(info(child).type) == TypeKind::kArray) {
        v = value(child);
      } else {
        v.operand = Scalar(child);
      }
      value(n) = v;
      return;
    }
    case UnaryOp::kAddressOf:
      if (info(child).category == Category::kFunction) return;
      value(n) = ScalarValue(Address(value(child)));
      return;
    case UnaryOp::kPreInc:
    case UnaryOp::kPreDec:
    case UnaryOp::kPostInc:
    case UnaryOp::kPostDec: {
      const bool post = op == UnaryOp::kPostInc || op == UnaryOp::kPostDec;
      const bool inc = op == UnaryOp::kPreInc || op == UnaryOp::kPostInc;
      const TypeId object = info(child).type;
      const TypeId plain = object.Unqualified();
      const Value target = value(child);
      Operand old = LoadScalar(target, object);
      if (post && !ResultUnused(n) && target.kind == Value::Kind::kRegisters) {
        old = Compute(Op::kMov, RegType(plain), {old}, RegType(plain));
      }
      Operand changed;
      if (kind(plain) == TypeKind::kPointer) {
        const uint64_t bytes = types().Bytes(types().Element(plain));
        changed = Compute(Op::kAdd, Type::kU64, {old, Imm(inc ? bytes : 0 - bytes)}, Type::kU64);
      } else if (IsIntegerKind(kind(plain))) {
        const Type t = RegType(plain);
        changed = Compute(
            Op::kAdd, t,
            {old, Imm(ir::IsWide(t) ? (inc ? 1 : ~uint64_t{0}) : (inc ? 1 : 0xffffffffu))}, t);
        if (types().Bytes(plain) < 4) {
          changed = CvtInst(t, types().IrType(plain), ir::Round::kNone, changed, t);
        }
      } else {
        const Type t = RegType(plain);
        changed = Compute(inc ? Op::kAdd : Op::kSub, t, {old, FloatImm(t, 1.0)}, t);
      }
      StoreScalar(target, object, changed);
      value(n) = post ? ScalarValue(old) : target;
      return;
    }
  }
}

WS_HD ir::Operand Lowerer::HalfDivide(TypeId type, Operand a, Operand b) {
  // In float and rounded once more, which gives the correctly rounded quotient.
  if (IsPackedKind(kind(type))) {
    const TypeId half = types().ComponentType(type);
    Operand parts[2];
    for (uint32_t i = 0; i < 2; ++i) {
      parts[i] = HalfDivide(half, UnpackHalf(a, i, half), UnpackHalf(b, i, half));
    }
    return PackHalves(parts[0], parts[1], type);
  }
  const TypeId wide(TypeKind::kFloat);
  const Operand quotient =
      Compute(Op::kDiv, Type::kF32, {Convert(a, type, wide), Convert(b, type, wide)}, Type::kF32,
              ir::Round::kRn);
  return Convert(quotient, wide, type);
}

// a op b on operands that have both the type of the computation.
WS_HD ir::Operand Lowerer::Binary(BinaryOp op, TypeId type, Operand a, Operand b) {
  const TypeKind k = kind(type);
  const bool integer = IsIntegerKind(k) || k == TypeKind::kPointer || IsHandleKind(k);
  const Type t = RegType(type);
  const Type bits = ir::IsWide(t) ? Type::kB64 : Type::kB32;
  // Sums and products leave it open whether they are contracted; intrinsics with a rounding do not.
  const ir::Round round = integer ? ir::Round::kNone : ir::Round::kRn;
  if (IsPackedKind(k) && op >= BinaryOp::kLt && op <= BinaryOp::kNe) {  // of both halves
    const TypeId half = types().ComponentType(type);
    const Operand low = Binary(op, half, UnpackHalf(a, 0, half), UnpackHalf(b, 0, half));
    const Operand high = Binary(op, half, UnpackHalf(a, 1, half), UnpackHalf(b, 1, half));
    return Compute(Op::kAnd, Type::kPred, {low, high}, Type::kPred);
  }
  const auto compare = [&](ir::Cmp cmp) {
    const Operand result = Operand::Reg(NewReg(Type::kPred));
    Emit(Op::kSetp, t, {result}, {a, b}).cmp = cmp;
    return result;
  };
  switch (op) {
    case BinaryOp::kAdd:
      return Compute(Op::kAdd, t, {a, b}, t);
    case BinaryOp::kSub:
      return Compute(Op::kSub, t, {a, b}, t);
    case BinaryOp::kMul:
      return Compute(Op::kMul, t, {a, b}, t);
    case BinaryOp::kDiv:
      if (IsHalfKind(k) || IsPackedKind(k)) return HalfDivide(type, a, b);
      return Compute(Op::kDiv, t, {a, b}, t, round);
    case BinaryOp::kRem:
      return Compute(Op::kRem, t, {a, b}, t);
    case BinaryOp::kShl:
      return Compute(Op::kShl, bits, {a, b}, t);
    case BinaryOp::kShr:
      return Compute(Op::kShr, t, {a, b}, t);
    case BinaryOp::kBitAnd:
      return Compute(Op::kAnd, bits, {a, b}, t);
    case BinaryOp::kBitXor:
      return Compute(Op::kXor, bits, {a, b}, t);
    case BinaryOp::kBitOr:
      return Compute(Op::kOr, bits, {a, b}, t);
    case BinaryOp::kLt:
      return compare(ir::Cmp::kLt);
    case BinaryOp::kGt:
      return compare(ir::Cmp::kGt);
    case BinaryOp::kLe:
      return compare(ir::Cmp::kLe);
    case BinaryOp::kGe:
      return compare(ir::Cmp::kGe);
    case BinaryOp::kEq:
      return compare(ir::Cmp::kEq);
    case BinaryOp::kNe:
      return compare(integer ? ir::Cmp::kNe : ir::Cmp::kNeu);
    case BinaryOp::kNoOp:
    case BinaryOp::kComma:
      break;
  }
  return a;
}

WS_HD void Lowerer::VisitBinary(NodeId n) {
  const BinaryOp op = static_cast<BinaryOp>(tree().data(n));
  const NodeId rhs(n.index - 1);
  const NodeId lhs = tree().PrevSibling(n, rhs);
  if (op == BinaryOp::kComma) {
    if (info(rhs).constant) {
      const TypeId type = info(rhs).type;
      if (!ByAddress(type)) value(n) = ScalarValue(Scalar(rhs, type));
    } else {
      value(n) = value(rhs);
    }
    return;
  }
  if (info(n).entity.valid()) return CallOperator(n);
  const TypeId lt = OperandType(lhs);
  const TypeId rt = OperandType(rhs);
  if (kind(lt) == TypeKind::kOstream) {
    const Operand stream = Scalar(lhs, TypeId(TypeKind::kOstream));
    Insert(stream, rhs);
    value(n) = ScalarValue(stream);
    return;
  }
  const bool l_pointer = kind(lt) == TypeKind::kPointer;
  const bool r_pointer = kind(rt) == TypeKind::kPointer;
  if ((op == BinaryOp::kAdd || op == BinaryOp::kSub) && (l_pointer || r_pointer)) {
    if (l_pointer && r_pointer) {
      const uint64_t bytes = types().Bytes(types().Element(lt));
      const Operand difference =
          Compute(Op::kSub, Type::kS64, {Scalar(lhs), Scalar(rhs)}, Type::kS64);
      value(n) = ScalarValue(
          bytes == 1 ? difference
                     : Compute(Op::kDiv, Type::kS64, {difference, Imm(bytes)}, Type::kS64));
      return;
    }
    const NodeId pointer = l_pointer ? lhs : rhs;
    const NodeId index = l_pointer ? rhs : lhs;
    const uint64_t bytes = types().Bytes(types().Element(l_pointer ? lt : rt));
    value(n) = ScalarValue(AddToAddress(Scalar(pointer), index, bytes, op == BinaryOp::kSub));
    return;
  }
  if (kind(lt) == TypeKind::kStdVector) {
    value(n) = ScalarValue(CompareVectors(op, types().Element(lt), value(lhs), value(rhs)));
    return;
  }
  const TypeId type = sema_.OperandType(op, lt, rt);
  const bool shift = op == BinaryOp::kShl || op == BinaryOp::kShr;
  const Operand a = Scalar(lhs, type);
  const Operand b = Scalar(rhs, shift ? TypeId(TypeKind::kUInt) : type);
  value(n) = ScalarValue(Binary(op, type, a, b));
}

WS_HD void Lowerer::VisitAssign(NodeId n) {
  const BinaryOp op = static_cast<BinaryOp>(tree().data(n));
  const NodeId rhs(n.index - 1);
  const NodeId lhs = tree().PrevSibling(n, rhs);
  if (info(n).entity.valid()) return CallOperator(n);
  const Value target = value(lhs);
  const TypeId type = info(lhs).type;
  const TypeId plain = type.Unqualified();
  value(n) = target;
  if (kind(type) == TypeKind::kStruct && tree().kind(rhs) == NodeKind::kInitList) {
    AssignObject(target, Materialize(rhs, plain), plain, n, true);  // it may read what it replaces
    return;
  }
  if (op == BinaryOp::kNoOp && kind(type) == TypeKind::kStruct && info(rhs).conversion == 0) {
    const bool is_place = info(rhs).category == Category::kLvalue;
    if (is_place || AssignsParts(sema_, plain, on_host() ? Target::kHost : Target::kDevice)) {
      AssignObject(target, value(rhs), plain, n, info(rhs).moved || !is_place);
      return;
    }
    if (types().NeedsDestroy(plain)) Destroy(target, plain, n);
    TakeTemporary(value(rhs));
    CopyObject(target, value(rhs), plain);  // assignment is no construction
    if (info(rhs).type.Unqualified() != plain) StoreClassId(target, plain);
    return;
  }
  if (op == BinaryOp::kNoOp) {
    Store(target, type, rhs);
    return;
  }
  const Operand old = LoadScalar(target, type);
  if (kind(plain) == TypeKind::kPointer) {
    const uint64_t bytes = types().Bytes(types().Element(plain));
    StoreScalar(target, type, AddToAddress(old, rhs, bytes, op == BinaryOp::kSub));
    return;
  }
  const TypeId other = OperandType(rhs);
  const TypeId common = IsHalfKind(kind(plain)) ? plain : sema_.OperandType(op, plain, other);
  const bool shift = op == BinaryOp::kShl || op == BinaryOp::kShr;
  const Operand a = Convert(old, plain, common);
  const Operand b = Scalar(rhs, shift ? TypeId(TypeKind::kUInt) : common);
  StoreScalar(target, type, Convert(Binary(op, common, a, b), common, plain));
}

WS_HD void Lowerer::VisitCast(NodeId n) {
  const std::span<const NodeId> kids = Children(n);
  const TypeId to = info(kids[0]).type;
  const TypeId object = types().StripReference(to).Unqualified();
  const TypeKind k = kind(object);
  if (k == TypeKind::kStdVector) {
    const Vec<NodeId> values = ChildList(n);
    const Token& last = sema_.tokens()[tree().end_token(n).index - 1];
    const Value v = NewVariable(object, true, n);
    ConstructVector(v, object, values.span().subspan(1), last.kind == TokenKind::kRightBrace);
    value(n) = v;
    return;
  }
  if (k == TypeKind::kStruct && kind(to) != TypeKind::kReference) {
    const Value made = NewVariable(object, true, n);
    if (info(n).entity.valid()) {
      Vec<NodeId> args(arena_);
      for (size_t i = 1; i < kids.size(); ++i) args.push_back(kids[i]);
      ConstructAt(made, object, n, args.span());
    } else if (kids.size() == 2 && types().IsOrDerives(info(kids[1]).type, object) &&
               tree().kind(kids[1]) != NodeKind::kInitList) {
      StoreStruct(made, object, kids[1]);
    } else {
      InitializeList(made, object, n);
    }
    NoteTemporary(made, object);
    value(n) = made;
    return;
  }
  const bool one_part = k == TypeKind::kVector && kids.size() == 2 &&
                        tree().kind(kids[1]) != NodeKind::kInitList &&
                        !types().IsAggregate(info(kids[1]).type) &&
                        ConvertsToVector(kids[1]) == TypeId();  // float2{a}
  if (kids.size() == 2 && !one_part) {
    const NodeId from = kids[1];
    if (kind(to) == TypeKind::kReference) {
      value(n) = value(from);
      return;
    }
    if (k == TypeKind::kVoid || info(from).category == Category::kFunction) return;
    if (types().IsAggregate(object)) {
      Operand parts[4];
      Parts(from, object, parts);
      value(n) = PartsValue(std::span<const Operand>(parts, types().Components(object)));
      return;
    }
    if (tree().kind(from) == NodeKind::kInitList && IsPackedKind(k)) {
      const Value v = NewVariable(object, false, n);
      Store(v, object, from);
      value(n) = v;
      return;
    }
    value(n) = ScalarValue(Scalar(from, object));
    return;
  }
  if (types().IsAggregate(object)) {
    Operand parts[4];
    for (uint32_t i = 0; i < 4; ++i) parts[i] = Imm(k == TypeKind::kDim3 ? 1 : 0);
    for (size_t i = 1; i < kids.size() && i <= 4; ++i) {
      parts[i - 1] = Scalar(kids[i], types().ComponentType(object));
    }
    value(n) = PartsValue(std::span<const Operand>(parts, types().Components(object)));
    return;
  }
  if (IsPackedKind(k) && kids.size() == 3) {
    const TypeId half = types().ComponentType(object);
    const Operand low = Scalar(kids[1], half);
    value(n) = ScalarValue(PackHalves(low, Scalar(kids[2], half), object));
    return;
  }
  value(n) = ScalarValue(Imm(0));
}

WS_HD void Lowerer::VisitIndex(NodeId n) {
  if (info(n).entity.valid()) return CallOperator(n);
  const NodeId index(n.index - 1);
  const NodeId base = tree().PrevSibling(n, index);
  const uint64_t size = types().Bytes(info(n).type);
  const NodeInfo& by = info(index);
  const bool array = kind(info(base).type) == TypeKind::kArray;
  Value v;
  v.kind = Value::Kind::kMemory;
  if (array) {
    v = value(base);
  } else if (kind(info(base).type) == TypeKind::kStdVector) {
    v.operand = VectorWord(value(base), 0, TypeId(TypeKind::kULong));
  } else {
    v.operand = Scalar(base);
  }
  if (by.constant) {
    value(n) = Displace(v, static_cast<int64_t>(by.bits * size));
    return;
  }
  // Shared memory is addressed with 32 bits, as its indices are.
  const bool small = v.space == ir::Space::kShared && types().Bytes(OperandType(index)) <= 4 &&
                     (v.narrow || !v.operand.IsReg());
  if (small) {
    const Operand i = Scalar(index, TypeId(TypeKind::kUInt));
    Operand bytes = i;
    if (size != 1) {
      const bool power = (size & (size - 1)) == 0;
      uint32_t log = 0;
      while ((uint64_t{1} << log) < size) ++log;
      bytes = power ? Compute(Op::kShl, Type::kB32, {i, Imm(log)}, Type::kU32)
                    : Compute(Op::kMul, Type::kU32, {i, Imm(size & 0xffffffff)}, Type::kU32);
    }
    Operand start = v.operand;
    if (!start.IsReg()) start = Compute(Op::kMov, Type::kU32, {start}, Type::kU32);
    v.operand = Compute(Op::kAdd, Type::kU32, {start, bytes}, Type::kU32);
    v.narrow = true;
    value(n) = v;
    return;
  }
  Operand start = v.operand;
  if (v.narrow) {
    start = CvtInst(Type::kU64, Type::kU32, ir::Round::kNone, start, Type::kU64);
    v.narrow = false;
  } else if (!start.IsReg()) {
    start = Compute(Op::kMov, Type::kU64, {start}, Type::kU64);
  }
  v.operand = AddToAddress(start, index, size, false);
  value(n) = v;
}

WS_HD void Lowerer::VisitMember(NodeId n) {
  if (info(n).entity.valid()) return NameVariable(n);  // static, or a function
  const NodeId child(n.index - 1);
  const uint32_t component = static_cast<uint32_t>(info(n).bits);
  if (tree().data(n) == 1) {
    Value v;
    v.kind = Value::Kind::kMemory;
    if (kind(info(child).type) == TypeKind::kArray) {
      v = value(child);
    } else {
      v.operand = Scalar(child);
    }
    value(n) = Component(v, types().Element(OperandType(child)), component);
    return;
  }
  const NodeInfo& base = info(child);
  if (base.builtin != kNoBuiltin && tree().kind(child) == NodeKind::kName &&
      RowOf(base.builtin).how == BuiltinHow::kDim) {
    const ir::Special s = static_cast<ir::Special>(RowOf(base.builtin).extra + component);
    value(n) = ScalarValue(ReadSpecial(s, Type::kU32));
    return;
  }
  value(n) = Component(value(child), base.type, component);
}

}  // namespace ws::front
