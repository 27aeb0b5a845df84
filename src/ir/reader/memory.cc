// Loads, stores, atomics and fences (PTX ISA, "Data Movement", "Parallel Synchronization").
// device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

// Where an operand in brackets leads, for an access of `bytes` bytes.
WS_HD Reader::Place Reader::PlaceOf(const Arg& arg, Space space, uint32_t bytes) {
  Place place;
  place.space = space;
  place.offset = arg.offset;
  if (!arg.is_address && !arg.is_element) {
    BadOperand(arg, "an address in brackets");
    return place;
  }
  if (arg.is_element) {
    const bool is_global = arg.binding.meaning == Meaning::kGlobal;
    const Space own = is_global ? module_->globals[arg.binding.index].space : Space::kLocal;
    if ((op_ != Op::kLd && op_ != Op::kSt) || (space != Space::kGeneric && space != own)) {
      BadOperand(arg, "an address of this state space, in brackets");
      return place;
    }
  }
  switch (arg.kind) {
    case Arg::Kind::kRegister: {
      const uint32_t have = BytesOf(builder_->RegType(arg.reg));
      const bool small =
          space == Space::kShared || space == Space::kLocal || space == Space::kConst;
      if (builder_->RegType(arg.reg) == Type::kPred || IsFloat(builder_->RegType(arg.reg)) ||
          (have != 8 && !(have == 4 && small))) {
        BadOperand(arg, "a register of 64 bits");
        return place;
      }
      place.base = Operand::Reg(arg.reg);
      // The address of a parameter: of a kernel's in its own memory, of a function's in the frame.
      if (space == Space::kParam) place.space = in_kernel_ ? Space::kGeneric : Space::kLocal;
      break;
    }
    case Arg::Kind::kInteger:
      if (space != Space::kLocal) {
        BadOperand(arg,
                   "an address in a register, or of a variable: numbers are addresses of .local");
        return place;
      }
      place.base = ValueOf(Op::kMov, Type::kU64, Type::kU64, {Imm(arg.bits)});
      break;
    case Arg::Kind::kSymbol: {
      const Binding b = arg.binding;
      const bool elsewhere =
          space == Space::kGlobal || space == Space::kShared || space == Space::kConst;
      if (b.meaning != Meaning::kGlobal && elsewhere) {
        BadOperand(arg, "a variable of this state space");
        return place;
      }
      if (b.meaning == Meaning::kGlobal) {
        const Space own = module_->globals[b.index].space;
        // Constants have no generic address of their own.
        if (space == Space::kGeneric ? own == Space::kConst : space != own) {
          BadOperand(arg, "a variable of this state space");
          return place;
        }
        place.base = Operand::Global(GlobalId(b.index));
        place.space = own;
      } else if (space != Space::kParam &&
                 (b.meaning == Meaning::kKernelParam || b.meaning == Meaning::kFuncParam)) {
        BadOperand(arg, "a variable of this state space");
        return place;
      } else if (b.meaning == Meaning::kFrame) {
        place.base = Operand::Frame(frame_[b.index].offset);
        place.space = Space::kLocal;
      } else if (b.meaning == Meaning::kKernelParam) {
        const Function& f = module_->functions[function_.index];
        const Param& p = module_->params[f.first_param + b.index];
        // Beyond the parameter lies the next one; what lies beyond all is not known.
        if (arg.offset < 0 || p.offset + uint64_t(arg.offset) + bytes > f.param_bytes) {
          Refuse();
          return place;
        }
        place.base = Operand::Param(p.offset);
        place.space = Space::kParam;
      } else if (b.meaning == Meaning::kFuncParam) {  // an array: scalars are registers
        place.base = Operand::Reg(func_params_[b.index]);
        place.space = Space::kLocal;
      } else {
        BadOperand(arg, "the address of a variable");
        return place;
      }
      break;
    }
    default:
      BadOperand(arg, "an address in brackets");
      return place;
  }
  if (!failed_ && (place.offset > INT32_MAX || place.offset < INT32_MIN)) {
    const Type type = place.base.IsReg() ? builder_->RegType(place.base.reg()) : Type::kU64;
    const Type wide = BytesOf(type) == 4 ? Type::kU32 : Type::kU64;
    const Operand base = ValueOf(Op::kMov, wide, wide, {place.base});
    place.base = Value1(Op::kAdd, wide, {base, Imm(static_cast<uint64_t>(place.offset))});
    place.offset = 0;
  }
  place.ok = !failed_;
  return place;
}

