// device-clean
// Registers, memory, variables.
#include <bit>

#include "front/lower.h"
#include "front/lowerer.h"

namespace ws::front {
namespace {

WS_HD bool PowerOfTwo(uint64_t x) { return x != 0 && (x & (x - 1)) == 0; }
WS_HD uint32_t Log2(uint64_t x) {
  uint32_t n = 0;
  while (x > 1) {
    x >>= 1;
    ++n;
  }
  return n;
}

}  // namespace

WS_HD ir::RegId Lowerer::NewReg(Type type, bool variable) {
  const RegId r = builder_->NewReg(type);
  // Inline assembly has made registers of its own meanwhile.
  while (is_variable_.size() < r.index) is_variable_.push_back(0);
  is_variable_.push_back(variable ? 1 : 0);
  return r;
}

// Integers below 32 bits are held extended in 32.
WS_HD ir::Type Lowerer::RegType(TypeId t) const {
  const Type type = types().IrType(t);
  switch (type) {
    case Type::kS8:
    case Type::kS16:
      return Type::kS32;
    case Type::kU8:
    case Type::kU16:
      return Type::kU32;
    default:
      return type;
  }
}

WS_HD ir::Type Lowerer::MemoryType(TypeId t) const {
  const Type type = types().IrType(t);
  return type == Type::kPred ? Type::kU8 : type;
}

WS_HD ir::Inst& Lowerer::Emit(Op op, Type type, std::span<const Operand> dsts,
                              std::span<const Operand> srcs) {
  if (!live()) return not_written_;
  ir::Inst& inst = builder_->Append(op, dsts, srcs);
  inst.type = type;
  inst.loc = loc_;
  return inst;
}

WS_HD void Lowerer::Emit(const ir::Inst& inst, std::span<const Operand> dsts,
                         std::span<const Operand> srcs) {
  if (live()) builder_->Emit(inst, dsts, srcs).loc = loc_;
}

WS_HD void Lowerer::Emit(const ir::Inst& inst, std::initializer_list<Operand> dsts,
                         std::initializer_list<Operand> srcs) {
  Emit(inst, std::span<const Operand>(dsts.begin(), dsts.size()),
       std::span<const Operand>(srcs.begin(), srcs.size()));
}

WS_HD ir::Operand Lowerer::Compute(Op op, Type type, std::initializer_list<Operand> srcs, Type dst,
                                   ir::Round round, bool ftz) {
  const Operand result = Operand::Reg(NewReg(dst));
  ir::Inst& inst = Emit(op, type, std::span<const Operand>(&result, 1),
                        std::span<const Operand>(srcs.begin(), srcs.size()));
  inst.round = round;
  inst.ftz = ftz;
  return result;
}

// Moves into a variable. A value that the last instruction has just made is made there instead.
WS_HD void Lowerer::Copy(RegId to, Type type, Operand from, bool only_use) {
  if (from.IsReg() && from.reg() == to) return;
  if (only_use && from.IsReg() && live() && !IsVariable(from)) {
    // The last instruction of the open block, if it made `from`.
    const ir::Inst& last = module_.insts.back();
    if (!module_.insts.empty() && last.num_dsts == 1 && !last.guard.valid() &&
        builder_->open_insts() > 0 && module_.operands[last.operands] == from) {
      module_.operands[last.operands] = Operand::Reg(to);
      return;
    }
  }
  Emit(Op::kMov, type, {Operand::Reg(to)}, {from});
}

WS_HD ir::Operand Lowerer::ConstantOperand(TypeId type, uint64_t bits) {
  const TypeKind k = kind(types().Underlying(type));
  uint64_t machine = MachineBits(k, bits);
  // Narrow integers are held extended.
  if (IsIntegerKind(k) && k < TypeKind::kInt) machine = bits & 0xffffffff;
  return Imm(machine);
}

WS_HD ir::Operand Lowerer::FloatImm(Type type, double value) {
  return Imm(MachineBits(type == Type::kF64    ? TypeKind::kDouble
                         : type == Type::kF16  ? TypeKind::kHalf
                         : type == Type::kBF16 ? TypeKind::kBFloat16
                                               : TypeKind::kFloat,
                         std::bit_cast<uint64_t>(value)));
}

WS_HD Value Lowerer::ScalarValue(Operand operand) {
  Value v;
  v.kind = Value::Kind::kScalar;
  v.operand = operand;
  return v;
}

WS_HD Value Lowerer::PartsValue(std::span<const Operand> parts) {
  Value v;
  v.kind = Value::Kind::kParts;
  v.count = static_cast<uint8_t>(parts.size());
  v.first = parts_.size();
  for (const Operand& p : parts) parts_.push_back(p);
  return v;
}

WS_HD Value Lowerer::Displace(const Value& v, int64_t bytes) {
  Value result = v;
  const int64_t offset = v.offset + bytes;
  if (offset == static_cast<int32_t>(offset)) {
    result.offset = static_cast<int32_t>(offset);
    return result;
  }
  const Type type = v.narrow ? Type::kU32 : Type::kU64;
  Operand base = v.operand;
  if (!base.IsReg()) base = Compute(Op::kMov, type, {base}, type);
  result.operand = Compute(Op::kAdd, type, {base, Imm(static_cast<uint64_t>(offset))}, type);
  result.offset = 0;
  return result;
}

// The component of a vector or packed value, or the member of a struct, as a value of its own.
WS_HD Value Lowerer::Component(const Value& v, TypeId object, uint32_t component) {
  if (kind(object) == TypeKind::kStruct) {
    return FieldOf(v, types().NamedMembers(object)[component]);
  }
  switch (v.kind) {
    case Value::Kind::kMemory:
      return Displace(
          v, static_cast<int64_t>(component * types().Bytes(types().ComponentType(object))));
    case Value::Kind::kRegisters:
      if (IsPackedKind(kind(object))) {
        Value part = v;
        part.kind = Value::Kind::kHalfPart;
        part.first = component;
        return part;
      } else {
        Value part = v;
        part.count = 1;
        part.operand.index += component;
        return part;
      }
    case Value::Kind::kParts:
      return ScalarValue(component < v.count ? parts_[v.first + component] : Imm(0));
    case Value::Kind::kScalar:
      if (IsPackedKind(kind(object))) {
        return ScalarValue(UnpackHalf(v.operand, component, types().ComponentType(object)));
      }
      return v;
    default:
      return ScalarValue(Imm(0));
  }
}

WS_HD ir::Operand Lowerer::UnpackHalf(Operand packed, uint32_t component, TypeId element) {
  const Type type = RegType(element);
  const Operand low = Operand::Reg(NewReg(type));
  const Operand high = Operand::Reg(NewReg(type));
  Emit(Op::kUnpack, Type::kB32, {low, high}, {packed});
  return component == 0 ? low : high;
}

WS_HD ir::Operand Lowerer::PackHalves(Operand low, Operand high, TypeId packed) {
  return Compute(Op::kPack, Type::kB32, {low, high}, RegType(packed));
}

WS_HD ir::Operand Lowerer::LoadScalar(const Value& v, TypeId type) {
  switch (v.kind) {
    case Value::Kind::kScalar:
    case Value::Kind::kRegisters:
      return v.operand;
    case Value::Kind::kHalfPart:
      return UnpackHalf(v.operand, v.first, type);
    case Value::Kind::kMemory: {
      const Operand result =
          Operand::Reg(NewReg(kind(type) == TypeKind::kBool ? Type::kU32 : RegType(type)));
      ir::Inst& inst = Emit(Op::kLd, MemoryType(type), {result}, {v.operand});
      inst.space = v.space;
      inst.offset = v.offset;
      if (type.is_volatile()) inst.order = ir::Order::kVolatile;
      if (kind(type) == TypeKind::kBool) return ConvertToBool(result, TypeKind::kUInt);
      return result;
    }
    default:
      return Imm(0);
  }
}

WS_HD void Lowerer::StoreScalar(const Value& to, TypeId type, Operand from) {
  switch (to.kind) {
    case Value::Kind::kRegisters:
      Copy(to.operand.reg(), RegType(type), from);
      return;
    case Value::Kind::kHalfPart: {
      const TypeId packed(kind(type) == TypeKind::kBFloat16 ? TypeKind::kBFloat162
                                                            : TypeKind::kHalf2);
      const Operand other = UnpackHalf(to.operand, 1 - to.first, type);
      const Operand low = to.first == 0 ? from : other;
      const Operand high = to.first == 0 ? other : from;
      Copy(to.operand.reg(), RegType(packed), PackHalves(low, high, packed));
      return;
    }
    case Value::Kind::kMemory: {
      if (kind(type) == TypeKind::kBool) {
        from = Compute(Op::kSelp, Type::kU32, {Imm(1), Imm(0), from}, Type::kU32);
      }
      ir::Inst& inst = Emit(Op::kSt, MemoryType(type), {}, {to.operand, from});
      inst.space = to.space;
      inst.offset = to.offset;
      if (type.is_volatile()) inst.order = ir::Order::kVolatile;
      return;
    }
    default:
      return;
  }
}

// Vectors of two and four components are loaded and stored at once, as their alignment allows.
WS_HD void Lowerer::LoadParts(const Value& v, TypeId type, Operand* parts, ir::Cache cache) {
  const uint32_t count = types().Components(type);
  const TypeId element = types().ComponentType(type);
  if (v.kind == Value::Kind::kParts) {
    for (uint32_t i = 0; i < count; ++i) parts[i] = i < v.count ? parts_[v.first + i] : Imm(0);
    return;
  }
  if (v.kind == Value::Kind::kRegisters) {
    for (uint32_t i = 0; i < count; ++i) {
      parts[i] = v.operand;
      parts[i].index += i;
    }
    return;
  }
  if (v.kind != Value::Kind::kMemory) {
    for (uint32_t i = 0; i < count; ++i) parts[i] = Imm(0);
    return;
  }
  const uint64_t bytes = types().Bytes(element);
  const uint32_t at_once = count == 3 || kind(type) == TypeKind::kDim3 ? 1
                           : bytes * count > 16                        ? count / 2
                                                                       : count;
  for (uint32_t i = 0; i < count; i += at_once) {
    for (uint32_t k = 0; k < at_once; ++k) parts[i + k] = Operand::Reg(NewReg(RegType(element)));
    const Value at = Displace(v, static_cast<int64_t>(i * bytes));
    ir::Inst inst;
    inst.op = Op::kLd;
    inst.type = MemoryType(element);
    inst.space = at.space;
    inst.offset = at.offset;
    inst.vec = static_cast<uint8_t>(at_once);
    inst.cache = cache;
    Emit(inst, std::span<const Operand>(parts + i, at_once),
         std::span<const Operand>(&at.operand, 1));
  }
}

WS_HD void Lowerer::StoreParts(const Value& to, TypeId type, const Operand* parts,
                               ir::Cache cache) {
  const uint32_t count = types().Components(type);
  const TypeId element = types().ComponentType(type);
  if (to.kind == Value::Kind::kRegisters) {
    // v = make_float2(v.y, v.x) reads what it writes: go through temporaries where they overlap.
    Operand from[4];
    for (uint32_t i = 0; i < count; ++i) {
      from[i] = parts[i];
      const bool overlaps = parts[i].IsReg() && parts[i].index >= to.operand.index &&
                            parts[i].index < to.operand.index + count &&
                            parts[i].index != to.operand.index + i;
      if (overlaps) from[i] = Compute(Op::kMov, RegType(element), {parts[i]}, RegType(element));
    }
    for (uint32_t i = 0; i < count; ++i) {
      bool only_use = true;  // float4{x, x, x, x} names one register four times
      for (uint32_t k = 0; k < count; ++k) only_use &= k == i || !(from[k] == from[i]);
      Copy(RegId(to.operand.index + i), RegType(element), from[i], only_use);
    }
    return;
  }
  if (to.kind != Value::Kind::kMemory) return;
  const uint64_t bytes = types().Bytes(element);
  const uint32_t at_once = count == 3 || kind(type) == TypeKind::kDim3 ? 1
                           : bytes * count > 16                        ? count / 2
                                                                       : count;
  for (uint32_t i = 0; i < count; i += at_once) {
    const Value at = Displace(to, static_cast<int64_t>(i * bytes));
    Operand srcs[5] = {at.operand};
    for (uint32_t k = 0; k < at_once; ++k) srcs[k + 1] = parts[i + k];
    ir::Inst inst;
    inst.op = Op::kSt;
    inst.type = MemoryType(element);
    inst.space = at.space;
    inst.offset = at.offset;
    inst.vec = static_cast<uint8_t>(at_once);
    inst.cache = cache;
    Emit(inst, std::span<const Operand>(), std::span<const Operand>(srcs, at_once + 1));
  }
}

WS_HD TypeId Lowerer::OperandType(NodeId n) {
  const NodeInfo& from = info(n);
  if (from.conversion != 0 && kind(from.type) == TypeKind::kStruct) {
    return types().StripReference(sema_.instance(InstanceId(from.conversion)).result).Unqualified();
  }
  return types().Decay(from.type);
}

WS_HD ir::Operand Lowerer::Scalar(NodeId n, TypeId to) {
  const NodeInfo& from = info(n);
  if (tree().kind(n) == NodeKind::kInitList) {
    // {x} or {} for a scalar.
    if (tree().subtree_size(n) == 1) return Imm(0);
    const NodeId inner(n.index - 1);
    if (tree().kind(inner) != NodeKind::kInitList) return Scalar(inner, to);
    return Imm(0);
  }
  if (from.function) {
    const Operand address = FunctionAddress(InstanceId(static_cast<uint32_t>(from.bits)));
    return Convert(address, from.type, to);
  }
  if (from.constant) {
    const TypeKind k = kind(types().Underlying(to));
    uint64_t bits = 0;
    if (k == TypeKind::kPointer || IsHandleKind(k)) return Imm(from.bits);
    if (kind(from.type) == TypeKind::kNullptr) return Imm(0);
    if (ConvertConstant(kind(types().Underlying(from.type)), k, from.bits, &bits)) {
      if (k == TypeKind::kBool) {
        return Compute(Op::kMov, Type::kPred, {Imm(bits)}, Type::kPred);
      }
      return ConstantOperand(to, bits);
    }
    const Operand value = ConstantOperand(from.type, from.bits);
    return Convert(Compute(Op::kMov, RegType(from.type), {value}, RegType(from.type)), from.type,
                   to);
  }
  if (from.conversion != 0 && kind(from.type) == TypeKind::kStruct) {
    const InstanceId id(from.conversion);
    const TypeId given = types().StripReference(sema_.instance(id).result);
    const Value converted = CallFunction(n, id, Address(value(n)), {});
    // A runtime call takes any pointer: it does not say which.
    const TypeId wanted = kind(to) == TypeKind::kStruct ? given : to;
    return Convert(LoadScalar(converted, given), given, wanted);
  }
  const Value& v = value(n);
  if (kind(from.type) == TypeKind::kArray) return Address(v);
  if (ByAddress(from.type)) return Imm(0);  // reported by sema
  return Convert(LoadScalar(v, from.type), from.type, to);
}

// The vector that the struct's conversion function makes of it; the error type if there is none.
WS_HD TypeId Lowerer::ConvertsToVector(NodeId n) {
  const NodeInfo& from = info(n);
  if (from.conversion == 0 || kind(from.type) != TypeKind::kStruct) return {};
  const TypeId result = types().StripReference(sema_.instance(InstanceId(from.conversion)).result);
  return types().IsAggregate(result) ? result.Unqualified() : TypeId();
}

WS_HD void Lowerer::Parts(NodeId n, TypeId to, Operand* parts) {
  const uint32_t count = types().Components(to);
  const TypeId element = types().ComponentType(to);
  const bool dim3 = kind(to) == TypeKind::kDim3;
  for (uint32_t i = 0; i < count; ++i) parts[i] = Imm(dim3 ? 1 : 0);
  if (tree().kind(n) == NodeKind::kInitList) {
    const std::span<const NodeId> kids = Children(n);
    if (kids.size() == 1 && tree().kind(kids[0]) != NodeKind::kInitList &&
        types().IsAggregate(info(kids[0]).type)) {
      n = kids[0];
    } else {
      for (size_t i = 0; i < kids.size() && i < count; ++i) parts[i] = Scalar(kids[i], element);
      return;
    }
  }
  const NodeInfo& from = info(n);
  if (const TypeId vector = ConvertsToVector(n); vector != TypeId()) {
    LoadParts(CallFunction(n, InstanceId(from.conversion), Address(value(n)), {}), vector, parts,
              ir::Cache::kNone);
    return;
  }
  if (!types().IsAggregate(from.type)) {
    if (dim3) parts[0] = Scalar(n, element);  // dim3 d = n
    return;
  }
  LoadParts(value(n), from.type, parts, ir::Cache::kNone);
}

// Assigns the value of an expression to an object.
WS_HD void Lowerer::Store(const Value& to, TypeId type, NodeId from) {
  if (kind(type) == TypeKind::kStruct && tree().kind(from) == NodeKind::kInitList) {
    InitializeList(to, type, from);
  } else {
    StorePlain(to, type, from);
  }
}

WS_HD void Lowerer::StorePlain(const Value& to, TypeId type, NodeId from) {
  if (kind(type) == TypeKind::kReference) return StoreReference(to, type, from);
  if (kind(type) == TypeKind::kStdVector) {
    StoreVector(to, type, from);
    return;
  }
  if (kind(type) == TypeKind::kStruct) {
    StoreStruct(to, type, from);
    return;
  }
  if (types().IsAggregate(type)) {
    Operand parts[4];
    Parts(from, type, parts);
    StoreParts(to, type, parts, ir::Cache::kNone);
    return;
  }
  if (tree().kind(from) == NodeKind::kInitList && IsPackedKind(kind(type))) {
    const std::span<const NodeId> kids = Children(from);
    if (kids.size() == 2) {
      const TypeId half = types().ComponentType(type);
      const NodeId low = kids[0];
      const NodeId high = kids[1];
      const Operand a = Scalar(low, half);
      StoreScalar(to, type, PackHalves(a, Scalar(high, half), type));
      return;
    }
  }
  StoreScalar(to, type, Scalar(from, types().Decay(type)));
}

WS_HD std::optional<bool> Lowerer::KnownCondition(NodeId n) const {
  const NodeInfo& c = info(n);
  if (!c.constant) return std::nullopt;
  return IsTrue(kind(c.type), c.bits);
}

WS_HD ir::Operand Lowerer::Condition(NodeId n) { return Scalar(n, TypeId(TypeKind::kBool)); }

// The generic address of an object in memory.
WS_HD ir::Operand Lowerer::Address(const Value& v) {
  if (v.kind == Value::Kind::kScalar) return v.operand;  // string literals
  if (v.kind != Value::Kind::kMemory) return Imm(0);
  Operand base = v.operand;
  if (v.narrow && base.IsReg()) {
    base = CvtInst(Type::kU64, Type::kU32, ir::Round::kNone, base, Type::kU64);
  }
  if (!base.IsReg() && !base.IsImm()) {
    base = Compute(Op::kMov, Type::kU64, {base}, Type::kU64);
  }
  if (v.offset != 0) {
    base = Compute(Op::kAdd, Type::kU64,
                   {base, Imm(static_cast<uint64_t>(static_cast<int64_t>(v.offset)))}, Type::kU64);
  }
  if (v.space == ir::Space::kGeneric || v.space == ir::Space::kGlobal) return base;
  const Operand result = Operand::Reg(NewReg(Type::kU64));
  ir::Inst inst;
  inst.op = Op::kCvta;
  inst.type = Type::kU64;
  inst.space = v.space;
  Emit(inst, {result}, {base});
  return result;
}

WS_HD uint32_t Lowerer::AllocateFrame(uint64_t bytes, uint32_t align, NodeId n) {
  const uint64_t at = (uint64_t{frame_bytes_} + align - 1) / align * align;
  uint32_t& frame_align = module_.functions[functions_[instance_.index].index].frame_align;
  if (align > frame_align) frame_align = align;
  if (bytes > kMaxFrameBytes || at + bytes > kMaxFrameBytes) {
    Error(Kind::kFrameTooLarge, n, static_cast<int64_t>(kMaxFrameBytes));
    return 0;
  }
  frame_bytes_ = static_cast<uint32_t>(at + bytes);
  return static_cast<uint32_t>(at);
}

// Of its type, or what alignas asks for.
WS_HD uint32_t Lowerer::AlignOf(const Entity& variable) const {
  const uint32_t of_type = types().Align(types().StripReference(variable.type));
  const uint32_t log2 = (variable.flags & storage_flag::kAlignMask) >> storage_flag::kAlignShift;
  const uint32_t asked = log2 == 0 ? 0 : 1u << (log2 - 1);
  return asked > of_type ? asked : of_type;
}

WS_HD Value Lowerer::NewVariable(TypeId type, bool in_memory, NodeId n, uint32_t align) {
  if (align == 0) align = types().Align(type);
  Value v;
  if (in_memory || kind(type) == TypeKind::kStruct) {
    v.kind = Value::Kind::kMemory;
    v.space = ir::Space::kLocal;
    v.operand = Operand::Frame(AllocateFrame(types().Bytes(type), align, n));
    if (kind(type) == TypeKind::kStdVector) {
      vectors_.push_back({v, kind(types().Element(type)) == TypeKind::kStdVector});
    }
    if (types().NeedsDestroy(type)) EmptyVectors(v, type);
    // An empty struct's byte holds nothing, and is copied.
    if (kind(type) == TypeKind::kStruct && types().Struct(type).num_members == 0) {
      FillZero(v, types().Bytes(type), 1, loc_);
    }
    return v;
  }
  v.kind = Value::Kind::kRegisters;
  v.count = static_cast<uint8_t>(types().Components(type));
  const Type element = RegType(types().IsAggregate(type) ? types().ComponentType(type) : type);
  v.operand = Operand::Reg(NewReg(element, true));
  for (uint32_t i = 1; i < v.count; ++i) NewReg(element, true);
  return v;
}

WS_HD Value Lowerer::Materialize(NodeId n, TypeId type) {
  const Value v = NewVariable(type, true, n);
  Store(v, type, n);
  return v;
}

// index * size as a 64-bit number of bytes.
WS_HD ir::Operand Lowerer::IndexBytes(NodeId index, uint64_t size) {
  const TypeId type = OperandType(index);
  const TypeKind k = kind(type);
  const bool is_signed = IsSignedKind(k) || types().Bytes(type) < 4;
  if (types().Bytes(type) == 8) {
    const Operand wide = Scalar(index);
    if (size == 1) return wide;
    if (PowerOfTwo(size)) {
      return Compute(Op::kShl, Type::kB64, {wide, Imm(Log2(size))}, Type::kU64);
    }
    return Compute(Op::kMul, Type::kS64, {wide, Imm(size)}, Type::kS64);
  }
  const Type narrow = is_signed ? Type::kS32 : Type::kU32;
  const Type result = is_signed ? Type::kS64 : Type::kU64;
  const Operand value = Scalar(index, TypeId(is_signed ? TypeKind::kInt : TypeKind::kUInt));
  if (size == 1) return CvtInst(result, narrow, ir::Round::kNone, value, result);
  if (size > 0x7fffffff) {
    const Operand wide = CvtInst(result, narrow, ir::Round::kNone, value, result);
    return Compute(Op::kMul, Type::kS64, {wide, Imm(size)}, Type::kS64);
  }
  return Compute(Op::kMulWide, narrow, {value, Imm(size)}, result);
}

WS_HD ir::Operand Lowerer::AddToAddress(Operand base, NodeId index, uint64_t size, bool subtract) {
  const NodeInfo& by = info(index);
  if (by.constant) {
    uint64_t bytes = by.bits * size;
    if (subtract) bytes = 0 - bytes;
    if (bytes == 0) return base;
    return Compute(Op::kAdd, Type::kU64, {base, Imm(bytes)}, Type::kU64);
  }
  const Operand bytes = IndexBytes(index, size);
  return Compute(subtract ? Op::kSub : Op::kAdd, Type::kU64, {base, bytes}, Type::kU64);
}

WS_HD ir::Operand Lowerer::ReadSpecial(ir::Special s, Type type) {
  return Compute(Op::kMov, type, {Operand::SpecialReg(s)}, type);
}

}  // namespace ws::front
