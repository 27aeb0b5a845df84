// device-clean
// Calls and launches through pointers to functions. A function's address is a number; each such
// call is a call of a function of its own, its dispatcher, which compares the number with those of
// all functions of the signature whose address is taken, and calls the one that it is.
#include "front/lowerer.h"
#include "ir/function_address.h"

namespace ws::front {
namespace {

constexpr uint32_t kLaunchWords = 8;  // grid and block, bytes of shared memory, the stream

}  // namespace

WS_HD ir::Operand Lowerer::FunctionAddress(InstanceId id) {
  TakeAddress(id);
  return Imm(ir::FunctionAddress(id.index));
}

WS_HD void Lowerer::TakeAddress(InstanceId id) {
  for (const InstanceId taken : address_taken_) {
    if (taken == id) return;
  }
  address_taken_.push_back(id);
}

// A function whose parameters are those of the dispatcher; it is written when all addresses that
// are taken are known.
WS_HD ir::FunctionId Lowerer::NewDispatcher(Dispatcher::Kind what, TypeId signature) {
  ir::Function f;
  f.name = what == Dispatcher::kVirtual ? "virtual call"
           : what == Dispatcher::kCall  ? "call through a pointer"
                                        : "launch through a pointer";
  f.kind = on_host() ? ir::FunctionKind::kHost : ir::FunctionKind::kDevice;
  f.loc = loc_;
  f.first_param = module_.params.size();
  uint32_t reg = 0;
  const auto add = [&](std::string_view name, Type type) {
    ir::Param p;
    p.name = name;
    p.type = type;
    p.bytes = ir::BytesOf(type);
    p.reg = RegId(reg++);
    module_.params.push_back(p);
  };
  const bool calls = what == Dispatcher::kCall || what == Dispatcher::kVirtual;
  if (!calls) {
    for (uint32_t i = 0; i + 1 < kLaunchWords; ++i) add("configuration", Type::kU32);
    add("stream", Type::kU64);
  }
  if (what == Dispatcher::kLaunchArray || what == Dispatcher::kLaunchCooperative) {
    add("arguments", Type::kU64);
  } else {
    const TypeId result = types().Element(signature);
    if (calls && ByAddress(result)) {
      add("result", Type::kU64);
    } else if (kind(result) != TypeKind::kVoid) {
      f.result = RegType(result);
    }
    if (what == Dispatcher::kVirtual) add("this", Type::kU64);
    for (const TypeId type : types().SignatureParams(signature)) {
      const bool parts = types().IsAggregate(type);
      const TypeId element = parts ? types().ComponentType(type) : type;
      const TypeKind k = kind(type);
      Type passed = k == TypeKind::kStruct ? Type::kU64 : RegType(element);
      if (what == Dispatcher::kLaunch && IsByteInLaunch(type)) passed = Type::kU32;
      for (uint32_t c = 0; c < types().Components(type); ++c) add("x", passed);
    }
  }
  if (what != Dispatcher::kVirtual) add("function", Type::kU64);
  f.num_params = module_.params.size() - f.first_param;
  const ir::FunctionId id(module_.functions.size());
  module_.functions.push_back(f);
  dispatchers_.push_back({what, signature, id, {}});
  return id;
}

// A bool, and a struct of one byte, is a byte among the arguments of a launch.
WS_HD bool Lowerer::IsByteInLaunch(TypeId type) const {
  return kind(type) == TypeKind::kBool ||
         (kind(type) == TypeKind::kStruct && types().Bytes(type) == 1);
}

// The pointer's value, which stays what it is while the arguments are evaluated.
WS_HD ir::Operand Lowerer::CalleePointer(NodeId callee) {
  Operand target;
  if (kind(info(callee).type) == TypeKind::kSignature) {  // *pointer
    target = value(callee).operand;
  } else {
    target = Scalar(callee, info(callee).type.Unqualified());
  }
  return IsVariable(target) ? Compute(Op::kMov, Type::kU64, {target}, Type::kU64) : target;
}

WS_HD void Lowerer::CallThrough(NodeId n, NodeId callee, std::span<const NodeId> args) {
  const TypeId type = info(callee).type;
  const TypeId signature = kind(type) == TypeKind::kSignature ? type : types().Element(type);
  const Operand target = CalleePointer(callee);
  Vec<Operand> srcs(arena_);
  srcs.push_back(Operand());
  const TypeId result = types().Element(signature);
  Value returned;
  if (ByAddress(result)) {
    returned = NewVariable(result, true, n);
    srcs.push_back(Address(returned));
  }
  for (uint32_t i = 0; i < args.size(); ++i) {
    const TypeId param = types().SignatureParams(signature)[i];
    AppendArgument(args[i], param, srcs);
  }
  srcs.push_back(target);
  srcs[0] = Operand::Function(NewDispatcher(Dispatcher::kCall, signature.Unqualified()));
  value(n) = EmitCall(n, srcs.span(), result, returned);
  CheckThrown(n);
}

WS_HD void Lowerer::LaunchThrough(NodeId n, NodeId callee, std::span<const Operand> config,
                                  std::span<const NodeId> args) {
  const TypeId signature = types().Element(info(callee).type);
  Vec<Operand> srcs(arena_);
  srcs.push_back(Operand());
  for (const Operand& o : config) srcs.push_back(o);
  const Operand target = CalleePointer(callee);
  for (uint32_t i = 0; i < args.size(); ++i) {
    const TypeId param = types().SignatureParams(signature)[i];
    AppendArgument(args[i], param, srcs);
    if (IsByteInLaunch(param)) srcs.back() = ByteInLaunch(param, srcs.back());
  }
  srcs.push_back(target);
  srcs[0] = Operand::Function(NewDispatcher(Dispatcher::kLaunch, signature));
  EmitCall(n, srcs.span(), TypeId(TypeKind::kVoid), {});
}

WS_HD ir::Operand Lowerer::ByteInLaunch(TypeId type, Operand passed) {
  if (kind(type) == TypeKind::kBool) {
    return Compute(Op::kSelp, Type::kU32, {Imm(1), Imm(0), passed}, Type::kU32);
  }
  const Operand byte = Operand::Reg(NewReg(Type::kU32));
  Emit(Op::kLd, Type::kU8, {byte}, {passed});
  return byte;
}

// cudaLaunchKernel(function, grid, block, addresses of the arguments, bytes, stream)
WS_HD void Lowerer::LaunchArray(NodeId n, std::span<const NodeId> args) {
  Vec<Operand> srcs(arena_);
  srcs.push_back(Operand());
  const Operand function = Scalar(args[0], types().Pointer(TypeId(TypeKind::kVoid)));
  for (uint32_t i = 1; i < 3; ++i) {
    Operand parts[4];
    Parts(args[i], TypeId(TypeKind::kDim3), parts);
    for (uint32_t k = 0; k < 3; ++k) srcs.push_back(parts[k]);
  }
  const Operand list = Scalar(args[3]);
  srcs.push_back(args.size() > 4 ? Scalar(args[4], TypeId(TypeKind::kUInt)) : Imm(0));
  srcs.push_back(args.size() > 5 ? Scalar(args[5], TypeId(TypeKind::kStream)) : Imm(0));
  srcs.push_back(list);
  srcs.push_back(function);
  const bool cooperative = RowOf(info(n).builtin).extra != 0;
  srcs[0] = Operand::Function(
      NewDispatcher(cooperative ? Dispatcher::kLaunchCooperative : Dispatcher::kLaunchArray, {}));
  EmitCall(n, srcs.span(), TypeId(TypeKind::kVoid), {});
  value(n) = ScalarValue(Ask(ir::RtFn::kPeekLastError, {}, Type::kS32));
}

WS_HD bool Lowerer::IsCandidate(const Dispatcher& d, InstanceId id) {
  const Instance& inst = sema_.instance(id);
  const ir::FunctionId function = functions_[id.index];
  if (!function.valid()) return false;
  const ir::FunctionKind k = module_.functions[function.index].kind;
  if (d.what != Dispatcher::kCall) {
    if (k != ir::FunctionKind::kKernel) return false;
  } else if (k != module_.functions[d.id.index].kind) {
    return false;
  }
  if (d.takes_array()) return true;
  Vec<TypeId> params(arena_);
  for (const ParamInfo& param : sema_.Params(inst)) params.push_back(param.type);
  return types().Signature(inst.result, params.span()) == d.signature;
}

// The arguments of a launch of the kernel, whose addresses lie one behind the other at `list`.
WS_HD void Lowerer::LoadArguments(ir::FunctionBuilder& builder, InstanceId kernel, Operand list,
                                  diag::Loc loc, Vec<Operand>& out) {
  const auto load = [&](Type memory, Type reg, Operand from, uint64_t offset) {
    const RegId to = builder.NewReg(reg);
    ir::Inst ld;
    ld.op = Op::kLd;
    ld.type = memory;
    ld.offset = static_cast<int32_t>(offset);
    ld.loc = loc;
    builder.Emit(ld, {Operand::Reg(to)}, {from});
    return Operand::Reg(to);
  };
  uint64_t at = 0;
  for (const ParamInfo& param : sema_.Params(sema_.instance(kernel))) {
    const TypeId type = param.type;
    const Operand place = load(Type::kU64, Type::kU64, list, at);
    at += 8;
    if (IsByteInLaunch(type)) {
      out.push_back(load(Type::kU8, Type::kU32, place, 0));
    } else if (kind(type) == TypeKind::kStruct) {
      out.push_back(place);
    } else {
      const TypeId element = types().IsAggregate(type) ? types().ComponentType(type) : type;
      for (uint32_t c = 0; c < types().Components(type); ++c) {
        out.push_back(
            load(MemoryType(element), RegType(element), place, c * types().Bytes(element)));
      }
    }
  }
}

// --- virtual functions

// Through an object, unless the name is qualified: Base::f().
WS_HD bool Lowerer::CallsVirtually(NodeId callee, InstanceId id) const {
  const EntityId function = sema_.instance(id).function;
  if (!function.valid() || !sema_.entity(function).slot.valid()) return false;
  return tree().kind(callee) == NodeKind::kMember || tree().data(callee) < 4;
}

WS_HD ir::FunctionId Lowerer::VirtualDispatcher(InstanceId id) {
  const Instance& inst = sema_.instance(id);
  Vec<TypeId> params(arena_);
  for (const ParamInfo& param : sema_.Params(inst)) params.push_back(param.type);
  const ir::FunctionId made =
      NewDispatcher(Dispatcher::kVirtual, types().Signature(inst.result, params.span()));
  dispatchers_.back().function = id;
  return made;
}

// Calls the function of the class that the object tells.
WS_HD void Lowerer::WriteVirtual(const Dispatcher& d, ir::FunctionBuilder& builder,
                                 std::span<Operand> args, std::span<const Operand> results) {
  const ir::Function f = module_.functions[d.id.index];
  const Instance& called = sema_.instance(d.function);
  const TypeId declared = called.self.Unqualified();
  const EntityId slot = sema_.entity(called.function).slot;
  const bool host = f.kind == ir::FunctionKind::kHost;
  const Operand self = args[ByAddress(called.result) ? 2 : 1];
  const Operand id = Operand::Reg(builder.NewReg(Type::kU64));
  ir::Inst ld;
  ld.op = Op::kLd;
  ld.type = Type::kU64;
  ld.offset = static_cast<int32_t>(types().Struct(declared).class_id_offset);
  ld.loc = f.loc;
  builder.Emit(ld, {id}, {self});
  for (uint32_t s = 0; s < types().num_structs(); ++s) {
    const TypeId type(TypeKind::kStruct, s);
    const StructInfo& info = types().Struct(type);
    if (!info.complete || info.is_abstract || !info.is_polymorphic) continue;
    if (type != declared && !types().DerivesFrom(type, declared)) continue;
    const EntityId last = sema_.FinalOverrider(type, slot);
    if (!last.valid()) continue;
    const InstanceId own(static_cast<uint32_t>(sema_.entity(last).bits));
    const InstanceId chosen = sema_.OnSide(own, host ? Target::kHost : Target::kDevice);
    const ir::FunctionId function = functions_[chosen.index];
    if (!function.valid() || module_.functions[function.index].kind != f.kind) continue;
    const Operand is_it = Operand::Reg(builder.NewReg(Type::kPred));
    ir::Inst compare;
    compare.op = Op::kSetp;
    compare.type = Type::kU64;
    compare.cmp = ir::Cmp::kEq;
    compare.loc = f.loc;
    builder.Emit(compare, {is_it}, {id, Imm(ClassId(type, host))});
    const BlockId hit = builder.NewBlock();
    const BlockId miss = builder.NewBlock();
    ir::Inst branch;
    branch.op = Op::kCondBra;
    branch.loc = f.loc;
    builder.Emit(branch, {}, {is_it, Operand::Block(hit), Operand::Block(miss)});
    builder.StartBlock(hit, f.loc);
    args[0] = Operand::Function(function);
    builder.Append(Op::kCall, results, args).loc = f.loc;
    builder.Append(Op::kRet, {}, results).loc = f.loc;
    builder.StartBlock(miss, f.loc);
  }
  ir::Inst& trap = builder.Append(Op::kTrap, {}, {});
  trap.loc = f.loc;
  trap.sub = ir::kTrapBadTarget;
}

// delete of an object with virtual functions: as what it was made.
WS_HD void Lowerer::DestroyDynamic(Operand address, TypeId type, NodeId n) {
  Value place;
  place.kind = Value::Kind::kMemory;
  place.operand = address;
  const Value word = Displace(place, static_cast<int64_t>(types().Struct(type).class_id_offset));
  const Operand id = LoadScalar(word, TypeId(TypeKind::kULong));
  for (uint32_t s = 0; s < types().num_structs(); ++s) {
    const TypeId made(TypeKind::kStruct, s);
    const StructInfo& info = types().Struct(made);
    if (!info.complete || info.is_abstract || !info.needs_destroy) continue;
    if (made != type.Unqualified() && !types().DerivesFrom(made, type)) continue;
    const BlockId hit = NewBlock();
    const BlockId miss = NewBlock();
    BranchIf(Binary(BinaryOp::kEq, TypeId(TypeKind::kULong), id, Imm(ClassId(made, on_host()))),
             hit, miss);
    Place(hit);
    Destroy(place, made, n);
    Branch(miss);
    Place(miss);
  }
}

// A word in the frame of a dispatcher, which no carry passes.
WS_HD ir::Operand Lowerer::CarryOfDispatcher(ir::FunctionBuilder& builder, ir::FunctionId id) {
  constexpr uint32_t kBytes = 4;
  ir::Function& f = module_.functions[id.index];
  f.frame_bytes = kBytes;
  if (f.frame_align < kBytes) f.frame_align = kBytes;
  const Operand local = Operand::Reg(builder.NewReg(Type::kU64));
  ir::Inst mov;
  mov.op = Op::kMov;
  mov.type = Type::kU64;
  builder.Emit(mov, {local}, {Operand::Frame(0)});
  const Operand generic = Operand::Reg(builder.NewReg(Type::kU64));
  ir::Inst cvta;
  cvta.op = Op::kCvta;
  cvta.type = Type::kU64;
  cvta.space = ir::Space::kLocal;
  builder.Emit(cvta, {generic}, {local});
  return generic;
}

WS_HD void Lowerer::WriteDispatchers() {
  for (uint32_t i = 0; i < dispatchers_.size() && !arena_.failed(); ++i) {
    const Dispatcher d = dispatchers_[i];
    const ir::Function f = module_.functions[d.id.index];
    ir::FunctionBuilder builder(module_, d.id);
    Vec<Operand> args(arena_);  // with room for a function in front
    args.push_back(Operand());
    for (uint32_t k = 0; k < f.num_params; ++k) {
      args.push_back(Operand::Reg(builder.NewReg(module_.params[f.first_param + k].type)));
    }
    const Operand result =
        f.result == Type::kNone ? Operand() : Operand::Reg(builder.NewReg(f.result));
    const std::span<const Operand> results(&result, f.result == Type::kNone ? 0 : 1);
    if (d.what == Dispatcher::kVirtual) {
      builder.StartBlock(builder.NewBlock(), f.loc);
      WriteVirtual(d, builder, {args.data(), args.size()}, results);
      builder.Finish();
      continue;
    }
    const Operand target = args.back();
    args.pop_back();
    const auto append = [&](Op op, std::span<const Operand> dsts,
                            std::span<const Operand> srcs) -> ir::Inst& {
      ir::Inst& inst = builder.Append(op, dsts, srcs);
      inst.loc = f.loc;
      return inst;
    };
    builder.StartBlock(builder.NewBlock(), f.loc);
    for (const InstanceId candidate : address_taken_) {
      if (!IsCandidate(d, candidate)) continue;
      const Operand is_it = Operand::Reg(builder.NewReg(Type::kPred));
      const Operand compared[2] = {target, Imm(ir::FunctionAddress(candidate.index))};
      ir::Inst& compare = append(Op::kSetp, std::span<const Operand>(&is_it, 1), compared);
      compare.type = Type::kU64;
      compare.cmp = ir::Cmp::kEq;
      const BlockId hit = builder.NewBlock();
      const BlockId miss = builder.NewBlock();
      const Operand ways[3] = {is_it, Operand::Block(hit), Operand::Block(miss)};
      append(Op::kCondBra, {}, ways);
      builder.StartBlock(hit, f.loc);
      Vec<Operand> passed(arena_);
      for (const Operand& o : args) passed.push_back(o);
      passed[0] = Operand::Function(functions_[candidate.index]);
      if (d.takes_array()) {
        const Operand list = passed.back();
        passed.pop_back();
        LoadArguments(builder, candidate, list, f.loc, passed);
      }
      if (HasCarryParam(candidate)) passed.push_back(CarryOfDispatcher(builder, d.id));
      ir::Inst& enter =
          append(d.what == Dispatcher::kCall ? Op::kCall : Op::kLaunch, results, passed.span());
      if (d.what == Dispatcher::kLaunchCooperative) enter.sub = ir::kLaunchCooperative;
      append(Op::kRet, {}, results);
      builder.StartBlock(miss, f.loc);
    }
    append(Op::kTrap, {}, {}).sub = ir::kTrapBadTarget;
    builder.Finish();
  }
}

}  // namespace ws::front