namespace {

// A .param that is kept in a register.
WS_HD bool IsScratch(const Arg& address) {
  return address.kind == Arg::Kind::kSymbol && address.is_address;
}

}  // namespace

// True if `address` is a scalar parameter kept in a register; it, or a part of it, is read then.
WS_HD bool Reader::LoadScratch(const Arg& address, std::span<const Arg> dsts, Type type) {
  if (!IsScratch(address)) return false;
  RegId from;
  if (address.binding.meaning == Meaning::kScratch) {
    from = RegId(address.binding.index);
  } else if (address.binding.meaning == Meaning::kFuncParam &&
             params_[signature_.first + address.binding.index].bytes == 0) {
    from = func_params_[address.binding.index];
  } else {
    return false;
  }
  if (address.binding.meaning == Meaning::kFuncParam &&
      address.binding.index < signature_.num_results) {
    BadOperand(address, "a parameter, or written only: results are not read");
    return true;
  }
  const uint32_t have = BytesOf(builder_->RegType(from)), bytes = BytesOf(type);
  if (address.offset < 0 || address.offset + dsts.size() * bytes > have) {
    Refuse();
    return true;
  }
  for (size_t i = 0; i < dsts.size() && !failed_; ++i) {
    Arg source;
    source.kind = Arg::Kind::kRegister;
    source.reg = from;
    source.token = address.token;
    const uint64_t bit = 8 * (static_cast<uint64_t>(address.offset) + i * bytes);
    if (bit > 0) {
      const Type whole = have == 8 ? Type::kU64 : have == 4 ? Type::kU32 : Type::kU16;
      source.reg = ValueOf(Op::kShr, whole, whole, {Operand::Reg(from), Imm(bit)}).reg();
    }
    const Operand value = bytes < have ? NarrowFrom(source, type) : Operand::Reg(from);
    if (IsWider(dsts[i], type)) {
      WidenTo(dsts[i], type, value.reg());
    } else {
      const Operand dst = DstOf(dsts[i], type);
      if (!failed_) Move(dst, type, value);
    }
  }
  return true;
}

// True if `address` is a scalar parameter kept in a register; it is written then.
WS_HD bool Reader::StoreScratch(const Arg& address, std::span<const Arg> srcs, Type type) {
  if (!IsScratch(address)) return false;
  RegId to;
  if (address.binding.meaning == Meaning::kScratch) {
    to = RegId(address.binding.index);
  } else if (address.binding.meaning == Meaning::kFuncParam &&
             params_[signature_.first + address.binding.index].bytes == 0) {
    to = func_params_[address.binding.index];
  } else {
    return false;
  }
  if (address.binding.meaning == Meaning::kFuncParam &&
      address.binding.index >= signature_.num_results) {
    BadOperand(address, "a result, or read only: parameters are not written");
    return true;
  }
  Arg target;
  target.kind = Arg::Kind::kRegister;
  target.reg = to;
  const uint32_t have = BytesOf(builder_->RegType(to));
  // What is written a part at a time would have to be memory.
  const uint32_t bytes = BytesOf(type);
  if (written_.size() <= to.index) written_.append(to.index + 1 - written_.size(), 0);
  if (failed_ || arena_->failed()) return true;
  const bool is_part = written_[to.index] > bytes;
  if (bytes > written_[to.index]) written_[to.index] = static_cast<uint8_t>(bytes);
  if (srcs.size() != 1 || address.offset != 0 || bytes > have || is_part) {
    Refuse();
    return true;
  }
  const Operand value = IsWider(srcs[0], type) ? NarrowFrom(srcs[0], type) : SrcOf(srcs[0], type);
  if (failed_) return true;
  if (BytesOf(type) == have) {
    Move(Operand::Reg(to), type, value);
    return true;
  }
  const Operand low = value.IsReg() ? value : ValueOf(Op::kMov, type, type, {value});
  WidenTo(target, type, low.reg());
  return true;
}

