#include "exec/access_info.h"

#include <algorithm>

namespace ws::exec {

AccessInfo DescribeAccess(const ir::Inst& inst, uint32_t index, const LoadRoles& roles) {
  AccessInfo info;
  info.inst = index;
  info.space = inst.space;
  info.effect = ir::InfoOf(inst.op).effect;
  info.type = inst.type;
  info.bytes = static_cast<uint8_t>(ir::BytesOf(inst.type));
  info.vec = std::max<uint8_t>(inst.vec, 1);
  info.offset = inst.offset;
  info.is_mbarrier = inst.op == ir::Op::kMbar;
  if (info.is_mbarrier) info.mbarrier = static_cast<ir::Mbarrier>(inst.sub);
  info.strong = inst.order >= ir::Order::kVolatile;
  info.acquires = inst.order == ir::Order::kAcquire || inst.order == ir::Order::kAcqRel;
  info.tolerant = roles.feeds_swap.contains(index);
  info.polls = roles.polls.contains(index);
  info.decides = roles.decides.contains(index);
  info.inserts = roles.inserts.contains(index);
  info.atomic = static_cast<ir::Atomic>(inst.sub);
  info.later = inst.op == ir::Op::kSt && inst.sub == ir::kStoreLater;
  return info;
}

}  // namespace ws::exec
