// device-clean
// Initialisers of local variables.
#include "front/init_list.h"
#include "front/lowerer.h"
#include "front/text_literal.h"

namespace ws::front {

// The literal of `char a[] = "text"`, if `init` is of that form.
WS_HD NodeId Lowerer::TextOf(NodeId init, TypeId type) const {
  if (kind(type) != TypeKind::kArray || !init.valid() || tree().subtree_size(init) != 2) return {};
  const NodeId value(init.index - 1);
  return tree().kind(value) == NodeKind::kStringLiteral ? value : NodeId();
}

WS_HD void Lowerer::StoreText(const Value& to, TypeId type, NodeId literal) {
  Vec<uint8_t> text(arena_);
  uint32_t bad = 0;
  ReadText(sema_.tokens(), tree().token(literal).index, text, &bad);
  const uint64_t size = types().Bytes(type);
  FillZero(to, size, types().Align(type), loc_);
  for (uint32_t i = 0; i < text.size() && i < size; ++i) {
    if (text[i] == 0) continue;
    StoreConstant(Displace(to, i), types().Element(type).Unqualified(), text[i]);
  }
}

WS_HD void Lowerer::Initialize(const Value& to, TypeId type, NodeId init) {
  if (tree().kind(init) == NodeKind::kInitList) {
    InitializeList(to, type, init);
    return;
  }
  if (const NodeId literal = TextOf(init, type); literal.valid()) {
    return StoreText(to, type, literal);
  }
  const std::span<const NodeId> kids = Children(init);
  if (kind(type) == TypeKind::kStdVector) {
    if (tree().kind(init) == NodeKind::kInitEq ||
        (kids.size() == 1 && tree().kind(kids[0]) == NodeKind::kInitList)) {
      StoreVector(to, type, kids[0]);
      return;
    }
    const Vec<NodeId> values = ChildList(init);
    ConstructVector(to, type, values.span(), false);
    return;
  }
  if (info(init).entity.valid()) {
    Vec<NodeId> args(arena_);
    for (const NodeId c : kids) args.push_back(c);
    ConstructAt(to, type, init, args.span());
    return;
  }
  if (kids.size() == 1) {
    const NodeId from = kids[0];
    if (tree().kind(from) == NodeKind::kInitList) {
      InitializeList(to, type, from);
    } else {
      Store(to, type, from);
    }
    return;
  }
  if (types().IsAggregate(type)) {  // dim3 d(x, y)
    const TypeId element = types().ComponentType(type);
    Operand parts[4];
    for (Operand& p : parts) p = Imm(kind(type) == TypeKind::kDim3 ? 1 : 0);
    for (size_t i = 0; i < kids.size() && i < 4; ++i) parts[i] = Scalar(kids[i], element);
    StoreParts(to, type, parts, ir::Cache::kNone);
    return;
  }
  if (kids.size() == 2) {  // half2 h(a, b)
    const TypeId half = types().ComponentType(type);
    const NodeId low = kids[0];
    const NodeId high = kids[1];
    const Operand a = Scalar(low, half);
    StoreScalar(to, type, PackHalves(a, Scalar(high, half), type));
  }
}

// {a, {b, c}}: what is not named is zero.
WS_HD void Lowerer::InitializeList(const Value& to, TypeId type, NodeId list) {
  if (info(list).entity.valid()) {  // a constructor has made the object
    TakeTemporary(value(list));
    CopyObject(to, value(list), type);
    return;
  }
  if (kind(type) != TypeKind::kArray && kind(type) != TypeKind::kStruct) {
    StorePlain(to, type, list);
    return;
  }
  // The innermost lists first, so that it is known whether anything is left to be zero.
  Vec<ListItem> work(arena_);
  Vec<ListItem> leaves(arena_);
  work.push_back({list, type, 0});
  uint64_t filled = 0;
  for (uint32_t i = 0; i < work.size() && !arena_.failed(); ++i) {
    const ListItem item = work[i];
    Vec<ListItem> parts(arena_);
    SplitList(sema_, instance_, item, parts);
    for (const ListItem& part : parts) {
      const bool has_parts =
          kind(part.type) == TypeKind::kArray || kind(part.type) == TypeKind::kStruct;
      if (tree().kind(part.value) == NodeKind::kInitList && has_parts &&
          !info(part.value).entity.valid()) {
        work.push_back(part);
      } else {
        leaves.push_back(part);
        filled += types().Bytes(part.type);
      }
    }
  }
  if (filled != types().Bytes(type)) {
    FillZero(to, types().Bytes(type), types().Align(type), loc_);
    if (types().NeedsInit(type)) DefaultInit(to, type, list, leaves.span());
  }
  for (const ListItem& leaf : leaves) {
    const Value place = Displace(to, static_cast<int64_t>(leaf.offset));
    if (kind(leaf.type) == TypeKind::kArray &&
        tree().kind(leaf.value) == NodeKind::kStringLiteral) {
      StoreText(place, leaf.type, leaf.value);
    } else {
      StorePlain(place, leaf.type, leaf.value);
    }
  }
  if (!leaves.empty() && filled != types().Bytes(type)) CallDefaults(to, type, list, leaves.span());
}

WS_HD void Lowerer::FillZero(const Value& to, uint64_t bytes, uint32_t align, diag::Loc loc) {
  (void)loc;
  const Type type = align >= 8   ? Type::kB64
                    : align == 4 ? Type::kB32
                    : align == 2 ? Type::kB16
                                 : Type::kU8;
  const uint64_t unit = ir::BytesOf(type);
  ir::Inst st;
  st.op = Op::kSt;
  st.type = type;
  st.space = to.space;
  if (bytes / unit <= 64) {
    for (uint64_t at = 0; at < bytes; at += unit) {
      const Value place = Displace(to, static_cast<int64_t>(at));
      st.offset = place.offset;
      Emit(st, {}, {place.operand, Imm(0)});
    }
    return;
  }
  if (!live()) return;
  const Operand at = Operand::Reg(NewReg(Type::kU64, true));
  const Operand left = Operand::Reg(NewReg(Type::kU32, true));
  ir::Inst mov;
  mov.op = Op::kMov;
  mov.type = Type::kU64;
  Emit(mov, {at}, {to.operand});
  mov.type = Type::kU32;
  Emit(mov, {left}, {Imm(bytes / unit)});
  const BlockId head = NewBlock();
  const BlockId end = NewBlock();
  used_[head.index] = 1;  // by the branch below
  Place(head);
  st.offset = to.offset;
  Emit(st, {}, {at, Imm(0)});
  ir::Inst add;
  add.op = Op::kAdd;
  add.type = Type::kU64;
  Emit(add, {at}, {at, Imm(unit)});
  add.type = Type::kU32;
  Emit(add, {left}, {left, Imm(0xffffffff)});
  BranchIf(Binary(BinaryOp::kNe, TypeId(TypeKind::kUInt), left, Imm(0)), head, end);
  Place(end);
}

}  // namespace ws::front
