// Branches and calls (PTX ISA, "Control Flow Instructions"). device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

WS_HD void Reader::ReadBranch() {
  Has(Mod::kUni);
  if (!NeedArgs(1)) return;
  const Arg& to = args_[0];
  if (to.kind != Arg::Kind::kSymbol || to.binding.meaning != Meaning::kLabel) {
    BadOperand(to, "a label");
    return;
  }
  const Operand label = Operand::Block(BlockId(to.binding.index));
  if (!guard_.valid()) {
    Emit(Op::kBra, Type::kNone, {}, {label});
    return;
  }
  const Operand rest = Operand::Block(builder_->NewBlock());
  const Operand guard = Operand::Reg(guard_);
  const bool negated = guard_negated_;
  guard_ = RegId();
  Emit(Op::kCondBra, Type::kNone, {}, {guard, negated ? rest : label, negated ? label : rest});
  builder_->StartBlock(BlockId(rest.index), LocOf(Now()));
}

// brx.idx index, targets: an index beyond the list goes nowhere.
WS_HD void Reader::ReadIndexedBranch() {
  Has(Mod::kIdx);
  Has(Mod::kUni);
  if (!NeedArgs(2)) return;
  const Operand index = Src(0, Type::kU32);
  const Arg& list = args_[1];
  if (list.kind != Arg::Kind::kSymbol || list.binding.meaning != Meaning::kTargets) {
    BadOperand(list, "a list of .branchtargets");
    return;
  }
  if (failed_) return;
  const Targets targets = targets_[list.binding.index];
  const BlockId rest = builder_->NewBlock();
  if (guard_.valid()) {
    const BlockId here = builder_->NewBlock();
    const Operand guard = Operand::Reg(guard_);
    const BlockId first = guard_negated_ ? rest : here, second = guard_negated_ ? here : rest;
    guard_ = RegId();
    Emit(Op::kCondBra, Type::kNone, {}, {guard, Operand::Block(first), Operand::Block(second)});
    builder_->StartBlock(here, LocOf(Now()));
  }
  for (uint32_t i = 0; i < targets.count; ++i) {
    const Target target = target_tokens_[targets.first + i];
    const Binding b = Find(target.name);
    if (b.meaning != Meaning::kLabel) {
      Report(diag::Kind::kPtxUnknownName, tokens_[target.token], words_.text(target.name));
      return;
    }
    const BlockId next = builder_->NewBlock();
    const Operand hit = CompareOf(Cmp::kEq, Type::kU32, index, Imm(i));
    Emit(Op::kCondBra, Type::kNone, {},
         {hit, Operand::Block(BlockId(b.index)), Operand::Block(next)});
    builder_->StartBlock(next, LocOf(Now()));
  }
  Emit(Op::kTrap, Type::kNone, {}, {}).sub = kTrapBadTarget;
  builder_->StartBlock(rest, LocOf(Now()));
}

WS_HD void Reader::ReadReturn() {
  Has(Mod::kUni);
  if (!NeedArgs(0)) return;
  if (is_inline() && !in_kernel_) return RefuseInline("ret of a function in inline assembly");
  const bool has_value = !in_kernel_ && module_->functions[function_.index].result != Type::kNone;
  const Operand value = has_value ? Operand::Reg(func_params_[0]) : Operand();
  EmitSpans(Op::kRet, Type::kNone, {}, {&value, has_value ? 1u : 0u});
}

WS_HD void Reader::ReadExit() {
  if (NeedArgs(0)) Emit(Op::kExit, Type::kNone, {}, {});
}

WS_HD void Reader::ReadTrap() {
  if (NeedArgs(0)) Emit(Op::kTrap, Type::kNone, {}, {});
}

// --- calls

WS_HD Operand Reader::PassScalar(const Arg& arg, Type type) {
  const bool scratch =
      arg.kind == Arg::Kind::kSymbol && arg.binding.meaning == Meaning::kScratch && !arg.is_address;
  if (!scratch) return SrcOf(arg, type);
  const RegId reg(arg.binding.index);
  if (!Fits(builder_->RegType(reg), type)) BadOperand(arg, "of the parameter's type");
  return Operand::Reg(reg);
}

