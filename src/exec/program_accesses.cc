// Accesses to memory as the interpreter has them.
#include "exec/access_info.h"
#include "exec/predecoder.h"
#include "exec/select.h"

namespace ws::exec {

// A release is a fence and the access, an acquire the access and a fence. That orders what the
// thread did and saw at other places too, so that a race there may go unseen.
void Predecoder::WriteOrdered(const Inst& inst) {
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

void Predecoder::WriteAccess(const Inst& inst) {
  const Operand address = m_.Srcs(inst)[0];
  const bool is_load = inst.op == Op::kLd;
  if (is_load && inst.space == ir::Space::kParam && address.kind == OperandKind::kParam) {
    for (uint32_t k = 0; k < inst.num_dsts; ++k) {
      const uint32_t at = static_cast<uint32_t>(static_cast<int64_t>(address.index) + inst.offset +
                                                k * ir::BytesOf(inst.type));
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

}  // namespace ws::exec
