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
  // Whether anything is compared or launched with a constant, and how often it occurs.
  std::map<int64_t, std::pair<bool, uint64_t>> counts;
  const auto add = [&](uint64_t bits, bool decides) {
    const auto value = static_cast<int64_t>(bits);
    if (value < kLeast || value > kMost) return;
    counts[value].first |= decides;
    ++counts[value].second;
  };
  for (const ir::Function& function : module.functions) {
    if (function.math != ir::MathFn::kNone) continue;
    for (const ir::Block& block : module.Blocks(function)) {
      for (const ir::Inst& inst : module.Insts(block)) {
        const bool is_launch = inst.op == ir::Op::kLaunch;
        if (!is_launch && !IsWhole(inst.type)) continue;
        const bool is_argument =
            inst.op == ir::Op::kCall || inst.op == ir::Op::kRt || inst.op == ir::Op::kPrint;
        if (is_argument) continue;  // lines and texts of error checks, mostly
        for (const ir::Operand& operand : module.Srcs(inst)) {
          if (!operand.IsImm()) continue;
          add(module.ImmBits(operand), is_launch || inst.op == ir::Op::kSetp);
        }
      }
    }
  }
  // Elements of shared arrays.
  for (const ir::Global& global : module.globals) {
    const uint64_t bytes = ir::BytesOf(global.type);
    if (global.space == ir::Space::kShared && bytes > 0) add(global.bytes / bytes, true);
  }
  std::vector<std::pair<std::pair<bool, uint64_t>, int64_t>> order;
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