WS_HD Operand Reader::PassArray(const Arg& arg, uint32_t bytes, uint32_t align) {
  const bool is_frame = arg.kind == Arg::Kind::kSymbol && arg.binding.meaning == Meaning::kFrame;
  if (is_frame && frame_[arg.binding.index].bytes == bytes &&
      frame_[arg.binding.index].align == align) {
    return ValueOf(Op::kMov, Type::kU64, Type::kU64,
                   {Operand::Frame(frame_[arg.binding.index].offset)});
  }
  BadOperand(arg, "a .param array of the parameter's size and alignment");
  return Imm(0);
}

// `target`: of a dispatcher, the address it is to call; none otherwise.
WS_HD void Reader::EmitCall(FunctionId callee, const Signature& signature,
                            std::span<const Arg> results, std::span<const Arg> args,
                            Operand target) {
  if (results.size() != signature.num_results) {
    Report(diag::Kind::kPtxResultCount, tokens_[opcode_], module_->functions[callee.index].name,
           uint32_t{signature.num_results}, static_cast<uint32_t>(results.size()));
    return;
  }
  if (args.size() != signature.num_params) {
    Report(diag::Kind::kPtxOperandCount, tokens_[opcode_], module_->functions[callee.index].name,
           uint32_t{signature.num_params}, static_cast<uint32_t>(args.size()));
    return;
  }
  Operand srcs[kMaxCallOperands + 4];
  uint32_t count = 0;
  srcs[count++] = Operand::Function(callee);
  Operand dst;
  if (signature.num_results > 0) {
    const SignatureParam result = params_[signature.first];
    if (result.bytes > 0 && results[0].kind == Arg::Kind::kSink) {  // it goes somewhere
      const uint32_t frame = AddFrame(result.bytes, result.align, Type::kB8);
      if (failed_) return;
      srcs[count++] =
          ValueOf(Op::kMov, Type::kU64, Type::kU64, {Operand::Frame(frame_[frame].offset)});
    } else if (result.bytes > 0) {
      srcs[count++] = PassArray(results[0], result.bytes, result.align);
    } else {
      const bool sink = results[0].kind == Arg::Kind::kSink;
      dst = sink ? Operand::Reg(Temp(result.type)) : PassScalar(results[0], result.type);
      if (!dst.IsReg()) BadOperand(results[0], "a parameter or a register");
    }
  }
  for (uint32_t i = 0; i < args.size(); ++i) {
    const SignatureParam p = params_[signature.first + signature.num_results + i];
    srcs[count++] =
        p.bytes > 0 ? PassArray(args[i], p.bytes, p.align) : PassScalar(args[i], p.type);
  }
  if (target.kind != OperandKind::kNone) srcs[count++] = target;
  if (failed_) return;
  EmitSpans(Op::kCall, Type::kNone, {&dst, dst.IsReg() ? 1u : 0u}, {srcs, count});
}

WS_HD bool Reader::IsBuiltin(std::string_view name) const {
  return SameText(name, "vprintf") || SameText(name, "__assertfail") || SameText(name, "malloc") ||
         SameText(name, "free");
}