// Order and scope of an access.
WS_HD void Reader::TakeOrder(Inst* inst) {
  uint8_t value = 0;
  if (TakeClass(ModClass::kOrder, &value)) inst->order = static_cast<Order>(value);
  if (Has(Mod::kMmio)) inst->order = Order::kRelaxed;
  if (TakeClass(ModClass::kScope, &value)) inst->scope = static_cast<Scope>(value);
}

WS_HD bool Reader::TakeAccess(AccessWords* words) {
  TakeOrder(&words->modifiers);
  uint8_t value = 0;
  if (TakeClass(ModClass::kSpace, &value)) words->space = static_cast<Space>(value);
  if (TakeClass(ModClass::kCache, &value)) words->modifiers.cache = static_cast<Cache>(value);
  if (op_ == Op::kLd && Has(Mod::kNc)) words->modifiers.cache = Cache::kNc;
  TakeIgnored();
  const bool hint = Has(Mod::kL2CacheHint);
  words->is_vector = TakeClass(ModClass::kVector, &value);
  if (words->is_vector) words->count = value;
  words->is_wide = Has(Mod::kB128);
  if (words->is_wide) words->count = 2;
  words->type = words->is_wide ? Type::kB64 : NeedType();
  const uint32_t bytes = BytesOf(words->type) * words->count;
  const bool doubles = platform_.number >= 100 && platform_.version >= 88 &&
                       (words->space == Space::kGlobal || words->space == Space::kGeneric);
  if (!failed_ && bytes > (doubles ? 2 : 1) * kMaxVectorBytes) {
    Report(diag::Kind::kPtxLimit, tokens_[opcode_], OpcodeText(), "an access of so many bytes",
           "16 are moved at once, 32 on sm_100 and above from PTX 8.8 on");
  }
  if (!NeedTypes(words->type, op_types::I | op_types::B | op_types::F) || !NeedArgs(hint ? 3 : 2)) {
    return false;
  }
  if (hint) Src(2, Type::kB64);
  return !failed_;
}

WS_HD void Reader::GoTo(const Place& place, const AccessWords& words, uint32_t first,
                        uint32_t count, Inst* inst) {
  inst->space = place.space;
  inst->offset = static_cast<int32_t>(place.offset + first * BytesOf(words.type));
  inst->vec = static_cast<uint8_t>(count);
  inst->order = words.modifiers.order;
  inst->scope = words.modifiers.scope;
  inst->cache = words.modifiers.cache;
}

WS_HD void Reader::ReadLoad() {
  AccessWords words;
  if (!TakeAccess(&words)) return;
  const Type type = words.type;
  const Arg target = args_[0];
  const std::span<const Arg> dsts = ElementsOf(target);
  if (dsts.size() != words.count || target.is_wide != words.is_wide) {
    BadOperand(target,
               words.is_vector ? "as many registers as the vector has elements" : "a register");
    return;
  }
  if (LoadScratch(args_[1], dsts, type)) return;
  Place place = PlaceOf(args_[1], words.space, BytesOf(type) * words.count);
  if (!place.ok) return;
  if (words.count > 4 && place.base.IsReg()) {  // the first half may write the address
    const Type wide = builder_->RegType(place.base.reg());
    place.base = ValueOf(Op::kMov, wide, wide, {place.base});
  }
  for (uint32_t first = 0; first < words.count; first += 4) {
    const uint32_t n = words.count - first < 4 ? words.count - first : 4;
    Operand regs[4];
    for (uint32_t i = 0; i < n; ++i) {
      const Arg& dst = dsts[first + i];
      const bool wide = IsWider(dst, type);
      // A register of 16 or 32 bits holds a smaller unsigned value as it is.
      const bool as_is = wide && !IsSigned(type) && BytesOf(builder_->RegType(dst.reg)) < 8;
      regs[i] = as_is ? Operand::Reg(dst.reg) : wide ? Operand::Reg(Temp(type)) : DstOf(dst, type);
    }
    if (failed_) return;
    GoTo(place, words, first, n, &EmitSpans(Op::kLd, type, {regs, n}, {&place.base, 1}));
    for (uint32_t i = 0; i < n; ++i) {
      const Arg& dst = dsts[first + i];
      if (IsWider(dst, type) && regs[i].index != dst.reg.index) WidenTo(dst, type, regs[i].reg());
    }
  }
}

