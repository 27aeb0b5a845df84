#include "exec/program.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <utility>

#include "base/format.h"
#include "exec/access_info.h"
#include "exec/load_roles.h"
#include "exec/memory.h"
#include "exec/order.h"
#include "exec/program_layout.h"
#include "exec/select.h"
#include "exec/sync.h"
#include "ir/cfg.h"

namespace ws::exec {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::OperandKind;
using ir::Type;

constexpr uint32_t kMaxCode = 8u << 20;

class Predecoder {
 public:
  Predecoder(const ir::Module& module, const std::vector<uint64_t>& addresses, Program& program)
      : m_(module), addresses_(addresses), p_(program) {}

  std::string Run(ir::FunctionId root) {
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

 private:
  SlotRef Constant(uint64_t bits, Width width) {
    const auto [it, fresh] = constant_slots_.try_emplace(HashOf(bits, width), SlotRef{});
    if (fresh) {
      it->second = NewSlot(width);
      p_.constants.push_back({it->second, bits});
    }
    return it->second;
  }
  static std::string HashOf(uint64_t bits, Width width) {
    return std::string(reinterpret_cast<const char*>(&bits), 8) + static_cast<char>(width);
  }
  SlotRef NewSlot(Width width) {
    const SlotRef slot{all_.next_slot, width};
    all_.next_slot += width == Width::k64 ? 2 * kSlotBytes : kSlotBytes;
    return slot;
  }

  SlotRef Source(const Inst& inst, uint32_t index) {
    const Operand o = m_.Srcs(inst)[index];
    return Resolve(o, SourceWidth(inst, index));
  }

  SlotRef Resolve(const Operand& o, Width width) {
    switch (o.kind) {
      case OperandKind::kReg:
        return layout_->regs[o.index];
      case OperandKind::kImm:
        return Constant(m_.ImmBits(o), width);
      case OperandKind::kSpecial: {
        for (const SpecialSlot& s : p_.specials) {
          if (static_cast<uint32_t>(s.special) == o.index && s.slot.width == width) return s.slot;
        }
        p_.specials.push_back({NewSlot(width), static_cast<ir::Special>(o.index)});
        return p_.specials.back().slot;
      }
      case OperandKind::kGlobal:
        if (m_.globals[o.index].space == ir::Space::kShared) {
          return Constant(p_.shared_offset[o.index], width);
        }
        return Constant(addresses_[o.index], width);
      case OperandKind::kFrame:
        return FrameAddress(o.index, width);
      case OperandKind::kParam:
        if (o.index != 0) {
          error_ = "the address of a parameter other than the first is not supported";
        }
        if (!p_.uses_param_memory) {
          p_.uses_param_memory = true;
          p_.param_memory = NewSlot(Width::k64);
        }
        return p_.param_memory;
      default:
        return Constant(o.index, width);
    }
  }

  // The address of an object of the frame in local memory.
  SlotRef FrameAddress(uint32_t offset, Width width) {
    const uint32_t at = layout_->LocalOffset(offset);
    if (layout_->cycle == 0) return Constant(at, width);
    const StackFrame& frame = p_.stack_frames[layout_->stack_frame];
    const SlotRef base = width == Width::k64 ? frame.base : frame.narrow_base;
    const SlotRef sum = NewSlot(width), constant = Constant(at, width);
    const bool counts = std::exchange(counts_here_, false);
    Emit(width == Width::k64 ? VmOp::kAdd64 : VmOp::kAdd32, sum.offset, base.offset,
         constant.offset);
    counts_here_ = counts;
    return sum;
  }
  // The same as a generic address of the host.
  SlotRef HostFrameAddress(uint32_t offset) {
    if (layout_->cycle == 0) {
      return Constant(MakeAddress(Tag::kHostLocal, 0, 0, layout_->LocalOffset(offset)), Width::k64);
    }
    const SlotRef sum = NewSlot(Width::k64),
                  tag = Constant(MakeAddress(Tag::kHostLocal, 0, 0, 0), Width::k64);
    const SlotRef at = FrameAddress(offset, Width::k64);
    const bool counts = std::exchange(counts_here_, false);
    Emit(VmOp::kAdd64, sum.offset, at.offset, tag.offset);
    counts_here_ = counts;
    return sum;
  }

  VmInst& Emit(VmOp op, uint32_t d = 0, uint32_t a = 0, uint32_t b = 0, uint32_t c = 0) {
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
  void EmitMove(SlotRef to, SlotRef from) {
    Emit(to.width == Width::kPred ? VmOp::kMovPred
                                  : (to.width == Width::k64 ? VmOp::kMov64 : VmOp::kMov32),
         to.offset, from.offset);
  }
  uint32_t Here() const { return static_cast<uint32_t>(p_.code.size()); }

  // Where threads wait for each other, each jump to a block of the kernel that is nothing but an
  // exit gets an exit of its own, which knows where it comes from.
  void SplitExits(ir::FunctionId root) {
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

  void WriteFunction(uint32_t f) {
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

  static bool NeedsBranch(Op op) {
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

  void WriteInst(const Inst& inst) {
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

  // A release is a fence and the access, an acquire the access and a fence. That orders what the
  // thread did and saw at other places too, so that a race there may go unseen.
  void WriteOrdered(const Inst& inst) {
    const bool both = inst.order == ir::Order::kAcqRel;
    const bool device = inst.scope != ir::Scope::kCta;
    if (both || inst.order == ir::Order::kRelease) {
      p_.has_fence = true;
      Emit(VmOp::kFence).sub = device;
      p_.count_index.back() = m_.insts.size();
      counts_here_ = true;
    }
    WriteAccess(inst);
    if (!both && inst.order != ir::Order::kAcquire) return;
    p_.has_fence = true;
    counts_here_ = false;
    Emit(VmOp::kFence).sub = device;
  }

  void WritePlain(const Inst& inst) {
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

  int32_t TakeCount() {
    const int32_t n = static_cast<int32_t>(count_);
    count_ = 0;
    return n;
  }

  uint32_t Generic(const Inst& inst) {
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
  SlotRef Destination(const Operand& o) {
    if (o.kind == OperandKind::kReg) return layout_->regs[o.index];
    return NewSlot(Width::k64);  // `_`: nobody reads it
  }

  void WritePure(const Inst& inst) {
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

  void WriteUnpack(const Inst& inst) {
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
  void WriteCvta(const Inst& inst) {
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
    const uint64_t tag = static_cast<uint64_t>(inst.space == ir::Space::kShared ? Tag::kShared
                                               : on_host                        ? Tag::kHostLocal
                                                                                : Tag::kLocal);
    if (d.width == Width::k32) {
      EmitMove(d, s);
    } else if (to_generic) {
      Emit(VmOp::kOr64, d.offset, s.offset, Constant(tag << 60, Width::k64).offset);
    } else {
      Emit(VmOp::kXor64, d.offset, s.offset, Constant(tag << 60, Width::k64).offset);
    }
  }

  void WriteAccess(const Inst& inst) {
    const Operand address = m_.Srcs(inst)[0];
    const bool is_load = inst.op == Op::kLd;
    if (is_load && inst.space == ir::Space::kParam && address.kind == OperandKind::kParam) {
      for (uint32_t k = 0; k < inst.num_dsts; ++k) {
        const uint32_t at = static_cast<uint32_t>(static_cast<int64_t>(address.index) +
                                                  inst.offset + k * ir::BytesOf(inst.type));
        const SlotRef d = Destination(m_.Dsts(inst)[k]);
        EmitMove(d, ParamAt(at, inst.type, d.width));
      }
      return;
    }
    AccessInfo info = DescribeAccess(inst, inst_index_, roles_);
    info.address = Source(inst, 0);
    p_.has_late_copies = p_.has_late_copies || info.later;
    if (info.bytes == 0 || info.vec > 4) {
      error_ = "an access without a size";
      return;
    }
    if (info.effect == ir::Effect::Atomic) {
      info.has_dst = inst.num_dsts > 0;
      if (info.has_dst) info.dsts[0] = Destination(m_.Dsts(inst)[0]);
      for (uint32_t k = 1; k < inst.num_srcs && k < 3; ++k) info.srcs[k - 1] = Source(inst, k);
    } else if (is_load) {
      if (inst.num_dsts != info.vec) {
        error_ = "a load whose destinations do not match its vector size";
        return;
      }
      for (uint32_t k = 0; k < info.vec; ++k) info.dsts[k] = Destination(m_.Dsts(inst)[k]);
    } else {
      if (inst.num_srcs != 1u + info.vec) {
        error_ = "a store whose values do not match its vector size";
        return;
      }
      for (uint32_t k = 0; k < info.vec; ++k) info.srcs[k] = Source(inst, k + 1);
    }
    const VmOp op = SelectAccess(info);
    const SlotRef value = is_load ? info.dsts[0] : info.srcs[0];
    p_.accesses.push_back(info);
    VmInst& i = Emit(op, value.offset, info.address.offset);
    i.c = static_cast<uint32_t>(p_.accesses.size()) - 1;
    i.imm = inst.offset;
    i.b = info.address.width == Width::k64 ? 1 : 0;
    if (op == VmOp::kLdGlobal || op == VmOp::kStGlobal) i.b = static_cast<uint32_t>(info.space);
    i.sub = info.bytes;
    i.vec = info.vec;
  }

  SlotRef ParamAt(uint32_t offset, Type type, Width width) {
    for (const ParamSlot& s : p_.params) {
      if (s.param_offset == offset && s.type == type && s.slot.width == width) return s.slot;
    }
    p_.params.push_back({NewSlot(width), offset, type});
    return p_.params.back().slot;
  }

  void EmitExit() {
    // Alone in its block, it does not count as code.
    const uint32_t block = p_.blocks.back().block;
    const bool alone = m_.blocks[block].num_insts == 1;
    VmInst& exit = Emit(VmOp::kExit, 0, alone ? WarpSync::kNoBlock : block);
    exit.imm = TakeCount();
  }

  void WriteReturn(const Inst& inst) {
    if (m_.functions[function_].kind == ir::FunctionKind::kKernel) {
      EmitExit();
      return;
    }
    if (inst.num_srcs > 0 && m_.functions[function_].result != Type::kNone) {
      const Operand value = m_.Srcs(inst)[0];
      EmitMove(layout_->result, Resolve(value, layout_->result.width));
    }
    if (layout_->cycle != 0) {
      counts_here_ = false;
      Emit(VmOp::kLeave).c = layout_->stack_frame;
      counts_here_ = true;
    }
    // The outermost function of a host call returns to nobody.
    if (function_ == p_.function.index && layout_->cycle == 0) {
      EmitExit();
      return;
    }
    Emit(VmOp::kRetFn, 0, layout_->return_slot).imm = TakeCount();
  }

  void WriteCall(const Inst& inst) {
    const uint32_t callee = m_.Srcs(inst)[0].index;
    const ir::Function& fn = m_.functions[callee];
    const FunctionLayout& layout = all_.functions[callee];
    const auto params = m_.Params(fn);
    if (inst.num_srcs - 1u != params.size()) {
      error_ = Format("a call of {} has the wrong number of arguments", fn.name);
      return;
    }
    counts_here_ = false;
    const bool comes_back = layout.cycle != 0 && layout.cycle == layout_->cycle;
    const uint32_t saved = static_cast<uint32_t>(p_.saves.size());
    if (comes_back) {
      p_.saves.push_back(SavedOver(inst));
      Emit(VmOp::kPush).c = saved;
    }
    CallInfo call;
    call.inst = inst_index_;
    call.math = fn.math;
    // A function that calls itself may pass its parameters in another order.
    const bool staged = callee == function_;
    for (uint32_t k = 0; staged && k < params.size(); ++k) {
      const SlotRef from = Resolve(m_.Srcs(inst)[k + 1], layout.staged[k].width);
      if (from.width == layout.staged[k].width) EmitMove(layout.staged[k], from);
    }
    for (uint32_t k = 0; k < params.size(); ++k) {
      const SlotRef to = layout.regs[params[k].reg.index];
      if (staged) {
        EmitMove(to, layout.staged[k]);
        call.args.push_back(to);
        continue;
      }
      const SlotRef from = Resolve(m_.Srcs(inst)[k + 1], to.width);
      if (from.width != to.width) {
        error_ = Format("a call of {} passes a value of the wrong width", fn.name);
        return;
      }
      EmitMove(to, from);
      call.args.push_back(to);
    }
    const bool has_result = inst.num_dsts > 0 && fn.result != Type::kNone;
    if (has_result) call.result = Destination(m_.Dsts(inst)[0]);
    const bool is_math = fn.math != ir::MathFn::kNone && has_result;
    if (is_math) {
      call.id = num_math_calls_++;
      p_.calls.push_back(call);
      Emit(VmOp::kMathEnter).c = static_cast<uint32_t>(p_.calls.size()) - 1;
    }
    const uint32_t math_call = static_cast<uint32_t>(p_.calls.size()) - 1;
    call_fixups_.push_back({Here(), callee});
    counts_here_ = true;
    VmInst& i = Emit(VmOp::kCallFn, 0, layout.return_slot, Here() + 1);
    i.b = Here();
    i.imm = TakeCount();
    if (comes_back) Emit(VmOp::kPop).c = saved;
    if (has_result) EmitMove(call.result, layout.result);
    if (is_math) Emit(VmOp::kMathLeave).c = math_call;
  }

  // What is alive behind the call and is not its result, and where the function returns to.
  SavedSlots SavedOver(const Inst& call) {
    SavedSlots saved;
    const ir::Function& fn = m_.functions[function_];
    const uint32_t b = block_ - fn.first_block;
    std::vector<bool> alive(fn.num_regs);
    for (uint32_t r = 0; r < fn.num_regs; ++r) alive[r] = live_->LiveOut(b, ir::RegId(r));
    const std::span<const Inst> insts = m_.Insts(m_.blocks[block_]);
    for (size_t i = insts.size(); i-- > 0;) {
      const Inst& inst = insts[i];
      const bool is_call = &inst == &call;
      for (const Operand& o : m_.Dsts(inst)) {
        if (o.IsReg() && !inst.guard.valid()) alive[o.index] = false;
      }
      if (is_call) break;
      for (const Operand& o : m_.Srcs(inst)) {
        if (o.IsReg()) alive[o.index] = true;
      }
      if (inst.guard.valid()) alive[inst.guard.index] = true;
    }
    uint32_t bytes = 8;  // the return address
    for (uint32_t r = 0; r < fn.num_regs; ++r) {
      if (!alive[r]) continue;
      saved.slots.push_back(layout_->regs[r]);
      bytes += layout_->regs[r].width == Width::k64 ? 8 : 4;
    }
    saved.bytes = (bytes + 7) / 8 * 8;
    const StackFrame& frame = p_.stack_frames[layout_->stack_frame];
    saved.slots.push_back({layout_->return_slot, Width::k32});
    saved.slots.push_back(frame.base);
    saved.slots.push_back(frame.narrow_base);
    return saved;
  }

  // Where the program begins: the host's function calls itself, and the last one returns here.
  void WriteOutermostCall(ir::FunctionId root) {
    const FunctionLayout& layout = all_.functions[root.index];
    const uint32_t block = m_.functions[root.index].first_block;
    p_.blocks.push_back({Here(), block});
    counts_here_ = false;
    inst_index_ = m_.blocks[block].first_inst;
    p_.entry = Here();
    Emit(VmOp::kCallFn, layout.entry, layout.return_slot, Here() + 1);
    Emit(VmOp::kExit, 0, WarpSync::kNoBlock);
  }

  const ir::Module& m_;
  const std::vector<uint64_t>& addresses_;
  Program& p_;
  std::string error_;
  ProgramLayout all_;
  std::unordered_map<std::string, SlotRef> constant_slots_;
  std::unordered_map<uint32_t, uint32_t> block_position_;
  std::vector<std::pair<std::pair<uint32_t, int>, uint32_t>> block_fixups_, exits_;
  std::vector<std::pair<uint32_t, uint32_t>> call_fixups_;
  FunctionLayout* layout_ = nullptr;
  LoadRoles roles_;                     // of the function being written
  std::unique_ptr<ir::Liveness> live_;  // of one that calls itself
  uint32_t block_ = 0;
  uint32_t function_ = 0;
  uint32_t inst_index_ = 0;
  bool counts_here_ = false;  // the next position counts for the IR instruction being written
  uint32_t count_ = 0;        // IR instructions since the last branch
  uint32_t num_math_calls_ = 0;
};

}  // namespace

std::string Predecode(const ir::Module& module, ir::FunctionId function,
                      const std::vector<uint64_t>& global_address, Program& program) {
  return Predecoder(module, global_address, program).Run(function);
}

}  // namespace ws::exec