// Functions that the device's run time has.
WS_HD void Reader::CallBuiltin(std::string_view name, std::span<const Arg> results,
                               std::span<const Arg> args) {
  if (SameText(name, "vprintf") && args.size() == 2) {
    const Operand format = PassScalar(args[0], Type::kU64),
                  values = PassScalar(args[1], Type::kU64);
    Operand dst;
    if (!results.empty()) dst = PassScalar(results[0], Type::kS32);
    if (failed_) return;
    const Operand srcs[2] = {format, values};
    EmitSpans(Op::kPrint, Type::kNone, {&dst, dst.IsReg() ? 1u : 0u}, {srcs, 2}).sub =
        kPrintFromBuffer;
    return;
  }
  if (SameText(name, "__assertfail")) {
    Emit(Op::kTrap, Type::kNone, {}, {}).sub = kTrapAssert;
    return;
  }
  const bool takes = SameText(name, "malloc");
  if (args.size() == 1 && results.size() <= (takes ? 1u : 0u)) {
    const Operand value = PassScalar(args[0], Type::kU64);
    if (failed_) return;
    if (!takes) {
      Emit(Op::kFree, Type::kU64, {}, {value});
      return;
    }
    const bool wants = !results.empty() && results[0].kind != Arg::Kind::kSink;
    const Operand dst = wants ? PassScalar(results[0], Type::kU64) : Operand::Reg(Temp(Type::kU64));
    if (!failed_) Emit(Op::kMalloc, Type::kU64, {dst}, {value});
    return;
  }
  Report(diag::Kind::kPtxOperandCount, tokens_[opcode_], name, 1u,
         static_cast<uint32_t>(args.size()));
}

WS_HD void Reader::ReadCall() {
  Has(Mod::kUni);
  if (!NeedArgs(1, 4)) return;
  uint32_t at = 0;
  std::span<const Arg> results, args;
  if (args_[0].kind == Arg::Kind::kVector) results = ElementsOf(args_[at++]);
  if (at == args_.size()) {
    BadOperand(args_[0], "followed by a function");
    return;
  }
  const Arg callee = args_[at++];
  if (at < args_.size() && args_[at].kind == Arg::Kind::kVector) args = ElementsOf(args_[at++]);
  const Arg* const list = at < args_.size() ? &args_[at++] : nullptr;
  if (at < args_.size()) {
    BadOperand(args_[at], "the last one");
    return;
  }
  if (callee.kind == Arg::Kind::kSymbol && callee.binding.meaning == Meaning::kFunction) {
    const FunctionId id(callee.binding.index);
    const Function& f = module_->functions[id.index];
    if (f.kind == FunctionKind::kKernel) {
      BadOperand(callee, "a .func");
      return;
    }
    if (f.num_blocks == 0 && IsBuiltin(f.name)) return CallBuiltin(f.name, results, args);
    if (signature_of_[id.index] == 0xffffffffu) {  // what was wrong with it was said
      failed_ = true;
      return;
    }
    if (f.num_blocks == 0) calls_.push_back({id, callee.token});
    const Signature signature = signatures_[signature_of_[id.index]];
    if (signature.num_results > 1) return Refuse();
    EmitCall(id, signature, results, args, {});
    return;
  }
  if (callee.kind != Arg::Kind::kRegister) {
    BadOperand(callee, "a function");
    return;
  }
  if (list == nullptr || list->kind != Arg::Kind::kSymbol ||
      (list->binding.meaning != Meaning::kPrototype &&
       list->binding.meaning != Meaning::kTargets)) {
    Report(diag::Kind::kPtxLacks, tokens_[opcode_], OpcodeText(),
           "a .callprototype or .calltargets behind the arguments",
           "(result), pointer, (arguments), prototype");
    return;
  }
  Signature signature;
  if (list->binding.meaning == Meaning::kPrototype) {
    signature = signatures_[list->binding.index];
  } else {
    const Target target = target_tokens_[targets_[list->binding.index].first];
    const Token& first = tokens_[target.token];
    const Binding b = Find(target.name);
    if (b.meaning != Meaning::kFunction || signature_of_[b.index] == 0xffffffffu) {
      ReportUnknown(first);
      return;
    }
    signature = signatures_[signature_of_[b.index]];
  }
  const Operand target = SrcOf(callee, Type::kU64);
  if (failed_) return;
  if (signature.num_results > 1) return Refuse();
  if (is_inline()) return RefuseInline("a call through a pointer in inline assembly");
  EmitCall(Dispatcher(signature), signature, results, args, target);
}

}  // namespace ws::ir::reader