WS_HD void Reader::ReadStore() {
  if (Has(Mod::kAsync)) return ReadAsyncStore();
  AccessWords words;
  if (!TakeAccess(&words)) return;
  const Type type = words.type;
  const Arg source = args_[1];
  const std::span<const Arg> srcs = ElementsOf(source);
  if (srcs.size() != words.count || source.is_wide != words.is_wide) {
    BadOperand(source, words.is_vector ? "as many values as the vector has elements" : "a value");
    return;
  }
  if (StoreScratch(args_[0], srcs, type)) return;
  const Place place = PlaceOf(args_[0], words.space, BytesOf(type) * words.count);
  if (!place.ok) return;
  if (place.space == Space::kParam || place.space == Space::kConst) {
    BadOperand(args_[0], "memory that can be written");
    return;
  }
  for (uint32_t first = 0; first < words.count; first += 4) {
    const uint32_t n = words.count - first < 4 ? words.count - first : 4;
    Operand operands[5] = {place.base};
    for (uint32_t i = 0; i < n; ++i) {
      const Arg& src = srcs[first + i];
      operands[i + 1] = IsWider(src, type) ? NarrowFrom(src, type) : SrcOf(src, type);
    }
    if (failed_) return;
    GoTo(place, words, first, n, &EmitSpans(Op::kSt, type, {}, {operands, n + 1}));
  }
}

// atom and red
WS_HD void Reader::ReadAtomic() {
  if (op_ == Op::kRed && Has(Mod::kAsync)) return ReadAsyncStore();
  Inst m;
  TakeOrder(&m);
  uint8_t value = 0;
  const Space space =
      TakeClass(ModClass::kSpace, &value) ? static_cast<Space>(value) : Space::kGeneric;
  TakeClass(ModClass::kAtomic, &value);
  const Atomic atomic = static_cast<Atomic>(value);
  Has(Mod::kNoftz);
  TakeIgnored();
  const bool hint = Has(Mod::kL2CacheHint);
  if (TakeClass(ModClass::kVector, &value) || Has(Mod::kB128)) return Refuse();
  const Type type = NeedType();
  const bool has_dst = op_ == Op::kAtom;
  const uint32_t first = has_dst ? 1 : 0;
  const uint32_t values = atomic == Atomic::kCas ? 2 : 1;
  if (failed_ || !NeedArgs(first + 1 + values + (hint ? 1 : 0))) return;
  using namespace op_types;
  int types = 0;
  switch (atomic) {
    case Atomic::kAdd:
      types = I | F | H;
      break;
    case Atomic::kMin:
    case Atomic::kMax:
      types = I | H;
      break;
    case Atomic::kInc:
    case Atomic::kDec:
      types = type == Type::kU32 ? I : 0;
      break;
    default:
      types = B;
      break;
  }
  const bool small =
      BytesOf(type) < 4 && !IsFloat(type) && !(atomic == Atomic::kCas && type == Type::kB16);
  if (!NeedTypes(type, types)) return;
  if (small || (!has_dst && (atomic == Atomic::kCas || atomic == Atomic::kExch))) {
    BadType(type);
    return;
  }
  if (hint) Src(first + 1 + values, Type::kB64);
  const Place place = PlaceOf(args_[first], space, BytesOf(type));
  if (!place.ok) return;
  if (place.space != Space::kGlobal && place.space != Space::kShared &&
      place.space != Space::kGeneric) {
    BadOperand(args_[first], "global or shared memory");
    return;
  }
  Operand operands[3] = {place.base};
  for (uint32_t i = 0; i < values; ++i) operands[i + 1] = Src(first + 1 + i, type);
  const bool wants = has_dst && args_[0].kind != Arg::Kind::kSink;
  const Operand dst = wants ? Dst(0, type) : Operand();
  if (failed_) return;
  const bool keeps = wants || atomic == Atomic::kCas || atomic == Atomic::kExch;
  const Operand to = wants ? dst : keeps ? Operand::Reg(Temp(type)) : Operand();
  Inst& inst =
      EmitSpans(keeps ? Op::kAtom : Op::kRed, type, {&to, keeps ? 1u : 0u}, {operands, values + 1});
  inst.space = place.space;
  inst.offset = static_cast<int32_t>(place.offset);
  inst.sub = static_cast<uint8_t>(atomic);
  inst.order = m.order;
  inst.scope = m.scope;
}

