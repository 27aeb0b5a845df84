// device-clean
// Exceptions of the host.
//
// What is thrown lies in memory of its own. Its address and the number of its type stand in words
// of the module while it is on its way: behind a call that an exception may leave, the first word
// tells whether one did. If so, what lives here ends, and control goes to the try around, or out of
// the function. A program without try, or without throw, has none of this: there a throw ends it.
#include "front/lowerer.h"

namespace ws::front {
namespace {

// The module's words.
enum Word : int64_t { kPending, kPendingType, kOpenTry, kCurrent, kCurrentType, kWords };
// exec::ThrowCall.
enum ThrowCall : uint64_t { kThrow, kRethrow, kCaught, kTerminate };
// What a handler keeps: its exception, and the one that was handled before.
enum Kept : int64_t { kObject, kType, kOuter, kOuterType, kKept };
constexpr int64_t kWordBytes = 8;

}  // namespace

// Which types are thrown, and whether anything catches.
WS_HD void Lowerer::FindThrows() {
  bool tries = false;
  for (uint32_t i = 1; i < sema_.num_instances(); ++i) {
    const Instance& inst = sema_.instance(InstanceId(i));
    if (!inst.body_done || !inst.is_used || inst.target != Target::kHost) continue;
    Enter(InstanceId(i));
    for (uint32_t at = tree().first(inst.node).index; at < inst.node.index; ++at) {
      const NodeId n(at);
      const NodeKind k = tree().kind(n);
      if (k == NodeKind::kLambdaBegin || k == NodeKind::kStructBegin) {
        const uint32_t behind = tree().data(n);
        if (behind > at && behind < inst.node.index) at = behind;
        continue;
      }
      tries |= k == NodeKind::kTryBegin;
      if (k != NodeKind::kThrow || tree().subtree_size(n) == 1) continue;
      const TypeId type = types().Decay(info(NodeId(at - 1)).type);
      bool known = type == TypeId();
      for (const TypeId thrown : thrown_) known |= thrown == type;
      if (!known) thrown_.push_back(type);
    }
  }
  has_tries_ = tries && !thrown_.empty();
  if (!has_tries_) return;
  ir::Global g;
  g.name = "exception";
  g.type = Type::kU64;
  g.bytes = kWords * kWordBytes;
  g.align = kWordBytes;
  exception_words_ = ir::GlobalId(module_.globals.size());
  module_.globals.push_back(g);
}

WS_HD Value Lowerer::ExceptionWord(int64_t word) {
  Value v;
  v.kind = Value::Kind::kMemory;
  v.operand = Operand::Global(exception_words_);
  v.space = module_.globals[exception_words_.index].space;
  return Displace(v, word * kWordBytes);
}
WS_HD ir::Operand Lowerer::ReadWord(const Value& v) {
  return LoadScalar(v, TypeId(TypeKind::kULong));
}
WS_HD void Lowerer::WriteWord(const Value& v, Operand bits) {
  StoreScalar(v, TypeId(TypeKind::kULong), bits);
}
// An open try is a pair of words in the frame: the one around it, and a bit for each type that its
// handlers take.
WS_HD void Lowerer::CloseTry(const Value& record) {
  if (live()) WriteWord(ExceptionWord(kOpenTry), ReadWord(record));
}
WS_HD void Lowerer::CallThrow(uint64_t call, Operand object, Operand type, Operand what,
                              Operand number) {
  ir::Inst inst;
  inst.op = Op::kRt;
  inst.sub = static_cast<uint8_t>(ir::RtFn::kThrow);
  const bool asks = has_tries_ && (call == kThrow || call == kRethrow);
  const Operand caught =
      asks ? AskVector("ws_catching_try", Type::kU64, {ReadWord(ExceptionWord(kOpenTry)), number})
           : Imm(0);
  Emit(inst, {}, {Imm(call), object, type, what, caught});
}

WS_HD void Lowerer::VisitThrow(NodeId n) {
  if (!live()) return;
  if (tree().subtree_size(n) == 1) {
    const Operand object = has_tries_ ? ReadWord(ExceptionWord(kCurrent)) : Imm(0);
    if (has_tries_) {
      WriteWord(ExceptionWord(kPendingType), ReadWord(ExceptionWord(kCurrentType)));
      WriteWord(ExceptionWord(kPending), object);
    }
    const Operand type = has_tries_ ? ReadWord(ExceptionWord(kCurrentType)) : Imm(0);
    CallThrow(kRethrow, object, Imm(0), Imm(0), type);
    return Unwind(n);
  }
  const NodeId from(n.index - 1);
  const TypeId type = types().Decay(info(from).type);
  uint32_t number = 0;
  while (number < thrown_.size() && thrown_[number] != type) ++number;
  const uint64_t bytes = types().Bytes(type);
  Value object;
  object.kind = Value::Kind::kMemory;
  object.operand = Ask(ir::RtFn::kHostMalloc, {Imm(bytes == 0 ? 1 : bytes)}, Type::kU64);
  Store(object, type, from);
  EndTemporaries(0, n);
  Operand what = Imm(0);
  if (kind(type) == TypeKind::kStruct) {
    if (const EntityId found = FindWhat(sema_, type); found.valid()) {
      const InstanceId own(static_cast<uint32_t>(sema_.entity(found).bits));
      const bool was = unwinding_;
      unwinding_ = true;  // what() lets nothing out
      what = Call(n, sema_.OnSide(own, Target::kHost), object.operand, {}, 0, true).operand;
      unwinding_ = was;
    }
  }
  Vec<uint8_t> spelled(arena_);
  for (const char c : types().Spelling(type)) spelled.push_back(static_cast<uint8_t>(c));
  spelled.push_back(0);
  const Operand text = Compute(Op::kMov, Type::kU64,
                               {Operand::Global(TextGlobal(spelled.span(), loc_))}, Type::kU64);
  if (has_tries_) {
    WriteWord(ExceptionWord(kPendingType), Imm(number + 1));
    WriteWord(ExceptionWord(kPending), object.operand);
  }
  CallThrow(kThrow, object.operand, text, what, Imm(number + 1));
  Unwind(n);
}

// Behind a call: an exception that has left it goes on.
WS_HD void Lowerer::CheckThrown(NodeId n) {
  if (!has_tries_ || unwinding_ || !live() || !on_host()) return;
  const BlockId hit = NewBlock();
  const BlockId goes_on = NewBlock();
  const Operand pending = ReadWord(ExceptionWord(kPending));
  BranchIf(Binary(BinaryOp::kNe, TypeId(TypeKind::kULong), pending, Imm(0)), hit, goes_on);
  Place(hit);
  Unwind(n);
  Place(goes_on);
}

// An exception is on its way: what lives ends, up to the try around or all of the function.
WS_HD void Lowerer::Unwind(NodeId n) {
  if (!live()) return;
  if (!has_tries_) {
    Emit(Op::kTrap, Type::kNone, {}, {});
    return;
  }
  uint32_t at = controls_.size();
  while (at > 0 && !controls_[at - 1].is_try) --at;
  const uint32_t first = at > 0 ? controls_[at - 1].objects + 1 : 0;
  if (!temporaries_.empty() || objects_.size() > first) {
    // Destructors may throw and catch exceptions of their own meanwhile.
    const Type word = Type::kU64;
    const Operand object = Compute(Op::kMov, word, {ReadWord(ExceptionWord(kPending))}, word);
    const Operand type = Compute(Op::kMov, word, {ReadWord(ExceptionWord(kPendingType))}, word);
    WriteWord(ExceptionWord(kPending), Imm(0));
    const bool was = unwinding_;
    const Operand was_unwound = unwound_;
    unwinding_ = true;
    unwound_ = object;
    for (uint32_t i = temporaries_.size(); i > 0; --i) {
      const Temporary held = temporaries_[i - 1];
      Destroy(held.place, held.type, n);
    }
    DestroyFrom(first, n);
    unwinding_ = was;
    unwound_ = was_unwound;
    WriteWord(ExceptionWord(kPendingType), type);
    WriteWord(ExceptionWord(kPending), object);
    CallThrow(kCaught, object, Imm(0), Imm(0), Imm(0));
  }
  if (at > 0) return Branch(controls_[at - 1].next);
  if (current().is_noexcept) {
    CallThrow(kTerminate, Imm(0), Imm(0), Imm(0), Imm(0));
    Emit(Op::kTrap, Type::kNone, {}, {});
    return;
  }
  if (epilogue_.valid()) return Branch(epilogue_);
  if (!escape_.valid()) escape_ = NewBlock();
  Branch(escape_);
}

// Where exceptions leave the function: with a result that nobody reads.
WS_HD void Lowerer::FinishEscape() {
  if (!escape_.valid()) return;
  Place(escape_);
  const TypeId result = current().result;
  if (kind(result) == TypeKind::kVoid || ByAddress(result)) {
    Emit(Op::kRet, Type::kNone, {}, {});
  } else {
    const Type type = RegType(result);
    Emit(Op::kRet, Type::kNone, {}, {Compute(Op::kMov, type, {Imm(0)}, type)});
  }
}

// --- try and catch

WS_HD void Lowerer::BeginTry(NodeId n) {
  Control c;
  c.owner = NodeId(tree().data(n));
  c.direct = !has_tries_;  // nothing is caught
  if (!c.direct) {
    c.is_try = true;
    c.next = NewBlock();
    c.end = NewBlock();
  }
  PushControl(c);
  if (c.direct) return;
  const Value record = NewVariable(types().Array(TypeId(TypeKind::kULong), 2), true, n);
  WriteWord(record, ReadWord(ExceptionWord(kOpenTry)));
  WriteWord(Displace(record, kWordBytes), Imm(CaughtBits(c.owner)));
  WriteWord(ExceptionWord(kOpenTry), Address(record));
  objects_.push_back({n, EntityId(), record, TypeId(), LiveObject::kOpenTry});
}

// The variable of a handler; invalid of one for everything.
WS_HD EntityId Lowerer::CaughtVariable(NodeId handler) {
  for (const NodeId child : ChildList(handler)) {
    if (tree().kind(child) == NodeKind::kVarDecl) return info(tree().LastChild(child)).entity;
  }
  return {};
}

// A bit for each type that one of the handlers takes; those from the 64th on share the last one.
WS_HD uint64_t Lowerer::CaughtBits(NodeId owner) {
  uint64_t bits = 0;
  for (const NodeId child : ChildList(owner)) {
    if (tree().kind(child) != NodeKind::kCatch) continue;
    const EntityId variable = CaughtVariable(child);
    if (!variable.valid()) return ~uint64_t{0};
    const TypeId caught = types().StripReference(sema_.entity(variable).type).Unqualified();
    for (uint32_t i = 0; i < thrown_.size(); ++i) {
      if (Catches(caught, thrown_[i])) bits |= uint64_t{1} << (i < 63 ? i : 63);
    }
  }
  return bits;
}

WS_HD bool Lowerer::Catches(TypeId caught, TypeId thrown) const {
  if (caught == thrown || types().DerivesFrom(thrown, caught)) return true;
  if (kind(caught) != TypeKind::kPointer || kind(thrown) != TypeKind::kPointer) return false;
  const TypeId to = types().Element(caught);
  const TypeId from = types().Element(thrown);
  const bool drops = from.is_const() && !to.is_const();
  return !drops && (to.Unqualified() == from.Unqualified() || kind(to) == TypeKind::kVoid ||
                    types().DerivesFrom(from, to));
}

// Before a handler: behind the block, or behind another handler.
WS_HD void Lowerer::BeginCatch(NodeId n) {
  const NodeId owner(tree().data(n));
  if (controls_.back().direct) {
    skip_to_ = controls_.back().owner.index;
    return;
  }
  if (controls_.back().is_try) {
    Control& c = controls_.back();
    c.is_try = false;
    const Value record = objects_[c.objects].place;
    objects_.truncate(c.objects);
    CloseTry(record);
    Branch(c.end);
    Place(c.next);
    if (live()) {
      CloseTry(record);
      controls_.back().value = ScalarValue(ReadWord(ExceptionWord(kPendingType)));
    }
  }
  controls_.back().step = NewBlock();
  const Control c = controls_.back();
  const EntityId variable = CaughtVariable(owner);
  const TypeId type = variable.valid() ? sema_.entity(variable).type : TypeId();
  const BlockId handler = NewBlock();
  if (tree().data(owner) == 1) {
    Branch(handler);
  } else {
    const TypeId caught = types().StripReference(type).Unqualified();
    for (uint32_t i = 0; live() && i < thrown_.size(); ++i) {
      if (!Catches(caught, thrown_[i])) continue;
      const BlockId miss = NewBlock();
      BranchIf(Binary(BinaryOp::kEq, TypeId(TypeKind::kULong), c.value.operand, Imm(i + 1)),
               handler, miss);
      Place(miss);
    }
    Branch(c.step);
  }
  Place(handler);
  if (!live()) {  // nobody comes here
    if (variable.valid()) {
      slots_[variable.index] = {NewVariable(types().StripReference(type), true, n), true};
    }
    return;
  }
  const Value kept = NewVariable(types().Array(TypeId(TypeKind::kULong), kKept), true, n);
  const Operand object = ReadWord(ExceptionWord(kPending));
  WriteWord(Displace(kept, kObject * kWordBytes), object);
  WriteWord(Displace(kept, kType * kWordBytes), ReadWord(ExceptionWord(kPendingType)));
  WriteWord(Displace(kept, kOuter * kWordBytes), ReadWord(ExceptionWord(kCurrent)));
  WriteWord(Displace(kept, kOuterType * kWordBytes), ReadWord(ExceptionWord(kCurrentType)));
  WriteWord(ExceptionWord(kCurrent), object);
  WriteWord(ExceptionWord(kCurrentType), ReadWord(ExceptionWord(kPendingType)));
  WriteWord(ExceptionWord(kPending), Imm(0));
  CallThrow(kCaught, Imm(0), Imm(0), Imm(0), Imm(0));
  objects_.push_back({n, EntityId(), kept, TypeId(), LiveObject::kHandler});
  if (!variable.valid()) return;
  Value from;
  from.kind = Value::Kind::kMemory;
  from.operand = object;
  if (kind(type) == TypeKind::kReference) {
    if (object.index < is_variable_.size()) is_variable_[object.index] = 1;
    slots_[variable.index] = {from, true};
    return;
  }
  const Value made = NewVariable(type, sema_.entity(variable).address_taken, n);
  slots_[variable.index] = {made, true};
  if (kind(type) != TypeKind::kStruct) {
    StoreScalar(made, type.Unqualified(), LoadScalar(from, type.Unqualified()));
    return;
  }
  CopyConstruct(made, from, type.Unqualified(), n);
  StoreClassId(made, type);
  if (types().NeedsDestroy(type)) objects_.push_back({n, variable, made, type});
}

WS_HD void Lowerer::FinishCatch(NodeId n) {
  EndScope(n);
  const Control& c = controls_.back();
  Branch(c.end);
  Place(c.step);
}

WS_HD void Lowerer::FinishTry(NodeId n) {
  const Control c = controls_.back();
  if (!c.direct) {
    Unwind(n);  // no handler took it
    Place(c.end);
  }
  controls_.pop_back();
}

// The exception of a handler ends, unless it is thrown again or the handler around has it too.
WS_HD void Lowerer::EndHandler(const Value& kept, NodeId n) {
  if (!live()) return;
  const TypeId word(TypeKind::kULong);
  const Operand outer = ReadWord(Displace(kept, kOuter * kWordBytes));
  WriteWord(ExceptionWord(kCurrent), outer);
  WriteWord(ExceptionWord(kCurrentType), ReadWord(Displace(kept, kOuterType * kWordBytes)));
  Value object;
  object.kind = Value::Kind::kMemory;
  object.operand = ReadWord(Displace(kept, kObject * kWordBytes));
  const Operand type = ReadWord(Displace(kept, kType * kWordBytes));
  const BlockId asks = NewBlock();
  const BlockId ends = NewBlock();
  const BlockId goes_on = NewBlock();
  const Operand pending = unwound_.IsReg() ? unwound_ : ReadWord(ExceptionWord(kPending));
  BranchIf(Binary(BinaryOp::kEq, word, pending, object.operand), goes_on, asks);
  Place(asks);
  BranchIf(Binary(BinaryOp::kEq, word, outer, object.operand), goes_on, ends);
  Place(ends);
  for (uint32_t i = 0; i < thrown_.size(); ++i) {
    if (!types().NeedsDestroy(thrown_[i])) continue;
    const BlockId hit = NewBlock();
    const BlockId miss = NewBlock();
    BranchIf(Binary(BinaryOp::kEq, word, type, Imm(i + 1)), hit, miss);
    Place(hit);
    const bool was = unwinding_;
    unwinding_ = true;
    Destroy(object, thrown_[i], n);
    unwinding_ = was;
    Branch(miss);
    Place(miss);
  }
  ir::Inst free;
  free.op = Op::kRt;
  free.sub = static_cast<uint8_t>(ir::RtFn::kHostFree);
  Emit(free, {}, {object.operand});
  Place(goes_on);
}

// A member that a constructor has made: it ends if an exception leaves the constructor.
WS_HD void Lowerer::NoteMember(const Value& place, TypeId type) {
  if (!has_tries_ || !on_host() || !types().NeedsDestroy(type)) return;
  objects_.push_back({tree().first(current().node), EntityId(), place, type, LiveObject::kMember});
}

}  // namespace ws::front
