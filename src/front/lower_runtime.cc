// device-clean
// The host runtime, and what else is made of several instructions: assert, sincos.
#include "front/copies.h"
#include "front/lowerer.h"

namespace ws::front {
namespace {

struct ErrorName {
  int32_t code;
  const char* name;
  const char* text;
};
// What cudaGetErrorName and cudaGetErrorString say of the codes that programs meet.
constexpr uint32_t kErrorNames = 19;
WS_HD ErrorName ErrorNameOf(uint32_t i) {
  static constexpr ErrorName kTable[kErrorNames] = {
      {0, "cudaSuccess", "no error"},
      {1, "cudaErrorInvalidValue", "invalid argument"},
      {2, "cudaErrorMemoryAllocation", "out of memory"},
      {9, "cudaErrorInvalidConfiguration", "invalid configuration argument"},
      {17, "cudaErrorInvalidDevicePointer", "invalid device pointer"},
      {21, "cudaErrorInvalidMemcpyDirection", "invalid copy direction for memcpy"},
      {98, "cudaErrorInvalidDeviceFunction", "invalid device function"},
      {100, "cudaErrorNoDevice", "no CUDA-capable device is detected"},
      {101, "cudaErrorInvalidDevice", "invalid device ordinal"},
      {400, "cudaErrorInvalidResourceHandle", "invalid resource handle"},
      {600, "cudaErrorNotReady", "device not ready"},
      {700, "cudaErrorIllegalAddress", "an illegal memory access was encountered"},
      {701, "cudaErrorLaunchOutOfResources", "too many resources requested for launch"},
      {702, "cudaErrorLaunchTimeout", "the launch timed out and was terminated"},
      {710, "cudaErrorAssert", "device-side assert triggered"},
      {719, "cudaErrorLaunchFailure", "unspecified launch failure"},
      {720, "cudaErrorCooperativeLaunchTooLarge", "too many blocks in cooperative launch"},
      {801, "cudaErrorNotSupported", "operation not supported"},
      {999, "cudaErrorUnknown", "unknown error"}};
  return kTable[i];
}

// Of a StreamPut that is none: what follows is a manipulator.
constexpr uint64_t kPutManipulator = 255;

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

// A question to the runtime, and its answer.
WS_HD ir::Operand Lowerer::Ask(ir::RtFn fn, std::initializer_list<Operand> srcs, Type type) {
  ir::Inst inst;
  inst.op = Op::kRt;
  inst.sub = static_cast<uint8_t>(fn);
  const Operand answer = Operand::Reg(NewReg(type));
  Emit(inst, {answer}, srcs);
  return answer;
}
WS_HD ir::Operand Lowerer::AskKernel(NodeId kernel, uint32_t fact, Operand a, Operand b) {
  const InstanceId instance(static_cast<uint32_t>(info(kernel).bits));
  if (info(kernel).category != Category::kFunction || instance.index >= functions_.size() ||
      !functions_[instance.index].valid()) {
    Error(Kind::kUnsupported, kernel, "a kernel that is not named directly");
    return Imm(0);
  }
  return Ask(ir::RtFn::kKernelFact,
             {Operand::Function(functions_[instance.index]), Imm(fact), a, b}, Type::kS64);
}
// Writes the scalar through a pointer.
WS_HD void Lowerer::StoreThrough(NodeId pointer, Operand scalar, TypeId from) {
  const TypeId object = types().Element(types().Decay(info(pointer).type));
  Value to;
  to.kind = Value::Kind::kMemory;
  to.operand = Scalar(pointer);
  StoreScalar(to, object, Convert(scalar, from, object.Unqualified()));
}

// `bytes` bytes of new objects of a type that has constructors or default values.
WS_HD void Lowerer::InitElements(Operand address, Operand bytes, TypeId type, NodeId n) {
  const TypeId word(TypeKind::kULong);
  const Value at = NewVariable(word, false, n);
  Copy(at.operand.reg(), Type::kU64, Imm(0));
  const BlockId head = NewBlock();
  const BlockId body = NewBlock();
  const BlockId end = NewBlock();
  used_[head.index] = 1;
  Place(head);
  BranchIf(Binary(BinaryOp::kLt, word, at.operand, bytes), body, end);
  Place(body);
  Value to;
  to.kind = Value::Kind::kMemory;
  to.operand = Compute(Op::kAdd, Type::kU64, {address, at.operand}, Type::kU64);
  DefaultInit(to, type, n, {});
  Copy(at.operand.reg(), Type::kU64,
       Compute(Op::kAdd, Type::kU64, {at.operand, Imm(types().Bytes(type))}, Type::kU64));
  Branch(head);
  Place(end);
}

// stream << value.
WS_HD void Lowerer::Insert(Operand stream, NodeId from) {
  enum : uint64_t { kSigned, kUnsigned, kDouble, kChar, kText, kPointer, kBool };  // StreamPut
  const TypeId type = OperandType(from);
  const TypeKind k = kind(type);
  uint64_t put = kUnsigned;
  Operand bits;
  if (k == TypeKind::kManipulator) {
    put = kPutManipulator;
    NodeId name = from;
    while (tree().kind(name) == NodeKind::kParen) name = NodeId(name.index - 1);
    const bool named = tree().kind(name) == NodeKind::kName;
    bits = named ? Imm(RowOf(info(name).builtin).extra) : value(name).operand;
  } else if (IsFloatKind(k) || IsHalfKind(k)) {
    put = kDouble;
    bits = Scalar(from, TypeId(TypeKind::kDouble));
  } else if (k == TypeKind::kStruct) {  // std::string
    put = kText;
    bits = LoadScalar(value(from), TypeId(TypeKind::kULong));
  } else if (k == TypeKind::kPointer) {
    const TypeKind pointed = kind(types().Element(type).Unqualified());
    const bool text =
        pointed == TypeKind::kChar || pointed == TypeKind::kSChar || pointed == TypeKind::kUChar;
    put = text ? kText : kPointer;
    bits = Scalar(from, type);
  } else {
    const bool is_signed = IsSignedKind(k) || IsEnumKind(k);
    put = k == TypeKind::kBool                                                     ? kBool
          : k == TypeKind::kChar || k == TypeKind::kSChar || k == TypeKind::kUChar ? kChar
          : is_signed                                                              ? kSigned
                                                                                   : kUnsigned;
    // In another base a number is written as its own type's bits.
    bits = Scalar(from, TypeId(is_signed ? TypeKind::kLongLong : TypeKind::kULongLong));
    if (put == kSigned && types().Bytes(type) == 4) put |= 1u << 8;
    if (put == kSigned && types().Bytes(type) == 2) put |= 2u << 8;
  }
  ir::Inst inst;
  inst.op = Op::kRt;
  inst.sub = static_cast<uint8_t>(ir::RtFn::kPut);
  Emit(inst, {}, {stream, Imm(put), bits});
}

// cudaFuncGetAttributes(&attributes, kernel), with the members of lib/runtime.cu.
WS_HD void Lowerer::KernelFacts(NodeId n, std::span<const NodeId> args) {
  const TypeId decayed = types().Decay(info(args[0]).type);
  const TypeId object = kind(decayed) == TypeKind::kPointer ? types().Element(decayed) : TypeId();
  if (kind(object) != TypeKind::kStruct ||
      !SameText(types().Struct(object).text, "cudaFuncAttributes")) {
    Error(Kind::kCannotConvert, args[0], types().Spelling(decayed), "cudaFuncAttributes*");
    return;
  }
  const Operand address = Scalar(args[0]);
  const std::span<const StructMember> members = types().Members(object);
  for (uint32_t i = 0; i < 4 && i < members.size(); ++i) {
    Value to;
    to.kind = Value::Kind::kMemory;
    to.operand = address;
    const Operand fact = AskKernel(args[1], i, Imm(0), Imm(0));
    StoreScalar(Displace(to, static_cast<int64_t>(members[i].offset)), members[i].type,
                Convert(fact, TypeId(TypeKind::kLong), members[i].type));
  }
  value(n) = ScalarValue(Imm(0));
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
      if (!on_host()) {  // malloc and free
        const TypeId wanted = CodeType(row, 0);
        const Operand given = wanted == TypeId() ? Scalar(args[0]) : Scalar(args[0], wanted);
        inst = ir::Inst();
        inst.type = Type::kU64;
        inst.op = returns ? Op::kMalloc : Op::kFree;
        if (!returns) {
          Emit(inst, {}, {given});
          return true;
        }
        const Operand address = Operand::Reg(NewReg(Type::kU64));
        Emit(inst, {address}, {given});
        value(n) = ScalarValue(address);
        return true;
      }
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
      EndStatics();
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
    case BuiltinHow::kStore: {
      const TypeId object = types().Element(types().Decay(info(args[0]).type));
      Value to;
      to.kind = Value::Kind::kMemory;
      to.operand = Scalar(args[0]);
      StoreScalar(to, object, Imm(row.extra));
      value(n) = ScalarValue(Imm(0));
      return true;
    }
    case BuiltinHow::kEventCreate: {
      Value to;
      to.kind = Value::Kind::kMemory;
      to.operand = Scalar(args[0]);
      StoreScalar(to, TypeId(TypeKind::kEvent), Ask(ir::RtFn::kEventCreate, {}, Type::kU64));
      value(n) = ScalarValue(Imm(0));
      return true;
    }
    case BuiltinHow::kDeviceAttribute:
      StoreThrough(
          args[0],
          Ask(ir::RtFn::kDeviceFact, {Scalar(args[1], TypeId(TypeKind::kInt))}, Type::kS64),
          TypeId(TypeKind::kLong));
      value(n) = ScalarValue(Imm(0));
      return true;
    case BuiltinHow::kActiveBlocks:
      StoreThrough(args[0],
                   AskKernel(args[1], 4, Scalar(args[2], TypeId(TypeKind::kULong)),
                             Scalar(args[3], TypeId(TypeKind::kULong))),
                   TypeId(TypeKind::kLong));
      value(n) = ScalarValue(Imm(0));
      return true;
    case BuiltinHow::kBestBlock: {
      const TypeId word(TypeKind::kULong);
      const Operand shared = args.size() > 3 ? Scalar(args[3], word) : Imm(0);
      const Operand most = args.size() > 4 ? Scalar(args[4], word) : Imm(0);
      StoreThrough(args[0], AskKernel(args[2], 6, shared, most), TypeId(TypeKind::kLong));
      StoreThrough(args[1], AskKernel(args[2], 5, shared, most), TypeId(TypeKind::kLong));
      value(n) = ScalarValue(Imm(0));
      return true;
    }
    case BuiltinHow::kKernelFacts:
      KernelFacts(n, args);
      return true;
    case BuiltinHow::kLaunchArray:
      LaunchArray(n, args);
      return true;
    case BuiltinHow::kManipulator: {
      const Operand argument = Scalar(args[0], TypeId(TypeKind::kLong));
      const Operand shifted = Compute(Op::kMul, Type::kS64, {argument, Imm(256)}, Type::kS64);
      value(n) = ScalarValue(Compute(Op::kAdd, Type::kS64, {shifted, Imm(row.extra)}, Type::kS64));
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
    case BuiltinHow::kDestroy: {  // the object that a pointer leads to
      const TypeId object = types().Element(types().Decay(info(args[0]).type));
      Value place;
      place.kind = Value::Kind::kMemory;
      place.operand = Scalar(args[0]);
      if (row.extra == 0) {
        if (types().NeedsDestroy(object)) Destroy(place, object, n);
        return true;
      }
      // It is made of another one there.
      Value from = place;
      from.operand = Scalar(args[1]);
      const bool moves = row.extra == 2 || CannotCopy(sema_, object);
      CopyConstruct(place, from, object.Unqualified(), n, moves);
      return true;
    }
    case BuiltinHow::kVaStart:
    case BuiltinHow::kVaEnd:
    case BuiltinHow::kVaCopy:
    case BuiltinHow::kVaNext:
      return VisitList(n, row, args);
    case BuiltinHow::kScan: {
      const bool from_input = row.signature[2] == 'Z' && row.signature[3] == '.';
      inst.sub = static_cast<uint8_t>(ir::RtFn::kScan);
      returns = true;
      srcs.push_back(Imm(row.extra));
      if (from_input) srcs.push_back(Imm(1));
      for (uint32_t i = 0; i < args.size(); ++i) {
        const TypeId type = types().Decay(info(args[i]).type);
        if (kind(type) != TypeKind::kPointer) {
          Error(Kind::kCannotConvert, args[i], types().Spelling(type), "an argument of scanf");
          return true;
        }
        srcs.push_back(Scalar(args[i], type));
      }
      break;
    }
    case BuiltinHow::kPrintf: {
      uint32_t format = row.signature[2] == 'X' ? 1 : 0;
      if (format == 1) srcs.push_back(Scalar(args[0]));
      if (static_cast<ir::RtFn>(row.extra) == ir::RtFn::kFormat) {
        const bool bounded = row.signature[3] == 'm';
        srcs.push_back(Scalar(args[0]));
        srcs.push_back(bounded ? Scalar(args[1], TypeId(TypeKind::kULong)) : Imm(~uint64_t{0}));
        format = bounded ? 2 : 1;
      }
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
