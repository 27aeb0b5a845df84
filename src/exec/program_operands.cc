// Where the operands of instructions stand among the registers of a warp.
#include "exec/memory.h"
#include "exec/predecoder.h"
#include "exec/select.h"

namespace ws::exec {
namespace {

std::string HashOf(uint64_t bits, Width width) {
  return std::string(reinterpret_cast<const char*>(&bits), 8) + static_cast<char>(width);
}

}  // namespace

SlotRef Predecoder::Constant(uint64_t bits, Width width) {
  const auto [it, fresh] = constant_slots_.try_emplace(HashOf(bits, width), SlotRef{});
  if (fresh) {
    it->second = NewSlot(width);
    p_.constants.push_back({it->second, bits});
  }
  return it->second;
}

SlotRef Predecoder::NewSlot(Width width) {
  const SlotRef slot{all_.next_slot, width};
  all_.next_slot += width == Width::k64 ? 2 * kSlotBytes : kSlotBytes;
  return slot;
}

SlotRef Predecoder::Source(const Inst& inst, uint32_t index) {
  const Operand o = m_.Srcs(inst)[index];
  return Resolve(o, SourceWidth(inst, index));
}

SlotRef Predecoder::Resolve(const Operand& o, Width width) {
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
SlotRef Predecoder::FrameAddress(uint32_t offset, Width width) {
  const uint32_t at = layout_->LocalOffset(offset);
  if (layout_->cycle == 0) return Constant(at, width);
  const StackFrame& frame = p_.stack_frames[layout_->stack_frame];
  const SlotRef base = width == Width::k64 ? frame.base : frame.narrow_base;
  const SlotRef sum = NewSlot(width), constant = Constant(at, width);
  const bool counts = std::exchange(counts_here_, false);
  Emit(width == Width::k64 ? VmOp::kAdd64 : VmOp::kAdd32, sum.offset, base.offset, constant.offset);
  counts_here_ = counts;
  return sum;
}

// The same as a generic address of the host.
SlotRef Predecoder::HostFrameAddress(uint32_t offset) {
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

SlotRef Predecoder::ParamAt(uint32_t offset, Type type, Width width) {
  for (const ParamSlot& s : p_.params) {
    if (s.param_offset == offset && s.type == type && s.slot.width == width) return s.slot;
  }
  p_.params.push_back({NewSlot(width), offset, type});
  return p_.params.back().slot;
}

SlotRef Predecoder::Destination(const Operand& o) {
  if (o.kind == OperandKind::kReg) return layout_->regs[o.index];
  return NewSlot(Width::k64);  // `_`: nobody reads it
}

}  // namespace ws::exec