// cp.async: the copy is made at once; with checks on, its bytes count as undefined until a wait.
//   cp.async.cg.shared.global [to], [from], 16{, bytes that there are | predicate to ignore them};
WS_HD void Reader::ReadAsyncCopy() {
  const bool is_async = Has(Mod::kAsync), reduces = Has(Mod::kReduce);
  if (is_async && Has(Mod::kBulk)) return ReadBulkCopy(reduces);
  if (is_async && Has(Mod::kMbarrierWord)) return ReadCopyArrive();
  const bool commits = is_async && Has(Mod::kCommitGroup);
  if (commits || (is_async && Has(Mod::kWaitAll))) {
    if (NeedArgs(0)) EmitCopyGroup(commits ? CopyStep::kCommit : CopyStep::kWaitAll, 0);
    return;
  }
  uint8_t cache = 0, to_space = 0, from_space = 0;
  TakeClass(ModClass::kCache, &cache);
  TakeClass(ModClass::kSpace, &to_space);
  TakeClass(ModClass::kSpace, &from_space);
  TakeIgnored();
  const bool hint = Has(Mod::kL2CacheHint), waits = Has(Mod::kWaitGroup);
  bool other = !is_async;
  for (uint32_t i = 0; i < num_mods_; ++i) other = other || !mods_[i].taken;
  const bool copies = static_cast<Space>(to_space) == Space::kShared &&
                      static_cast<Space>(from_space) == Space::kGlobal;
  if (reduces || other || (!waits && !copies)) return Refuse();
  if (waits) {
    if (!NeedArgs(1)) return;
    const uint64_t groups = args_[0].bits;
    if (args_[0].kind != Arg::Kind::kInteger || groups > 0x7fffffff) {
      BadOperand(args_[0], "a constant");
      return;
    }
    EmitCopyGroup(CopyStep::kWaitGroup, static_cast<int32_t>(groups));
    return;
  }
  if (!NeedArgs(3, 5)) return;
  const uint64_t bytes = args_[2].bits;
  if (args_[2].kind != Arg::Kind::kInteger || (bytes != 4 && bytes != 8 && bytes != 16)) {
    BadOperand(args_[2], "4, 8 or 16");
    return;
  }
  if (static_cast<Cache>(cache) == Cache::kCg && bytes != 16) {
    BadOperand(args_[2], "16, as .cg copies no fewer bytes");
    return;
  }
  const uint32_t words = static_cast<uint32_t>(bytes / 4);
  const Place to = PlaceOf(args_[0], Space::kShared, static_cast<uint32_t>(bytes));
  const Place from = PlaceOf(args_[1], Space::kGlobal, static_cast<uint32_t>(bytes));
  if (!to.ok || !from.ok) return;
  Operand values[5] = {to.base};
  for (uint32_t w = 0; w < words; ++w) values[w + 1] = Operand::Reg(Temp(Type::kB32));
  const auto place = [](Inst& inst, const Place& at, uint32_t offset, uint32_t count) {
    inst.space = at.space;
    inst.offset = static_cast<int32_t>(at.offset + offset);
    inst.vec = static_cast<uint8_t>(count);
  };
  if (args_.size() == (hint ? 4u : 3u)) {
    place(EmitSpans(Op::kLd, Type::kB32, {values + 1, words}, {&from.base, 1}), from, 0, words);
  } else {
    // What is beyond the bytes that there are becomes zero, and is not read.
    const Arg& there = args_[3];
    if (there.kind == Arg::Kind::kInteger && !there.is_address && there.bits > bytes) {
      BadOperand(there, "no more bytes than are copied");
      return;
    }
    const bool ignores =
        there.kind == Arg::Kind::kRegister && builder_->RegType(there.reg) == Type::kPred;
    const Operand count =
        ignores ? ValueOf(Op::kSelp, Type::kU32, Type::kU32, {Imm(0), Imm(bytes), Predicate(3)})
                : Src(3, Type::kU32);
    if (failed_) return;
    const RegId guard = guard_;
    const bool negated = guard_negated_;
    for (uint32_t w = 0; w < words; ++w) {
      Move(values[w + 1], Type::kB32, Imm(0));
      const Operand has = CompareOf(Cmp::kGe, Type::kU32, count, Imm(4 * w + 4));
      const Operand reads = Operand::Reg(Temp(Type::kPred));
      guard_ = RegId();
      Move(reads, Type::kPred, Imm(0));
      guard_ = guard;
      Move(reads, Type::kPred, has);
      guard_ = reads.reg();
      guard_negated_ = false;
      place(EmitSpans(Op::kLd, Type::kB32, {values + w + 1, 1}, {&from.base, 1}), from, 4 * w, 1);
      guard_ = guard;
      guard_negated_ = negated;
    }
  }
  Inst& store = EmitSpans(Op::kSt, Type::kB32, {}, {values, words + 1});
  place(store, to, 0, words);
  store.sub = kStoreLater;
}

