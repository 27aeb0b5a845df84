// device-clean
// new and delete.
#include "front/lower.h"
#include "front/lowerer.h"

namespace ws::front {

WS_HD void Lowerer::VisitNew(NodeId n) {
  ir::Inst inst;
  inst.op = Op::kRt;
  if (tree().kind(n) == NodeKind::kDelete && tree().data(n) != 0) {
    const NodeId object(n.index - 1);
    const bool at_pointer = tree().data(n) == delete_flag::kAtPointer;
    TypeId type = info(object).type;
    Value place = at_pointer ? Value() : value(object);
    if (at_pointer) {
      type = types().Element(types().Decay(type));
      place.kind = Value::Kind::kMemory;
      place.operand = Scalar(object);
    }
    if (!types().NeedsDestroy(type)) return;
    if (at_pointer && kind(type) == TypeKind::kStruct && types().Struct(type).is_polymorphic) {
      DestroyDynamic(place.operand, type, n);
    } else {
      Destroy(place, type, n);
    }
    return;
  }
  if (tree().kind(n) == NodeKind::kDelete) {
    inst.sub = static_cast<uint8_t>(ir::RtFn::kHostFree);
    const Operand address = Scalar(NodeId(n.index - 1));
    const TypeId object = types().Element(types().Decay(info(NodeId(n.index - 1)).type));
    const bool polymorphic =
        kind(object) == TypeKind::kStruct && types().Struct(object).is_polymorphic;
    if (types().NeedsDestroy(object) || polymorphic) {
      const BlockId destroy = NewBlock();
      const BlockId done = NewBlock();
      BranchIf(Binary(BinaryOp::kNe, TypeId(TypeKind::kULong), address, Imm(0)), destroy, done);
      Place(destroy);
      Value place;
      place.kind = Value::Kind::kMemory;
      place.operand = address;
      if (polymorphic) {
        DestroyDynamic(address, object, n);
      } else {
        Destroy(place, object, n);
      }
      Branch(done);
      Place(done);
    }
    const InstanceId own = sema_.StorageOperator(object, TokenKind::kDelete,
                                                 on_host() ? Target::kHost : Target::kDevice);
    if (own.valid()) {
      Call(n, own, {}, std::span<const Operand>(&address, 1), 1);
      return;
    }
    if (!on_host()) {
      inst = ir::Inst();
      inst.op = Op::kFree;
      inst.type = Type::kU64;
    }
    Emit(inst, {}, {address});
    return;
  }
  const uint32_t data = tree().data(n);
  const Vec<NodeId> all = ChildList(n);
  const bool placed = (data & new_flag::kPlaced) != 0;
  const std::span<const NodeId> kids = all.span().subspan(placed ? 1 : 0);
  const TypeId type = info(kids[0]).type;
  const bool array = (data & new_flag::kArray) != 0;
  Operand bytes = Imm(types().Bytes(type));
  if (array) {
    const Operand count = Scalar(kids[1], TypeId(TypeKind::kULong));
    bytes = Compute(Op::kMul, Type::kU64, {count, bytes}, Type::kU64);
  }
  inst.sub = static_cast<uint8_t>(ir::RtFn::kHostMalloc);
  Operand address = Operand::Reg(NewReg(Type::kU64, true));
  const InstanceId own = array || placed
                             ? InstanceId()
                             : sema_.StorageOperator(type, TokenKind::kNew,
                                                     on_host() ? Target::kHost : Target::kDevice);
  if (!on_host()) {
    inst = ir::Inst();
    inst.op = Op::kMalloc;
    inst.type = Type::kU64;
  }
  if (placed) {
    const TypeId pointer = types().Pointer(TypeId(TypeKind::kVoid));
    Emit(Op::kMov, Type::kU64, {address}, {Scalar(all[0], pointer)});
  } else if (own.valid()) {
    address = Call(n, own, {}, std::span<const Operand>(&bytes, 1), 1).operand;
  } else {
    Emit(inst, {address}, {bytes});
  }
  value(n) = ScalarValue(address);
  if ((data & new_flag::kZero) != 0) CallVector("ws_set_bytes", {address, Imm(0), bytes});
  Value to;
  to.kind = Value::Kind::kMemory;
  to.operand = address;
  if (!array && types().NeedsDestroy(type)) EmptyVectors(to, type);
  if (array) {
    if (types().NeedsInit(type)) InitElements(address, bytes, type, n);
    return;
  }
  if ((data & new_flag::kBraces) != 0) {
    Initialize(to, type.Unqualified(), kids[1]);
  } else if (info(n).entity.valid()) {
    ConstructAt(to, type, n, kids.subspan(1));
  } else if (kids.size() > 2) {  // dim3(x, y)
    Operand parts[4] = {Imm(1), Imm(1), Imm(1), Imm(1)};
    for (size_t i = 1; i < kids.size() && i < 4; ++i) {
      parts[i - 1] = Scalar(kids[i], types().Element(type));
    }
    StoreParts(to, type.Unqualified(), parts, ir::Cache::kNone);
  } else if (kids.size() > 1) {
    Store(to, type.Unqualified(), kids[1]);
  } else if (types().NeedsInit(type)) {
    DefaultInit(to, type, n, {});
  }
}

}  // namespace ws::front
