// device-clean
// Control flow: markers open and close blocks.
#include "front/lowerer.h"
#include "front/range_calls.h"

namespace ws::front {

WS_HD ir::BlockId Lowerer::NewBlock() {
  used_.push_back(0);
  return builder_->NewBlock();
}

WS_HD void Lowerer::Branch(BlockId to) {
  if (!live()) return;
  if (to.index < used_.size()) used_[to.index] = 1;
  Emit(Op::kBra, Type::kNone, {}, {Operand::Block(to)});
}

WS_HD void Lowerer::BranchIf(Operand condition, BlockId then, BlockId otherwise) {
  if (!live()) return;
  if (then.index < used_.size()) used_[then.index] = 1;
  if (otherwise.index < used_.size()) used_[otherwise.index] = 1;
  Emit(Op::kCondBra, Type::kNone, {}, {condition, Operand::Block(then), Operand::Block(otherwise)});
}

// Goes on in the block of `label`; not at all if nothing leads there.
WS_HD void Lowerer::Place(BlockId label, uint16_t unroll) {
  const bool is_target = label.index < used_.size() && used_[label.index] != 0;
  if (!is_target) return;  // no jump leads there, so what is open may go on
  if (live()) Branch(label);
  builder_->StartBlock(label, loc_, unroll);
}

// In which a switch compares.
WS_HD TypeId Lowerer::SwitchType(NodeId condition) {
  return sema_.OperandType(BinaryOp::kAdd, types().Underlying(OperandType(condition)),
                           TypeId(TypeKind::kInt));
}

WS_HD void Lowerer::VisitMarker(NodeId n) {
  const NodeId owner(tree().data(n));
  const NodeId before(n.index - 1);
  switch (tree().kind(n)) {
    case NodeKind::kIfThen: {
      Control c;
      c.owner = owner;
      c.next = NewBlock();
      c.end = NewBlock();
      const std::optional<bool> known = KnownCondition(before);
      const bool constexpr_if = tree().data(owner) == 1;
      if (known.has_value() && constexpr_if) {
        if (!*known) {
          // The branch was not even analysed: go on at `else`, or behind.
          const std::span<const NodeId> kids = Children(owner);
          skip_to_ = kids.size() > 3 ? kids[3].index : owner.index;
          Branch(c.next);
        }
      } else if (known.has_value()) {
        const BlockId then = NewBlock();
        Branch(*known ? then : c.next);
        Place(then);
      } else {
        const BlockId then = NewBlock();
        BranchIf(WholeCondition(before), then, c.next);
        Place(then);
      }
      PushControl(c);
      return;
    }
    case NodeKind::kIfElse: {
      Control& c = controls_.back();
      Branch(c.end);
      Place(c.next);
      c.next = BlockId();
      // Of `if constexpr` with a true condition the rest was not analysed.
      const NodeId condition = Children(owner)[0];
      if (tree().data(owner) == 1 && KnownCondition(condition) == true) skip_to_ = owner.index;
      return;
    }
    case NodeKind::kWhileBegin:
    case NodeKind::kDoBegin:
    case NodeKind::kForCond: {
      Control c;
      c.owner = owner;
      c.is_loop = true;
      c.next = NewBlock();
      c.end = NewBlock();
      const NodeKind k = tree().kind(n);
      c.step = k == NodeKind::kWhileBegin ? c.next : NewBlock();
      const uint16_t unroll =
          k == NodeKind::kForCond ? static_cast<uint16_t>(tree().data(owner)) : uint16_t{0};
      PushControl(c);
      used_[c.next.index] = 1;  // the loop's end leads here, even if a goto revives it
      Place(c.next, unroll);
      return;
    }
    case NodeKind::kWhileBody: {
      const Control c = controls_.back();
      const BlockId body = NewBlock();
      const std::optional<bool> known = KnownCondition(before);
      if (known.has_value()) {
        Branch(*known ? body : c.end);
      } else {
        BranchIf(WholeCondition(before), body, c.end);
      }
      Place(body);
      return;
    }
    case NodeKind::kDoCond:
      Place(controls_.back().step);
      return;
    case NodeKind::kForStep: {
      // The condition is complete; the step is emitted behind the body.
      Control& c = controls_.back();
      const BlockId body = NewBlock();
      const bool has_condition = tree().kind(before) != NodeKind::kForCond;
      const std::optional<bool> known =
          has_condition ? KnownCondition(before) : std::optional<bool>(true);
      if (known.has_value()) {
        Branch(*known ? body : c.end);
      } else {
        BranchIf(WholeCondition(before), body, c.end);
      }
      Place(body);
      // The step's expression ends before ForBody, which is the next marker of this loop.
      uint32_t at = n.index + 1;
      while (!(tree().kind(NodeId(at)) == NodeKind::kForBody &&
               tree().data(NodeId(at)) == owner.index)) {
        ++at;
      }
      c.step_first = n.index + 1;
      c.step_last = at - 1;
      skip_to_ = at;
      return;
    }
    case NodeKind::kRangeBody:
      BeginRange(n);
      return;
    case NodeKind::kSwitchBody: {
      Control c;
      c.owner = owner;
      c.is_switch = true;
      c.next = NewBlock();
      c.end = NewBlock();
      c.first_case = cases_.size();
      const TypeId type = SwitchType(before);
      const Operand on = Scalar(before, type);
      c.value = NewVariable(type, false, n);
      Copy(c.value.operand.reg(), RegType(type), on);
      EndTemporaries(0, n);
      Branch(c.next);
      PushControl(c);
      return;
    }
    case NodeKind::kAndRight:
    case NodeKind::kOrRight: {
      const bool is_and = tree().kind(n) == NodeKind::kAndRight;
      Control c;
      c.owner = owner;
      const std::optional<bool> left = KnownCondition(before);
      const NodeId rhs(owner.index - 1);
      c.direct = info(rhs).pure && tree().subtree_size(rhs) <= 24;
      if (left.has_value()) {
        c.direct = true;  // the right side decides, or is not evaluated at all
        if (*left != is_and) skip_to_ = owner.index;
      } else if (!c.direct) {
        c.end = NewBlock();
        const BlockId right = NewBlock();
        c.value = NewVariable(TypeId(TypeKind::kBool), false, n);
        const Operand l = Condition(before);
        Copy(c.value.operand.reg(), Type::kPred, l);
        const Operand copied = c.value.operand;
        if (is_and) {
          BranchIf(copied, right, c.end);
        } else {
          BranchIf(copied, c.end, right);
        }
        Place(right);
      }
      PushControl(c);
      return;
    }
    case NodeKind::kConditionalThen:
      BeginConditional(n);
      return;
    case NodeKind::kConditionalElse: {
      Control& c = controls_.back();
      if (c.direct) {
        if (c.next.valid()) return;
        const std::span<const NodeId> kids = Children(owner);
        if (KnownCondition(kids[0]) == true) skip_to_ = owner.index;
        return;
      }
      const TypeId type = info(owner).type;
      if (info(owner).category == Category::kLvalue) {
        StoreScalar(c.value, TypeId(TypeKind::kULong), Address(value(before)));
      } else if (kind(type) != TypeKind::kVoid) {
        Store(c.value, type, before);
      }
      EndTemporaries(c.temporaries, n);
      Branch(c.end);
      Place(c.next);
      return;
    }
    case NodeKind::kSizeofBegin:
      skip_to_ = owner.index;  // the operand is not evaluated
      return;
    default:
      return;
  }
}

WS_HD void Lowerer::BeginConditional(NodeId n) {
  const NodeId owner(tree().data(n));
  const NodeId condition(n.index - 1);
  const TypeId type = info(owner).type;
  Control c;
  c.owner = owner;
  const std::optional<bool> known = KnownCondition(condition);
  if (known.has_value()) {
    c.direct = true;  // one side is taken, the other not emitted
    if (!*known) {
      // To the marker between the two, which directly follows the first.
      skip_to_ = Children(owner)[3].index + 1;
    }
    PushControl(c);
    return;
  }
  const std::span<const NodeId> kids = Children(owner);
  const bool cheap = tree().subtree_size(kids[2]) <= 16 && tree().subtree_size(kids[4]) <= 16;
  const bool simple =
      !ByAddress(type) && kind(type) != TypeKind::kBool && kind(type) != TypeKind::kVoid;
  const bool is_object = info(owner).category == Category::kLvalue;
  if (info(kids[2]).pure && info(kids[4]).pure && cheap && simple && !is_object) {
    c.direct = true;
    c.next = BlockId(0);  // no block, but says that both sides are computed
    PushControl(c);
    return;
  }
  c.next = NewBlock();
  c.end = NewBlock();
  if (info(owner).category == Category::kLvalue) {  // where the object is
    c.value = NewVariable(TypeId(TypeKind::kULong), false, n);
  } else if (kind(type) != TypeKind::kVoid) {
    c.value = NewVariable(type, false, n);
  }
  const BlockId then = NewBlock();
  BranchIf(Condition(condition), then, c.next);
  Place(then);
  PushControl(c);
}

WS_HD void Lowerer::FinishConditional(NodeId n) {
  const Control c = controls_.back();
  controls_.pop_back();
  const std::span<const NodeId> kids = Children(n);
  const TypeId type = info(n).type;
  const NodeId condition = kids[0];
  const NodeId then = kids[2];
  const NodeId other = kids[4];
  if (c.direct && !c.next.valid()) {
    const NodeId chosen = KnownCondition(condition) == true ? then : other;
    if (kind(type) == TypeKind::kVoid) return;
    if (info(n).category == Category::kLvalue) {
      value(n) = value(chosen);
    } else if (kind(type) == TypeKind::kStruct) {
      value(n) = Materialize(chosen, type);
    } else if (types().IsAggregate(type)) {
      Operand parts[4];
      Parts(chosen, type, parts);
      value(n) = PartsValue(std::span<const Operand>(parts, types().Components(type)));
    } else {
      value(n) = ScalarValue(Scalar(chosen, type));
    }
    return;
  }
  if (c.direct) {
    const Operand a = Scalar(then, type);
    const Operand b = Scalar(other, type);
    const Type t = RegType(type);
    value(n) = ScalarValue(Compute(Op::kSelp, t, {a, b, Condition(condition)}, t));
    return;
  }
  if (info(n).category == Category::kLvalue) {
    StoreScalar(c.value, TypeId(TypeKind::kULong), Address(value(other)));
    EndTemporaries(c.temporaries, n);
    Place(c.end);
    Value object;
    object.kind = Value::Kind::kMemory;
    object.operand = c.value.operand;
    value(n) = object;
    return;
  }
  if (kind(type) != TypeKind::kVoid) Store(c.value, type, other);
  EndTemporaries(c.temporaries, n);
  Place(c.end);
  value(n) = c.value;
  NoteTemporary(c.value, type);
}

WS_HD void Lowerer::FinishLogical(NodeId n, bool is_and) {
  const Control c = controls_.back();
  controls_.pop_back();
  const NodeId rhs(n.index - 1);
  const NodeId lhs(tree().PrevSibling(n, rhs).index - 1);
  if (info(n).constant) return;
  if (KnownCondition(lhs).has_value()) {
    value(n) = ScalarValue(Condition(rhs));
    return;
  }
  if (c.direct) {
    const Operand a = Condition(lhs);
    const Operand b = Condition(rhs);
    value(n) = ScalarValue(Compute(is_and ? Op::kAnd : Op::kOr, Type::kPred, {a, b}, Type::kPred));
    return;
  }
  Copy(c.value.operand.reg(), Type::kPred, Condition(rhs));
  EndTemporaries(c.temporaries, n);
  Place(c.end);
  value(n) = c.value;
}

// The end of a statement that opened blocks.
WS_HD void Lowerer::FinishControl(NodeId n) {
  if (controls_.empty() || controls_.back().owner != n) return;
  Control c = controls_.back();
  switch (tree().kind(n)) {
    case NodeKind::kIf:
      if (c.next.valid()) Place(c.next);
      Place(c.end);
      break;
    case NodeKind::kWhile:
      Branch(c.next);
      Place(c.end);
      break;
    case NodeKind::kDo: {
      const NodeId condition(n.index - 1);
      const std::optional<bool> known = KnownCondition(condition);
      if (known.has_value()) {
        Branch(*known ? c.next : c.end);
      } else {
        BranchIf(WholeCondition(condition), c.next, c.end);
      }
      Place(c.end);
      break;
    }
    case NodeKind::kFor:
      if (!c.step_done) {
        // Walk the step, then come back here.
        controls_.back().step_done = true;
        Place(c.step);
        if (c.step_first <= c.step_last) {
          returns_.push_back({n.index, c.step_last});
          return_after_ = c.step_last;
          skip_to_ = c.step_first;
          return;
        }
      }
      Branch(c.next);
      Place(c.end);
      break;
    case NodeKind::kRangeFor: {
      Place(c.step);
      const NodeId body = RangeBodyOf(n);
      const RangeCalls calls = Unpack(info(body), info(n));
      if (calls.iterator != TypeId()) {
        StepIteration(c.value, body, calls);
        Branch(c.next);
        Place(c.end);
        break;
      }
      const Type type = RegType(c.index_type);
      const RegId index = c.value.operand.reg();
      Copy(index, type, Compute(Op::kAdd, type, {c.value.operand, Imm(1)}, type));
      Branch(c.next);
      Place(c.end);
      break;
    }
    case NodeKind::kSwitch: {
      Branch(c.end);
      Place(c.next);
      Dispatch(c, SwitchType(Children(n)[0]));
      cases_.truncate(c.first_case);
      Place(c.end);
      break;
    }
    default:
      return;
  }
  controls_.pop_back();
}

// A label within a switch. Control may also fall into it.
WS_HD void Lowerer::VisitCase(NodeId n) {
  uint32_t at = controls_.size();
  while (at > 0 && !controls_[at - 1].is_switch) --at;
  if (at == 0) {
    Error(Kind::kCaseOutsideSwitch, n);
    return;
  }
  Control& c = controls_[at - 1];
  const BlockId label = NewBlock();
  used_[label.index] = 1;
  if (tree().kind(n) == NodeKind::kDefault) {
    if (c.default_label.valid()) Error(Kind::kDuplicateCase, n);
    c.default_label = label;
  } else {
    const TypeId type = SwitchType(Children(c.owner)[0]);
    const NodeInfo& written = info(NodeId(n.index - 1));
    uint64_t bits = 0;
    ConvertConstant(kind(types().Underlying(written.type)), kind(type), written.bits, &bits);
    cases_.push_back({n, bits, label});
  }
  Place(label);
}

WS_HD void Lowerer::VisitJump(NodeId n) {
  const bool is_break = tree().kind(n) == NodeKind::kBreak;
  for (uint32_t at = controls_.size(); at > 0; --at) {
    const Control& c = controls_[at - 1];
    if (c.is_loop || (c.is_switch && is_break)) {
      DestroyFrom(c.objects, n);
      Branch(is_break ? c.end : c.step);
      return;
    }
  }
  Error(Kind::kJumpOutsideLoop, n, is_break ? "break" : "continue");
}

WS_HD Lowerer::GotoLabel& Lowerer::FindLabel(NodeId n) {
  const NameId name = token(n).name;
  if (label_of_.empty()) label_of_.append(sema_.names().size(), 0);
  uint32_t& row = label_of_[name.index];
  if (row != 0) return labels_[row - 1];
  row = labels_.size() + 1;
  return labels_.push_back({name, NewBlock(), false, n});
}

WS_HD void Lowerer::VisitGoto(NodeId n) {
  GotoLabel& label = FindLabel(n);
  if (tree().kind(n) == NodeKind::kGoto) {
    if (!objects_.empty()) Error(Kind::kUnsupported, n, "goto where an object has a destructor");
    Branch(label.label);
    return;
  }
  if (label.defined) {
    Error(Kind::kRedeclared, n, token(n).view());
    return;
  }
  label.defined = true;
  const BlockId block = label.label;
  used_[block.index] = 1;  // a later goto may lead here
  Place(block);
}

WS_HD void Lowerer::VisitReturn(NodeId n) {
  const TypeId result = current().result;
  const auto leave = [&] {
    if (epilogue_.valid()) {
      Branch(epilogue_);
    } else {
      Emit(Op::kRet, Type::kNone, {}, {});
    }
  };
  if (tree().subtree_size(n) == 1 || kind(result) == TypeKind::kVoid) {
    EndTemporaries(0, n);
    DestroyFrom(0, n);
    return leave();
  }
  const NodeId from(n.index - 1);
  if (kind(result) == TypeKind::kReference) {
    const Value& object = value(from);
    const bool memory = object.kind == Value::Kind::kMemory;
    const Operand address =
        Address(memory ? object : Materialize(from, types().Element(result).Unqualified()));
    EndTemporaries(0, n);
    DestroyFrom(0, n);
    if (epilogue_.valid()) {
      StoreScalar(result_, TypeId(TypeKind::kULong), address);
      return leave();
    }
    Emit(Op::kRet, Type::kNone, {}, {address});
    return;
  }
  if (ByAddress(result)) {
    Value to;
    to.kind = Value::Kind::kMemory;
    to.operand = result_address_;
    if (IsLocalObject(from)) {  // which becomes the result
      CopyObject(to, value(from), result);
    } else {
      Store(to, result, from);
    }
    EndTemporaries(0, n);
    DestroyFrom(0, n, ReturnedObject(from));
    return leave();
  }
  Operand scalar = Scalar(from, result);
  if (!objects_.empty() || !temporaries_.empty()) {
    // Destructors may change the variable that it came from.
    if (scalar.IsReg() && IsVariable(scalar)) {
      scalar = Compute(Op::kMov, RegType(result), {scalar}, RegType(result));
    }
    EndTemporaries(0, n);
    DestroyFrom(0, n);
  }
  if (epilogue_.valid()) {
    StoreScalar(result_, result, scalar);
    return leave();
  }
  Emit(Op::kRet, Type::kNone, {}, {scalar});
}

}  // namespace ws::front