WS_HD void Reader::EmitCopyGroup(CopyStep step, int32_t groups) {
  Inst& inst = Emit(Op::kCopyGroup, Type::kNone, {}, {});
  inst.sub = static_cast<uint8_t>(step);
  inst.offset = groups;
}

// createpolicy...b64 policy, operands: a policy, which no access here looks at.
WS_HD void Reader::ReadCreatePolicy() {
  TakeAll();
  if (!NeedArgs(1, 4)) return;
  const Operand dst = Dst(0, Type::kB64);
  if (failed_) return;
  Move(dst, Type::kB64, Imm(0));
}

// prefetch, discard and the like say nothing of values: an address, and of some a size.
WS_HD void Reader::ReadHint() {
  uint8_t space = 0;
  const bool has_space = TakeClass(ModClass::kSpace, &space);
  const bool fetches = SameText(OpcodeText(), "prefetch") || SameText(OpcodeText(), "prefetchu");
  TakeAll();
  if (!NeedArgs(fetches ? 1 : 2)) return;
  if (!args_[0].is_address) {
    BadOperand(args_[0], "an address in brackets");
    return;
  }
  PlaceOf(args_[0], has_space ? static_cast<Space>(space) : Space::kGeneric, 1);
  if (args_.size() == 2 && (args_[1].kind != Arg::Kind::kInteger || args_[1].bits != 128)) {
    BadOperand(args_[1], "128, the bytes that are meant");
  }
}

WS_HD void Reader::TakeAll() {
  for (uint32_t i = 0; i < num_mods_; ++i) mods_[i].taken = true;
}

WS_HD void Reader::ReadIsSpace() {
  uint8_t value = 0;
  TakeClass(ModClass::kSpace, &value);
  if (!NeedArgs(2)) return;
  const Operand dst = Dst(0, Type::kPred), address = Src(1, Type::kU64);
  if (!failed_) Emit(Op::kIsSpace, Type::kU64, {dst}, {address}).space = static_cast<Space>(value);
}

// membar and fence; those between proxies order nothing that is executed here.
WS_HD void Reader::ReadFence() {
  uint8_t value = 0;
  Scope scope = Scope::kGpu;
  if (Has(Mod::kProxy) || Has(Mod::kMbarrierInit)) {
    const bool names = Has(Mod::kTensormapGeneric) && Has(Mod::kAcquire);
    TakeAll();
    NeedArgs(names ? 2 : 0);
    return;
  }
  Has(Mod::kSc);
  // Of what one block's shared memory holds, where a block is a cluster.
  if (!Has(Mod::kSyncRestrictSharedCta)) Has(Mod::kSyncRestrictSharedCluster);
  TakeClass(ModClass::kOrder, &value);
  if (TakeClass(ModClass::kScope, &value)) scope = static_cast<Scope>(value);
  if (!NeedArgs(0)) return;
  Emit(Op::kFence, Type::kNone, {}, {}).scope = scope;
}

}  // namespace ws::ir::reader
