// device-clean
// new and delete.
#include "front/lower.h"
#include "front/lowerer.h"

namespace ws::front {

WS_HD void Lowerer::VisitNew(NodeId n) {
  ir::Inst inst;
  inst.op = Op::kRt;
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
  const Operand address = Operand::Reg(NewReg(Type::kU64, true));
  if (!on_host()) {
    inst = ir::Inst();
    inst.op = Op::kMalloc;
    inst.type = Type::kU64;
  }
  if (placed) {
    const TypeId pointer = types().Pointer(TypeId(TypeKind::kVoid));
    Emit(Op::kMov, Type::kU64, {address}, {Scalar(all[0], pointer)});
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
  } else if (kids.size() > 1) {
    Store(to, type.Unqualified(), kids[1]);
  } else if (types().NeedsInit(type)) {
    DefaultInit(to, type, n, {});
  }
}

}  // namespace ws::front
