// device-clean
// Which instances run.
#include "front/walker.h"

namespace ws::front {

// What runs: kernels, host functions but constexpr ones, and what these call. What only constants
// are made of does not. In a file of device functions alone all are kept.
WS_HD void Walker::FindUsed(bool is_library) {
  FindThrowing();
  const uint32_t count = s_->instances_.size();
  Vec<InstanceId> work(*s_->arena_);
  Vec<uint32_t> first(*s_->arena_);  // where the calls of an instance begin in `called`
  Vec<InstanceId> called(*s_->arena_);
  if (!first.append(count + 1, 0) || !called.append(calls_.size(), InstanceId())) return;
  for (const CallEdge& edge : calls_) ++first[edge.from.index];
  uint32_t sum = 0;
  for (uint32_t i = 0; i <= count; ++i) {
    sum += first[i];
    first[i] = sum;
  }
  for (const CallEdge& edge : calls_) called[--first[edge.from.index]] = edge.to;
  bool library = true;
  for (uint32_t i = 1; i < count; ++i) {
    const Instance& inst = s_->instances_[i];
    library &= !inst.body_done || inst.target == Target::kDevice;
  }
  library |= is_library;
  for (uint32_t i = 1; i < count; ++i) {
    Instance& inst = s_->instances_[i];
    const bool is_constexpr = inst.function.valid() && (s_->entities_[inst.function.index].flags &
                                                        function_flag::kConstexpr) != 0;
    inst.is_used =
        inst.body_done && (inst.target == Target::kKernel || library ||
                           (inst.target == Target::kHost && !is_constexpr &&
                            inst.self == TypeId() && token(inst.node).loc.valid()));  // not of lib/
    if (inst.is_used) work.push_back(InstanceId(i));
  }
  work.push_back(InstanceId(0));  // what variables at file scope hold the addresses of
  while (!work.empty()) {
    const InstanceId from = work.back();
    work.pop_back();
    for (uint32_t i = first[from.index]; i < first[from.index + 1]; ++i) {
      Instance& to = s_->instances_[called[i].index];
      if (to.is_used) continue;
      to.is_used = true;
      work.push_back(called[i]);
    }
  }
}

}  // namespace ws::front
