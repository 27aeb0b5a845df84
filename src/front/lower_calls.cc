// device-clean
// Calls, launches, and the bodies of library functions.
#include "front/lowerer.h"
#include "front/signature.h"

namespace ws::front {
namespace {

// Whether `name` is `ws_`, the row's spelling, `_` and its arguments with p for *.
WS_HD bool IsFormOf(std::string_view name, const BuiltinRow& row) {
  size_t at = 0;
  bool same = true;
  const auto expect = [&](char c) { same = same && at < name.size() && name.data()[at++] == c; };
  for (const char c : {'w', 's', '_'}) expect(c);
  for (const char* c = row.spelling; *c != 0; ++c) expect(*c);
  expect('_');
  for (const char* c = row.signature + 2; *c != ')'; ++c) {
    expect(*c == '*' ? 'p' : *c == '@' ? 'k' : *c);
  }
  return same && at == name.size();
}

}  // namespace

// The argument as it is passed: references by address, vectors by component.
WS_HD void Lowerer::AppendArgument(NodeId arg, TypeId type, Vec<Operand>& out) {
  if (kind(type) == TypeKind::kReference) {
    const TypeId object = types().Element(type);
    const NodeInfo& from = info(arg);
    const bool lvalue = from.category == Category::kLvalue && !from.constant &&
                        types().IsOrDerives(from.type, object) &&
                        value(arg).kind == Value::Kind::kMemory;
    const bool made = IsMadeStruct(arg, object);
    out.push_back(Address(lvalue || made ? value(arg) : Materialize(arg, object.Unqualified())));
    return;
  }
  if (kind(type) == TypeKind::kStruct) {
    // A copy that the callee may change; it is destroyed here.
    const bool made = IsMadeStruct(arg, type) && info(arg).type.Unqualified() == type.Unqualified();
    const Value passed = made ? value(arg) : Materialize(arg, type.Unqualified());
    if (!made) NoteTemporary(passed, type);
    out.push_back(Address(passed));
    return;
  }
  if (kind(type) == TypeKind::kStdVector) {
    out.push_back(Address(Materialize(arg, type.Unqualified())));
    return;
  }
  if (types().IsAggregate(type)) {
    Operand parts[4];
    Parts(arg, type, parts);
    for (uint32_t i = 0; i < types().Components(type); ++i) out.push_back(parts[i]);
    return;
  }
  if (tree().kind(arg) == NodeKind::kInitList && IsPackedKind(kind(type))) {
    const Value v = NewVariable(type.Unqualified(), false, arg);
    Store(v, type.Unqualified(), arg);
    out.push_back(v.operand);
    return;
  }
  out.push_back(Scalar(arg, type.Unqualified()));
}

// Whether the argument is a struct in a temporary object of its own.
WS_HD bool Lowerer::IsMadeStruct(NodeId arg, TypeId type) {
  const NodeInfo& from = info(arg);
  return kind(type) == TypeKind::kStruct && from.category == Category::kRvalue &&
         from.conversion == 0 && types().IsOrDerives(from.type, type) &&
         tree().kind(arg) != NodeKind::kInitList && value(arg).kind == Value::Kind::kMemory;
}

WS_HD void Lowerer::VisitCall(NodeId n) {
  const std::span<const NodeId> kids = Children(n);
  Vec<NodeId> args(arena_);
  for (size_t i = 1; i < kids.size(); ++i) args.push_back(kids[i]);
  NodeId callee = kids[0];
  while (tree().kind(callee) == NodeKind::kParen) callee = NodeId(callee.index - 1);
  if (info(n).builtin != kNoBuiltin) {
    CallBuiltin(n, args.span());
    return;
  }
  if (info(callee).category == Category::kVectorMethod) {
    CallVectorMethod(n, callee, args.span());
    return;
  }
  const TypeId callee_type = info(callee).type;
  if (kind(callee_type) == TypeKind::kSignature || types().IsFunctionPointer(callee_type)) {
    CallThrough(n, callee, args.span());
    return;
  }
  const InstanceId id = sema_.CalleeOf(info(n));
  const bool is_virtual = id.valid() && CallsVirtually(callee, id);
  if (!id.valid() || (!is_virtual && !functions_[id.index].valid())) return;
  Operand self;
  if (sema_.instance(id).has_this) {
    if (kind(info(callee).type) == TypeKind::kStruct) {  // operator()
      self = Address(value(callee));
    } else if (tree().kind(callee) == NodeKind::kMember) {
      const NodeId object = tree().ObjectOf(callee);
      self = tree().data(callee) == 1 ? Scalar(object) : Address(value(object));
    } else {
      self = this_;
    }
  }
  value(n) = CallFunction(n, id, self, args.span(), is_virtual);
}

WS_HD Value Lowerer::CallFunction(NodeId n, InstanceId id, Operand self,
                                  std::span<const NodeId> args, bool is_virtual) {
  const std::span<const ParamInfo> params = sema_.Params(sema_.instance(id));
  Vec<Operand> passed(arena_);
  for (uint32_t i = 0; i < params.size() && i < args.size(); ++i) {
    AppendArgument(args[i], params[i].type, passed);
  }
  if (sema_.instance(id).is_variadic && args.size() > params.size()) {
    next_list_ = ArgumentList(args.subspan(params.size()));
  }
  return Call(n, id, self, passed.span(), args.size(), is_virtual);
}

WS_HD Value Lowerer::Call(NodeId n, InstanceId id, Operand self, std::span<const Operand> passed,
                          size_t given, bool is_virtual, const Value* place) {
  Value returned;
  const ir::FunctionId called = is_virtual ? VirtualDispatcher(id) : functions_[id.index];
  if (!called.valid()) return returned;
  const Instance& callee = sema_.instance(id);
  const std::span<const ParamInfo> params = sema_.Params(callee);
  Vec<Operand> srcs(arena_);
  srcs.push_back(Operand::Function(called));
  const TypeId result = callee.result;
  if (ByAddress(result)) {
    returned = place != nullptr ? *place : NewVariable(result, true, n);
    srcs.push_back(Address(returned));
  }
  if (callee.has_this) srcs.push_back(self);
  for (const Operand& o : passed) srcs.push_back(o);
  for (size_t i = given; i < params.size(); ++i) {
    const TypeId type = params[i].type;
    const TypeId object = types().StripReference(type);
    const TypeKind k = kind(object);
    if (k == TypeKind::kStruct) {
      srcs.push_back(Address(ZeroStruct(object, n)));
      continue;
    }
    Operand value = k == TypeKind::kPointer || IsHandleKind(k)
                        ? Imm(0)
                        : ConstantOperand(object, params[i].default_bits);
    if (k == TypeKind::kBool) value = Compute(Op::kMov, Type::kPred, {value}, Type::kPred);
    if (kind(type) == TypeKind::kReference) {
      const Value temporary = NewVariable(object.Unqualified(), true, n);
      StoreScalar(temporary, object.Unqualified(), value);
      value = Address(temporary);
    }
    srcs.push_back(value);
  }
  if (!is_virtual && HasCarryParam(id)) srcs.push_back(CarryAddress());
  if (callee.is_variadic) srcs.push_back(next_list_.IsReg() ? next_list_ : Imm(0));
  next_list_ = Operand();
  const Value value = EmitCall(n, srcs.span(), result, returned);
  if (is_virtual || (callee.throws && !callee.is_noexcept)) CheckThrown(n);
  if (ByAddress(result) && place == nullptr) NoteTemporary(returned, result);
  return value;
}

WS_HD Value Lowerer::EmitCall(NodeId n, std::span<const Operand> srcs, TypeId result,
                              Value returned) {
  ir::Inst inst;
  inst.op = Op::kCall;
  if (srcs.size() > kMaxArguments) {
    Error(Kind::kTooManyArguments, n, kMaxArguments);
    return {};
  }
  if (kind(result) == TypeKind::kVoid || returned.kind == Value::Kind::kMemory) {
    Emit(inst, std::span<const Operand>(), srcs);
    if (returned.kind != Value::Kind::kMemory || !types().IsAggregate(result)) return returned;
    // Read at once: the next call may use the place again.
    Operand parts[4];
    LoadParts(returned, result, parts, ir::Cache::kNone);
    return PartsValue(std::span<const Operand>(parts, types().Components(result)));
  }
  const Operand dst = Operand::Reg(NewReg(RegType(result)));
  Emit(inst, std::span<const Operand>(&dst, 1), srcs);
  if (kind(result) != TypeKind::kReference) return ScalarValue(dst);
  Value object;
  object.kind = Value::Kind::kMemory;
  object.operand = dst;
  return object;
}

// The default argument T() of a struct.
WS_HD Value Lowerer::ZeroStruct(TypeId type, NodeId n) {
  const Value made = NewVariable(type.Unqualified(), true, n);
  FillZero(made, types().Bytes(type), types().Align(type), loc_);
  if (types().NeedsInit(type)) DefaultInit(made, type.Unqualified(), n, {});
  return made;
}

WS_HD void Lowerer::VisitLaunch(NodeId n) {
  const std::span<const NodeId> kids = Children(n);
  Vec<NodeId> args(arena_);
  for (size_t i = 2; i < kids.size(); ++i) args.push_back(kids[i]);
  NodeId callee = kids[0];
  while (tree().kind(callee) == NodeKind::kParen) callee = NodeId(callee.index - 1);
  const NodeId config_node = kids[1];
  Vec<NodeId> config(arena_);
  for (const NodeId c : Children(config_node)) config.push_back(c);
  const bool through = types().IsFunctionPointer(info(callee).type);
  const InstanceId id = sema_.Callee(instance_, n);
  if (config.size() < 2) return;
  if (!through && (!id.valid() || !functions_[id.index].valid())) return;
  Vec<Operand> srcs(arena_);
  srcs.push_back(through ? Operand() : Operand::Function(functions_[id.index]));
  for (uint32_t i = 0; i < 2; ++i) {
    Operand parts[4];
    Parts(config[i], TypeId(TypeKind::kDim3), parts);
    for (uint32_t k = 0; k < 3; ++k) srcs.push_back(parts[k]);
  }
  srcs.push_back(config.size() > 2 ? Scalar(config[2], TypeId(TypeKind::kUInt)) : Imm(0));
  srcs.push_back(config.size() > 3 ? Scalar(config[3], TypeId(TypeKind::kStream)) : Imm(0));
  if (through) return LaunchThrough(n, callee, srcs.span().subspan(1), args.span());
  const std::span<const ParamInfo> params = sema_.Params(sema_.instance(id));
  for (uint32_t i = 0; i < params.size(); ++i) {
    const TypeId type = params[i].type;
    const uint32_t before = srcs.size();
    const bool is_struct = kind(type) == TypeKind::kStruct;
    if (i < args.size() || is_struct) {
      if (i < args.size()) {
        AppendArgument(args[i], type, srcs);
      } else {
        srcs.push_back(Address(ZeroStruct(type, n)));
      }
      // An aggregate of one byte is passed as a byte.
      if (is_struct && types().Bytes(type) == 1) {
        const Operand byte = Operand::Reg(NewReg(Type::kU32));
        Emit(Op::kLd, Type::kU8, {byte}, {srcs.back()});
        srcs.back() = byte;
      }
    } else {
      const TypeKind k = kind(type);
      Operand value = k == TypeKind::kPointer || IsHandleKind(k)
                          ? Imm(0)
                          : ConstantOperand(type, params[i].default_bits);
      if (k == TypeKind::kBool) value = Compute(Op::kMov, Type::kPred, {value}, Type::kPred);
      srcs.push_back(value);
    }
    // A bool is a byte in the parameter block.
    for (uint32_t k = before; kind(type) == TypeKind::kBool && k < srcs.size(); ++k) {
      srcs[k] = Compute(Op::kSelp, Type::kU32, {Imm(1), Imm(0), srcs[k]}, Type::kU32);
    }
  }
  if (srcs.size() > kMaxArguments) {
    Error(Kind::kTooManyArguments, n, kMaxArguments);
    return;
  }
  ir::Inst inst;
  inst.op = Op::kLaunch;
  Emit(inst, std::span<const Operand>(), srcs.span());
}

// --- the library

WS_HD ir::Operand Lowerer::CallMath(ir::MathFn fn, std::span<const Operand> args, Type type) {
  Operand srcs[17];  // four arguments, of up to four parts
  srcs[0] = Operand::Function(LibraryFunction(fn, on_host()));
  for (size_t i = 0; i < args.size() && i < 4; ++i) srcs[i + 1] = args[i];
  const Operand dst = Operand::Reg(NewReg(type));
  ir::Inst inst;
  inst.op = Op::kCall;
  Emit(inst, std::span<const Operand>(&dst, 1), std::span<const Operand>(srcs, args.size() + 1));
  return dst;
}

// The module's copy of a math function.
WS_HD ir::FunctionId Lowerer::LibraryFunction(ir::MathFn fn, bool on_host) {
  if (library_ != nullptr) {
    for (uint32_t i = 0; i < library_->functions.size(); ++i) {
      if (library_->functions[i].math == fn) return ReserveCopy(ir::FunctionId(i), on_host);
    }
  }
  // Without a body: the function by name alone.
  const ir::MathInfo math = ir::InfoOf(fn);
  const ir::FunctionKind wanted = on_host ? ir::FunctionKind::kHost : ir::FunctionKind::kDevice;
  for (uint32_t i = 0; i < module_.functions.size(); ++i) {
    const ir::Function& f = module_.functions[i];
    if (f.math == fn && f.kind == wanted) return ir::FunctionId(i);
  }
  ir::Function f;
  f.name = math.spelling;
  f.kind = wanted;
  f.math = fn;
  f.result = math.type;
  f.first_param = module_.params.size();
  f.num_params = static_cast<uint32_t>(math.args);
  for (uint32_t i = 0; i < f.num_params; ++i) {
    ir::Param p;
    p.name = i == 0 ? "x" : "y";
    p.type = math.type;
    p.bytes = ir::BytesOf(math.type);
    p.reg = RegId(i);
    module_.params.push_back(p);
  }
  module_.functions.push_back(f);
  return ir::FunctionId(module_.functions.size() - 1);
}

// The module's copy of a builtin that is written in the library; not valid without one.
WS_HD ir::FunctionId Lowerer::LibraryForm(const BuiltinRow& row, bool on_host) {
  if (library_ == nullptr) return {};
  for (uint32_t i = 0; i < library_->functions.size(); ++i) {
    const ir::FunctionId id(i);
    if (IsFormOf(library_->functions[i].name, row)) return ReserveCopy(id, on_host);
  }
  return {};
}

WS_HD void Lowerer::CallForm(NodeId n, const BuiltinRow& row, std::span<const NodeId> args) {
  Operand srcs[5];
  const ir::FunctionId form = LibraryForm(row, on_host());
  if (!form.valid()) {
    Error(Kind::kUnsupported, n, row.spelling);
    return;
  }
  srcs[0] = Operand::Function(form);
  uint32_t count = 1;
  for (uint32_t i = 0; i < args.size() && i < 4; ++i) {
    const TypeId type = CodeType(row, i);
    if (type != TypeId() && types().IsAggregate(type)) {
      Parts(args[i], type, srcs + count);
      count += types().Components(type);
    } else {
      srcs[count++] = type == TypeId() ? Scalar(args[i]) : Scalar(args[i], type);
    }
  }
  const std::span<const Operand> passed(srcs, count);
  ir::Inst inst;
  inst.op = Op::kCall;
  const TypeId result = info(n).type;
  if (kind(result) == TypeKind::kVoid) {
    Emit(inst, std::span<const Operand>(), passed);
    return;
  }
  const Operand dst = Operand::Reg(NewReg(RegType(result)));
  Emit(inst, std::span<const Operand>(&dst, 1), passed);
  value(n) = ScalarValue(dst);
}

WS_HD ir::FunctionId Lowerer::ReserveCopy(ir::FunctionId from, bool on_host) {
  for (const LibraryCopy& copy : copies_) {
    if (copy.from == from && copy.on_host == on_host) return copy.to;
  }
  ir::Function f = library_->functions[from.index];
  const uint32_t first_param = f.first_param;
  f.kind = on_host ? ir::FunctionKind::kHost : ir::FunctionKind::kDevice;
  f.first_param = module_.params.size();
  for (uint32_t i = 0; i < f.num_params; ++i) {
    module_.params.push_back(library_->params[first_param + i]);
  }
  f.num_blocks = 0;
  f.num_regs = 0;
  f.loc = {};
  const ir::FunctionId to(module_.functions.size());
  module_.functions.push_back(f);
  copies_.push_back({from, to, on_host});
  return to;
}

// Copies the bodies of the library functions that are called, and of what these call.
WS_HD void Lowerer::CopyLibraryBodies() {
  if (library_ == nullptr) return;
  library_globals_.append(library_->globals.size(), ir::GlobalId());
  for (uint32_t c = 0; c < copies_.size() && !arena_.failed(); ++c) {
    const LibraryCopy copy = copies_[c];
    const ir::Function& from = library_->functions[copy.from.index];
    const uint32_t first_block = module_.blocks.size();
    for (const ir::Block& block : library_->Blocks(from)) {
      ir::Block out = block;
      out.first_inst = module_.insts.size();
      out.loc = {};
      module_.blocks.push_back(out);
      for (const ir::Inst& inst : library_->Insts(block)) {
        ir::Inst moved = inst;
        moved.loc = {};
        moved.operands = module_.operands.size();
        const uint32_t count = uint32_t{inst.num_dsts} + inst.num_srcs;
        for (uint32_t k = 0; k < count; ++k) {
          Operand o = library_->operands[inst.operands + k];
          switch (o.kind) {
            case ir::OperandKind::kImm:
              o = Imm(library_->ImmBits(o));
              break;
            case ir::OperandKind::kBlock:
              o.index = o.index - from.first_block + first_block;
              break;
            case ir::OperandKind::kFunction:
              o.index = ReserveCopy(ir::FunctionId(o.index), copy.on_host).index;
              break;
            case ir::OperandKind::kGlobal: {
              ir::GlobalId& global = library_globals_[o.index];
              if (!global.valid()) {
                global = ir::GlobalId(module_.globals.size());
                ir::Global g = library_->globals[o.index];
                g.loc = {};
                if (g.owner.valid()) g.owner = ReserveCopy(g.owner, copy.on_host);
                module_.globals.push_back(g);
              }
              o.index = global.index;
              break;
            }
            default:
              break;
          }
          module_.operands.push_back(o);
        }
        module_.insts.push_back(moved);
      }
    }
    ir::Function& f = module_.functions[copy.to.index];
    f.first_block = first_block;
    f.num_blocks = from.num_blocks;
    f.first_reg = module_.reg_types.size();
    f.num_regs = from.num_regs;
    for (uint32_t r = 0; r < from.num_regs; ++r) {
      module_.reg_types.push_back(library_->reg_types[from.first_reg + r]);
    }
  }
}

}  // namespace ws::front
