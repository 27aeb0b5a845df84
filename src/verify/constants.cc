#include "verify/constants.h"

#include <algorithm>
#include <map>

namespace ws::verify {
namespace {

constexpr int64_t kLeast = 3, kMost = 65536;

bool IsWhole(ir::Type type) {
  return type != ir::Type::kNone && !ir::IsFloat(type) && type != ir::Type::kPred;
}

}  // namespace

std::vector<int64_t> ConstantsOf(const Candidate& candidate, size_t most) {
  const ir::Module& module = candidate.program->written();
  std::map<int64_t, uint64_t> counts;
  const auto add = [&](uint64_t bits) {
    const auto value = static_cast<int64_t>(bits);
    if (value >= kLeast && value <= kMost) ++counts[value];
  };
  for (const ir::Function& function : module.functions) {
    if (function.math != ir::MathFn::kNone) continue;
    for (const ir::Block& block : module.Blocks(function)) {
      for (const ir::Inst& inst : module.Insts(block)) {
        const bool is_launch = inst.op == ir::Op::kLaunch;
        if (!is_launch && !IsWhole(inst.type)) continue;
        for (const ir::Operand& operand : module.Srcs(inst)) {
          if (operand.IsImm()) add(module.ImmBits(operand));
        }
      }
    }
  }
  // Elements of shared arrays.
  for (const ir::Global& global : module.globals) {
    const uint64_t bytes = ir::BytesOf(global.type);
    if (global.space == ir::Space::kShared && bytes > 0) add(global.bytes / bytes);
  }
  std::vector<std::pair<uint64_t, int64_t>> order;
  for (const auto& [value, count] : counts) order.emplace_back(count, value);
  std::ranges::sort(order, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<int64_t> list;
  for (const auto& [count, value] : order) {
    if (list.size() < most) list.push_back(value);
  }
  return list;
}

}  // namespace ws::verify
