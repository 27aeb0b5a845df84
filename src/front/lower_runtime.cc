// device-clean
// The host runtime, and what else is made of several instructions: assert, sincos.
#include "front/lowerer.h"

namespace ws::front {
namespace {

struct ErrorName {
  int32_t code;
  const char* name;
  const char* text;
};
// What cudaGetErrorName and cudaGetErrorString say of the codes that programs meet.
constexpr uint32_t kErrorNames = 9;
WS_HD ErrorName ErrorNameOf(uint32_t i) {
  switch (i) {
    case 0:
      return {0, "cudaSuccess", "no error"};
    case 1:
      return {1, "cudaErrorInvalidValue", "invalid argument"};
    case 2:
      return {2, "cudaErrorMemoryAllocation", "out of memory"};
    case 3:
      return {9, "cudaErrorInvalidConfiguration", "invalid configuration argument"};
    case 4:
      return {98, "cudaErrorInvalidDeviceFunction", "invalid device function"};
    case 5:
      return {600, "cudaErrorNotReady", "device not ready"};
    case 6:
      return {700, "cudaErrorIllegalAddress", "an illegal memory access was encountered"};
    case 7:
      return {701, "cudaErrorLaunchOutOfResources", "too many resources requested for launch"};
    default:
      return {719, "cudaErrorLaunchFailure", "unspecified launch failure"};
  }
}

struct Attribute {
  int32_t code;
  int32_t value;
};
// cudaDeviceAttr of the device that __CUDA_ARCH__ speaks of, an H100 SXM.
constexpr uint32_t kAttributes = 10;
WS_HD Attribute AttributeOf(uint32_t i) {
  constexpr Attribute kTable[kAttributes] = {{1, 1024}, {2, 1024},   {5, 0x7fffffff}, {8, 49152},
                                             {10, 32},  {16, 132},   {39, 2048},      {75, 9},
                                             {76, 0},   {97, 232448}};
  return kTable[i];
}

}  // namespace

// The address of the text for a code.
WS_HD ir::Operand Lowerer::ErrorText(Operand code, bool name) {
  const auto text = [&](const char* s) {
    uint32_t bytes = 0;
    while (s[bytes] != 0) ++bytes;
    const std::span<const uint8_t> with_zero(reinterpret_cast<const uint8_t*>(s), bytes + 1);
    return Compute(Op::kMov, Type::kU64, {Operand::Global(TextGlobal(with_zero, loc_))},
                   Type::kU64);
  };
  Operand result = text("unrecognized error code");
  for (uint32_t i = 0; i < kErrorNames; ++i) {
    const ErrorName known = ErrorNameOf(i);
    const Operand same =
        Binary(BinaryOp::kEq, TypeId(TypeKind::kInt), code, Imm(static_cast<uint32_t>(known.code)));
    result = Compute(Op::kSelp, Type::kU64, {text(name ? known.name : known.text), result, same},
                     Type::kU64);
  }
  return result;
}

// The value of a device attribute, 0 for those that are not known.
WS_HD ir::Operand Lowerer::DeviceAttribute(Operand code) {
  Operand result = Imm(0);
  for (uint32_t i = 0; i < kAttributes; ++i) {
    const Attribute known = AttributeOf(i);
    const Operand same =
        Binary(BinaryOp::kEq, TypeId(TypeKind::kInt), code, Imm(static_cast<uint32_t>(known.code)));
    result = Compute(Op::kSelp, Type::kS32, {Imm(static_cast<uint32_t>(known.value)), result, same},
                     Type::kS32);
  }
  return result;
}

WS_HD void Lowerer::VisitNew(NodeId n) {
  ir::Inst inst;
  inst.op = Op::kRt;
  if (tree().kind(n) == NodeKind::kDelete) {
    inst.sub = static_cast<uint8_t>(ir::RtFn::kHostFree);
    Emit(inst, {}, {Scalar(NodeId(n.index - 1))});
    return;
  }
  const Vec<NodeId> kids = ChildList(n);
  const TypeId type = info(kids[0]).type;
  const bool array = tree().data(n) != 0;
  Operand bytes = Imm(types().Bytes(type));
  if (array) {
    const Operand count = Scalar(kids[1], TypeId(TypeKind::kULong));
    bytes = Compute(Op::kMul, Type::kU64, {count, bytes}, Type::kU64);
  }
  inst.sub = static_cast<uint8_t>(ir::RtFn::kHostMalloc);
  const Operand address = Operand::Reg(NewReg(Type::kU64, true));
  Emit(inst, {address}, {bytes});
  value(n) = ScalarValue(address);
  if (tree().data(n) == 2) CallVector("ws_set_bytes", {address, Imm(0), bytes});
  if (array || kids.size() == 1) return;
  Value to;
  to.kind = Value::Kind::kMemory;
  to.operand = address;
  Store(to, type.Unqualified(), kids[1]);
}

// stream << value, as printf writes it. The streams are not told apart.
WS_HD void Lowerer::Insert(NodeId from) {
  const TypeId type = types().Decay(info(from).type);
  const TypeKind k = kind(type);
  const char* format = "%d";
  TypeId passed(TypeKind::kLongLong);
  if (k == TypeKind::kManipulator) {
    NodeId name = from;
    while (tree().kind(name) == NodeKind::kParen) name = NodeId(name.index - 1);
    if (info(name).builtin == kNoBuiltin || RowOf(info(name).builtin).extra == 0) return;
    format = "\n";
  } else if (IsFloatKind(k)) {
    format = "%g";
    passed = TypeId(TypeKind::kDouble);
  } else if (k == TypeKind::kChar || k == TypeKind::kSChar || k == TypeKind::kUChar) {
    format = "%c";
  } else if (k == TypeKind::kPointer) {
    const TypeKind to = kind(types().Element(type));
    format = to == TypeKind::kChar ? "%s" : "%p";
    passed = type;
  } else if (!IsSignedKind(k) && !IsEnumKind(k)) {
    format = "%llu";
    passed = TypeId(TypeKind::kULongLong);
  } else {
    format = "%lld";
  }
  uint32_t bytes = 0;
  while (format[bytes] != 0) ++bytes;
  const std::span<const uint8_t> text(reinterpret_cast<const uint8_t*>(format), bytes + 1);
  const Operand global =
      Compute(Op::kMov, Type::kU64, {Operand::Global(TextGlobal(text, loc_))}, Type::kU64);
  ir::Inst inst;
  inst.op = Op::kRt;
  inst.sub = static_cast<uint8_t>(ir::RtFn::kPrintf);
  const Operand written = Operand::Reg(NewReg(Type::kS32));
  if (k == TypeKind::kManipulator) {
    Emit(inst, {written}, {global});
  } else {
    Emit(inst, {written}, {global, Scalar(from, passed)});
  }
}

WS_HD bool Lowerer::CallHostBuiltin(NodeId n, const BuiltinRow& row, std::span<const NodeId> args) {
  const TypeId result = info(n).type;
  Vec<Operand> srcs(arena_);
  ir::Inst inst;
  inst.op = Op::kRt;
  inst.sub = static_cast<uint8_t>(row.extra);
  bool returns = ir::InfoOf(static_cast<ir::RtFn>(row.extra)).result != Type::kNone;
  switch (row.how) {
    case BuiltinHow::kRt: {
      for (uint32_t i = 0; i < args.size(); ++i) {
        const TypeId type = CodeType(row, i);
        srcs.push_back(type == TypeId() ? Scalar(args[i]) : Scalar(args[i], type));
      }
      // The stream may be left out.
      const int wanted = ir::InfoOf(static_cast<ir::RtFn>(row.extra)).args;
      while (wanted > 0 && srcs.size() < static_cast<uint32_t>(wanted) && !arena_.failed()) {
        srcs.push_back(Imm(0));
      }
      break;
    }
    case BuiltinHow::kExit:
      srcs.push_back(Scalar(args[0], TypeId(TypeKind::kInt)));
      returns = false;
      break;
    case BuiltinHow::kFuncAttribute: {
      const InstanceId kernel(static_cast<uint32_t>(info(args[0]).bits));
      if (info(args[0]).category != Category::kFunction || kernel.index >= functions_.size() ||
          !functions_[kernel.index].valid()) {
        Error(Kind::kUnsupported, args[0], "a kernel that is not named directly");
        return true;
      }
      srcs.push_back(Operand::Function(functions_[kernel.index]));
      srcs.push_back(Scalar(args[1], TypeId(TypeKind::kInt)));
      srcs.push_back(Scalar(args[2], TypeId(TypeKind::kInt)));
      break;
    }
    case BuiltinHow::kErrorString:
      value(n) = ScalarValue(ErrorText(Scalar(args[0], TypeId(TypeKind::kInt)), row.extra == 1));
      return true;
    case BuiltinHow::kAssert: {
      if (std::optional<bool> known = KnownCondition(args[0]); known == true) return true;
      const Operand holds = Condition(args[0]);
      const BlockId fails = NewBlock();
      const BlockId goes_on = NewBlock();
      BranchIf(holds, goes_on, fails);
      Place(fails);
      if (on_host()) {
        inst.sub = static_cast<uint8_t>(ir::RtFn::kAbort);
      } else {
        inst = ir::Inst();
        inst.op = Op::kTrap;
        inst.sub = 1;
      }
      Emit(inst, {}, {});
      Place(goes_on);
      return true;
    }
    case BuiltinHow::kSincos: {
      const Operand x = Scalar(args[0], TypeId(TypeKind::kFloat));
      for (uint32_t i = 0; i < 2; ++i) {
        const ir::MathFn fn = i == 0 ? ir::MathFn::kSinf : ir::MathFn::kCosf;
        const Operand y = row.extra == 1
                              ? Compute(i == 0 ? Op::kSin : Op::kCos, Type::kF32, {x}, Type::kF32,
                                        ir::Round::kApprox)
                              : CallMath(fn, std::span<const Operand>(&x, 1), Type::kF32);
        Value to;
        to.kind = Value::Kind::kMemory;
        to.operand = Scalar(args[i + 1]);
        StoreScalar(to, TypeId(TypeKind::kFloat), y);
      }
      return true;
    }
    case BuiltinHow::kSuccess:
      for (uint32_t i = 0; i < args.size(); ++i) {
        if (info(args[i]).category != Category::kFunction) Scalar(args[i]);
      }
      value(n) = ScalarValue(Imm(0));
      return true;
    case BuiltinHow::kStore:
    case BuiltinHow::kDeviceAttribute: {
      const TypeId object = types().Element(types().Decay(info(args[0]).type));
      Value to;
      to.kind = Value::Kind::kMemory;
      to.operand = Scalar(args[0]);
      StoreScalar(to, object,
                  row.how == BuiltinHow::kStore
                      ? Imm(row.extra)
                      : DeviceAttribute(Scalar(args[1], TypeId(TypeKind::kInt))));
      value(n) = ScalarValue(Imm(0));
      return true;
    }
    case BuiltinHow::kToSymbol:
    case BuiltinHow::kFromSymbol: {
      const bool to = row.how == BuiltinHow::kToSymbol;
      Operand symbol = Address(value(args[to ? 0 : 1]));
      const Operand memory = Scalar(args[to ? 1 : 0]);
      const Operand bytes = Scalar(args[2], TypeId(TypeKind::kULong));
      if (args.size() > 3) {
        symbol = Compute(Op::kAdd, Type::kU64, {symbol, Scalar(args[3], TypeId(TypeKind::kULong))},
                         Type::kU64);
      }
      srcs.push_back(to ? symbol : memory);
      srcs.push_back(to ? memory : symbol);
      srcs.push_back(bytes);
      // From the host, or to it, unless it says otherwise.
      srcs.push_back(args.size() > 4 ? Scalar(args[4], TypeId(TypeKind::kInt)) : Imm(to ? 1 : 2));
      if (static_cast<ir::RtFn>(row.extra) == ir::RtFn::kMemcpyAsync) srcs.push_back(Imm(0));
      break;
    }
    case BuiltinHow::kSymbolAddress: {
      Value to;
      to.kind = Value::Kind::kMemory;
      to.operand = Scalar(args[0]);
      StoreScalar(to, TypeId(TypeKind::kULong), Address(value(args[1])));
      value(n) = ScalarValue(Imm(0));
      return true;
    }
    case BuiltinHow::kMallocHost: {
      Value to;
      to.kind = Value::Kind::kMemory;
      to.operand = Scalar(args[0]);
      const Operand address = Operand::Reg(NewReg(Type::kU64));
      Emit(inst, {address}, {Scalar(args[1], TypeId(TypeKind::kULong))});
      StoreScalar(to, TypeId(TypeKind::kULong), address);
      value(n) = ScalarValue(Imm(0));
      return true;
    }
    case BuiltinHow::kFreeHost:
      Emit(inst, {}, {Scalar(args[0])});
      value(n) = ScalarValue(Imm(0));
      return true;
    case BuiltinHow::kHostCopy: {
      const Operand to = Scalar(args[0]);
      const Operand from = Scalar(args[1]);
      const Operand copied = Operand::Reg(NewReg(Type::kS32));
      Emit(inst, {copied}, {to, from, Scalar(args[2], TypeId(TypeKind::kULong)), Imm(0)});
      value(n) = ScalarValue(to);
      return true;
    }
    case BuiltinHow::kPrintf: {
      // fprintf's stream is not told apart.
      const uint32_t format = row.signature[2] == 'X' ? 1 : 0;
      uint32_t wide = 0;  // bit k: value k takes 8 bytes
      for (uint32_t i = format; i < args.size(); ++i) {
        const TypeId type = types().Decay(info(args[i]).type);
        if (types().IsAggregate(type) || kind(type) == TypeKind::kVoid) {
          Error(Kind::kCannotConvert, args[i], types().Spelling(type), "an argument of printf");
          return true;
        }
        // Promoted as variable arguments are, then all in 64 bits.
        const bool floats = IsFloatKind(kind(type)) || IsHalfKind(kind(type));
        const bool integers = IsIntegerKind(kind(type)) || IsEnumKind(kind(type));
        const TypeId passed = floats     ? TypeId(TypeKind::kDouble)
                              : integers ? TypeId(IsSignedKind(kind(type)) ? TypeKind::kLongLong
                                                                           : TypeKind::kULongLong)
                                         : type;
        srcs.push_back(Scalar(args[i], passed));
        // What a kernel's printf takes beyond that is left out, as in CUDA.
        const uint32_t at = i - format;
        if (at >= 1 && at <= ir::kMaxPrinted)
          wide |= (types().Bytes(type) > 4 || floats) ? 1u << (at - 1) : 0;
      }
      if (on_host()) break;
      inst = ir::Inst();
      inst.op = Op::kPrint;
      inst.offset = static_cast<int32_t>(wide);
      if (srcs.size() > ir::kMaxPrinted + 1) srcs.truncate(ir::kMaxPrinted + 1);
      break;
    }
    default:
      return false;
  }
  if (srcs.size() > kMaxArguments) {
    Error(Kind::kTooManyArguments, n, kMaxArguments);
    return true;
  }
  if (!returns || kind(result) == TypeKind::kVoid) {
    Emit(inst, std::span<const Operand>(), srcs.span());
    return true;
  }
  const Operand dst = Operand::Reg(NewReg(RegType(result)));
  Emit(inst, std::span<const Operand>(&dst, 1), srcs.span());
  value(n) = ScalarValue(dst);
  return true;
}

}  // namespace ws::front
