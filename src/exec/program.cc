#include "exec/program.h"

#include <algorithm>

#include "base/format.h"
#include "exec/memory.h"
#include "exec/order.h"
#include "exec/predecoder.h"
#include "exec/select.h"
#include "exec/sync.h"

namespace ws::exec {
namespace {

constexpr uint32_t kMaxCode = 8u << 20;

bool NeedsBranch(ir::Op op) {
  switch (ir::InfoOf(op).effect) {
    case ir::Effect::Barrier:
    case ir::Effect::Cross:
    case ir::Effect::Control:
    case ir::Effect::Host:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string Predecoder::Run(ir::FunctionId root) {
  p_.function = root;
  all_ = LayOut(m_, root, p_);
  if (!all_.error.empty()) return all_.error;
  for (const uint32_t f : all_.order) {
    WriteFunction(f);
    if (!error_.empty()) return error_;
  }
  SplitExits(root);
  for (const auto& [position, block] : block_fixups_) {
    VmInst& i = p_.code[position.first];
    (position.second == 0 ? i.d : position.second == 1 ? i.b : i.c) = block_position_[block];
  }
  for (const auto& [position, target] : exits_) {
    VmInst& i = p_.code[position.first];
    (position.second == 0 ? i.d : position.second == 1 ? i.b : i.c) = target;
  }
  for (const auto& [position, function] : call_fixups_) {
    p_.code[position].d = all_.functions[function].entry;
  }
  p_.entry = all_.functions[root.index].entry;
  if (all_.functions[root.index].cycle != 0) WriteOutermostCall(root);
  p_.total_bytes = all_.next_slot;
  if (p_.total_bytes > kMaxRegisterBytes || p_.frame_bytes > kMaxFrameBytes ||
      p_.code.size() > kMaxCode) {
    return Format("{} is too large to run", m_.functions[root.index].name);
  }
  const ir::Function& f = m_.functions[root.index];
  if (f.kind == ir::FunctionKind::kHost) {
    for (const ir::Param& param : m_.Params(f)) {
      p_.host_params.push_back(all_.functions[root.index].regs[param.reg.index]);
    }
    if (f.result != Type::kNone) {
      p_.host_params.push_back(all_.functions[root.index].result);
    }
  }
  return error_;
}

// Where threads wait for each other, each jump to a block of the kernel that is nothing but an
// exit gets an exit of its own, which knows where it comes from.
void Predecoder::SplitExits(ir::FunctionId root) {
  const ir::Function& kernel = m_.functions[root.index];
  const bool waits = std::ranges::any_of(
      p_.code, [](const VmInst& i) { return i.op == VmOp::kBarSync || i.op == VmOp::kCross; });
  if (kernel.kind != ir::FunctionKind::kKernel || !waits) return;
  for (auto& [position, block] : block_fixups_) {
    if (block < kernel.first_block || block >= kernel.first_block + kernel.num_blocks) continue;
    if (m_.blocks[block].num_insts != 1) continue;
    const uint32_t original = block_position_[block];
    const VmInst exit = p_.code[original];
    if (exit.op != VmOp::kExit) continue;
    const auto after = std::ranges::upper_bound(p_.blocks, position.first, {}, &CodeBlock::first);
    const uint32_t from = (after - 1)->block;
    exits_.push_back({position, Here()});
    p_.blocks.push_back({Here(), block});
    p_.code.push_back(exit);
    p_.code.back().a = m_.blocks[from].num_insts > 1 ? from : WarpSync::kNoBlock;
    p_.origin.push_back(p_.origin[original]);
    p_.count_index.push_back(p_.count_index[original]);
  }
}

void Predecoder::WriteFunction(uint32_t f) {
  function_ = f;
  layout_ = &all_.functions[f];
  const ir::Function& fn = m_.functions[f];
  layout_->entry = Here();
  std::vector<std::vector<uint32_t>> successors(fn.num_blocks);
  for (uint32_t b = 0; b < fn.num_blocks; ++b) {
    const ir::Block& block = m_.blocks[fn.first_block + b];
    if (block.num_insts == 0) {
      error_ = Format("a block of {} is empty", fn.name);
      return;
    }
    for (const Operand& o : m_.Srcs(m_.Insts(block).back())) {
      if (o.kind == OperandKind::kBlock) successors[b].push_back(o.index - fn.first_block);
    }
  }
  roles_ = FindLoadRoles(m_, ir::FunctionId(f));
  live_.reset();
  if (layout_->cycle != 0) {
    live_ = std::make_unique<ir::Liveness>(m_, ir::FunctionId(f), ir::Cfg(m_, ir::FunctionId(f)));
    inst_index_ = m_.blocks[fn.first_block].first_inst;
    counts_here_ = false;
    p_.blocks.push_back({Here(), fn.first_block});
    Emit(VmOp::kEnter).c = layout_->stack_frame;
  }
  for (const uint32_t b : ExecutionOrder(successors)) {
    const uint32_t index = fn.first_block + b;
    block_position_[index] = Here();
    p_.blocks.push_back({Here(), index});
    const ir::Block& block = m_.blocks[index];
    block_ = index;
    count_ = 0;
    for (uint32_t k = 0; k < block.num_insts && error_.empty(); ++k) {
      inst_index_ = block.first_inst + k;
      WriteInst(m_.insts[inst_index_]);
    }
  }
}

void Predecoder::WriteInst(const Inst& inst) {
  ++count_;
  counts_here_ = true;
  if (!inst.guard.valid()) {
    WritePlain(inst);
    return;
  }
  const uint32_t guard = layout_->regs[inst.guard.index].offset;
  const uint32_t start = Here();
  if (!NeedsBranch(inst.op)) {
    Emit(VmOp::kGuard, 0, guard).sub = inst.guard_negated;
    WritePlain(inst);
    p_.code[start].imm = static_cast<int32_t>(Here() - start);
    Emit(VmOp::kUnguard);
    return;
  }
  Emit(VmOp::kCondBra, 0, guard);
  p_.count_index.back() = m_.insts.size();
  counts_here_ = true;
  WritePlain(inst);
  counts_here_ = false;
  Emit(VmOp::kBra, Here() + 1);
  VmInst& branch = p_.code[start];
  branch.b = inst.guard_negated ? Here() : start + 1;
  branch.c = inst.guard_negated ? start + 1 : Here();
}

void Predecoder::WritePlain(const Inst& inst) {
  switch (inst.op) {
    case Op::kLd:
    case Op::kSt:
    case Op::kAtom:
    case Op::kRed:
      WriteOrdered(inst);
      return;
    case Op::kMbar:
      p_.has_fence = true;
      WriteAccess(inst);
      return;
    case Op::kFence:
      p_.has_fence = true;
      Emit(VmOp::kFence).sub = inst.scope != ir::Scope::kCta;
      return;
    case Op::kCopyGroup: {
      VmInst& i = Emit(VmOp::kCopyGroup);
      i.sub = inst.sub;
      i.imm = inst.offset;
      return;
    }
    case Op::kBarSync:
    case Op::kBarArrive:
    case Op::kBarRed:
      p_.has_barrier = true;
      // One for part of the block orders what that part does.
      if (inst.num_srcs > (inst.op == Op::kBarRed ? 2 : 1)) p_.has_fence = true;
      Emit(VmOp::kBarSync).c = Generic(inst);
      return;
    case Op::kBarWarp:
    case Op::kShfl:
    case Op::kVote:
    case Op::kMatch:
    case Op::kRedux:
    case Op::kActivemask:
    case Op::kMma:
    case Op::kPrint:
    case Op::kMalloc:
    case Op::kFree:
      Emit(VmOp::kCross).c = Generic(inst);
      return;
    case Op::kBra: {
      block_fixups_.push_back({{Here(), 0}, m_.Srcs(inst)[0].index});
      Emit(VmOp::kBra).imm = TakeCount();
      return;
    }
    case Op::kCondBra: {
      block_fixups_.push_back({{Here(), 1}, m_.Srcs(inst)[1].index});
      block_fixups_.push_back({{Here(), 2}, m_.Srcs(inst)[2].index});
      const SlotRef predicate = Source(inst, 0);
      Emit(VmOp::kCondBra, 0, predicate.offset).imm = TakeCount();
      return;
    }
    case Op::kRet:
      WriteReturn(inst);
      return;
    case Op::kExit:
      EmitExit();
      return;
    case Op::kTrap:
      Emit(VmOp::kTrap).imm = TakeCount();
      return;
    case Op::kCall:
      WriteCall(inst);
      return;
    case Op::kRt:
    case Op::kLaunch:
      Emit(VmOp::kHostCall).c = Generic(inst);
      return;
    case Op::kUnpack:
      WriteUnpack(inst);
      return;
    case Op::kCvta:
    case Op::kCvtaTo:
      WriteCvta(inst);
      return;
    default:
      WritePure(inst);
      return;
  }
}

void Predecoder::WritePure(const Inst& inst) {
  if (inst.op == Op::kMov && m_.Srcs(inst)[0].kind == OperandKind::kSpecial) {
    const auto special = static_cast<ir::Special>(m_.Srcs(inst)[0].index);
    const SlotRef dst = Destination(m_.Dsts(inst)[0]);
    if (special == ir::Special::kClock || special == ir::Special::kClock64) {
      Emit(dst.width == Width::k64 ? VmOp::kClock64 : VmOp::kClock32, dst.offset);
      return;
    }
  }
  bool swap = false;
  VmOp op = SelectFast(inst, &swap);
  if (inst.op == Op::kPack && inst.num_srcs != 2) op = VmOp::kGeneric;
  if (op == VmOp::kGeneric || inst.num_dsts != 1) {
    const uint32_t generic = Generic(inst);
    Emit(VmOp::kGeneric).c = generic;
    return;
  }
  SlotRef s[3];
  for (uint32_t k = 0; k < inst.num_srcs && k < 3; ++k) s[k] = Source(inst, k);
  if (swap) std::swap(s[0], s[1]);
  // Registers narrower or wider than the operation (a 32-bit address of shared memory kept in a
  // 64-bit register, say) go the general way.
  const SlotRef d = Destination(m_.Dsts(inst)[0]);
  for (uint32_t k = 0; k < inst.num_srcs && k < 3; ++k) {
    if (s[k].width != SourceWidth(inst, swap && k < 2 ? 1 - k : k)) {
      const uint32_t generic = Generic(inst);
      Emit(VmOp::kGeneric).c = generic;
      return;
    }
  }
  Emit(op, d.offset, s[0].offset, s[1].offset, s[2].offset);
}

void Predecoder::WriteUnpack(const Inst& inst) {
  const SlotRef s = Source(inst, 0);
  if (inst.num_dsts == 2) {
    const SlotRef low = Destination(m_.Dsts(inst)[0]), high = Destination(m_.Dsts(inst)[1]);
    // The destinations may be the source: read the high part first only if that is safe.
    const bool wide = s.width == Width::k64;
    const VmOp low_op = wide ? VmOp::kLow32 : VmOp::kLow16;
    const VmOp high_op = wide ? VmOp::kHigh32 : VmOp::kHigh16;
    if (low.offset != s.offset) {
      Emit(low_op, low.offset, s.offset);
      Emit(high_op, high.offset, s.offset);
    } else {
      Emit(high_op, high.offset, s.offset);
      Emit(low_op, low.offset, s.offset);
    }
    return;
  }
  const uint32_t generic = Generic(inst);
  Emit(VmOp::kGeneric).c = generic;
}

// Shared and local addresses get or lose their tag; the others are the same in every space.
void Predecoder::WriteCvta(const Inst& inst) {
  const SlotRef d = Destination(m_.Dsts(inst)[0]);
  SlotRef s = Source(inst, 0);
  if (d.width == Width::k64 && s.width == Width::k32) {
    Emit(VmOp::kZext32, d.offset, s.offset);
    s = d;
  } else if (d.width == Width::k32 && s.width == Width::k64) {
    Emit(VmOp::kLow32, d.offset, s.offset);
    return;
  }
  const bool to_generic = inst.op == Op::kCvta;
  if (inst.space != ir::Space::kShared && inst.space != ir::Space::kLocal) {
    EmitMove(d, s);
    return;
  }
  const bool on_host = m_.functions[p_.function.index].kind == ir::FunctionKind::kHost;
  const uint64_t tag = TagBits(inst.space == ir::Space::kShared ? Tag::kShared
                               : on_host                        ? Tag::kHostLocal
                                                                : Tag::kLocal);
  if (d.width == Width::k32) {
    EmitMove(d, s);
  } else if (to_generic) {
    Emit(VmOp::kOr64, d.offset, s.offset, Constant(tag, Width::k64).offset);
  } else {
    Emit(VmOp::kXor64, d.offset, s.offset, Constant(tag, Width::k64).offset);
  }
}

uint32_t Predecoder::Generic(const Inst& inst) {
  GenericInfo info;
  info.inst = inst_index_;
  info.num_dsts = inst.num_dsts;
  info.num_srcs = inst.num_srcs;
  for (const Operand& o : m_.Dsts(inst)) info.operands.push_back(Destination(o));
  const bool host = inst.op == Op::kRt || inst.op == Op::kLaunch;
  for (uint32_t k = 0; k < inst.num_srcs; ++k) {
    const Operand o = m_.Srcs(inst)[k];
    // Host calls take generic addresses.
    info.operands.push_back(host && o.kind == OperandKind::kFrame ? HostFrameAddress(o.index)
                                                                  : Source(inst, k));
  }
  p_.generics.push_back(std::move(info));
  return static_cast<uint32_t>(p_.generics.size()) - 1;
}

VmInst& Predecoder::Emit(VmOp op, uint32_t d, uint32_t a, uint32_t b, uint32_t c) {
  VmInst i;
  i.op = op;
  i.d = d;
  i.a = a;
  i.b = b;
  i.c = c;
  p_.code.push_back(i);
  p_.origin.push_back(inst_index_);
  const bool counts = counts_here_ && op != VmOp::kGuard;
  p_.count_index.push_back(counts ? inst_index_ : m_.insts.size());
  if (counts) counts_here_ = false;
  return p_.code.back();
}

void Predecoder::EmitMove(SlotRef to, SlotRef from) {
  Emit(to.width == Width::kPred ? VmOp::kMovPred
                                : (to.width == Width::k64 ? VmOp::kMov64 : VmOp::kMov32),
       to.offset, from.offset);
}

std::string Predecode(const ir::Module& module, ir::FunctionId function,
                      const std::vector<uint64_t>& global_address, Program& program) {
  return Predecoder(module, global_address, program).Run(function);
}

}  // namespace ws::exec
