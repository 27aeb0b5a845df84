// device-clean
// std::vector of the host: three words in the frame and the functions of lib/vector.cu.
//
// The words of every object of a function are zeroed where the function begins and freed where it
// returns, so an object is valid wherever control comes from; declaring it again empties it.
#include "front/lowerer.h"
#include "front/vector_methods.h"

namespace ws::front {
namespace {

constexpr int64_t kSizeAt = 8;

}  // namespace

// Calls the library's function of that name.
WS_HD void Lowerer::CallVector(const char* name, std::initializer_list<Operand> args) {
  AskVector(name, Type::kNone, args);
}
// The same of one that returns something.
WS_HD ir::Operand Lowerer::AskVector(const char* name, Type result,
                                     std::initializer_list<Operand> args) {
  ir::FunctionId function;
  for (uint32_t i = 0; library_ != nullptr && i < library_->functions.size(); ++i) {
    if (SameText(library_->functions[i].name, name))
      function = ReserveCopy(ir::FunctionId(i), true);
  }
  Vec<Operand> srcs(arena_);
  srcs.push_back(Operand::Function(function));
  for (const Operand& arg : args) srcs.push_back(arg);
  if (!function.valid()) return Imm(0);
  ir::Inst inst;
  inst.op = Op::kCall;
  if (result == Type::kNone) {
    Emit(inst, std::span<const Operand>(), srcs.span());
    return Imm(0);
  }
  const Operand dst = Operand::Reg(NewReg(result));
  Emit(inst, std::span<const Operand>(&dst, 1), srcs.span());
  return dst;
}

WS_HD void Lowerer::EmptyVector(const Value& v, TypeId type) {
  const bool nested = kind(types().Element(type)) == TypeKind::kStdVector;
  CallVector(nested ? "ws_vector_free_nested" : "ws_vector_free", {Address(v)});
}

// Elements from `first` to before `last` were copied as bytes: vectors among them get their own
// memory.
WS_HD void Lowerer::OwnElements(const Value& v, TypeId type, Operand first, Operand last) {
  const TypeId element = types().Element(type);
  if (kind(element) != TypeKind::kStdVector) return;
  CallVector("ws_vector_clone",
             {Address(v), first, last, Imm(types().Bytes(types().Element(element)))});
}

WS_HD ir::Operand Lowerer::CompareVectors(BinaryOp op, TypeId element, const Value& a,
                                          const Value& b) {
  const TypeId result(TypeKind::kInt);
  Operand equal;
  if (kind(element) == TypeKind::kFloat) {
    equal = AskVector("ws_vector_equal_float", Type::kS32, {Address(a), Address(b)});
  } else if (kind(element) == TypeKind::kDouble) {
    equal = AskVector("ws_vector_equal_double", Type::kS32, {Address(a), Address(b)});
  } else {
    equal = AskVector("ws_vector_equal", Type::kS32,
                      {Address(a), Address(b), Imm(types().Bytes(element))});
  }
  return Binary(op == BinaryOp::kEq ? BinaryOp::kNe : BinaryOp::kEq, result, equal, Imm(0));
}

// Which element lies at the address.
WS_HD ir::Operand Lowerer::ElementIndex(const Value& v, TypeId element, Operand address) {
  const Operand data = VectorWord(v, 0, TypeId(TypeKind::kULong));
  const Operand bytes = Compute(Op::kSub, Type::kU64, {address, data}, Type::kU64);
  return Compute(Op::kDiv, Type::kU64, {bytes, Imm(types().Bytes(element))}, Type::kU64);
}

// (place, x), (place, count, x) or (place, first, last); gives where the first one is.
WS_HD ir::Operand Lowerer::InsertElements(const Value& v, TypeId type,
                                          std::span<const NodeId> args) {
  const TypeId element = types().Element(type);
  const Operand size = Imm(types().Bytes(element));
  const Operand place = Scalar(args[0]);
  Operand count = Imm(1);
  Operand from;
  if (args.size() == 2) {
    from = Address(Materialize(args[1], element));
  } else if (kind(types().Decay(info(args[1]).type)) == TypeKind::kPointer) {
    from = Scalar(args[1]);
    const Operand last = Scalar(args[2]);
    const Operand bytes = Compute(Op::kSub, Type::kU64, {last, from}, Type::kU64);
    count = Compute(Op::kDiv, Type::kU64, {bytes, size}, Type::kU64);
  } else {
    // Copies of one: a vector of them first.
    count = Scalar(args[1], TypeId(TypeKind::kULong));
    const Value copies = NewVariable(type.Unqualified(), true, args[2]);
    EmptyVector(copies, type);
    const Value x = Materialize(args[2], element);
    CallVector("ws_vector_fill", {Address(copies), count, size, Address(x)});
    from = VectorWord(copies, 0, TypeId(TypeKind::kULong));
    if (kind(element) == TypeKind::kStdVector) {
      OwnElements(copies, type, Imm(0), count);
    }
  }
  const Operand at =
      AskVector("ws_vector_insert", Type::kU64, {Address(v), place, count, size, from});
  if (kind(element) == TypeKind::kStdVector) {
    const Operand first = ElementIndex(v, element, at);
    OwnElements(v, type, first, Compute(Op::kAdd, Type::kU64, {first, count}, Type::kU64));
  }
  return at;
}

WS_HD ir::Operand Lowerer::VectorWord(const Value& v, int64_t at, TypeId type) {
  return LoadScalar(Displace(v, at), type);
}

// Whether the function has objects of its own, or may make some.
WS_HD bool Lowerer::UsesVectors() const {
  const NodeId body(current().node.index - 1);
  for (uint32_t i = tree().first(body).index; i < body.index; ++i) {
    if (kind(types().StripReference(info(NodeId(i)).type)) == TypeKind::kStdVector) return true;
  }
  return false;
}

// At the end of the body: returns, and what stands before its start.
WS_HD void Lowerer::FinishVectors(BlockId prologue, BlockId start) {
  const TypeId result = current().result;
  if (live()) {
    if (kind(result) == TypeKind::kVoid) {
      Branch(epilogue_);
    } else if (IsMain(instance_)) {
      StoreScalar(result_, result, Imm(0));
      Branch(epilogue_);
    } else {
      ir::Inst end;
      end.op = Op::kTrap;
      Emit(end, {}, {});
    }
  }
  Place(epilogue_);
  if (live()) {
    FreeVectors();
    if (!statics_.empty() && IsMain(instance_)) EndStatics();
    if (kind(result) == TypeKind::kVoid || ByAddress(result)) {
      Emit(Op::kRet, Type::kNone, {}, {});
    } else {
      Emit(Op::kRet, Type::kNone, {}, {result_.operand});
    }
  }
  Place(prologue);
  ZeroVectors();
  Branch(start);
}

// Behind the function's entry: all its vectors are empty.
WS_HD void Lowerer::ZeroVectors() {
  for (const OwnedVector& owned : vectors_) {
    for (int64_t word = 0; word < 3; ++word) {
      StoreScalar(Displace(owned.object, word * 8), TypeId(TypeKind::kULong), Imm(0));
    }
  }
}

WS_HD void Lowerer::FreeVectors() {
  for (uint32_t i = 0; i < vectors_.size() && live(); ++i) {
    const OwnedVector owned = vectors_[i];
    CallVector(owned.nested ? "ws_vector_free_nested" : "ws_vector_free", {Address(owned.object)});
  }
}

// Gives the object what stands between the parentheses of its initialiser.
WS_HD void Lowerer::ConstructVector(const Value& to, TypeId type, std::span<const NodeId> values,
                                    bool list) {
  const TypeId count_type(TypeKind::kULong);
  if (values.size() == 1 && kind(info(values[0]).type) == TypeKind::kStdVector) {
    StoreVector(to, type, values[0]);
    return;
  }
  EmptyVector(to, type);
  if (values.empty()) return;
  if (list) {
    PushElements(to, type, values);
    return;
  }
  if (values.size() == 1) {
    ResizeVector(to, type, Scalar(values[0], count_type), values[0]);
    return;
  }
  AssignVector(to, type, values[0], values[1]);
}

// New elements are zero, or what their default initialisers and constructor make.
WS_HD void Lowerer::ResizeVector(const Value& to, TypeId type, Operand count, NodeId n) {
  const TypeId element = types().Element(type);
  const Operand bytes = Imm(types().Bytes(element));
  if (!types().NeedsInit(element)) {
    CallVector("ws_vector_resize", {Address(to), count, bytes});
    return;
  }
  const Value x = NewVariable(element, true, n);
  DefaultInit(x, element, n, {});
  CallVector("ws_vector_fill", {Address(to), count, bytes, Address(x)});
}

WS_HD void Lowerer::PushElements(const Value& to, TypeId type, std::span<const NodeId> values) {
  const TypeId element = types().Element(type);
  for (uint32_t i = 0; i < values.size(); ++i) {
    const Value x = Materialize(values[i], element);
    CallVector("ws_vector_push", {Address(to), Imm(types().Bytes(element)), Address(x)});
    OwnElements(to, type, Imm(i), Imm(i + 1));
  }
}

// (count, value) or (first, last).
// `count` elements of another type, which lie elsewhere, become the vector's.
WS_HD void Lowerer::ConvertElements(const Value& to, TypeId type, Operand first, TypeId from,
                                    Operand count) {
  const TypeId element = types().Element(type).Unqualified();
  const TypeId word(TypeKind::kULong);
  StoreScalar(Displace(to, kSizeAt), word, Imm(0));
  CallVector("ws_vector_resize", {Address(to), count, Imm(types().Bytes(element))});
  if (!live()) return;
  const Operand at = Operand::Reg(NewReg(Type::kU64, true));
  Copy(at.reg(), Type::kU64, Imm(0));
  const BlockId head = NewBlock();
  const BlockId body = NewBlock();
  const BlockId end = NewBlock();
  used_[head.index] = 1;  // by the branch below
  Place(head);
  BranchIf(Binary(BinaryOp::kLt, word, at, count), body, end);
  Place(body);
  Value source;
  source.kind = Value::Kind::kMemory;
  const Operand read = Compute(Op::kMul, Type::kU64, {at, Imm(types().Bytes(from))}, Type::kU64);
  source.operand = Compute(Op::kAdd, Type::kU64, {first, read}, Type::kU64);
  StoreScalar(VectorElement(to, element, at), element,
              Convert(LoadScalar(source, from), from, element));
  Copy(at.reg(), Type::kU64, Compute(Op::kAdd, Type::kU64, {at, Imm(1)}, Type::kU64));
  Branch(head);
  Place(end);
}

WS_HD void Lowerer::AssignVector(const Value& to, TypeId type, NodeId a, NodeId b) {
  const TypeId element = types().Element(type);
  const uint64_t size = types().Bytes(element);
  const TypeId count_type(TypeKind::kULong);
  if (kind(types().Decay(info(a).type)) == TypeKind::kPointer) {
    const Operand first = Scalar(a);
    const Operand last = Scalar(b);
    const TypeId from = types().Element(types().Decay(info(a).type)).Unqualified();
    const uint64_t step = types().Bytes(from);
    const Operand length = Compute(Op::kSub, Type::kU64, {last, first}, Type::kU64);
    const Operand count = Compute(Op::kDiv, Type::kU64, {length, Imm(step)}, Type::kU64);
    if (from != element.Unqualified()) return ConvertElements(to, type, first, from, count);
    CallVector("ws_vector_assign", {Address(to), count, Imm(size), first});
    OwnElements(to, type, Imm(0), count);
    return;
  }
  const Operand count = Scalar(a, count_type);
  const Value x = Materialize(b, element);
  StoreScalar(Displace(to, kSizeAt), count_type, Imm(0));
  CallVector("ws_vector_fill", {Address(to), count, Imm(size), Address(x)});
  OwnElements(to, type, Imm(0), count);
}

// Copies another vector, or takes a list.
WS_HD void Lowerer::StoreVector(const Value& to, TypeId type, NodeId from) {
  const TypeId element = types().Element(type);
  const Operand bytes = Imm(types().Bytes(element));
  if (tree().kind(from) == NodeKind::kInitList) {
    Vec<NodeId> values(arena_);
    for (const NodeId value : Children(from)) values.push_back(value);
    if (values.size() == 1 && kind(info(values[0]).type) == TypeKind::kStdVector) {
      StoreVector(to, type, values[0]);
      return;
    }
    StoreScalar(Displace(to, kSizeAt), TypeId(TypeKind::kULong), Imm(0));
    CallVector("ws_vector_reserve", {Address(to), Imm(values.size()), bytes});
    PushElements(to, type, values.span());
    return;
  }
  const Value& v = value(from);
  if (v.kind != Value::Kind::kMemory) return;
  const TypeId word(TypeKind::kULong);
  CallVector("ws_vector_assign",
             {Address(to), VectorWord(v, kSizeAt, word), bytes, VectorWord(v, 0, word)});
  OwnElements(to, type, Imm(0), VectorWord(to, kSizeAt, word));
}

// An element, by an index or its address.
WS_HD Value Lowerer::VectorElement(const Value& v, TypeId element, Operand index) {
  Value out;
  out.kind = Value::Kind::kMemory;
  const Operand data = VectorWord(v, 0, TypeId(TypeKind::kULong));
  const Operand offset =
      Compute(Op::kMul, Type::kU64, {index, Imm(types().Bytes(element))}, Type::kU64);
  out.operand = Compute(Op::kAdd, Type::kU64, {data, offset}, Type::kU64);
  return out;
}

WS_HD void Lowerer::CallVectorMethod(NodeId n, NodeId callee, std::span<const NodeId> args) {
  const NodeId base(callee.index - 1);
  TypeId object = info(base).type;
  Value v;
  if (tree().data(callee) == 1) {
    object = types().Element(types().Decay(object));
    v.kind = Value::Kind::kMemory;
    v.operand = Scalar(base);
  } else {
    v = value(base);
  }
  const TypeId element = types().Element(object);
  const uint64_t size = types().Bytes(element);
  const TypeId word(TypeKind::kULong);
  const auto count = [&] { return VectorWord(v, kSizeAt, word); };
  const auto checked = [&](Operand index) {
    if (const InstanceId throws(info(callee).conversion); throws.index != 0) {
      const BlockId beyond = NewBlock();
      const BlockId inside = NewBlock();
      const Operand passed[2] = {index, count()};
      BranchIf(Binary(BinaryOp::kLt, word, passed[0], passed[1]), inside, beyond);
      Place(beyond);
      Call(n, throws, Operand(), passed, 2);
      Place(inside);
      return VectorElement(v, element, index);
    }
    CallVector("ws_vector_check", {Address(v), index});
    return VectorElement(v, element, index);
  };
  switch (static_cast<VectorMethod>(info(callee).bits)) {
    case VectorMethod::size:
      value(n) = ScalarValue(count());
      return;
    case VectorMethod::capacity:
      value(n) = ScalarValue(VectorWord(v, 16, word));
      return;
    case VectorMethod::empty:
      value(n) = ScalarValue(Binary(BinaryOp::kEq, word, count(), Imm(0)));
      return;
    case VectorMethod::data:
    case VectorMethod::begin:
    case VectorMethod::cbegin:
      value(n) = ScalarValue(VectorWord(v, 0, word));
      return;
    case VectorMethod::end:
    case VectorMethod::cend:
      value(n) = ScalarValue(VectorElement(v, element, count()).operand);
      return;
    case VectorMethod::front:
      value(n) = checked(Compute(Op::kMov, Type::kU64, {Imm(0)}, Type::kU64));
      return;
    case VectorMethod::back:
      value(n) = checked(Compute(Op::kSub, Type::kU64, {count(), Imm(1)}, Type::kU64));
      return;
    case VectorMethod::at:
      value(n) = checked(Scalar(args[0], word));
      return;
    case VectorMethod::push_back:
    case VectorMethod::emplace_back: {
      Value x;
      if (args.size() == 1) {
        x = Materialize(args[0], element);
      } else {
        x = NewVariable(element, true, n);
        ConstructAt(x, element, n, args);
      }
      CallVector("ws_vector_push", {Address(v), Imm(size), Address(x)});
      OwnElements(v, object, Compute(Op::kSub, Type::kU64, {count(), Imm(1)}, Type::kU64), count());
      return;
    }
    case VectorMethod::pop_back:
      StoreScalar(Displace(v, kSizeAt), word,
                  Compute(Op::kSub, Type::kU64, {count(), Imm(1)}, Type::kU64));
      return;
    case VectorMethod::clear:
      StoreScalar(Displace(v, kSizeAt), word, Imm(0));
      return;
    case VectorMethod::resize: {
      const Operand wanted = Scalar(args[0], word);
      if (args.size() == 1) {
        ResizeVector(v, object, wanted, n);
        return;
      }
      const Operand before = count();
      const Value x = Materialize(args[1], element);
      CallVector("ws_vector_fill", {Address(v), wanted, Imm(size), Address(x)});
      OwnElements(v, object, before, wanted);
      return;
    }
    case VectorMethod::reserve:
      CallVector("ws_vector_reserve", {Address(v), Scalar(args[0], word), Imm(size)});
      return;
    case VectorMethod::assign:
      if (args.size() == 1) {
        StoreVector(v, object, args[0]);
      } else {
        AssignVector(v, object, args[0], args[1]);
      }
      return;
    case VectorMethod::insert:
      value(n) = ScalarValue(InsertElements(v, object, args));
      return;
    case VectorMethod::erase: {
      const Operand first = Scalar(args[0]);
      const Operand last = args.size() > 1
                               ? Scalar(args[1])
                               : Compute(Op::kAdd, Type::kU64, {first, Imm(size)}, Type::kU64);
      value(n) = ScalarValue(
          AskVector("ws_vector_erase", Type::kU64, {Address(v), first, last, Imm(size)}));
      return;
    }
    case VectorMethod::swap:
      CallVector("ws_vector_swap", {Address(v), Address(value(args[0]))});
      return;
    case VectorMethod::shrink_to_fit:
    case VectorMethod::kCount:
      return;
  }
}

}  // namespace ws::front
