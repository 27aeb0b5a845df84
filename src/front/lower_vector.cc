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
  ir::FunctionId function;
  for (uint32_t i = 0; library_ != nullptr && i < library_->functions.size(); ++i) {
    if (SameText(library_->functions[i].name, name))
      function = ReserveCopy(ir::FunctionId(i), true);
  }
  Vec<Operand> srcs(arena_);
  srcs.push_back(Operand::Function(function));
  for (const Operand& arg : args) srcs.push_back(arg);
  if (!function.valid()) return;
  ir::Inst inst;
  inst.op = Op::kCall;
  Emit(inst, std::span<const Operand>(), srcs.span());
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
    } else {
      ir::Inst end;
      end.op = Op::kTrap;
      Emit(end, {}, {});
    }
  }
  Place(epilogue_);
  if (live()) {
    FreeVectors();
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
  for (const Value& v : vectors_) {
    for (int64_t word = 0; word < 3; ++word) {
      StoreScalar(Displace(v, word * 8), TypeId(TypeKind::kULong), Imm(0));
    }
  }
}

WS_HD void Lowerer::FreeVectors() {
  for (uint32_t i = 0; i < vectors_.size() && live(); ++i) {
    const Value v = vectors_[i];
    CallVector("ws_vector_free", {Address(v)});
  }
}

// Gives the object what stands between the parentheses of its initialiser.
WS_HD void Lowerer::ConstructVector(const Value& to, TypeId type, std::span<const NodeId> values,
                                    bool list) {
  const TypeId element = types().Element(type);
  const TypeId count_type(TypeKind::kULong);
  const Operand bytes = Imm(types().Bytes(element));
  if (values.size() == 1 && kind(info(values[0]).type) == TypeKind::kStdVector) {
    StoreVector(to, type, values[0]);
    return;
  }
  CallVector("ws_vector_free", {Address(to)});
  if (values.empty()) return;
  if (list) {
    for (const NodeId value : values) {
      const Value x = Materialize(value, element);
      CallVector("ws_vector_push", {Address(to), bytes, Address(x)});
    }
    return;
  }
  if (values.size() == 1) {
    const Operand count = Scalar(values[0], count_type);
    CallVector("ws_vector_resize", {Address(to), count, bytes});
    return;
  }
  AssignVector(to, type, values[0], values[1]);
}

// (count, value) or (first, last).
WS_HD void Lowerer::AssignVector(const Value& to, TypeId type, NodeId a, NodeId b) {
  const TypeId element = types().Element(type);
  const uint64_t size = types().Bytes(element);
  const TypeId count_type(TypeKind::kULong);
  if (kind(types().Decay(info(a).type)) == TypeKind::kPointer) {
    const Operand first = Scalar(a);
    const Operand last = Scalar(b);
    const Operand length = Compute(Op::kSub, Type::kU64, {last, first}, Type::kU64);
    const Operand count = Compute(Op::kDiv, Type::kU64, {length, Imm(size)}, Type::kU64);
    CallVector("ws_vector_assign", {Address(to), count, Imm(size), first});
    return;
  }
  const Operand count = Scalar(a, count_type);
  const Value x = Materialize(b, element);
  StoreScalar(Displace(to, kSizeAt), count_type, Imm(0));
  CallVector("ws_vector_fill", {Address(to), count, Imm(size), Address(x)});
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
    for (const NodeId value : values) {
      const Value x = Materialize(value, element);
      CallVector("ws_vector_push", {Address(to), bytes, Address(x)});
    }
    return;
  }
  const Value& v = value(from);
  if (v.kind != Value::Kind::kMemory) return;
  const TypeId word(TypeKind::kULong);
  CallVector("ws_vector_assign",
             {Address(to), VectorWord(v, kSizeAt, word), bytes, VectorWord(v, 0, word)});
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
      const Value x = Materialize(args[0], element);
      CallVector("ws_vector_push", {Address(v), Imm(size), Address(x)});
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
        CallVector("ws_vector_resize", {Address(v), wanted, Imm(size)});
        return;
      }
      const Value x = Materialize(args[1], element);
      CallVector("ws_vector_fill", {Address(v), wanted, Imm(size), Address(x)});
      return;
    }
    case VectorMethod::reserve:
      CallVector("ws_vector_reserve", {Address(v), Scalar(args[0], word), Imm(size)});
      return;
    case VectorMethod::assign:
      AssignVector(v, object, args[0], args[1]);
      return;
    case VectorMethod::shrink_to_fit:
    case VectorMethod::kCount:
      return;
  }
}

}  // namespace ws::front
